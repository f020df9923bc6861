#include "page/skew.hpp"

#include <gtest/gtest.h>

#include "page/bits.hpp"
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

TEST(Skew, NoiseAloneHasNoAngle) {
  page::Raster noise{cv::Mat(1754, 1240, CV_8U), 150, true};
  cv::RNG(3).fill(noise.grey, cv::RNG::UNIFORM, 0, 256);
  cv::threshold(noise.grey, noise.grey, 25, 255, cv::THRESH_BINARY);
  EXPECT_LT(page::skew(noise).confidence, page::skew_sure);
}

TEST(Skew, ResolutionMakesNoDifference) {
  for (const double dpi : {200.0, 300.0, 400.0, 600.0}) {
    page::Raster page = painted::seen(painted::turned_clockwise(painted::letter_page(dpi), -3.7));
    EXPECT_NEAR(page::skew(page).deg, -3.7, 0.05) << dpi;
    page.bilevel = true;
    EXPECT_NEAR(page::skew(page).deg, -3.7, 0.05) << dpi << " in two tones";
  }
}

// A photocopy: the lid was open, and the sheet lay askew of its own text.
TEST(Skew, ADarkBorderAtAnotherAngleDoesNotLure) {
  page::Raster page = painted::seen(painted::turned_clockwise(painted::letter_page(150), 2));
  cv::Mat sheet(page.grey.size(), CV_8U, cv::Scalar(0));
  cv::RotatedRect paper(cv::Point2f(620, 877), cv::Size2f(1130, 1640), 2.8F);
  cv::Point2f corners[4];
  paper.points(corners);
  const std::vector<cv::Point> outline(corners, corners + 4);
  cv::fillConvexPoly(sheet, outline, cv::Scalar(255));
  page.grey = cv::min(page.grey, sheet);
  page.bilevel = true;
  EXPECT_NEAR(page::skew(page).deg, 2, 0.05);
}

TEST(Skew, SpeckleDoesNotHideLines) {
  page::Raster page = painted::seen(painted::turned_clockwise(painted::letter_page(200), -6.3));
  cv::Mat dust(page.grey.size(), CV_8U);
  cv::RNG(5).fill(dust, cv::RNG::UNIFORM, 0, 256);
  page.grey.setTo(0, dust < 4);
  page.bilevel = true;
  EXPECT_NEAR(page::skew(page).deg, -6.3, 0.05);
}

// Two columns whose lines stand level by chance at an angle that is not theirs.
TEST(Skew, ColumnsThatAreOutOfStepDoNotTurnThePage) {
  page::Raster page{cv::Mat(1754, 1240, CV_8U, cv::Scalar(255)), 150, true};
  for (int y = 100; y < 1650; y += 30)
    for (int x = 80; x < 580; x += 12) {
      cv::rectangle(page.grey, cv::Rect(x, y, 8, 10), cv::Scalar(0), cv::FILLED);
      cv::rectangle(page.grey, cv::Rect(x + 580, y + 9, 8, 10), cv::Scalar(0), cv::FILLED);
    }
  EXPECT_NEAR(page::skew(page).deg, 0, 0.2);
}

TEST(Bits, HalvingKeepsWhatTwoPixelsOfFourShow) {
  cv::Mat ink(4, 130, CV_8U, cv::Scalar(0));
  ink.at<uchar>(0, 0) = 255;                            // alone: goes
  ink.at<uchar>(1, 2) = ink.at<uchar>(0, 3) = 255;      // two, across: stays
  ink.at<uchar>(2, 128) = ink.at<uchar>(3, 128) = 255;  // in the last word
  const page::Bits half = page::halved(page::bits_of(ink));
  ASSERT_EQ(half.width, 65);
  ASSERT_EQ(half.height, 2);
  EXPECT_EQ(half.row(0)[0], 2U);
  EXPECT_EQ(half.row(0)[1], 0U);
  EXPECT_EQ(half.row(1)[0], 0U);
  EXPECT_EQ(half.row(1)[1], 1U);
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

// Dust on the scanner's glass draws lines down every sheet.
TEST(Upright, AStreakIsNoLineOfWriting) {
  page::Raster page = painted::seen(painted::letter_page(150));
  page.grey.rowRange(cv::Range(700, page.grey.rows)).setTo(255);  // few lines, as on an envelope
  for (const int x : {400, 790}) page.grey.colRange(cv::Range(x, x + 2)).setTo(0);
  EXPECT_FALSE(page::lies_on_its_side(page));
  EXPECT_TRUE(page::lies_on_its_side(page::turned(page, 270)));
}

TEST(Blank, AWrittenPageIsNotBlank) { EXPECT_FALSE(page::blank(painted::seen(painted::letter_page(150)))); }

TEST(Blank, PunchHolesAndAShadowedEdgeAreNoWriting) {
  page::Raster sheet{cv::Mat(1754, 1240, CV_8U, cv::Scalar(250)), 150, false};
  cv::rectangle(sheet.grey, cv::Rect(0, 0, 14, 1754), cv::Scalar(30), cv::FILLED);
  for (const int y : {600, 1070}) cv::circle(sheet.grey, {70, y}, 18, cv::Scalar(10), cv::FILLED);
  EXPECT_TRUE(page::blank(sheet));
}

page::Raster empty_sheet(bool two_tones) {
  return {cv::Mat(2339, 1654, CV_8U, cv::Scalar(two_tones ? 255 : 245)), 200, two_tones};
}

TEST(Blank, SpeckleIsNoWriting) {
  page::Raster sheet = empty_sheet(true);
  cv::RNG chance(11);
  for (int i = 0; i < 400; ++i)
    cv::circle(sheet.grey, {chance.uniform(0, 1654), chance.uniform(0, 2339)}, chance.uniform(0, 3),
               cv::Scalar(0), cv::FILLED);
  EXPECT_TRUE(page::blank(sheet));
}

TEST(Blank, AFoldAndAShadowAreNoWriting) {
  page::Raster sheet = empty_sheet(false);
  for (const int y : {780, 1560}) cv::line(sheet.grey, {0, y}, {1653, y + 12}, cv::Scalar(150), 2);
  for (int x = 0; x < 300; ++x) sheet.grey.col(x) -= cv::Scalar(100.0 * (300 - x) / 300);
  EXPECT_TRUE(page::blank(sheet));
}

TEST(Blank, ACopyOfASheetThatLayAskewIsBlankInItsDarkFrame) {
  page::Raster sheet = empty_sheet(true);
  sheet.grey.setTo(0);
  const cv::RotatedRect paper(cv::Point2f(827, 1170), cv::Size2f(1480, 2140), 3);
  cv::Point2f corners[4];
  paper.points(corners);
  cv::fillConvexPoly(sheet.grey, std::vector<cv::Point>(corners, corners + 4), cv::Scalar(255));
  EXPECT_TRUE(page::blank(sheet));
}

TEST(Blank, WhatShowsThroughFromTheOtherSideIsNoWriting) {
  page::Raster sheet = painted::seen(painted::letter_page(150));
  cv::flip(sheet.grey, sheet.grey, 1);
  sheet.grey.convertTo(sheet.grey, CV_8U, 0.1, 225);
  EXPECT_TRUE(page::blank(sheet));
}

TEST(Blank, OneWordIsWriting) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, 150);
  canvas.write({90, 140}, "Merci", {"DejaVu Sans", 4.2});
  EXPECT_FALSE(page::blank(painted::seen(canvas.raster())));
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
