#include "ocr/boxes/likeness.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace ocr {
namespace {

double product(const std::vector<float>& a, const std::vector<float>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// Of looks, whose product this is.
double same_look(double product) {
  constexpr double middle = 0.86, width = 0.04;
  return 0.97 / (1 + std::exp(-(product - middle) / width));
}

// Of a machine's shapes, so many times as far apart as the nearest ones of the form are.
double same_shape(double times) {
  constexpr double middle = 4.3, width = 0.5;
  return 1 / (1 + std::exp((times - middle) / width));
}

}  // namespace

Likeness::Likeness(const std::vector<BoxRead>& boxes) {
  for (std::size_t b = 0; b < boxes.size(); ++b)
    for (std::size_t c = 0; c < boxes[b].looks.size(); ++c)
      if (!boxes[b].looks[c].empty()) spots_.push_back({b, c});
  const std::size_t n = spots_.size();
  alike_.assign(n * n, 1.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const auto& one = boxes[spots_[i].box].looks[spots_[i].cell];
      const auto& other = boxes[spots_[j].box].looks[spots_[j].cell];
      alike_[i * n + j] = alike_[j * n + i] = same_look(product(one, other));
    }
  mind_shapes(boxes);
}

void Likeness::mind_shapes(const std::vector<BoxRead>& boxes) {
  constexpr std::size_t enough = 12;              // letters that tell what a scan does to one shape
  constexpr double least = 0.004, none_at = 2.0;  // as far apart as the same pixels may be; as any two can be
  const auto shape = [&](const Spot& spot) -> const std::vector<float>& {
    static const std::vector<float> none;
    const auto& shapes = boxes[spot.box].shapes;
    return spot.cell < shapes.size() ? shapes[spot.cell] : none;
  };
  const std::size_t n = spots_.size();
  std::vector<double> apart(n * n, none_at), nearest;
  for (std::size_t i = 0; i < n; ++i) {
    if (shape(spots_[i]).empty()) return;
    for (std::size_t j = 0; j < i; ++j)
      apart[i * n + j] = apart[j * n + i] = 1 - product(shape(spots_[i]), shape(spots_[j]));
  }
  if (n < enough) return;
  for (std::size_t i = 0; i < n; ++i) {
    const auto row = apart.begin() + static_cast<std::ptrdiff_t>(i * n);
    nearest.push_back(*std::min_element(row, row + static_cast<std::ptrdiff_t>(n)));
  }
  std::nth_element(nearest.begin(), nearest.begin() + static_cast<std::ptrdiff_t>(n / 2), nearest.end());
  const double usual = std::max(least, nearest[n / 2]);
  for (std::size_t k = 0; k < n * n; ++k) {
    const double same = same_shape(apart[k] / usual);
    alike_[k] *= same;
    unlike_.push_back(1 - same);
  }
}

double Likeness::unlike(std::size_t a, std::size_t b) const {
  return unlike_.empty() ? 0 : unlike_[a * spots_.size() + b];
}

std::vector<float> shape_of(const cv::Mat& picture) {
  constexpr int side = 16;
  cv::Mat soft, small;
  cv::blur(picture, soft, {3, 3});
  cv::resize(soft, small, {side, side}, 0, 0, cv::INTER_AREA);
  small.convertTo(small, CV_32F);
  small -= cv::mean(small);
  const double length = cv::norm(small);
  if (length > 0) small /= length;
  return {small.begin<float>(), small.end<float>()};
}

}  // namespace ocr
