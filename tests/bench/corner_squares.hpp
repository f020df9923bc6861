// The baseline of the registration bench: a form's place from its four corner squares alone.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "ocr/form/form.hpp"
#include "page/raster.hpp"

namespace bench {

struct Square {
  cv::Point2d middle;  // px
  bool hollow = false;
};

// Components that are as large as a corner square and as full.
inline std::vector<Square> squares(const page::Raster& page, double side_mm) {
  const double k = page.dpi / 25.4;
  cv::Mat labels, stats, middles;
  const int count = cv::connectedComponentsWithStats(page::ink(page), labels, stats, middles);
  std::vector<Square> found;
  for (int i = 1; i < count; ++i) {
    const auto stat = [&](int what) { return stats.at<int>(i, what); };
    const double w = stat(cv::CC_STAT_WIDTH) / k / side_mm, h = stat(cv::CC_STAT_HEIGHT) / k / side_mm;
    const double area = stat(cv::CC_STAT_AREA) / (k * k * side_mm * side_mm);
    if (std::min(w, h) < 0.85 || std::max(w, h) > 1.3 || area < 0.6 || area > 1.15) continue;
    found.push_back({{middles.at<double>(i, 0), middles.at<double>(i, 1)}, area < 0.87});
  }
  return found;
}

// mm -> px; none unless there is a square near each corner and one of them is hollow.
inline std::optional<cv::Matx23d> by_corner_squares(const page::Raster& page, const ocr::Form& form) {
  std::vector<cv::Point2d> marks;  // clockwise from the hollow one
  for (const char* id : {"A_TL", "A_TR", "A_BR", "A_BL"}) {
    const ocr::Element* mark = ocr::find(form, id);
    if (!mark) return std::nullopt;
    marks.emplace_back(mark->x + mark->w / 2, mark->y + mark->h / 2);
  }
  const std::vector<Square> all = squares(page, ocr::find(form, "A_TL")->w);
  std::vector<Square> four;
  const double w = page.grey.cols, h = page.grey.rows;
  for (const cv::Point2d corner : {cv::Point2d(0, 0), {w, 0}, {w, h}, {0, h}}) {
    const auto nearest = std::min_element(all.begin(), all.end(), [&](const Square& a, const Square& b) {
      return cv::norm(a.middle - corner) < cv::norm(b.middle - corner);
    });
    if (nearest == all.end()) return std::nullopt;
    four.push_back(*nearest);
  }
  const auto first = std::find_if(four.begin(), four.end(), [](const Square& s) { return s.hollow; });
  if (first == four.end()) return std::nullopt;
  std::rotate(four.begin(), first, four.end());
  cv::Matx33d left = cv::Matx33d::zeros();
  cv::Matx<double, 3, 2> right = cv::Matx<double, 3, 2>::zeros();
  for (std::size_t i = 0; i < 4; ++i) {
    const cv::Vec3d row(marks[i].x, marks[i].y, 1);
    left += row * row.t();
    right += row * cv::Matx12d(four[i].middle.x, four[i].middle.y);
  }
  return cv::Matx23d(left.solve(right, cv::DECOMP_SVD).t());
}

}  // namespace bench
