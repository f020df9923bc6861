// Forms under every mishap of the workshop, found where the workshop put them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "models/workshop/blank_form.hpp"
#include "models/workshop/mishap.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/form/align.hpp"
#include "ocr/form/portrait.hpp"
#include "page/decode.hpp"
#include "page/skew.hpp"

namespace {

using workshop::Faults;
using workshop::Mishap;

constexpr int dpi = 200;
constexpr double px_300 = 300.0 / dpi;

const ocr::Form& the_form() {
  static const std::vector<ocr::Form> forms = ocr::load_forms(VAGUEMESTRE_MODELS_DIR).value();
  return forms.front();
}

struct Page {
  page::Raster raster;
  workshop::Placement truth;
  std::optional<ocr::Registration> found;
};

workshop::Order order_of(std::uint32_t index, const Faults& faults) {
  workshop::Order order;
  order.seed = 31, order.index = index;
  order.arrived = *letter::parse_day("2026-11-23");
  order.on_form = true;
  order.dpi = dpi;
  order.scan = faults;
  order.file = faults.threshold > 0 ? workshop::ScanFile::tiff_g4 : workshop::ScanFile::jpeg;
  return order;
}

Page page_of(const workshop::Order& order, const ocr::Form& form) {
  const workshop::Specimen specimen = workshop::paint(form, order);
  Page page{page::decode(specimen.bytes, 0).value().raster, specimen.scans.at(0).print, {}};
  page.truth.rows = 1;  // decoding stretches a fax again
  const bool wide = page.raster.grey.cols > page.raster.grey.rows;
  const double skew = page::skew(page::turned(page.raster, wide ? 90 : 0)).deg;
  page.found = ocr::align(page.raster, form, skew, wide);
  return page;
}

Page painted(const Faults& faults, std::uint32_t index = 1) {
  return page_of(order_of(index, faults), the_form());
}

Page painted(Mishap mishap, std::uint32_t index) {
  workshop::Dice dice(8, index);
  return painted(workshop::faults_of(mishap, dpi, dice), index);
}

// At the corners of all fields, px at 300 dpi; 1000 when the form was not found.
double worst_error(const Page& page) {
  if (!page.found) return 1000;
  double worst = 0;
  for (const ocr::Element& e : the_form().elements) {
    for (const double x : {e.x, e.x + e.w}) {
      for (const double y : {e.y, e.y + e.h}) {
        const workshop::Point truth = page.truth.px({x, y});
        const cv::Point2d found = page.found->px(x, y);
        worst = std::max(worst, std::hypot(found.x - truth.x, found.y - truth.y) * px_300);
      }
    }
  }
  return worst;
}

TEST(Registration, EveryMishapIsFollowedWithin3PxAtEveryFieldCorner) {
  for (std::size_t i = 0; i < workshop::all_mishaps.size(); ++i) {
    const Mishap mishap = workshop::all_mishaps[i];
    EXPECT_LT(worst_error(painted(mishap, static_cast<std::uint32_t>(i))), 3) << name_of(mishap);
  }
}

TEST(Registration, TheTurnOfASheetIsTold) {
  for (const int turn : {0, 90, 180, 270}) {
    Faults faults;
    faults.turn_deg = turn, faults.skew_deg = 2.5;
    const Page page = painted(faults);
    ASSERT_TRUE(page.found) << turn;
    EXPECT_EQ(page.found->turn_deg(), turn);
    EXPECT_NEAR(page.found->skew_deg(), 2.5, 0.03);
  }
}

TEST(Registration, TheSmallestFitToPagePrintIsFoundTenDegreesTurned) {
  Faults faults;
  faults.stretch = 0.93, faults.skew_deg = -10;
  EXPECT_LT(worst_error(painted(faults)), 3);
}

TEST(Registration, AnUnevenFeedIsFollowedWhereTheGreyCellsAreGone) {
  Faults faults;
  faults.threshold = 110;
  faults.waves = {{{0, 3.5 * 25.4 / 300}, 90, 0.4}};
  EXPECT_LT(worst_error(painted(faults)), 3);
}

TEST(Registration, AFeedAcrossASheetThatLayOnItsSideIsFollowed) {
  Faults faults;
  faults.turn_deg = 270;
  faults.waves = {{{0.1, 0.25}, 110, 0.1}};
  EXPECT_LT(worst_error(painted(faults)), 3);
}

TEST(Registration, AFormWithoutItsPictureIsFoundByItsLines) {
  ocr::Form lines = ocr::load_form(VAGUEMESTRE_MODELS_DIR "/forms/reclamation.toml").value();
  ASSERT_EQ(lines.portrait, nullptr);
  Faults faults;
  faults.skew_deg = 4;
  EXPECT_LT(worst_error(page_of(order_of(2, faults), lines)), 3);
}

TEST(Registration, AFreeLetterIsNoForm) {
  for (const std::uint32_t index : {3u, 4u, 5u}) {
    workshop::Order order = order_of(index, {});
    order.on_form = false;
    EXPECT_FALSE(page_of(order, the_form()).found);
  }
}

// The same marks and boxes, in other places.
TEST(Registration, AnotherFormIsNotTakenForThisOne) {
  ocr::Form other = the_form();
  for (ocr::Element& e : other.elements) {
    if (e.kind == ocr::ElementKind::anchor || e.kind == ocr::ElementKind::anchor_hollow) continue;
    e.y = 290 - e.y - e.h;
    e.label.clear();
  }
  other.captions.clear();
  const auto png = workshop::print_blank(other, workshop::PrintFormat::png, dpi);
  const page::Raster page = page::decode(*png, 0).value().raster;
  EXPECT_FALSE(ocr::align(page, the_form(), 0, false));
}

TEST(Registration, AnEmptySheetIsNoForm) {
  EXPECT_FALSE(ocr::align({cv::Mat(2339, 1654, CV_8U, cv::Scalar(255)), dpi, false}, the_form(), 0, false));
}

TEST(Feed, ACurveFollowsAWaveAndNoStray) {
  std::vector<ocr::Sighting> sightings;
  const auto wave = [](double y) { return 0.3 * std::sin(y / 15); };
  for (double y = 5; y < 290; y += 4) sightings.push_back({y, {0, wave(y)}, {1, 1}});
  sightings[30].by.y += 0.7;
  const ocr::Curve curve = ocr::through(sightings, 297, 0.12);
  for (double y = 20; y < 280; y += 7) EXPECT_NEAR(curve.at(y).y, wave(y), 0.04) << y;
}

TEST(Feed, FewSightingsGiveNoCurve) {
  const ocr::Curve curve = ocr::through({{10, {1, 1}, {1, 1}}, {20, {1, 1}, {1, 1}}}, 297, 0.12);
  EXPECT_EQ(curve.at(15), cv::Point2d());
}

// models/forms/NAME.png is made by `vaguemestre form print`, from the same file.
TEST(Portrait, ThePictureInTheRepositoryIsThePrintOfItsForm) {
  std::ifstream file(VAGUEMESTRE_MODELS_DIR "/forms/reclamation.png", std::ios::binary);
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  const auto printed = workshop::print_blank(the_form(), workshop::PrintFormat::png, 150);
  const cv::Mat a = page::decode(kept, 0).value().raster.grey,
                b = page::decode(*printed, 0).value().raster.grey;
  ASSERT_EQ(a.size(), b.size());
  EXPECT_LT(cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total()), 0.5);
}

}  // namespace
