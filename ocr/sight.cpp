#include "ocr/sight.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/lines/rows.hpp"
#include "page/blank.hpp"
#include "page/decode.hpp"
#include "page/skew.hpp"

namespace ocr {
namespace {

// Which way is up, by the reader of hands: the mean log-odds it gives a letter. Measured on 28 pages, printed
// and written, on their feet: 1.8 to 4, on their heads: 0.5 to 1.6, always a whole 0.9 below. On its side or
// as nonsense a page stays under plain_sense.
constexpr double clearly_better = 0.6, plain_sense = 1.7;
constexpr std::size_t asked_lines = 6, least_letters = 12;
// No page on its head came near this: with so many letters more need not be asked.
constexpr double sure_sense = 2.2;
constexpr std::size_t sure_letters = 40;

// By how much less print's reader believes itself on the head of a page. Measured on 26 turned pages that the
// reader of hands left open: 0.1 to 0.55.
constexpr double printed_clearly = 0.2;

void note(letter::Page& facts, const letter::Reason& reason) {
  if (std::find(facts.notes.begin(), facts.notes.end(), reason) == facts.notes.end())
    facts.notes.push_back(reason);
}

void see_form(letter::Page& facts, Sight& sight, const std::vector<Form>& forms, double skew_deg,
              bool on_its_side) {
  for (const Form& form : forms) {
    const auto where = align(sight.raster, form, skew_deg, on_its_side);
    if (!where || (sight.form && where->score <= sight.where.score)) continue;
    sight.form = &form;
    sight.where = *where;
  }
  if (!sight.form) return;
  facts.turn_deg = sight.where.turn_deg();
  facts.skew_deg = sight.where.skew_deg();
  facts.skew_confidence = 0.99;  // dozens of printed places agree
  sight.turn_known = true;
}

void see_writing(letter::Page& facts, Sight& sight) {
  const bool side = page::lies_on_its_side(sight.raster);
  const page::Skew skew = page::skew(page::turned(sight.raster, side ? 90 : 0));
  facts.skew_deg = skew.deg;
  facts.skew_confidence = skew.confidence;
  const double undo = skew.confidence >= page::skew_sure ? skew.deg : 0;
  if (const auto turn = page::upright_turn(sight.raster, undo)) {
    facts.turn_deg = *turn;
    sight.turn_known = true;
    // Letters know better than lines which way they run.
    if ((*turn % 180 == 90) != side) {
      const page::Skew other = page::skew(page::turned(sight.raster, *turn));
      facts.skew_deg = other.deg, facts.skew_confidence = other.confidence;
    }
  } else {
    facts.turn_deg = side ? 90 : 0;
  }
}

// The longest lines of a page: enough to tell which way is up.
std::vector<Row> longest_rows(const page::Raster& raster) {
  std::vector<Row> rows = cut_rows(no_finer_than(raster, rows_dpi));
  const std::size_t some = std::min(rows.size(), asked_lines);
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(some), rows.end(),
                    [](const Row& a, const Row& b) { return a.box.width > b.box.width; });
  rows.resize(some);
  return rows;
}

struct Sense {
  double odds = 0;  // mean log-odds of a letter
  std::size_t letters = 0;
  bool sure() const { return odds >= sure_sense && letters >= sure_letters; }
};
Sense sense(const std::vector<Row>& rows, bool on_head, const Hand& hand) {
  Sense out;
  double sum = 0;
  for (const Row& row : rows) {
    if (out.sure()) break;
    cv::Mat grey = row.grey;
    if (on_head) cv::flip(row.grey, grey, -1);
    const HandLine line = hand.line(grey);
    const double sure = std::clamp(line.confidence, 0.01, 0.99);
    sum += std::log(sure / (1 - sure)) * static_cast<double>(line.letters.size());
    out.letters += line.letters.size();
    if (out.letters > 0) out.odds = sum / static_cast<double>(out.letters);
  }
  return out;
}

// One of two ways that a page can lie, upright or on its head.
struct Way {
  int turn_deg = 0;
  page::Skew skew;
  double odds = 0;  // Sense::odds
  double lead = 0;  // over the odds of the way not taken
  bool clear = false;
};
Way better_way(const page::Raster& small, Way way, const Hand& hand) {
  const double undo = way.skew.confidence >= page::skew_sure ? way.skew.deg : 0;
  const std::vector<Row> rows = longest_rows(page::straighten(small, way.turn_deg, undo).raster);
  const Sense as_is = sense(rows, false, hand), on_head = as_is.sure() ? Sense{} : sense(rows, true, hand);
  if (on_head.odds > as_is.odds) way.turn_deg = (way.turn_deg + 180) % 360;
  way.odds = std::max(as_is.odds, on_head.odds);
  const bool enough = as_is.sure() || std::min(as_is.letters, on_head.letters) >= least_letters;
  way.lead = enough ? std::abs(as_is.odds - on_head.odds) : 0;
  way.clear = way.lead >= clearly_better;
  return way;
}

// What print's reader makes of lines: its mean confidence, by length.
struct PrintedSense {
  double confidence = 0, letters = 0;
};
PrintedSense printed_sense(const std::vector<Row>& rows, bool on_head, Print& print) {
  double sum = 0, letters = 0;
  for (const Row& row : rows) {
    cv::Mat grey = row.grey;
    if (on_head) cv::flip(row.grey, grey, -1);
    const PrintedLine line = print.text(grey, rows_dpi);
    const auto length = static_cast<double>(line.text.size());
    sum += line.confidence * length, letters += length;
  }
  return {letters > 0 ? sum / letters : 0, letters};
}

// How clearly both readers together take the page to lie this way rather than on its head (below 0: the other
// way round); 1 is clear.
double joint_lead(const page::Raster& small, const Way& way, Print& print) {
  constexpr std::size_t asked = 3;
  const double undo = way.skew.confidence >= page::skew_sure ? way.skew.deg : 0;
  std::vector<Row> rows = longest_rows(page::straighten(small, way.turn_deg, undo).raster);
  rows.resize(std::min(rows.size(), asked));
  const PrintedSense as_is = printed_sense(rows, false, print), on_head = printed_sense(rows, true, print);
  const bool enough = std::min(as_is.letters, on_head.letters) >= least_letters;
  return way.lead / clearly_better + (enough ? (as_is.confidence - on_head.confidence) / printed_clearly : 0);
}

}  // namespace

Sight see_page(letter::Page& facts, const Master& master, const std::vector<Form>& forms,
               std::uint32_t& pages_of_master) {
  Sight sight;
  auto sheet = page::decode(master.bytes, facts.index, master.decoded_bytes);
  if (!sheet) {
    facts.damaged = true;
    note(facts, sheet.error());
    return sight;
  }
  pages_of_master = sheet->pages;
  for (const letter::Reason& reason : sheet->notes) note(facts, reason);
  facts.damaged = facts.damaged || sheet->damaged;
  facts.dpi = sheet->raster.dpi;
  facts.width_px = static_cast<std::uint32_t>(sheet->raster.grey.cols);
  facts.height_px = static_cast<std::uint32_t>(sheet->raster.grey.rows);
  sight.raster = std::move(sheet->raster);
  facts.blank = page::blank(sight.raster);
  if (facts.blank) return sight;
  const bool wide = sight.raster.grey.cols > sight.raster.grey.rows;
  const page::Skew guess = page::skew(page::turned(sight.raster, wide ? 90 : 0));
  see_form(facts, sight, forms, guess.deg, wide);
  if (!sight.form) see_writing(facts, sight);
  return sight;
}

void settle_turn(letter::Page& facts, Sight& sight, const TurnReaders& readers, std::optional<int> usual) {
  const Hand& hand = readers.hand;
  if (sight.turn_known || sight.raster.grey.empty()) return;
  const page::Raster small = no_finer_than(sight.raster, rows_dpi);
  const bool as_usual = usual && (*usual - facts.turn_deg) % 180 == 0;  // likely on its feet so
  const Way first =
      better_way(small, {as_usual ? *usual : facts.turn_deg, {facts.skew_deg, facts.skew_confidence}}, hand);
  const double across = page::lines_across(sight.raster);
  const bool axis_known = std::max(across, 1 / across) >= page::axis_sure;
  Way best = first, upright = first;
  if (!first.clear || first.odds < plain_sense) {  // squares and margins may have told the axis wrongly
    const int side = (facts.turn_deg + 90) % 360;
    const Way other = better_way(small, {side, page::skew(page::turned(sight.raster, side))}, hand);
    if (other.clear && other.odds >= std::max(plain_sense, first.odds + clearly_better)) best = other;
    if (side % 180 == 0) upright = other;
  }
  if (best.clear && (axis_known || best.odds >= plain_sense)) {
    facts.turn_deg = best.turn_deg;
    facts.skew_deg = best.skew.deg, facts.skew_confidence = best.skew.confidence;
    sight.turn_known = true;
    return;
  }
  const int over = (facts.turn_deg + 180) % 360;
  if (const double lead = axis_known ? joint_lead(small, first, readers.print) : 0; std::abs(lead) >= 1) {
    facts.turn_deg = lead > 0 ? first.turn_deg : (first.turn_deg + 180) % 360;
    sight.turn_known = true;
    return;
  }
  if (usual && *usual == over) facts.turn_deg = over;
  // Nobody writes letters along a sheet: one that came upright and says nothing is likely so.
  const bool came_upright = sight.raster.grey.rows > sight.raster.grey.cols;
  if (!usual && came_upright && facts.turn_deg % 180 != 0 && upright.turn_deg % 180 == 0) {
    facts.turn_deg = upright.turn_deg;
    facts.skew_deg = upright.skew.deg, facts.skew_confidence = upright.skew.confidence;
  }
  note(facts, {"page.turn_unknown",
               "Le sens de la page n’a pas pu être reconnu : elle reste comme les autres pages de la lettre, "
               "ou comme elle est arrivée.",
               "Which way the page is up could not be told: it stays as the letter's other pages lie, or as "
               "it came."});
}

}  // namespace ocr
