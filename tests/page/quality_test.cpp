#include "page/quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "page/first_look.hpp"
#include "tests/page/painted.hpp"

namespace {

using page::Flaw;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

page::Raster letter_at(double dpi) { return painted::seen(painted::letter_page(dpi)); }

TEST(Quality, AGoodPageHasNoFlaw) { EXPECT_THAT(page::judge(letter_at(300)).flaws, IsEmpty()); }

TEST(Quality, ADarkPageIsTooDark) {
  page::Raster dark = letter_at(200);
  dark.grey = dark.grey * 0.4;
  EXPECT_THAT(page::judge(dark).flaws, Contains(Flaw::too_dark));
}

TEST(Quality, AFaintPageIsTooLight) {
  page::Raster faint = letter_at(200);
  faint.grey = 255 - (255 - faint.grey) * 0.15;
  EXPECT_THAT(page::judge(faint).flaws, Contains(Flaw::too_light));
}

TEST(Quality, ABlankPageIsBlankAndNoAlarm) {
  const page::Raster empty{cv::Mat(2339, 1654, CV_8U, cv::Scalar(250)), 200, false};
  const auto quality = page::judge(empty);
  EXPECT_TRUE(quality.blank);
  EXPECT_THAT(quality.flaws, ElementsAre(Flaw::blank));
  EXPECT_FALSE(page::is_alarm(Flaw::blank));
}

TEST(Quality, ACornerCutOnADarkLidIsSeenInAllFourCorners) {
  const page::Raster whole = letter_at(200);
  const int w = whole.grey.cols, h = whole.grey.rows, cut = 200;
  for (const auto& corner : std::vector<std::vector<cv::Point>>{{{0, 0}, {cut, 0}, {0, cut}},
                                                                {{w, 0}, {w - cut, 0}, {w, cut}},
                                                                {{0, h}, {cut, h}, {0, h - cut}},
                                                                {{w, h}, {w - cut, h}, {w, h - cut}}}) {
    page::Raster torn{whole.grey.clone(), whole.dpi, false};
    cv::fillConvexPoly(torn.grey, corner, cv::Scalar(20));
    EXPECT_THAT(page::judge(torn).flaws, Contains(Flaw::cut_corner));
  }
}

TEST(Quality, ADarkEdgeIsNoCutCorner) {
  page::Raster edged = letter_at(200);
  edged.grey(cv::Rect(0, 0, 40, edged.grey.rows)) = 20;
  EXPECT_THAT(page::judge(edged).flaws, Not(Contains(Flaw::cut_corner)));
}

TEST(Quality, MoreThan15DegreesAreTold) {
  for (const double deg : {-25.0, 20.0}) {
    const auto quality =
        page::judge(painted::seen(painted::turned_clockwise(painted::letter_page(200), deg)));
    EXPECT_THAT(quality.flaws, Contains(Flaw::skewed)) << deg;
  }
}

TEST(Quality, TenDegreesAreNot) {
  const auto quality = page::judge(painted::seen(painted::turned_clockwise(painted::letter_page(200), 10)));
  EXPECT_THAT(quality.flaws, Not(Contains(Flaw::skewed)));
}

TEST(Quality, AFaxIsOfLowResolution) {
  EXPECT_THAT(page::judge(letter_at(100)).flaws, Contains(Flaw::low_resolution));
}

TEST(FirstLook, APageIsSeenThroughItsChild) {
  const auto look = page::first_look(workshop::tiff({painted::letter_page(200)}, workshop::TiffKind::g4), 0);
  EXPECT_TRUE(look.seen);
  EXPECT_EQ(look.quality.dpi, 200);
  EXPECT_THAT(look.quality.flaws, IsEmpty());
}

TEST(FirstLook, APageOverTheBytesAllowedIsRefusedByItsHeader) {
  const std::string scan = workshop::tiff({painted::letter_page(200)}, workshop::TiffKind::g4);
  const auto look = page::first_look(scan, 0, {.decoded_bytes = 1'000'000});
  EXPECT_EQ(look.why_not.code, "page.memory");
}

TEST(FirstLook, APageThatTakesLongerThanAllowedIsLeft) {
  const std::string scan = workshop::tiff({painted::letter_page(200)}, workshop::TiffKind::g4);
  const auto look = page::first_look(scan, 0, {.decode_ms = 1});
  EXPECT_EQ(look.why_not.code, "child.time");
}

TEST(FirstLook, WhatCannotBeDecodedIsUnreadableWithItsReason) {
  const auto look = page::first_look("no picture", 0);
  EXPECT_FALSE(look.seen);
  EXPECT_FALSE(look.why_not.code.empty());
  EXPECT_THAT(look.quality.flaws, ElementsAre(Flaw::unreadable));
}

TEST(FirstLook, ComesBackFromTheChildAsItWas) {
  page::FirstLook look;
  look.seen = true;
  look.damaged = true;
  look.quality = {300, -1.5, false, {Flaw::damaged, Flaw::too_dark}};
  look.marks.patch_edges = 3;
  look.marks.lrar = {"1A12345678901"};
  EXPECT_EQ(page::parse_first_look(page::text(look)), look);
}

TEST(FirstLook, WhateverTheChildSaysIsALookOrAFault) {
  for (const char* said : {"", "{", "[]", "{}", R"({"flaws":["nonsense"],"marks":""})", "\xff\xfe"})
    EXPECT_EQ(page::parse_first_look(said).error().code, "page.died") << said;
}

}  // namespace
