// Short letters for the sorter's tests, as a perfect reading gives them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "classify/sort.hpp"

namespace letters {

inline const classify::Triage& triage() {
  static const classify::Triage loaded(std::filesystem::path(VAGUEMESTRE_MODELS_DIR) / "triage");
  return loaded;
}

inline letter::ReadLetter free_letter(const std::string& text) {
  letter::ReadLetter read;
  read.letter.id = {"TEST1", 1};
  read.letter.pages.push_back({});
  read.text = letter::PersonalText(text);
  read.full_text = read.text;
  letter::Line line;
  line.text = read.text;
  line.confidence = 0.95;
  line.box = {0.1, 0.5, 0.8, 0.02};
  read.lines.push_back(line);
  return read;
}

inline void tick(letter::ReadLetter& read, std::string_view id) {
  letter::Field field;
  field.id = std::string(id);
  field.how = letter::How::tick;
  field.tick = letter::TickState::ticked;
  field.confidence = 0.99;
  field.verdict = letter::Verdict::accepted;
  field.box = {0.06, 0.44, 0.02, 0.014};
  read.fields.push_back(field);
}

inline letter::ReadLetter form(const std::string& text, std::initializer_list<std::string_view> ticks) {
  letter::ReadLetter read = free_letter(text);
  if (text.empty()) read.lines.clear();
  read.form = "reclamation";
  for (const std::string_view id : ticks) tick(read, id);
  return read;
}

inline void fill(letter::ReadLetter& read, std::string_view id, const std::string& text) {
  letter::Field field;
  field.id = std::string(id);
  field.text = letter::PersonalText(text);
  field.confidence = 0.97;
  field.verdict = letter::Verdict::accepted;
  read.fields.push_back(field);
}

inline letter::SortedLetter sorted(const letter::ReadLetter& read) {
  return classify::sort(read, triage(), {});
}
inline letter::SortedLetter sorted(const std::string& text) { return sorted(free_letter(text)); }

inline bool has_reason(const letter::SortedLetter& sorted, std::string_view code) {
  for (const letter::Reason& reason : sorted.reasons) {
    if (reason.code == code) return true;
  }
  return false;
}

}  // namespace letters
