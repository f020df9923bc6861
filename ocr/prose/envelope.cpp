#include "ocr/prose/envelope.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "letter/text.hpp"
#include "ocr/prose/dates.hpp"

namespace ocr {
namespace {

using letter::SentBasis;

constexpr double mm_an_inch = 25.4, highest_mm = 165;
// How far the middles of two lines of one imprint lie from each other at most, in shares of the envelope.
constexpr double beside_x = 0.25, beside_y = 0.16;
constexpr int digits_of_a_date = 8;

struct Sign {
  std::string_view word;
  SentBasis basis;
};
// Folded. The strongest proof first: where an amount stands beside the post's name, a machine printed both.
constexpr std::array<Sign, 15> signs{{{"DEPOSE LE", SentBasis::lrar_deposit},
                                      {"DATE DE DEPOT", SentBasis::lrar_deposit},
                                      {"DEPOT LE", SentBasis::lrar_deposit},
                                      {"€", SentBasis::franking},
                                      {" EUR", SentBasis::franking},
                                      {"AFFRANCHI", SentBasis::franking},
                                      {"NEOPOST", SentBasis::franking},
                                      {"QUADIENT", SentBasis::franking},
                                      {"PITNEY", SentBasis::franking},
                                      {"FRANCOTYP", SentBasis::franking},
                                      {"LA POSTE", SentBasis::postmark},
                                      {"CACHET", SentBasis::postmark},
                                      {"PPDC", SentBasis::postmark},
                                      {"CTC ", SentBasis::postmark},
                                      {"PIC ", SentBasis::postmark}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
double middle_x(const letter::Box& box) { return box.x + box.w / 2; }
double middle_y(const letter::Box& box) { return box.y + box.h / 2; }

bool is_beside(const FreeLine& one, const FreeLine& other) {
  return std::abs(middle_x(one.place) - middle_x(other.place)) <= beside_x &&
         std::abs(middle_y(one.place) - middle_y(other.place)) <= beside_y;
}

// "HK 253906": two letters and six digits, alone on their line, are the number of a franking machine.
bool is_machine_number(std::string text) {
  std::erase(text, ' ');
  const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 8 && std::all_of(text.begin(), text.begin() + 2, letter) &&
         std::all_of(text.begin() + 2, text.end(), is_digit);
}

// Print in the stamp's place that is a date and no word was printed by who took the postage: a machine. An
// imprint's frame often makes the rest of it unreadable.
bool is_date_in_stamps_place(const FreeLine& dated) {
  constexpr double right_of = 0.5, above = 0.4;
  const std::string text = letter::folded(dated.line.text.reveal());
  return middle_x(dated.place) > right_of && middle_y(dated.place) < above &&
         std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// The deposit's word stands before its date on one line; the others anywhere in the imprint.
std::optional<SentBasis> what_it_is(const FreeLine& dated, const std::vector<FreeLine>& lines) {
  for (const auto& [word, basis] : signs)
    for (const FreeLine& line : lines) {
      const bool looked_at = basis == SentBasis::lrar_deposit ? &line == &dated : is_beside(line, dated);
      if (looked_at && letter::folded(line.line.text.reveal()).find(word) != std::string::npos) return basis;
    }
  const bool numbered = std::ranges::any_of(lines, [&dated](const FreeLine& line) {
    return is_beside(line, dated) && is_machine_number(letter::folded(line.line.text.reveal()));
  });
  if (numbered || is_date_in_stamps_place(dated)) return SentBasis::franking;
  return std::nullopt;
}

}  // namespace

bool is_of_envelope_size(const letter::Page& facts) {
  if (!(facts.dpi > 0) || facts.width_px == 0 || facts.height_px == 0) return false;
  const bool on_its_side = facts.turn_deg % 180 != 0;
  const double wide = (on_its_side ? facts.height_px : facts.width_px) / facts.dpi * mm_an_inch;
  const double high = (on_its_side ? facts.width_px : facts.height_px) / facts.dpi * mm_an_inch;
  return high <= highest_mm && wide > high;
}

std::vector<letter::SeenDate> sending_dates(const std::vector<FreeLine>& lines) {
  std::vector<letter::SeenDate> all;
  for (const FreeLine& line : lines)
    for (const DateFound& found : find_dates(line.line.text.reveal()))
      if (const auto basis = what_it_is(line, lines))
        all.push_back({found.day, *basis, line.line.confidence, line.line.page, line.line.box});
  return all;
}

void judge_seen_dates(letter::ReadLetter& read) {
  for (letter::SeenDate& seen : read.seen_dates) {
    const auto line = std::ranges::find_if(read.lines, [&seen](const letter::Line& one) {
      return one.page == seen.page && one.box == seen.box;
    });
    const double letter = line == read.lines.end() ? seen.confidence : line->confidence;
    seen.confidence = std::pow(letter, digits_of_a_date);
  }
}

}  // namespace ocr
