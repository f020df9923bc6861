#include "models/workshop/scanner.hpp"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include "letter/result.hpp"

namespace workshop {
namespace {

// A chain of moves of the plane, homogeneous.
using Move = cv::Matx33d;
Move shifted(double x, double y) { return {1, 0, x, 0, 1, y, 0, 0, 1}; }
Move linear(double a, double b, double c, double d) { return {a, b, 0, c, d, 0, 0, 0, 1}; }
Point at(const Move& move, const Point& p) {
  return {move(0, 0) * p.x + move(0, 1) * p.y + move(0, 2), move(1, 0) * p.x + move(1, 1) * p.y + move(1, 2)};
}

// Everything about where things lie on the scan, before rows are dropped.
struct Lie {
  Point sheet;        // its size, mm
  Move print, paper;  // mm of the print, mm of the sheet -> px of the scan
  cv::Size scan;
  double px_a_mm = 1;
};

// Whole quarters are turned without rounding.
Move turned_clockwise(const Faults& faults) {
  static constexpr double cosine[] = {1, 0, -1, 0}, sine[] = {0, 1, 0, -1};
  const int quarter = faults.turn_deg / 90;
  const double rad = faults.skew_deg * CV_PI / 180;
  return linear(std::cos(rad), -std::sin(rad), std::sin(rad), std::cos(rad)) *
         linear(cosine[quarter], -sine[quarter], sine[quarter], cosine[quarter]);
}

Lie lie_of(const Raster& page, const Faults& faults) {
  Lie lie;
  const double k = lie.px_a_mm = page.dpi / 25.4;
  lie.sheet = {page.width / k, page.height / k};
  const Move about_middle = linear(k, 0, 0, k) * linear(1, faults.shear, 0, 1 + faults.longer) *
                            turned_clockwise(faults) * shifted(-lie.sheet.x / 2, -lie.sheet.y / 2);
  Point most;
  for (const double x : {0.0, lie.sheet.x}) {
    for (const double y : {0.0, lie.sheet.y}) {
      const Point corner = at(about_middle, {x, y});
      most = {std::max(most.x, std::fabs(corner.x)), std::max(most.y, std::fabs(corner.y))};
    }
  }
  lie.scan = {static_cast<int>(std::ceil(2 * most.x - 1e-6)), static_cast<int>(std::ceil(2 * most.y - 1e-6))};
  if (faults.cropped)
    lie.scan =
        faults.turn_deg % 180 == 0 ? cv::Size(page.width, page.height) : cv::Size(page.height, page.width);
  lie.paper = shifted((lie.scan.width - 1) / 2.0 + faults.shift.x * k,
                      (lie.scan.height - 1) / 2.0 + faults.shift.y * k) *
              about_middle;
  lie.print = lie.paper * shifted(lie.sheet.x / 2, lie.sheet.y / 2) *
              linear(faults.stretch, 0, 0, faults.stretch) * shifted(-lie.sheet.x / 2, -lie.sheet.y / 2);
  return lie;
}

// Each row of the scan sees a straight line of the page.
cv::Mat laid(const cv::Mat& page, const Lie& lie, const Placement& print) {
  const Move page_px = shifted(-0.5, -0.5) * linear(lie.px_a_mm, 0, 0, lie.px_a_mm) * lie.print.inv();
  cv::Mat where(lie.scan, CV_32FC2), out;
  for (int y = 0; y < lie.scan.height; ++y) {
    const Point off = print.pulled(y), first = at(page_px, {-off.x, y - off.y});
    auto* row = where.ptr<cv::Vec2f>(y);
    for (int x = 0; x < lie.scan.width; ++x)
      row[x] = {static_cast<float>(first.x + page_px(0, 0) * x),
                static_cast<float>(first.y + page_px(1, 0) * x)};
  }
  cv::remap(page, out, where, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
  return out;
}

// Within the square of `loss` at its corner: how far along each edge, mm; else nothing.
std::optional<Point> into(const Loss& loss, const Point& mm, const Point& sheet) {
  const bool right = loss.corner == Corner::top_right || loss.corner == Corner::bottom_right;
  const bool bottom = loss.corner == Corner::bottom_left || loss.corner == Corner::bottom_right;
  const Point along{right ? sheet.x - mm.x : mm.x, bottom ? sheet.y - mm.y : mm.y};
  return along.x < loss.size && along.y < loss.size ? std::optional(along) : std::nullopt;
}

bool is_paper(const Faults& faults, const Point& mm, const Point& sheet) {
  if (mm.x < 0 || mm.y < 0 || mm.x > sheet.x || mm.y > sheet.y) return false;
  const auto corner = into(faults.cut_corner, mm, sheet);
  return !corner || corner->x + corner->y > faults.cut_corner.size;
}

double shadow(const Faults& faults, double y_mm) {
  constexpr double reach = 3;  // mm
  double dark = 0;
  for (const double fold : faults.folds) {
    const double away = std::fabs(y_mm - fold) / reach;
    if (away < 1) dark += faults.fold_depth * (away < 0.04 ? 1.0 : 0.45 * std::exp(-6 * away * away));
  }
  return dark;
}

// What depends on the sheet, not on its print: folds, and where it ends.
void light(cv::Mat& scan, const Faults& faults, const Lie& lie, const Placement& print) {
  if (faults.folds.empty() && faults.lid >= 255 && faults.cut_corner.size <= 0) return;
  const Move sheet_mm = lie.paper.inv();
  for (int y = 0; y < scan.rows; ++y) {
    const Point off = print.pulled(y), first = at(sheet_mm, {-off.x, y - off.y});
    std::uint8_t* row = scan.ptr(y);
    for (int x = 0; x < scan.cols; ++x) {
      const Point mm{first.x + sheet_mm(0, 0) * x, first.y + sheet_mm(1, 0) * x};
      if (!is_paper(faults, mm, lie.sheet))
        row[x] = cv::saturate_cast<std::uint8_t>(faults.lid);
      else if (const double dark = shadow(faults, mm.y); dark > 0)
        row[x] = cv::saturate_cast<std::uint8_t>(row[x] - dark);
    }
  }
}

// A table of normal throws, walked at random: a throw a pixel would take longer than all the rest.
void add_noise(cv::Mat& page, double deviation, Dice& dice) {
  std::vector<std::int8_t> table(4096);
  for (auto& one : table)
    one = static_cast<std::int8_t>(std::lround(dice.around(0, std::min(deviation, 40.0))));
  for (int y = 0; y < page.rows; ++y) {
    std::uint8_t* row = page.ptr(y);
    std::uint64_t bits = 0;
    for (int x = 0; x < page.cols; ++x, bits >>= 12) {
      if (x % 5 == 0) bits = dice.next();
      row[x] = cv::saturate_cast<std::uint8_t>(row[x] + table[bits & 4095]);
    }
  }
}

void add_specks(cv::Mat& page, std::uint32_t count, Dice& dice) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const cv::Point speck(static_cast<int>(dice.below(static_cast<std::uint32_t>(page.cols))),
                          static_cast<int>(dice.below(static_cast<std::uint32_t>(page.rows))));
    const bool dark = dice.chance(0.8);
    cv::circle(page, speck, static_cast<int>(dice.below(2)), cv::Scalar(dark ? 60 : 255), cv::FILLED);
  }
}

// The Mat borrows the raster's pixels, which nobody may write to.
cv::Mat borrowed(const Raster& page) {
  return {page.height, page.width, CV_8UC1, const_cast<std::uint8_t*>(page.grey.data())};
}

Raster raster_of(const cv::Mat& page, double dpi) {
  Raster out{page.cols, page.rows, dpi, {}};
  out.grey.assign(page.datastart, page.dataend);
  return out;
}

// One pass through a copier: its optics blur, its toner knows little between black and white.
void copy_once(cv::Mat& page, double dpi, double toner, Dice& dice) {
  const double blur = 0.9 * dpi / 300;
  cv::GaussianBlur(page, page, cv::Size(), blur, blur);
  // An edge, blurred, is that bright where it shall lie from now on.
  const double edge = 255 * 0.5 * std::erfc(-toner / 0.9 / std::sqrt(2.0));
  const double soft = 0.9 * std::min({100.0, edge, 255 - edge});  // paper stays white
  page.convertTo(page, CV_8U, 255 / (2 * soft), -(edge - soft) * 255 / (2 * soft));
  add_noise(page, dice.uniform(2, 12), dice);
  add_specks(page, dice.below(150), dice);
}

// The page that is laid into the scanner: copied, and with its patch lost. Nothing is moved.
cv::Mat original(const Raster& page, const Faults& faults, Dice& dice) {
  const cv::Mat clean = borrowed(page);
  if (faults.copies == 0 && faults.lost_patch.size <= 0) return clean;
  cv::Mat work = clean.clone();
  for (int i = 0; i < faults.copies; ++i) copy_once(work, page.dpi, faults.toner, dice);
  const double k = page.dpi / 25.4;
  const Point sheet{page.width / k, page.height / k};
  for (int y = 0; faults.lost_patch.size > 0 && y < work.rows; ++y)
    for (int x = 0; x < work.cols; ++x)
      if (into(faults.lost_patch, {x / k, y / k}, sheet)) work.at<std::uint8_t>(y, x) = 255;
  return work;
}

}  // namespace

Scan scanned(const Raster& page, const Faults& faults, Dice& dice) {
  ENSURE(faults.turn_deg % 90 == 0 && faults.turn_deg >= 0 && faults.turn_deg < 360);
  const Lie lie = lie_of(page, faults);
  Scan scan;
  Placement& print = scan.print;
  std::copy_n(lie.print.val, 6, print.even.begin());
  print.waves = faults.waves, print.px_a_mm = lie.px_a_mm;
  cv::Mat work = laid(original(page, faults, dice), lie, print);
  if (faults.paper < 255) work *= faults.paper / 255;
  light(work, faults, lie, print);
  if (faults.rows_dpi > 0) {
    const int rows = static_cast<int>(std::lround(work.rows * faults.rows_dpi / page.dpi));
    print.rows = static_cast<double>(rows) / work.rows;
    cv::resize(work, work, cv::Size(work.cols, rows), 0, 0, cv::INTER_AREA);
  }
  if (faults.blur >= 0.3) cv::GaussianBlur(work, work, cv::Size(), faults.blur, faults.blur);
  add_specks(work, faults.specks, dice);
  if (faults.noise > 0) add_noise(work, faults.noise, dice);
  if (faults.threshold > 0) cv::threshold(work, work, faults.threshold - 1, 255, cv::THRESH_BINARY);
  scan.raster = raster_of(work, page.dpi);
  scan.raster.rows_dpi = faults.rows_dpi;
  return scan;
}

}  // namespace workshop
