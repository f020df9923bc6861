#include <algorithm>
#include <array>
#include <cmath>

#include "ocr/boxes/settle.hpp"

namespace ocr {
namespace {

constexpr double near_enough = 4.0;    // nats that a known piece may cost more than what the strokes say best
constexpr std::size_t most_other = 2;  // letters of it that the strokes may say otherwise

// Whose addresses people in France have.
constexpr std::array<std::string_view, 30> domains{
    "@GMAIL.COM",   "@ORANGE.FR",    "@WANADOO.FR",     "@FREE.FR",   "@SFR.FR",           "@HOTMAIL.FR",
    "@HOTMAIL.COM", "@LAPOSTE.NET",  "@YAHOO.FR",       "@YAHOO.COM", "@OUTLOOK.FR",       "@OUTLOOK.COM",
    "@LIVE.FR",     "@ICLOUD.COM",   "@BBOX.FR",        "@NEUF.FR",   "@NUMERICABLE.FR",   "@MSN.COM",
    "@AOL.COM",     "@ALICEADSL.FR", "@PROTONMAIL.COM", "@PROTON.ME", "@CLUB-INTERNET.FR", "@CEGETEL.NET",
    "@VOILA.FR",    "@LIVE.COM",     "@ME.COM",         "@GMX.FR",    "@MAC.COM",          "@LIBERTYSURF.FR"};

// What else an address ends with; domains kept for examples (RFC 2606) stand on specimens of forms.
constexpr std::array<std::string_view, 9> ends{
    "@EXAMPLE.COM", "@EXAMPLE.ORG", "@EXAMPLE.NET", ".EXAMPLE", ".COM", ".NET", ".ORG", ".FR", ".EU"};

// Puts `piece` where these cells say nearly that, and vouches for it. `at`: where it may begin.
bool place(Settled& out, const std::vector<CellChoices>& cells, std::string_view piece, std::size_t at) {
  double cost = 0;
  std::size_t other = 0;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const CellChoices& cell = cells[at + i];
    if (!cell.inked || cell.letters.empty()) return false;
    cost += std::log(cell.letters[0].p) - std::log(cell.of(piece[i]));
    other += cell.letters[0].letter != piece[i];
  }
  if (other > (piece.size() < 5 ? 1 : most_other) || cost > near_enough) return false;
  for (std::size_t i = 0; i < piece.size(); ++i) out.text[at + i] = out.vouched[at + i] = piece[i];
  return true;
}

}  // namespace

std::string letters_of(const std::string& text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c >= 'A' && c <= 'Z'; });
  return out;
}

Settled settle_email(const Settled& read, const std::vector<CellChoices>& cells,
                     const std::vector<std::string>& names) {
  Settled out = read;
  if (out.text.size() != cells.size()) return out;
  out.vouched.assign(cells.size(), ' ');
  const auto ends_with = [&](std::string_view end) {
    return end.size() < cells.size() && place(out, cells, end, cells.size() - end.size());
  };
  if (std::none_of(domains.begin(), domains.end(), ends_with))
    (void)std::any_of(ends.begin(), ends.end(), ends_with);
  const std::size_t local = std::min(out.text.find('@'), cells.size());
  for (const std::string& name : names) {
    const std::string letters = letters_of(name);
    if (letters.size() < least_name_letters) continue;
    for (std::size_t at = 0; at + letters.size() <= local; ++at)
      if (place(out, cells, letters, at)) break;
  }
  out.repaired |= out.text != read.text;
  return out;
}

}  // namespace ocr
