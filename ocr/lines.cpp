#include "ocr/lines.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/script.hpp"

namespace ocr {
namespace {

constexpr double surely_hand = 4;    // log-odds from which print is not asked
constexpr double reads_well = 0.85;  // what a reader must say of itself to be believed unheard of the other
// Below these nobody could make sense of a line; measured: fewer than one in three says anything then.
constexpr double print_worth = 0.3, hand_worth = 0.6;

struct Draft {
  const Row& row;
  double odds = 0;  // that a hand wrote it
};

bool by_hand(const Draft& draft) { return draft.odds > 0; }

std::vector<Draft> drafts_of(const std::vector<Row>& rows) {
  std::vector<double> own;
  for (const Row& row : rows) own.push_back(hand_odds(signs_of(row)));
  const std::vector<double> odds = among_others(own);
  std::vector<Draft> drafts;
  for (std::size_t i = 0; i < rows.size(); ++i) drafts.push_back({rows[i], odds[i]});
  return drafts;
}

bool is_nonsense(const LineRead& line) {
  return line.text.empty() || line.confidence < (line.how == letter::How::hand ? hand_worth : print_worth);
}

LineRead printed(const PrintedLine& line) {
  return {line.text, line.confidence, letter::How::typed, line.box};
}

// Both readers' word for a line, and the better of the two.
LineRead better(const Draft& draft, const PrintedLine& print, const HandLine& hand) {
  const bool written = prefers_hand({draft.odds, print.confidence, hand.confidence});
  if (print.text.empty() || (written && !hand.text.empty()))
    return {hand.text, hand.confidence, letter::How::hand, draft.row.box};
  return {print.text, print.confidence, letter::How::typed, draft.row.box};
}

LineRead read_draft(const Draft& draft, double dpi, const Readers& readers) {
  const HandLine hand = readers.hand.line(draft.row.grey);
  if (draft.odds > surely_hand && hand.confidence >= reads_well)
    return {hand.text, hand.confidence, letter::How::hand, draft.row.box};
  return better(draft, readers.print.text(draft.row.grey, dpi), hand);
}

// What a hand wrote is taken off the page, and lines of print that it touches put back.
page::Raster print_alone(const page::Raster& raster, const std::vector<Draft>& drafts) {
  page::Raster out{raster.grey.clone(), raster.dpi, raster.bilevel};
  const cv::Rect whole({}, raster.grey.size());
  for (const Draft& draft : drafts)
    if (by_hand(draft)) out.grey(draft.row.box & whole).setTo(255);
  for (const Draft& draft : drafts)
    if (!by_hand(draft)) raster.grey(draft.row.box & whole).copyTo(out.grey(draft.row.box & whole));
  return out;
}

const Draft* draft_at(const std::vector<Draft>& drafts, const cv::Rect& box) {
  const Draft* best = nullptr;
  int most = box.area() / 2;
  for (const Draft& draft : drafts)
    if (const int shared = (draft.row.box & box).area(); shared > most) best = &draft, most = shared;
  return best;
}

void read_print(const page::Raster& raster, Zone zone, const std::vector<Draft>& drafts,
                const Readers& readers, std::vector<LineRead>& lines) {
  if (std::all_of(drafts.begin(), drafts.end(), by_hand)) return;
  const bool mixed = std::any_of(drafts.begin(), drafts.end(), by_hand);
  const page::Raster print = mixed ? print_alone(raster, drafts) : raster;
  for (const PrintedLine& line :
       zone == Zone::page ? readers.print.page(print) : readers.print.block(print)) {
    const Draft* draft = line.confidence < reads_well ? draft_at(drafts, line.box) : nullptr;
    lines.push_back(draft ? better(*draft, line, readers.hand.line(draft->row.grey)) : printed(line));
  }
}

}  // namespace

std::vector<LineRead> read_lines(const page::Raster& raster, Zone zone, const Readers& readers) {
  const std::vector<Row> rows = cut_rows(raster);
  const std::vector<Draft> drafts = drafts_of(rows);
  std::vector<LineRead> lines;
  read_print(raster, zone, drafts, readers, lines);
  for (const Draft& draft : drafts)
    if (by_hand(draft)) lines.push_back(read_draft(draft, raster.dpi, readers));
  std::erase_if(lines, is_nonsense);
  std::stable_sort(lines.begin(), lines.end(), [](const LineRead& a, const LineRead& b) {
    return a.box.y + a.box.height / 2 < b.box.y + b.box.height / 2;
  });
  return lines;
}

}  // namespace ocr
