#include "page/skew.hpp"

#include <gtest/gtest.h>

#include "page/blank.hpp"
#include "tests/page/painted.hpp"

namespace {

page::Skew skew_of_page_turned(double deg) {
  return page::skew(painted::seen(painted::turned_clockwise(painted::letter_page(150), deg)));
}

TEST(Skew, LinesTurnedByAnyAngleUpTo14DegreesAreMeasuredToATenth) {
  for (const double deg : {-14.0, -9.3, -4.41, -1.0, -0.27, 0.0, 0.13, 0.8, 2.55, 6.7, 11.2, 14.0})
    EXPECT_NEAR(skew_of_page_turned(deg).deg, deg, 0.1) << deg;
}

TEST(Skew, AClearPageIsMeasuredWithConfidence) {
  EXPECT_GE(skew_of_page_turned(1.7).confidence, page::skew_sure);
}

TEST(Skew, AnEmptyPageIsNotTurned) {
  page::Raster empty{cv::Mat(1754, 1240, CV_8U, cv::Scalar(255)), 150, false};
  EXPECT_LT(page::skew(empty).confidence, page::skew_sure);
}

TEST(Upright, APageTellsWhichOfFourWaysIsUp) {
  const page::Raster upright = painted::seen(painted::letter_page(200));
  for (const int turn : {0, 90, 180, 270})
    EXPECT_EQ(page::upright_turn(page::turned(upright, 360 - turn), 0), turn) << turn;
}

TEST(Upright, AnEmptyPageDoesNotTell) {
  page::Raster empty{cv::Mat(1754, 1240, CV_8U, cv::Scalar(255)), 150, false};
  EXPECT_EQ(page::upright_turn(empty, 0), std::nullopt);
}

TEST(Upright, APageOnItsSideIsSeenFromItsLines) {
  const page::Raster upright = painted::seen(painted::letter_page(150));
  EXPECT_FALSE(page::lies_on_its_side(upright));
  EXPECT_TRUE(page::lies_on_its_side(page::turned(upright, 90)));
}

TEST(Blank, AWrittenPageIsNotBlank) { EXPECT_FALSE(page::blank(painted::seen(painted::letter_page(150)))); }

TEST(Blank, PunchHolesAndAShadowedEdgeAreNoWriting) {
  page::Raster sheet{cv::Mat(1754, 1240, CV_8U, cv::Scalar(250)), 150, false};
  cv::rectangle(sheet.grey, cv::Rect(0, 0, 14, 1754), cv::Scalar(30), cv::FILLED);
  for (const int y : {600, 1070}) cv::circle(sheet.grey, {70, y}, 18, cv::Scalar(10), cv::FILLED);
  EXPECT_TRUE(page::blank(sheet));
}

TEST(Straighten, APointOfTheStraightPageIsFoundAgainOnTheMaster) {
  page::Raster sheet{cv::Mat(1754, 1240, CV_8U, cv::Scalar(255)), 150, false};
  cv::circle(sheet.grey, {300, 1200}, 9, cv::Scalar(0), cv::FILLED);
  const page::Straight straight = page::straighten(sheet, 90, 4.5);
  const cv::Moments m = cv::moments(255 - straight.raster.grey);
  const cv::Matx21d back = straight.to_master * cv::Matx31d(m.m10 / m.m00, m.m01 / m.m00, 1);
  EXPECT_NEAR(back(0), 300, 0.5);
  EXPECT_NEAR(back(1), 1200, 0.5);
}

TEST(Straighten, WhatWasTurnedClockwiseComesOutStraight) {
  const page::Raster skewed = painted::seen(painted::turned_clockwise(painted::letter_page(150), 3.2));
  EXPECT_NEAR(page::skew(page::straighten(skewed, 0, 3.2).raster).deg, 0, 0.05);
}

}  // namespace
