// Cutting a page into its lines of writing.
#include "ocr/lines/rows.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/workshop/canvas.hpp"

namespace {

constexpr double dpi = 150, px_a_mm = dpi / 25.4;
constexpr double pitch_mm = 8, first_mm = 20;

class Sheet {
 public:
  Sheet() : canvas_(workshop::Medium::pixels, 150, 90, dpi) {}
  void write(int line, const std::string& text, double x_mm = 12) {
    canvas_.write({x_mm, first_mm + line * pitch_mm}, text, {"DejaVu Serif", 4.2, false, 1, tilt_deg});
  }
  void stroke(const std::vector<workshop::Point>& points, double width_mm = 0.3, double ink = 1) {
    canvas_.stroke(points, {width_mm, ink});
  }
  std::vector<ocr::Row> rows() {
    const workshop::Raster raster = canvas_.raster();
    const cv::Mat grey(raster.height, raster.width, CV_8U, const_cast<std::uint8_t*>(raster.grey.data()));
    return ocr::cut_rows({grey.clone(), dpi, false});
  }
  double tilt_deg = 0;

 private:
  workshop::Canvas canvas_;
};

double middle_mm(const ocr::Row& row) { return (row.box.y + row.box.height / 2.0) / px_a_mm; }

void write_five(Sheet& sheet) {
  const std::vector<std::string> lines{"Je vous ai fait parvenir", "une feuille de soins le",
                                       "mois dernier, et depuis", "aucune nouvelle de vous",
                                       "malgré quatre appels."};
  for (std::size_t i = 0; i < lines.size(); ++i) sheet.write(static_cast<int>(i), lines[i]);
}

TEST(Rows, AsManyAsLinesFromTopToBottom) {
  Sheet sheet;
  write_five(sheet);
  const auto rows = sheet.rows();
  ASSERT_EQ(rows.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_NEAR(middle_mm(rows[i]), first_mm + static_cast<double>(i) * pitch_mm - 1.2, 1.2) << i;
}

TEST(Rows, LinesBetweenShortOnesAreNotLost) {
  Sheet sheet;
  const std::vector<std::string> lines{"Cette situation pèse sur toute ma famille, et",  "je le regrette.",
                                       "Je constate cependant que rien n'a bougé, soit", "12 €.",
                                       "Nous avons dû emprunter à des proches, ce qui",  "honte."};
  for (std::size_t i = 0; i < lines.size(); ++i) sheet.write(static_cast<int>(i), lines[i]);
  EXPECT_EQ(sheet.rows().size(), lines.size());
}

TEST(Rows, ASpeckAboveOrBesideALineIsNoPartOfIt) {
  Sheet clean, dirty;
  clean.write(1, "Réclamations : 12,5.");
  dirty.write(1, "Réclamations : 12,5.");
  for (const double x : {20.0, 80.0}) dirty.stroke({{x, 20.5}, {x + 0.3, 20.5}}, 0.4);
  dirty.stroke({{6, 27}, {6.4, 27}}, 0.5);
  const auto wanted = clean.rows(), rows = dirty.rows();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].box, wanted[0].box);
}

TEST(Rows, SlopingLinesAreMadeLevel) {
  Sheet sheet;
  sheet.tilt_deg = 2;
  write_five(sheet);
  const auto rows = sheet.rows();
  ASSERT_EQ(rows.size(), 5U);
  // A sloping line's box is as much higher as it climbs; its picture is not.
  for (const ocr::Row& row : rows)
    EXPECT_LT(row.grey.rows,
              row.box.height + 0.6 * row.core - 0.5 * std::tan(2 * CV_PI / 180) * row.box.width);
}

TEST(Rows, RulesAndSquaresOfThePaperAreNoStrokes) {
  Sheet sheet;
  write_five(sheet);
  for (double y = 4; y < 88; y += 5) sheet.stroke({{0, y}, {150, y}}, 0.2, 0.5);
  for (double x = 3; x < 150; x += 5) sheet.stroke({{x, 0}, {x, 90}}, 0.2, 0.5);
  const auto rows = sheet.rows();
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_LT(rows[0].box.width, 75 * px_a_mm);
}

TEST(Rows, WhatStandsFarApartAtOneHeightIsTwoRowsLeftToRight) {
  Sheet sheet;
  sheet.write(1, "Lyon, le 3", 100);
  sheet.write(1, "Camille Roux", 12);
  const auto rows = sheet.rows();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_LT(rows[0].box.x, rows[1].box.x);
}

TEST(Rows, ATailThatRunsIntoTheLineBelowStaysWithItsLine) {
  Sheet plain, tailed;
  write_five(plain);
  write_five(tailed);
  // From the foot of a letter of the first line to the head of one of the second.
  tailed.stroke({{24, first_mm - 1}, {24, first_mm + pitch_mm - 1}}, 0.4);
  const auto before = plain.rows(), after = tailed.rows();
  ASSERT_EQ(after.size(), 5U);
  // Parted on the way: neither line gets the other's letters.
  EXPECT_LT(after[0].box.height, before[0].box.height + 0.8 * pitch_mm * px_a_mm);
  EXPECT_LT(after[1].box.height, before[1].box.height + 0.8 * pitch_mm * px_a_mm);
  EXPECT_NEAR(cv::countNonZero(after[1].ink), cv::countNonZero(before[1].ink),
              0.1 * cv::countNonZero(before[1].ink));
}

TEST(Rows, ARowShowsNothingOfItsNeighbours) {
  Sheet alone, between;
  alone.write(2, "mois dernier, et depuis");
  write_five(between);
  const auto one = alone.rows();
  const auto five = between.rows();
  ASSERT_EQ(one.size(), 1U);
  ASSERT_EQ(five.size(), 5U);
  EXPECT_NEAR(cv::countNonZero(five[2].ink), cv::countNonZero(one[0].ink),
              0.03 * cv::countNonZero(one[0].ink));
}

TEST(Rows, AnEmptySheetHasNone) { EXPECT_TRUE(Sheet().rows().empty()); }

TEST(Rows, APictureTooSmallForALineHasNone) {
  EXPECT_TRUE(ocr::cut_rows({cv::Mat(8, 8, CV_8U, cv::Scalar(0)), dpi, false}).empty());
}

}  // namespace
