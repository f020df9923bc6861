#include <algorithm>
#include <cmath>
#include <opencv2/core/hal/intrin.hpp>

#include "ocr/form/align_parts.hpp"

namespace ocr {
namespace {

// Sums over all px of one place of a piece in its area: of what is seen, of its square, of it times the
// piece.
struct Sums {
  unsigned seen = 0, squares = 0, products = 0;
};
Sums sums_at(const cv::Mat& area, const cv::Mat& piece, const cv::Point& at) {
  Sums out;
  cv::v_uint32x4 seen_4 = cv::v_setzero_u32(), squares_4 = seen_4, products_4 = seen_4;
  const cv::v_uint8x16 ones = cv::v_setall_u8(1);
  for (int y = 0; y < piece.rows; ++y) {
    const auto* wanted = piece.ptr<uchar>(y);
    const auto* seen = area.ptr<uchar>(y + at.y) + at.x;
    int x = 0;
    for (; x + 16 <= piece.cols; x += 16) {
      const cv::v_uint8x16 some = cv::v_load(seen + x);
      seen_4 = cv::v_dotprod_expand_fast(some, ones, seen_4);
      squares_4 = cv::v_dotprod_expand_fast(some, some, squares_4);
      products_4 = cv::v_dotprod_expand_fast(some, cv::v_load(wanted + x), products_4);
    }
    for (; x < piece.cols; ++x) {
      out.seen += seen[x];
      out.squares += seen[x] * seen[x];
      out.products += seen[x] * wanted[x];
    }
  }
  out.seen += cv::v_reduce_sum(seen_4);
  out.squares += cv::v_reduce_sum(squares_4);
  out.products += cv::v_reduce_sum(products_4);
  return out;
}

}  // namespace

// cv::matchTemplate's TM_CCOEFF_NORMED, which goes by way of Fourier transforms: for pieces so small and
// searches so short the sums themselves are less to do.
cv::Mat correlations(const cv::Mat& area, const cv::Mat& piece) {
  cv::Mat out(area.rows - piece.rows + 1, area.cols - piece.cols + 1, CV_32F);
  const double count = static_cast<double>(piece.total());
  const Sums own = sums_at(piece, piece, {0, 0});
  const double own_mean = own.seen / count, own_spread = own.squares - own.seen * own_mean;
  for (int y = 0; y < out.rows; ++y)
    for (int x = 0; x < out.cols; ++x) {
      const Sums here = sums_at(area, piece, {x, y});
      const double spread = here.squares - here.seen / count * here.seen;
      const double norm = std::sqrt(std::max(0.0, spread * own_spread));
      out.at<float>(y, x) =
          norm < 1 ? 0.0F : static_cast<float>((here.products - here.seen * own_mean) / norm);
    }
  return out;
}

}  // namespace ocr
