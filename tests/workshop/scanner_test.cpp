// The painter's geometry: what it says of where print lies is measured on the pixels.
#include "models/workshop/scanner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/workshop/mishap.hpp"

using workshop::Faults;
using workshop::Point;
using workshop::Scan;

namespace {

constexpr double dpi = 100, spot = 4;  // mm
const std::vector<Point> spots{{30, 30}, {105, 30}, {180, 30}, {30, 150}, {105, 150}, {180, 260}, {60, 260}};

workshop::Raster spotted() {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, dpi);
  for (const Point& p : spots) canvas.fill({p.x - spot / 2, p.y - spot / 2, spot, spot});
  return canvas.raster();
}

Scan scan_of(const workshop::Raster& page, const Faults& faults) {
  workshop::Dice dice(1, 1);
  return workshop::scanned(page, faults, dice);
}

double ink(const workshop::Raster& page, int x, int y) {
  if (x < 0 || y < 0 || x >= page.width || y >= page.height) return 0;
  return 255 - page.grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) +
                         static_cast<std::size_t>(x)];
}

// From where a spot is said to be to the middle of its ink, px.
double off(const Scan& scan, const workshop::Placement& said, const Point& mm) {
  const Point at = said.px(mm);
  double sum = 0, x_sum = 0, y_sum = 0;
  for (int y = static_cast<int>(at.y) - 20; y <= at.y + 20; ++y)
    for (int x = static_cast<int>(at.x) - 20; x <= at.x + 20; ++x) {
      const double dark = ink(scan.raster, x, y);
      sum += dark, x_sum += dark * x, y_sum += dark * y;
    }
  return std::hypot(x_sum / sum - at.x, y_sum / sum - at.y);
}

double farthest_off(const Faults& faults) {
  const Scan scan = scan_of(spotted(), faults);
  double most = 0;
  for (const Point& p : spots) most = std::fmax(most, off(scan, scan.print, p));
  return most;
}

Faults wobbling() {
  Faults faults;
  faults.waves = {{{0.1, 0.3}, 70, 0.2}, {{0, 0.1}, 150, 0.6}};
  return faults;
}

TEST(Placement, AStraightPageIsWhereItWas) { EXPECT_LT(farthest_off({}), 0.02); }

TEST(Placement, ATurnedPageIsWhereItSays) {
  for (const double skew : {-10.0, 3.3, 10.0}) {
    Faults faults;
    faults.skew_deg = skew, faults.shift = {1.5, -2};
    EXPECT_LT(farthest_off(faults), 0.05) << skew;
  }
}

TEST(Placement, QuarterTurnsAreWhereTheySay) {
  for (const int turn : {90, 180, 270}) {
    Faults faults;
    faults.turn_deg = turn, faults.skew_deg = 1;
    EXPECT_LT(farthest_off(faults), 0.05) << turn;
  }
}

TEST(Placement, AStretchedAndShearedPrintIsWhereItSays) {
  Faults faults;
  faults.stretch = 0.93, faults.longer = 0.01, faults.shear = -0.01;
  EXPECT_LT(farthest_off(faults), 0.05);
}

TEST(Placement, AnUnevenFeedIsWhereItSays) { EXPECT_LT(farthest_off(wobbling()), 0.08); }

TEST(Placement, AFaxHasHalfTheRows) {
  Faults faults = wobbling();
  faults.rows_dpi = 50;
  EXPECT_LT(farthest_off(faults), 0.08);
  EXPECT_NEAR(scan_of(spotted(), faults).raster.height, 1169 / 2, 1);
}

TEST(Placement, AWrongOneIsNoticed) {
  const Scan scan = scan_of(spotted(), wobbling());
  workshop::Placement flat = scan.print;
  flat.waves.clear();
  double most = 0;
  for (const Point& p : spots) most = std::fmax(most, off(scan, flat, p));
  EXPECT_GT(most, 0.5);
}

TEST(Scanner, AFoldTurnsWithItsSheet) {
  Faults faults;
  faults.skew_deg = 8, faults.folds = {100}, faults.fold_depth = 200;
  const Scan scan = scan_of(workshop::Canvas(workshop::Medium::pixels, 210, 297, dpi).raster(), faults);
  for (const double x : {20.0, 190.0}) {
    const Point at = scan.print.px({x, 100});
    EXPECT_GT(ink(scan.raster, static_cast<int>(std::lround(at.x)), static_cast<int>(std::lround(at.y))), 60);
  }
}

TEST(Scanner, BehindACutCornerIsTheLid) {
  Faults faults;
  faults.cut_corner = {workshop::Corner::top_right, 30}, faults.lid = 40, faults.skew_deg = 2;
  const Scan scan = scan_of(spotted(), faults);
  const auto ink_at = [&](const Point& mm) {
    const Point at = scan.print.px(mm);
    return ink(scan.raster, static_cast<int>(at.x), static_cast<int>(at.y));
  };
  EXPECT_EQ(ink_at({203, 10}), 215);
  EXPECT_EQ(ink_at({185, 20}), 0);
}

TEST(Scanner, ALostPatchIsWhite) {
  Faults faults;
  faults.lost_patch = {workshop::Corner::top_left, 40};
  const Scan scan = scan_of(spotted(), faults);
  const Point at = scan.print.px(spots[0]);
  EXPECT_EQ(ink(scan.raster, static_cast<int>(at.x), static_cast<int>(at.y)), 0);
}

TEST(Scanner, ToneOfACopyGrowsAndThinsStrokes) {
  const auto black = [](double toner) {
    Faults faults;
    faults.copies = 1, faults.toner = toner, faults.threshold = 128;
    const workshop::Raster page = scan_of(spotted(), faults).raster;
    return std::count_if(page.grey.begin(), page.grey.end(), [](auto v) { return v < 128; });
  };
  EXPECT_GT(black(1), black(0));
  EXPECT_LT(black(-0.6), black(0));
}

TEST(Mishap, TheSameThrowGivesTheSameScan) {
  for (const workshop::Mishap mishap : workshop::all_mishaps) {
    const auto scan = [&] {
      workshop::Dice dice(5, 6);
      const Faults faults = workshop::faults_of(mishap, dpi, dice);
      return workshop::scanned(spotted(), faults, dice);
    };
    EXPECT_EQ(scan().raster.grey, scan().raster.grey) << name_of(mishap);
  }
}

}  // namespace
