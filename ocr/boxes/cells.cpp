#include "ocr/boxes/cells.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/boxes/cell_net.hpp"
#include "ocr/boxes/comb_lines.hpp"
#include "ocr/form/ticks.hpp"

namespace ocr {
namespace {

constexpr double border_mm = 1.1;  // of paper around the strip: letters leave their cells
constexpr double least_ink_mm2 = 0.17, speck_mm2 = 0.05;  // a full stop is 0.3, a speck of dust 0.1
constexpr double least_stop_mm2 = 0.1;                    // where full stops are written, small ones are too
constexpr double least_hyphen_mm2 = 0.07;                 // a thin pen's, flat and half way up
constexpr double least_label_mm2 = 0.25;  // of printed letters above a comb, if ink came through
constexpr double shade_mm = 2.2;          // what is broader is shadow, no stroke

// As models/workshop/handwriting/cells.py (as_seen) shows them to the net while it learns.
constexpr double least_px = 3.0 * cells_px_mm, room = 1.2;

int px(double mm) { return static_cast<int>(std::lround(mm * cells_px_mm)); }

}  // namespace

std::size_t Comb::filled() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i].inked) count = i + 1;
  return count;
}

namespace {

// Ink that hangs together.
struct Stroke {
  int label = 0;
  cv::Rect box;
  int area = 0;
  double middle = 0;  // px across
};

cv::Mat written_on(const cv::Mat& strip, double paper) {
  // Faint writing is less dark than print: half way to the darkest there is.
  std::vector<uchar> tones(strip.begin<uchar>(), strip.end<uchar>());
  const auto low = tones.begin() + static_cast<std::ptrdiff_t>(tones.size() / 100);
  std::nth_element(tones.begin(), low, tones.end());
  const double limit = std::clamp((paper + *low) / 2, 0.72 * paper, 0.84 * paper);
  cv::Mat ink;
  cv::threshold(strip, ink, std::max(20.0, limit), 255, cv::THRESH_BINARY_INV);
  return ink;
}

// Next to an upright line: what is small there is a piece of it.
bool at_edge_of_cell(const Stroke& stroke, const Lattice& cells) {
  return std::any_of(cells.left.begin(), cells.left.end(), [&](double x) {
    return std::min(std::abs(stroke.middle - x), std::abs(stroke.middle - x - cells.width)) < px(0.4);
  });
}

// What is left of a printed line: flat, and where a line was, or all across.
bool is_left_over(const Stroke& stroke, const Lattice& cells) {
  const int foot = stroke.box.y + stroke.box.height;
  if (stroke.box.y < cells.top && foot < cells.top + px(0.8)) return true;  // of the label above
  if (foot < cells.top + px(0.35) || stroke.box.y > cells.foot - px(0.25)) return true;
  if (stroke.box.width > 2.5 * cells.width && stroke.box.height < px(1.2))
    return true;  // the crease of a fold
  // Flat and lying along a line: a full stop is as wide as it is tall.
  const bool flat = stroke.box.height < px(0.45) && stroke.box.width > 2 * stroke.box.height;
  const bool at_edge =
      stroke.box.y < cells.top + px(0.5) || stroke.box.y + stroke.box.height > cells.foot - px(0.5);
  if (flat && (at_edge || stroke.box.width >= cells.width - px(0.9))) return true;
  const bool small = stroke.box.width < px(0.9) && stroke.box.height < px(0.9);
  if (small && at_edge_of_cell(stroke, cells)) return true;
  return stroke.box.width < px(0.4) && stroke.box.height > cells.foot - cells.top - px(0.3) &&
         std::any_of(cells.left.begin(), cells.left.end(), [&](double x) {
           return std::min(std::abs(stroke.middle - x), std::abs(stroke.middle - x - cells.width)) < px(0.3);
         });
}

std::vector<Stroke> strokes_of(const cv::Mat& ink, cv::Mat& labels, const Lattice& cells) {
  cv::Mat stats, centres;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
  std::vector<Stroke> strokes;
  for (int i = 1; i < count; ++i) {
    Stroke stroke{i,
                  {stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                   stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)},
                  stats.at<int>(i, cv::CC_STAT_AREA),
                  centres.at<double>(i, 0)};
    if (stroke.area >= speck_mm2 * cells_px_mm * cells_px_mm && !is_left_over(stroke, cells))
      strokes.push_back(stroke);
  }
  return strokes;
}

// Where a stroke that runs from one cell into the next is parted: its thinnest column near the edge.
int parting(const cv::Mat& labels, const Stroke& stroke, double edge) {
  const int from = std::max(stroke.box.x + 1, static_cast<int>(edge) - px(0.8)),
            to = std::min(stroke.box.x + stroke.box.width - 1, static_cast<int>(edge) + px(0.8));
  int best = static_cast<int>(edge);
  double least = 1e9;
  for (int x = from; x <= to; ++x) {
    int ink = 0;
    for (int y = stroke.box.y; y < stroke.box.y + stroke.box.height; ++y)
      ink += labels.at<int>(y, x) == stroke.label;
    const double cost = ink + 0.25 * std::abs(x - edge);
    if (cost < least) least = cost, best = x;
  }
  return best;
}

// Columns of the strip where this stroke changes hands: cell and first column, left to right.
std::vector<std::pair<int, int>> owners_of(const cv::Mat& labels, const Stroke& stroke,
                                           const Lattice& cells) {
  const int first = static_cast<int>(cells.nearest(stroke.box.x + px(0.7))),
            last = static_cast<int>(cells.nearest(stroke.box.x + stroke.box.width - px(0.7)));
  const int middle = static_cast<int>(cells.nearest(stroke.middle));
  if (first >= last || stroke.box.width < 1.3 * cells.width) return {{middle, stroke.box.x}};
  std::vector<std::pair<int, int>> owners{{first, stroke.box.x}};
  for (int cell = first + 1; cell <= last; ++cell) {
    const double edge = (cells.left[static_cast<std::size_t>(cell - 1)] + cells.width +
                         cells.left[static_cast<std::size_t>(cell)]) /
                        2;
    owners.emplace_back(cell, parting(labels, stroke, edge));
  }
  return owners;
}

// Folds and bad lamps lie darker than paper over all that is near: taken away, so that what stays is ink.
void level(cv::Mat& strip) {
  const double paper = paper_of(strip);
  cv::Mat ground;
  const cv::Size reach(px(shade_mm), px(shade_mm));
  cv::morphologyEx(strip, ground, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, reach));
  double darkest_ground = 0;
  cv::minMaxLoc(ground, &darkest_ground);
  if (darkest_ground > 0.93 * paper) return;
  cv::blur(ground, ground, reach);
  cv::divide(strip, cv::max(ground, 0.3 * paper), strip, paper);
}

// Whether print can be seen at all on this piece of the page: the end of the label above the comb, or its
// lines.
bool print_shows(const cv::Mat& strip, double paper, const Lattice& cells) {
  const cv::Mat above = strip.rowRange(0, std::max(1, static_cast<int>(cells.top) - px(0.3)));
  const int dark = cv::countNonZero(above < 0.75 * paper);
  return dark >= least_label_mm2 * cells_px_mm * cells_px_mm;
}

// What may stand in the cells of a comb.
struct Lettering {
  std::vector<double> least_mm2;  // of ink, to be writing
  bool hyphen = false;
};

bool is_hyphen(const Cell& cell, const Lattice& cells) {
  const double middle = cell.ink.y + cell.ink.height / 2.0, part = (cells.foot - cells.top) / 4;
  return cell.area_mm2 >= least_hyphen_mm2 && cell.ink.width > 1.8 * cell.ink.height &&
         cell.ink.width > px(0.7) && middle > cells.top + part && middle < cells.foot - part;
}

void hand_out(Comb& comb, const cv::Mat& labels, const std::vector<Stroke>& strokes, const Lattice& cells,
              const Lettering& may) {
  std::vector<double> area(comb.cells.size(), 0);
  for (const Stroke& stroke : strokes) {
    const auto owners = owners_of(labels, stroke, cells);
    for (int y = stroke.box.y; y < stroke.box.y + stroke.box.height; ++y) {
      std::size_t at = 0;
      for (int x = stroke.box.x; x < stroke.box.x + stroke.box.width; ++x) {
        while (at + 1 < owners.size() && x >= owners[at + 1].second) ++at;
        if (labels.at<int>(y, x) != stroke.label) continue;
        const auto owner = static_cast<std::size_t>(owners[at].first);
        comb.owner.at<short>(y, x) = static_cast<short>(owner + 1);
        area[owner] += 1;
        comb.cells[owner].ink |= cv::Rect(x, y, 1, 1);
      }
    }
  }
  for (std::size_t i = 0; i < comb.cells.size(); ++i) {
    Cell& cell = comb.cells[i];
    cell.area_mm2 = area[i] / (cells_px_mm * cells_px_mm);
    cell.inked = cell.area_mm2 >= may.least_mm2[i] || (may.hyphen && is_hyphen(cell, cells));
    if (!cell.inked) cell.ink = {};
  }
}

// How dark each cell's writing is, and what ink inside the comb is nobody's.
void weigh_ink(Comb& comb, const cv::Mat& ink, const Lattice& cells) {
  std::vector<double> dark(comb.cells.size(), 0), count(comb.cells.size(), 0);
  const int left = static_cast<int>(cells.left.front()),
            right = static_cast<int>(cells.left.back() + cells.width);
  const int top = static_cast<int>(cells.top) + px(0.6), foot = static_cast<int>(cells.foot) - px(0.6);
  int nobodys = 0;
  for (int y = 0; y < comb.strip.rows; ++y)
    for (int x = 0; x < comb.strip.cols; ++x) {
      if (ink.at<uchar>(y, x) == 0) continue;
      const short owner = comb.owner.at<short>(y, x);
      if (owner > 0) {
        const auto cell = static_cast<std::size_t>(owner - 1);
        dark[cell] += comb.paper - comb.strip.at<uchar>(y, x), count[cell] += 1;
      } else {
        nobodys += x >= left && x < right && y >= top && y < foot;
      }
    }
  for (std::size_t i = 0; i < comb.cells.size(); ++i)
    comb.cells[i].tone = count[i] > 0 ? dark[i] / count[i] / std::max(1.0, comb.paper) : 0;
  comb.left_over_mm2 = nobodys / (cells_px_mm * cells_px_mm);
}

}  // namespace

Comb cut_comb(const page::Raster& master, const Registration& where, const Element& comb) {
  Comb out;
  const cv::Rect2d area(comb.x - border_mm, comb.y - border_mm, comb.w + 2 * border_mm,
                        comb.h + 2 * border_mm);
  out.strip = cut(master, where, area, cells_px_mm);
  Lattice cells{{}, comb.cell_w * cells_px_mm, border_mm * cells_px_mm, (border_mm + comb.h) * cells_px_mm};
  for (const double x : comb.cell_x) cells.left.push_back((x - area.x) * cells_px_mm);
  level(out.strip);
  out.paper = paper_of(out.strip);
  out.print_shows = print_shows(out.strip, out.paper, cells);
  remove_comb_lines(out.strip, cells);
  out.cells.resize(comb.cell_x.size());
  out.owner = cv::Mat::zeros(out.strip.size(), CV_16S);
  cv::Mat labels;
  const cv::Mat ink = written_on(out.strip, out.paper);
  const auto strokes = strokes_of(ink, labels, cells);
  Lettering may;
  may.hyphen = cell_letters(comb, 1).find('-') != std::string::npos;
  for (std::uint32_t cell = 1; cell <= comb.cell_x.size(); ++cell)
    may.least_mm2.push_back(cell_letters(comb, cell).find('.') == std::string::npos ? least_ink_mm2
                                                                                    : least_stop_mm2);
  hand_out(out, labels, strokes, cells, may);
  weigh_ink(out, ink, cells);
  return out;
}

cv::Mat cell_picture(const Comb& comb, std::size_t cell) {
  // A little of the paper around the strokes goes along: their soft edges.
  const cv::Rect near =
      (comb.cells[cell].ink + cv::Point(-3, -3) + cv::Size(6, 6)) & cv::Rect({}, comb.strip.size());
  cv::Mat own = comb.owner(near) == static_cast<int>(cell + 1), ink;
  cv::dilate(own, own, cv::Mat(), cv::Point(-1, -1), 2);
  const double paper = comb.paper;
  comb.strip(near).convertTo(ink, CV_32F, -1, paper);
  ink.setTo(0, ~own);
  cv::Mat soft;
  cv::boxFilter(ink, soft, -1, cv::Size(2, 2));
  double darkest_ = 0;
  cv::minMaxLoc(soft, nullptr, &darkest_);
  ink /= std::max(darkest_, 0.2 * paper);
  const double side = room * std::max({static_cast<double>(comb.cells[cell].ink.width),
                                       static_cast<double>(comb.cells[cell].ink.height), least_px});
  const cv::Rect2d box(comb.cells[cell].ink.x - near.x, comb.cells[cell].ink.y - near.y,
                       comb.cells[cell].ink.width, comb.cells[cell].ink.height);
  const double slack = std::max(0.0, side / room - box.height) / 2, middle = box.y + box.height / 2;
  const double cell_middle = comb.strip.rows / 2.0 - near.y;
  const double y = std::clamp(cell_middle, middle - slack, middle + slack), x = box.x + box.width / 2;
  const double step = side / (2 * cell_side);
  const cv::Matx23d from(step, 0, x - side / 2 + step / 2 - 0.5, 0, step, y - side / 2 + step / 2 - 0.5);
  cv::Mat large, small, out;
  cv::warpAffine(ink, large, from, cv::Size(2 * cell_side, 2 * cell_side),
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::resize(large, small, cv::Size(cell_side, cell_side), 0, 0, cv::INTER_AREA);
  small.convertTo(out, CV_8U, 255);
  return out;
}

}  // namespace ocr
