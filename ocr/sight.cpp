#include "ocr/sight.hpp"

#include <algorithm>

#include "page/blank.hpp"
#include "page/decode.hpp"
#include "page/skew.hpp"

namespace ocr {
namespace {

constexpr double clearly_better = 1.5;
// Of sense(), about as many letters read with confidence: fewer may be a blot that looks like some, so many
// are never nonsense, whichever way they run.
constexpr double least_sense = 8, plain_sense = 60;

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

// The quarter of a page that holds most ink: enough to tell which way is up, in a quarter of the time.
page::Raster busiest_quarter(const page::Raster& raster) {
  cv::Mat rows;
  cv::reduce(page::ink(raster), rows, 1, cv::REDUCE_SUM, CV_64F);
  const int height = std::max(1, raster.grey.rows / 4);
  cv::Mat sums;
  cv::blur(rows, sums, cv::Size(1, height), cv::Point(-1, 0), cv::BORDER_REPLICATE);  // of the rows below
  cv::Point most;
  cv::minMaxLoc(sums.rowRange(0, raster.grey.rows - height + 1), nullptr, nullptr, nullptr, &most);
  return {raster.grey.rowRange(most.y, most.y + height).clone(), raster.dpi, raster.bilevel};
}

// How much was read, by length and confidence: nonsense is short and doubtful.
double sense(const std::vector<PrintedLine>& lines) {
  double sum = 0;
  for (const PrintedLine& line : lines)
    if (line.confidence > 0.3)
      sum += line.confidence * line.confidence * static_cast<double>(line.text.size());
  return sum;
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
  sight.raster = std::move(sheet->raster);
  facts.blank = page::blank(sight.raster);
  if (facts.blank) return sight;
  const bool wide = sight.raster.grey.cols > sight.raster.grey.rows;
  const page::Skew guess = page::skew(page::turned(sight.raster, wide ? 90 : 0));
  see_form(facts, sight, forms, guess.deg, wide);
  if (!sight.form) see_writing(facts, sight);
  return sight;
}

void settle_turn(letter::Page& facts, Sight& sight, Print& print, std::optional<int> usual) {
  if (sight.turn_known || sight.raster.grey.empty()) return;
  const page::Raster small = page::reduced(sight.raster, 150);
  const double undo = facts.skew_confidence >= page::skew_sure ? facts.skew_deg : 0;
  const page::Raster probe = busiest_quarter(page::straighten(small, facts.turn_deg, undo).raster);
  const double as_is = sense(print.block(probe)), on_head = sense(print.block(page::turned(probe, 180)));
  const double more = std::max(as_is, on_head), less = std::min(as_is, on_head);
  const double across = page::lines_across(sight.raster);
  const bool axis_known = std::max(across, 1 / across) >= page::axis_sure;
  const int over = (facts.turn_deg + 180) % 360;
  if (more > clearly_better * less && more >= (axis_known ? least_sense : plain_sense)) {
    if (on_head > as_is) facts.turn_deg = over;
    sight.turn_known = true;
    return;
  }
  if (usual && *usual == over) facts.turn_deg = over;
  note(facts, {"page.turn_unknown",
               "Le sens de la page n’a pas pu être reconnu : elle reste comme les autres pages de la lettre, "
               "ou comme elle est arrivée.",
               "Which way the page is up could not be told: it stays as the letter's other pages lie, or as "
               "it came."});
}

}  // namespace ocr
