#include "cli/score.hpp"

#include <algorithm>

#include "letter/edits.hpp"
#include "letter/text.hpp"
#include "ocr/check/validate.hpp"
#include "ocr/prose/dates.hpp"

namespace cli {
namespace {

// One letter of valid UTF-8.
char32_t next_letter(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at);
  const int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  char32_t letter = more == 0 ? first : first & (0x3Fu >> more);
  for (int i = 1; i <= more; ++i) letter = letter << 6 | (byte(at + static_cast<std::size_t>(i)) & 0x3Fu);
  at += static_cast<std::size_t>(more) + 1;
  return letter;
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

template <class Sequence>
std::size_t edits_between(const Sequence& from, const Sequence& to) {
  std::vector<std::size_t> row(to.size() + 1);
  return letter::edits(from, to, row);
}

std::vector<std::u32string> words_of(const std::u32string& text) {
  std::vector<std::u32string> words;
  std::u32string word;
  for (const char32_t c : text + U" ") {
    if (c != ' ')
      word += c;
    else if (!word.empty())
      words.push_back(std::exchange(word, {}));
  }
  return words;
}

std::string without_spaces(const std::string& text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' '; });
  return out;
}

// What a cell cannot show is not asked: case, accents, how wide a space is.
std::string in_cells(std::string_view text) { return letter::folded(text); }

bool same_day(const std::string& one, const std::string& other) {
  const auto a = ocr::find_dates(one), b = ocr::find_dates(other);
  return !a.empty() && !b.empty() && a.front().day == b.front().day;
}

// An IBAN is read masked: what is shown of it must be right.
bool same_masked(const std::string& expected, const std::string& found) {
  constexpr std::size_t shown = 4;
  const auto last = [](const std::string& text) {
    return text.substr(text.size() - std::min<std::size_t>(3, text.size()));
  };
  return expected.substr(0, shown) == found.substr(0, shown) && last(expected) == last(found);
}

bool same_letter_field(const std::string& id, const std::string& expected, const std::string& found) {
  if (id == "DATE") return same_day(expected, found);
  if (id == "TELEPHONE") return ocr::check_phone(expected).normalised == ocr::check_phone(found).normalised;
  if (id == "COURRIEL") return in_cells(without_spaces(expected)) == in_cells(without_spaces(found));
  if (id == "IBAN") return same_masked(bare(expected), bare(found));
  return bare(expected) == bare(found);
}

letter::TickState tick_truth(const Truth& truth, const std::string& id) {
  const auto special = truth.ticks.find(id);
  if (special != truth.ticks.end()) return special->second;
  const auto box = truth.boxes->find(id);
  const bool ticked = box != truth.boxes->end() && box->second == "true";
  return ticked ? letter::TickState::ticked : letter::TickState::blank;
}

FieldScore score_of(const Truth& truth, const letter::ReadLetter& read, const std::string& id) {
  FieldScore score;
  score.id = id;
  score.hand = truth.hand;
  const letter::Field* field = letter::find(read, id);
  if (field) score.field = *field;
  score.field.id = id;
  return score;
}

FieldScore tick_score(FieldScore score, letter::TickState state, const char* group) {
  score.group = group;
  score.expected = letter::id(state);
  score.right = score.field.how == letter::How::tick && score.field.tick == state;
  return score;
}

FieldScore comb_score(FieldScore score, const Truth& truth) {
  const auto box = truth.boxes->find(score.id);
  score.expected = box == truth.boxes->end() ? "" : box->second;
  score.group = score.expected.empty() ? "empty comb" : "comb";
  score.right = in_cells(score.field.text.reveal()) == in_cells(score.expected);
  return score;
}

void score_form(const Truth& truth, const letter::ReadLetter& read, const ocr::Form& form,
                std::vector<FieldScore>& out) {
  for (const ocr::Element& element : form.elements) {
    FieldScore score = score_of(truth, read, element.id);
    if (element.kind == ocr::ElementKind::comb)
      out.push_back(comb_score(std::move(score), truth));
    else if (element.kind == ocr::ElementKind::tick)
      out.push_back(tick_score(std::move(score), tick_truth(truth, element.id), "tick"));
  }
}

void score_letter(const Truth& truth, const letter::ReadLetter& read, std::vector<FieldScore>& out) {
  for (const auto& [id, expected] : *truth.letter) {
    FieldScore score = score_of(truth, read, id);
    score.group = "letter";
    score.expected = expected;
    score.right = same_letter_field(id, expected, score.field.text.reveal());
    out.push_back(std::move(score));
  }
  for (const letter::Field& field : read.fields) {
    if (field.how == letter::How::tick || field.text.reveal().empty() || truth.letter->contains(field.id))
      continue;
    FieldScore score = score_of(truth, read, field.id);
    score.group = "not there";
    out.push_back(std::move(score));
  }
}

}  // namespace

std::u32string plain(std::string_view utf8) {
  const std::string valid = letter::valid_utf8(utf8);
  std::u32string out;
  for (std::size_t at = 0; at < valid.size();) {
    char32_t c = next_letter(valid, at);
    if (c == 0x2019 || c == 0x2018) c = '\'';
    if (!is_space(c))
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string bare(std::string_view utf8) {
  std::string out;
  for (const char c : letter::folded(utf8))
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

std::size_t edits(const std::u32string& from, const std::u32string& to) { return edits_between(from, to); }
std::size_t edits(const std::vector<std::u32string>& from, const std::vector<std::u32string>& to) {
  return edits_between(from, to);
}

std::vector<FieldScore> score_fields(const Truth& truth, const letter::ReadLetter& read,
                                     const std::vector<ocr::Form>& forms) {
  std::vector<FieldScore> out;
  if (truth.boxes && truth.form)
    for (const ocr::Form& form : forms)
      if (form.id == *truth.form) score_form(truth, read, form, out);
  if (truth.letter) score_letter(truth, read, out);
  if (truth.signature)
    out.push_back(tick_score(score_of(truth, read, "SIGNATURE"),
                             *truth.signature ? letter::TickState::ticked : letter::TickState::blank,
                             "signature"));
  return out;
}

TextScore score_text(std::string_view expected, std::string_view found) {
  const std::u32string wanted = plain(expected), got = plain(found);
  const auto wanted_words = words_of(wanted), got_words = words_of(got);
  return {wanted.size(), edits(got, wanted), wanted_words.size(), edits(got_words, wanted_words)};
}

}  // namespace cli
