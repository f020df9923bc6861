// Looking for a small piece of print in its surroundings.
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocr/form/align_parts.hpp"

namespace {

cv::Mat noise(cv::Size size, std::uint64_t seed) {
  cv::Mat out(size, CV_8U);
  cv::RNG dice(seed);
  dice.fill(out, cv::RNG::UNIFORM, 0, 256);
  return out;
}

TEST(Correlations, AreThoseThatFourierTransformsGive) {
  const cv::Mat area = noise({45, 30}, 1), piece = noise({35, 22}, 2);
  cv::Mat wanted;
  cv::matchTemplate(area, piece, wanted, cv::TM_CCOEFF_NORMED);
  const cv::Mat found = ocr::correlations(area, piece);
  ASSERT_EQ(found.size(), wanted.size());
  EXPECT_LT(cv::norm(found, wanted, cv::NORM_INF), 1e-4);
}

TEST(Correlations, APieceIsFoundWhereItStandsWhateverTheLamp) {
  const cv::Mat area = noise({40, 40}, 3);
  cv::Mat pale;
  area.convertTo(pale, CV_8U, 0.4, 60);
  double best = 0;
  cv::Point at;
  cv::minMaxLoc(ocr::correlations(pale, area(cv::Rect(7, 11, 24, 18))), nullptr, &best, nullptr, &at);
  EXPECT_EQ(at, cv::Point(7, 11));
  EXPECT_GT(best, 0.99);
}

TEST(Correlations, AnEvenSurfaceIsLikeNothing) {
  const cv::Mat even(20, 20, CV_8U, cv::Scalar(90));
  EXPECT_EQ(cv::countNonZero(ocr::correlations(even, noise({8, 8}, 4))), 0);
}

}  // namespace
