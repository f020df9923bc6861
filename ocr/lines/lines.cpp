#include "ocr/lines/lines.hpp"

#include <algorithm>

#include "ocr/lines/script.hpp"

namespace ocr {
namespace {

constexpr double surely_hand = 4;  // log-odds from which print is not asked
constexpr double surely_print =
    -3;  // log-odds up to which hands' reader is not, while print makes some sense
constexpr double makes_sense = 0.5;  // of print's reader
constexpr double reads_well = 0.85;  // what a reader must say of itself to be believed unheard of the other
// Below these nobody could make sense of a line; measured: fewer than one in three says anything then.
constexpr double print_worth = 0.3, hand_worth = 0.6;

bool is_nonsense(const LineRead& line) {
  return line.text.empty() || line.confidence < (line.how == letter::How::hand ? hand_worth : print_worth);
}

// Print's reader makes every line equally high: one without ascenders would be blown up, and read more slowly
// and no better. Measured on typed letters: at 3 to 3.5 small letters' height fewest are wrong, below it
// takes longer, above 4 letters are lost. `core`: of this line's small letters; one of capitals or figures
// alone seems to have larger ones.
PrintedLine print_of(const Row& row, double core, const Readers& readers) {
  constexpr double usual_cores = 3.5;
  const int more = static_cast<int>(usual_cores * core) - row.grey.rows;
  cv::Mat grey = row.grey;
  if (more > 1) cv::copyMakeBorder(row.grey, grey, more / 2, more - more / 2, 0, 0, cv::BORDER_REPLICATE);
  return readers.print.text(grey, lines_dpi);
}

// Specks and creases beside a line are read as signs that stand alone.
std::string without_dirt(std::string text) {
  constexpr std::string_view dirt = "|\\/_~*`'";
  const auto alone = [&](std::size_t from, std::size_t to) {
    return text.find_first_not_of(dirt, from) >= to;
  };
  for (std::size_t end = text.find(' '); end != std::string::npos && alone(0, end); end = text.find(' '))
    text.erase(0, end + 1);
  for (std::size_t at = text.rfind(' '); at != std::string::npos && alone(at + 1, text.size());
       at = text.rfind(' '))
    text.erase(at);
  return alone(0, text.size()) ? "" : text;
}

LineRead written(const HandLine& line, const cv::Rect& box) {
  return {without_dirt(line.text), line.confidence, letter::How::hand, box};
}
LineRead printed(const PrintedLine& line, const cv::Rect& box) {
  return {without_dirt(line.text), line.confidence, letter::How::typed, box};
}

// What the strokes of a page say of one of its lines.
struct Expected {
  double odds = 0;  // that a hand wrote it
  double core = 0;  // px: height of its small letters
};

// The reader that the strokes call for is heard first; the other one only where a doubt is left.
LineRead read_row(const Row& row, const Expected& expected, const Readers& readers) {
  const double odds = expected.odds;
  HandLine hand;
  PrintedLine print;
  if (odds > 0) {
    hand = readers.hand.line(row.grey);
    if (odds > surely_hand && hand.confidence >= reads_well) return written(hand, row.box);
    print = print_of(row, expected.core, readers);
  } else {
    print = print_of(row, expected.core, readers);
    if (print.confidence >= (odds < surely_print ? makes_sense : reads_well)) return printed(print, row.box);
    hand = readers.hand.line(row.grey);
  }
  const bool by_hand = print.text.empty() || prefers_hand({odds, print.confidence, hand.confidence});
  return by_hand && !hand.text.empty() ? written(hand, row.box) : printed(print, row.box);
}

std::vector<double> odds_of_hands(const std::vector<Row>& rows) {
  std::vector<LineOdds> own;
  for (const Row& row : rows) own.push_back(odds_of(row));
  return among_others(own);
}

double usual_core(const std::vector<Row>& rows) {
  std::vector<double> cores;
  for (const Row& row : rows) cores.push_back(row.core);
  const auto middle = cores.begin() + static_cast<std::ptrdiff_t>(cores.size() / 2);
  if (!cores.empty()) std::nth_element(cores.begin(), middle, cores.end());
  return cores.empty() ? 0 : *middle;
}

cv::Rect scaled(const cv::Rect& box, double by) {
  const auto px = [by](int n) { return static_cast<int>(n * by); };
  return {px(box.x), px(box.y), px(box.width), px(box.height)};
}

}  // namespace

std::vector<LineRead> read_lines(const page::Raster& raster, const Readers& readers) {
  const page::Raster coarse = no_finer_than(raster, lines_dpi);
  const std::vector<Row> rows = cut_rows(coarse);
  const std::vector<double> odds = odds_of_hands(rows);
  const double core = usual_core(rows);
  std::vector<LineRead> lines;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    LineRead line = read_row(rows[i], {odds[i], std::min(core, rows[i].core)}, readers);
    if (is_nonsense(line)) continue;
    line.box = scaled(line.box, raster.dpi / coarse.dpi);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace ocr
