#include "models/workshop/scanner.hpp"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "letter/result.hpp"

namespace workshop {
namespace {

cv::Mat turned_about_its_middle(const cv::Mat& page, const Faults& faults, double dpi) {
  if (faults.skew_deg == 0 && faults.shift.x == 0 && faults.shift.y == 0) return page.clone();
  const cv::Point2f middle(static_cast<float>(page.cols - 1) / 2, static_cast<float>(page.rows - 1) / 2);
  cv::Mat move = cv::getRotationMatrix2D(middle, -faults.skew_deg, 1);  // OpenCV counts counter-clockwise
  // The scanner's glass is as large as the turned sheet.
  const double c = std::fabs(move.at<double>(0, 0)), s = std::fabs(move.at<double>(0, 1));
  const cv::Size glass(static_cast<int>(std::ceil(page.cols * c + page.rows * s)),
                       static_cast<int>(std::ceil(page.cols * s + page.rows * c)));
  move.at<double>(0, 2) += (glass.width - page.cols) / 2.0 + faults.shift.x * dpi / 25.4;
  move.at<double>(1, 2) += (glass.height - page.rows) / 2.0 + faults.shift.y * dpi / 25.4;
  cv::Mat out;
  cv::warpAffine(page, out, move, glass, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
  return out;
}

void fold(cv::Mat& page, const Faults& faults, double dpi) {
  const double reach = 3.0 * dpi / 25.4;  // of the shadow, pixels
  for (const double at_mm : faults.folds) {
    const double at = at_mm * dpi / 25.4;
    for (int y = std::max(0, static_cast<int>(at - reach));
         y < std::min(page.rows, static_cast<int>(at + reach)); ++y) {
      const double away = (y - at) / reach;
      const double dark =
          faults.fold_depth * (std::fabs(away) < 0.04 ? 1.0 : 0.45 * std::exp(-6 * away * away));
      page.row(y) -= cv::Scalar(dark);
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
    const cv::Point at(static_cast<int>(dice.below(static_cast<std::uint32_t>(page.cols))),
                       static_cast<int>(dice.below(static_cast<std::uint32_t>(page.rows))));
    const bool dark = dice.chance(0.8);
    cv::circle(page, at, static_cast<int>(dice.below(2)), cv::Scalar(dark ? 60 : 255), cv::FILLED);
  }
}

void turn(cv::Mat& page, int turn_deg) {
  // The reader must turn it counter-clockwise, so it lies turned clockwise.
  if (turn_deg == 90) cv::rotate(page, page, cv::ROTATE_90_CLOCKWISE);
  if (turn_deg == 180) cv::rotate(page, page, cv::ROTATE_180);
  if (turn_deg == 270) cv::rotate(page, page, cv::ROTATE_90_COUNTERCLOCKWISE);
}

}  // namespace

Raster scanned(const Raster& page, const Faults& faults, Dice& dice) {
  ENSURE(faults.turn_deg % 90 == 0 && faults.turn_deg >= 0 && faults.turn_deg < 360);
  // The Mat borrows the raster's pixels; no function here writes to it before it is a copy.
  const cv::Mat clean(page.height, page.width, CV_8UC1, const_cast<std::uint8_t*>(page.grey.data()));
  cv::Mat work = turned_about_its_middle(clean, faults, page.dpi);
  if (faults.paper < 255) work *= faults.paper / 255;
  fold(work, faults, page.dpi);
  if (faults.blur >= 0.3) cv::GaussianBlur(work, work, cv::Size(), faults.blur, faults.blur);
  add_specks(work, faults.specks, dice);
  if (faults.noise > 0) add_noise(work, faults.noise, dice);
  if (faults.threshold > 0) cv::threshold(work, work, faults.threshold - 1, 255, cv::THRESH_BINARY);
  turn(work, faults.turn_deg);
  Raster out{work.cols, work.rows, page.dpi, {}};
  out.grey.assign(work.datastart, work.dataend);
  return out;
}

}  // namespace workshop
