#include "ocr/prose/layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "letter/text.hpp"
#include "ocr/prose/blocks.hpp"
#include "ocr/prose/dates.hpp"
#include "ocr/prose/near_words.hpp"
#include "ocr/prose/references.hpp"

namespace ocr {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

bool starts_with_any(const std::string& text, const auto& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.starts_with(w); });
}
bool has_any(const std::string& text, const auto& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return text.find(w) != std::string::npos; });
}

bool greets(const std::string& folded) {
  if (folded.size() >= 60) return false;
  return folded.starts_with("CHER") || folded.starts_with("A QUI DE DROIT") ||
         folded.starts_with("DOCTEUR,") ||
         opens_nearly(folded, {"MADAME", "MONSIEUR", "MESSIEURS", "MESDAMES", "BONJOUR"});
}
bool takes_leave(const std::string& folded) {
  constexpr std::array<std::string_view, 4> phrases{"BIEN A VOUS", "MES RESPECTS", "MERCI D'AVANCE",
                                                    "SALUTATION"};
  return has_any(folded, phrases) ||
         says_nearly(folded, {"SALUTATIONS", "CORDIALEMENT", "SENTIMENTS", "RESPECTUEUSEMENT",
                              "CONSIDERATION", "SINCEREMENT"});
}
bool announces_object(const std::string& folded) {
  constexpr std::array<std::string_view, 6> words{"OBJET", "OB JET", "REF", "N/REF", "V/REF", "CONTRAT N"};
  return starts_with_any(folded, words);
}

bool ends_sentence(const FreeLine& line) {
  const std::string& text = line.line.text.reveal();
  return !text.empty() && std::string_view(".,!?;").find(text.back()) != std::string_view::npos;
}

std::string folded_line(const FreeLine& line) { return letter::folded(line.line.text.reveal()); }

// A greeting ends in a comma or stands alone; "Madame Dupont" in an address does neither at first sight, so
// the first with a comma wins, else the last one above the story.
std::size_t find_greeting(const std::vector<FreeLine>& lines) {
  std::size_t last = none;
  for (std::size_t i = 0; i < lines.size() && i < 40; ++i) {
    const std::string text = folded_line(lines[i]);
    if (!greets(text)) continue;
    if (text.back() == ',' || text.back() == '.') return i;
    last = i;
  }
  return last;
}

// A line of prose fills its column; heads, references and signatures do not.
bool is_wide(const FreeLine& line) {
  constexpr double least = 0.5;  // of the page's width
  return line.place.w > least && !announces_object(folded_line(line)) &&
         find_references(line.line.text.reveal()).empty();
}

std::size_t first_of_story(const std::vector<FreeLine>& lines) {
  if (const std::size_t greeting = find_greeting(lines); greeting != none) return greeting;
  if (const auto wide = std::find_if(lines.begin(), lines.end(), is_wide); wide != lines.end())
    return static_cast<std::size_t>(wide - lines.begin());
  std::size_t start = 0;
  for (std::size_t i = 0; i < lines.size() && i < 25; ++i) {
    const std::string text = folded_line(lines[i]);
    const auto dates = find_dates(lines[i].line.text.reveal());
    const bool date_line = text.size() < 50 && std::any_of(dates.begin(), dates.end(),
                                                           [](const auto& d) { return d.introduced; });
    if (date_line || announces_object(text)) start = i + 1;
  }
  return start < lines.size() ? start : 0;
}

// Days from one to the other.
int days_between(const letter::Day& from, const letter::Day& to) {
  return static_cast<int>((std::chrono::sys_days(to) - std::chrono::sys_days(from)).count());
}

void mend_year(LetterDate& date, const letter::Day& arrived) {
  constexpr int longest_way = 60, oldest = 730;  // days
  const int age = days_between(date.day, arrived);
  if (age >= 0 && age <= oldest) return;
  for (const std::chrono::year year : {arrived.year(), arrived.year() - std::chrono::years(1)}) {
    const letter::Day day{year, date.day.month(), date.day.day()};
    const int way = day.ok() ? days_between(day, arrived) : -1;
    if (way < 0 || way > longest_way) continue;
    date.day = day, date.mended = true;
    return;
  }
}

// Where a letter without a closing formula ends: behind its last line that fills the column go the lines that
// are of its paragraph, or sentences at its margin.
std::size_t last_of_story(const std::vector<FreeLine>& lines, std::size_t start) {
  constexpr double same_margin = 0.05;
  std::size_t last = none;
  for (std::size_t i = start; i < lines.size(); ++i)
    if (is_wide(lines[i])) last = i;
  if (last == none || lines[last].continuation) return lines.size() - 1;
  const double margin = lines[last].place.x;
  while (last + 1 < lines.size()) {
    const FreeLine& next = lines[last + 1];
    const bool goes_on = !next.paragraph || ends_sentence(next);
    if (!goes_on || std::abs(next.place.x - margin) > same_margin ||
        !find_references(next.line.text.reveal()).empty())
      break;
    ++last;
  }
  return last;
}

std::string without_civility(std::string name) {
  for (std::string_view civility :
       {"Monsieur ", "Madame ", "Mademoiselle ", "Mme ", "Mme. ", "M. ", "Mlle ", "M "})
    if (name.starts_with(civility)) return name.substr(civility.size());
  return name;
}

}  // namespace

bool could_be_a_name(const std::string& folded) {
  constexpr std::array<std::string_view, 22> others{
      "KLESIA",     "SERVICE",     "TSA",          "CEDEX",     "RUE ",    "AVENUE",
      "BOULEVARD",  "OBJET",       "MUTUELLE",     "DIRECTION", "CABINET", "LETTRE",
      "COPIE",      "PAGE",        "MADAME,",      "MONSIEUR,", "LE ",     "ALLEE",
      "RECOMMANDE", "RECLAMATION", "CONFIDENTIEL", "PREVOYANCE"};
  const bool letters_alone = std::all_of(folded.begin(), folded.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || c == ' ' || c == '-' || c == '\'' || c == '.';
  });
  const auto spaces = std::count(folded.begin(), folded.end(), ' ');
  return letters_alone && spaces >= 1 && spaces <= 4 && folded.size() >= 5 && !has_any(folded, others);
}

bool takes_leave(const FreeLine& line) { return takes_leave(folded_line(line)); }

letter::Box place_on(cv::Size page, const cv::Rect& px) {
  const double w = std::max(1, page.width), h = std::max(1, page.height);
  return {px.x / w, px.y / h, px.width / w, px.height / h};
}

void mark_own_words(std::vector<FreeLine>& lines) {
  const bool continuation = !lines.empty() && lines.front().continuation;
  const std::size_t start = continuation ? 0 : first_of_story(lines);
  const std::size_t last = last_of_story(lines, start);
  std::size_t leave = none;
  for (std::size_t i = start; i < lines.size(); ++i)
    if (takes_leave(folded_line(lines[i]))) leave = i;
  std::size_t end = leave == none ? last + 1 : leave + 1;
  // The formula may run on until its full stop.
  while (leave != none && end < lines.size() && !lines[end].paragraph && !ends_sentence(lines[end - 1]))
    ++end;
  // A name under a story without a formula: short, apart, and no sentence.
  if (leave == none && end > start + 1 && lines[end - 1].paragraph && !ends_sentence(lines[end - 1]) &&
      lines[end - 1].line.text.reveal().size() < 35)
    --end;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string text = folded_line(lines[i]);
    const bool heading = lines[i].continuation &&
                         (text.starts_with("SUITE DE MA") || text.starts_with("SUITE DU") || text == "SUITE");
    const bool postscript = i >= end && (text.starts_with("P.S") || text.starts_with("PS "));
    lines[i].line.own_words = (i >= start && i < end && !heading) || postscript;
  }
}

std::string own_text(const std::vector<FreeLine>& lines) {
  std::string text;
  for (const FreeLine& line : lines) {
    if (!line.line.own_words) continue;
    if (!text.empty()) text += line.paragraph ? "\n" : " ";
    text += line.line.text.reveal();
  }
  return text;
}

std::string sender_of(const std::vector<FreeLine>& lines) {
  if (lines.empty() || lines.front().continuation) return "";
  const Heads heads = find_heads(lines);
  const FreeLine& name = lines[heads.sender.empty() ? 0 : heads.sender.front()];
  constexpr double readable = 0.6;  // below it a name is rather a smudge
  const std::string folded = folded_line(name);
  // A block with a town may begin with a firm; where there is none, only what looks like a name is one.
  const bool firm = !heads.sender.empty() && !folded.empty() && !(folded[0] >= '0' && folded[0] <= '9');
  if (name.line.confidence < readable || !(firm || could_be_a_name(folded))) return "";
  return without_civility(name.line.text.reveal());
}

bool could_be_envelope(const std::vector<FreeLine>& lines) {
  constexpr std::size_t most_lines = 25, longest_line = 60;  // label, sender and address
  return lines.size() <= most_lines && std::none_of(lines.begin(), lines.end(), [](const FreeLine& line) {
           const std::string text = folded_line(line);
           return text.size() > longest_line || takes_leave(text) || (greets(text) && text.back() == ',');
         });
}

std::optional<LetterDate> date_of_letter(const std::vector<FreeLine>& lines,
                                         const std::optional<letter::Day>& arrived) {
  std::optional<LetterDate> introduced, plain;
  for (const FreeLine& line : lines) {
    const std::string& text = line.line.text.reveal();
    if (line.line.own_words || text.size() > 70) continue;
    const std::string folded = letter::folded(text);
    // Not the writer's birth, nor what the letter answers to.
    if (has_any(folded,
                std::array<std::string_view, 5>{"NE LE", "NEE LE", "NAISSANCE", "COURRIER DU", "ARRIVE LE"}))
      continue;
    for (const DateFound& found : find_dates(text)) {
      auto& slot = found.introduced ? introduced : plain;
      if (!slot) slot = LetterDate{found.day, line.line.page, line.line.box};
    }
  }
  std::optional<LetterDate> date = introduced ? introduced : plain;
  if (date && arrived) mend_year(*date, *arrived);
  return date;
}

}  // namespace ocr
