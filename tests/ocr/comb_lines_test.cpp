#include "ocr/boxes/comb_lines.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace {

// Four cells of 60 x 70 px on white paper.
const ocr::Lattice cells{{20, 80, 140, 200}, 60, 15, 85};

cv::Mat paper() { return {100, 280, CV_8U, cv::Scalar(250)}; }

void rule(cv::Mat& strip, int tone, int thick) {
  for (const int y : {15, 85}) cv::line(strip, {20, y}, {260, y}, cv::Scalar(tone), thick);
  for (const int x : {20, 80, 140, 200, 260}) cv::line(strip, {x, 15}, {x, 85}, cv::Scalar(tone), thick);
}

int ink_in(const cv::Mat& strip, const cv::Rect& where) { return cv::countNonZero(strip(where) < 200); }

const cv::Rect everything{0, 0, 280, 100};

TEST(CombLines, AnEmptyCombIsEmptyWithoutItsLines) {
  cv::Mat strip = paper();
  rule(strip, 90, 3);
  ocr::remove_comb_lines(strip, cells);
  EXPECT_EQ(ink_in(strip, everything), 0);
}

TEST(CombLines, ThickLinesOfACopyGoToo) {
  cv::Mat strip = paper();
  rule(strip, 0, 7);
  ocr::remove_comb_lines(strip, cells);
  EXPECT_LT(ink_in(strip, everything), 400);  // the crossings, which the cells leave out
}

TEST(CombLines, ALineThatSinksAlongTheCombIsFollowed) {
  cv::Mat strip = paper();
  cv::line(strip, {20, 14}, {260, 17}, cv::Scalar(90), 3);
  ocr::remove_comb_lines(strip, cells);
  EXPECT_EQ(ink_in(strip, everything), 0);
}

TEST(CombLines, TheCreaseOfAFoldedSheetGoes) {
  cv::Mat strip = paper();
  rule(strip, 90, 3);
  cv::line(strip, {0, 55}, {279, 55}, cv::Scalar(120), 3);
  ocr::remove_comb_lines(strip, cells);
  EXPECT_EQ(ink_in(strip, {20, 20, 240, 60}), 0);
}

TEST(CombLines, ABarInEveryCellIsNoCrease) {
  cv::Mat strip = paper();
  for (const int x : {20, 80, 140, 200}) cv::line(strip, {x + 5, 50}, {x + 55, 50}, cv::Scalar(20), 3);
  const cv::Mat before = strip.clone();
  ocr::remove_comb_lines(strip, cells);
  EXPECT_EQ(cv::countNonZero(strip != before), 0);
}

TEST(CombLines, AStrokeThatCrossesALineStaysWhole) {
  cv::Mat strip = paper();
  rule(strip, 90, 3);
  cv::line(strip, {110, 5}, {110, 60}, cv::Scalar(20), 5);
  ocr::remove_comb_lines(strip, cells);
  EXPECT_GE(ink_in(strip, {105, 10, 10, 10}), 5 * 10);
}

TEST(CombLines, ABarThatLiesOnALineIsThickerAndStays) {
  cv::Mat strip = paper();
  rule(strip, 90, 3);
  cv::line(strip, {95, 17}, {125, 17}, cv::Scalar(20), 6);  // the top of a T
  ocr::remove_comb_lines(strip, cells);
  EXPECT_GE(ink_in(strip, {95, 10, 30, 14}), 30 * 5);
}

TEST(CombLines, WhereAScannerDroppedTheLinesNothingIsTakenAway) {
  cv::Mat strip = paper();
  for (int i = 0; i < 4; ++i)
    cv::ellipse(strip, {50 + 60 * i, 50}, {21, 35}, 0, 0, 360, cv::Scalar(20), 3);  // as tall as the cells
  const cv::Mat before = strip.clone();
  ocr::remove_comb_lines(strip, cells);
  EXPECT_EQ(cv::countNonZero(strip != before), 0);
}

}  // namespace
