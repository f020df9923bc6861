#include "ocr/prose/dates.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

namespace ocr {
namespace {

constexpr std::array<std::string_view, 12> months{"janvier",   "fevrier", "mars",     "avril",
                                                  "mai",       "juin",    "juillet",  "aout",
                                                  "septembre", "octobre", "novembre", "decembre"};

// Whole or shortened ("fev", "sept"); of a long name the engine may have one letter wrong.
bool names(const std::string& word, std::string_view month) {
  if (word.size() >= (month.starts_with("jui") ? 4U : 3U) && month.starts_with(word)) return true;
  if (word.size() != month.size() || word.size() < 6) return false;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < word.size(); ++i) wrong += word[i] != month[i];
  return wrong == 1;
}

// ASCII lower case at the same byte positions: two-byte letters become the plain letter and a '~', which
// a word may hold.
std::string flat(std::string_view utf8) {
  std::string out(utf8);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    if (c == 0xc3 && i + 1 < out.size()) {
      const unsigned low = static_cast<unsigned char>(out[i + 1]) | 0x20U;
      const char plain = low >= 0xa8 && low <= 0xab   ? 'e'
                         : low >= 0xb9 && low <= 0xbc ? 'u'
                         : low <= 0xa5                ? 'a'
                                                      : '?';
      out[i] = plain;
      out[i + 1] = '~';
    } else {
      out[i] = static_cast<char>(std::tolower(c));
    }
  }
  return out;
}

class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  std::size_t at() const { return at_; }

  // A number of `least` to `most` digits that no further digit follows; letters O and l count as 0 and 1
  // nowhere: a date that is guessed is worse than none.
  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t end = at_;
    while (end < text_.size() && std::isdigit(static_cast<unsigned char>(text_[end]))) ++end;
    if (end - at_ < least || end - at_ > most) return std::nullopt;
    const int v = std::stoi(std::string(text_.substr(at_, end - at_)));
    at_ = end;
    return v;
  }
  bool one_of(std::string_view set) {
    if (at_ >= text_.size() || set.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  // What follows up to a space, if it is so long and no longer.
  std::string signs(std::size_t count) const {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != ' ') ++end;
    while (end > at_ && std::string_view(".,;").find(text_[end - 1]) != std::string_view::npos) --end;
    return end - at_ == count ? std::string(text_.substr(at_, count)) : "";
  }
  void skip(std::size_t count) { at_ += count; }
  void spaces() {
    while (one_of(" ")) {
    }
  }
  void ordinal() {  // 1er
    if (text_.compare(at_, 2, "er") == 0) at_ += 2;
  }
  std::optional<unsigned> month() {
    std::string word;
    std::size_t end = at_;
    for (; end < text_.size() && (std::isalpha(static_cast<unsigned char>(text_[end])) || text_[end] == '~');
         ++end)
      if (text_[end] != '~') word.push_back(text_[end]);
    for (unsigned i = 0; i < months.size(); ++i) {
      if (!names(word, months[i])) continue;
      at_ = end;
      one_of(".");
      return i + 1;
    }
    return std::nullopt;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

std::optional<letter::Day> day_of(int year, int month, int day, bool short_year) {
  if (short_year) year += year < 70 ? 2000 : 1900;
  if (year < 1900 || year > 2100 || month < 1 || day < 1) return std::nullopt;
  const letter::Day out{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!out.ok()) return std::nullopt;
  return out;
}

// A zero with a stroke through it is read as an eight: 2826.
int without_stroke(int year) { return year / 100 == 28 ? year - 800 : year; }

// A year of four digits, or of two.
std::optional<letter::Day> with_year(Reader& reader, int day, int month) {
  Reader four = reader;
  if (const auto year = four.number(4, 4)) {
    reader = four;
    return day_of(without_stroke(*year), month, day, false);
  }
  // "202" has lost its last figure. With a nought it is no letter's year, and who knows the day of arrival
  // puts that right (date_of_letter).
  if (const auto year = four.number(3, 3); year && *year / 10 == 20) {
    reader = four;
    return day_of(*year * 10, month, day, false);
  }
  if (const auto year = reader.number(2, 2)) return day_of(*year, month, day, true);
  return std::nullopt;
}

std::optional<letter::Day> figures(Reader& reader) {
  Reader iso = reader;
  if (const auto year = iso.number(4, 4); year && iso.one_of("-")) {
    const auto month = iso.number(2, 2);
    if (month && iso.one_of("-")) {
      if (const auto day = iso.number(2, 2)) {
        reader = iso;
        return day_of(*year, *month, *day, false);
      }
    }
  }
  const auto day = reader.number(1, 2);
  if (!day) return std::nullopt;
  reader.spaces();
  if (!reader.one_of("/.-")) return std::nullopt;
  reader.spaces();
  const auto month = reader.number(1, 2);
  if (!month) return std::nullopt;
  reader.spaces();
  if (!reader.one_of("/.-")) return std::nullopt;
  reader.spaces();
  return with_year(reader, *day, *month);
}

// "11/1112026", "16114/2026": strokes between the figures that were read as figures themselves.
std::optional<letter::Day> slashes_as_figures(Reader& reader) {
  std::string signs = reader.signs(10);
  constexpr std::array<std::size_t, 2> slashes{2, 5};
  for (const std::size_t at : slashes) {
    if (signs.size() != 10 || std::string_view("/17l|").find(signs[at]) == std::string_view::npos)
      return std::nullopt;
    signs[at] = '/';
  }
  Reader mended(signs, 0);
  const auto day = figures(mended);
  if (!day || mended.at() != signs.size()) return std::nullopt;
  reader.skip(signs.size());
  return day;
}

std::optional<letter::Day> words(Reader& reader) {
  const auto day = reader.number(1, 2);
  if (!day) return std::nullopt;
  reader.ordinal();
  reader.spaces();
  const auto month = reader.month();
  if (!month) return std::nullopt;
  reader.spaces();
  return with_year(reader, *day, static_cast<int>(*month));
}

bool introduced_by_le(const std::string& text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  return at >= 2 && text.compare(at - 2, 2, "le") == 0 &&
         (at == 2 || !std::isalpha(static_cast<unsigned char>(text[at - 3])));
}

}  // namespace

std::vector<DateFound> find_dates(std::string_view utf8) {
  const std::string text = flat(utf8);
  std::vector<DateFound> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = std::isdigit(static_cast<unsigned char>(text[at])) &&
                        (at == 0 || !std::isalnum(static_cast<unsigned char>(text[at - 1])));
    if (!starts) continue;
    for (const auto& form : {figures, words}) {
      Reader reader(text, at);
      const auto day = form(reader);
      if (!day) continue;
      found.push_back({*day, at, reader.at() - at, introduced_by_le(text, at)});
      break;
    }
    Reader reader(text, at);
    const bool none = found.empty() || found.back().at != at;
    if (none && introduced_by_le(text, at))
      if (const auto day = slashes_as_figures(reader)) found.push_back({*day, at, reader.at() - at, true});
    if (!found.empty() && found.back().at == at) at += found.back().length;
  }
  return found;
}

}  // namespace ocr
