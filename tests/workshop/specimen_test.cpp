// Painted letters: repeatable, varied, and true. The yardstick is itself measured here.
#include "models/workshop/specimen.hpp"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <set>
#include <sstream>

#include "tests/workshop/specimens.hpp"

namespace fs = std::filesystem;
using workshop::ScanFile;

namespace {

using namespace specimens;

// The first page, as another program decodes it.
struct Picture {
  explicit Picture(const Specimen& specimen)
      : pix(pixReadMem(reinterpret_cast<const l_uint8*>(specimen.bytes.data()), specimen.bytes.size())) {
    EXPECT_TRUE(pix);
    if (pix && pixGetDepth(pix) == 1) {
      PIX* grey = pixConvert1To8(nullptr, pix, 255, 0);
      pixDestroy(&pix);
      pix = grey;
    }
  }
  ~Picture() { pixDestroy(&pix); }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;
  int width() const { return pixGetWidth(pix); }
  int height() const { return pixGetHeight(pix); }
  double ink(int x, int y) const {
    return 1 - GET_DATA_BYTE(pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix), x) / 255.0;
  }
  // Mean darkness of a rectangle in mm, for a page at 100 dpi that is straight.
  double ink_within(double x, double y, double w, double h) const {
    double sum = 0;
    int count = 0;
    for (int py = static_cast<int>(y * 100 / 25.4); py < (y + h) * 100 / 25.4; ++py)
      for (int px = static_cast<int>(x * 100 / 25.4); px < (x + w) * 100 / 25.4; ++px, ++count)
        sum += ink(px, py);
    return sum / count;
  }
  PIX* pix;
};

// How far the page is turned clockwise: at the right angle the lines of writing fall into the fewest rows.
double skew_by_projection(const Picture& page) {
  std::vector<std::pair<int, int>> black;
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x)
      if (page.ink(x, y) > 0.5) black.emplace_back(x, y);
  double best = 0, best_sum = -1;
  for (double angle = -4; angle <= 4.001; angle += 0.1) {
    std::vector<double> rows(static_cast<std::size_t>(page.height() + page.width()));
    const double slope = std::tan(angle * std::numbers::pi / 180);
    for (const auto& [x, y] : black) rows[static_cast<std::size_t>(y - x * slope + page.width() / 2.0)] += 1;
    double sum = 0;
    for (const double one : rows) sum += one * one;
    if (sum > best_sum) best_sum = sum, best = angle;
  }
  return best;
}

TEST(Specimen, TheSameOrderGivesTheSameBytes) {
  for (const std::uint32_t index : {0u, 3u}) {
    const Specimen once = workshop::paint(reclamation(), 7, index, arrived);
    const Specimen again = workshop::paint(reclamation(), 7, index, arrived);
    EXPECT_EQ(once.bytes, again.bytes);
    EXPECT_EQ(once.truth, again.truth);
  }
}

TEST(Specimen, AnotherSeedGivesAnotherLetter) {
  const auto truth = [](std::uint64_t seed) {
    Order order = order_of(0, true);
    order.seed = seed;
    return paint(order).truth;
  };
  EXPECT_NE(truth(1), truth(2));
}

TEST(Specimen, NineInARowMeetEveryQueueOnce) {
  std::set<letter::Queue> queues;
  for (std::uint32_t i = 9; i < 18; ++i) queues.insert(paint(order_of(i, false)).truth.queue);
  EXPECT_EQ(queues.size(), letter::queue_count);
}

TEST(Specimen, OnlyNonReclamationIsNoComplaint) {
  for (const letter::Queue queue : letter::all_queues) {
    Order order = order_of(3, false);
    order.queue = queue;
    EXPECT_EQ(paint(order).truth.is_complaint, queue != letter::Queue::non_reclamation);
  }
}

TEST(Yardstick, APageOrderedTwoDegreesClockwiseMeasuresTwo) {
  Order order = order_of(1, true);
  order.skew_deg = 2;
  const Specimen specimen = paint(order);
  EXPECT_EQ(specimen.truth.pages.at(0).skew_deg, 2);
  EXPECT_NEAR(skew_by_projection(Picture(specimen)), 2, 0.15);
}

TEST(Yardstick, TheOtherWayMeasuresTheOtherSign) {
  Order order = order_of(4, false);
  order.skew_deg = -1.5;
  order.hand = false;
  EXPECT_NEAR(skew_by_projection(Picture(paint(order))), -1.5, 0.15);
}

TEST(Yardstick, AWrongTruthIsNoticed) {
  Order order = order_of(1, true);
  order.skew_deg = 1;
  Specimen specimen = paint(order);
  specimen.truth.pages.at(0).skew_deg = -1;
  EXPECT_GT(std::fabs(skew_by_projection(Picture(specimen)) - specimen.truth.pages.at(0).skew_deg), 1.5);
}

// Where the hollow mark lies tells which way the sheet was laid.
TEST(Yardstick, TheTurnOfTheTruthMakesThePageUpright) {
  for (const auto& [turn, right, down] :
       {std::tuple{0, false, false}, {90, true, false}, {180, true, true}, {270, false, true}}) {
    Order order = order_of(2, true);
    order.turn_deg = turn;
    const Specimen specimen = paint(order);
    const Picture page(specimen);
    EXPECT_EQ(specimen.truth.pages.at(0).turn_deg, turn);
    EXPECT_EQ(page.width() > page.height(), turn % 180 == 90);
    const int centre = static_cast<int>(11 * 100 / 25.4), edge = static_cast<int>(8.8 * 100 / 25.4);
    const int x = right ? page.width() - centre : centre, y = down ? page.height() - centre : centre;
    EXPECT_LT(page.ink(x, y), 0.2) << turn;
    EXPECT_GT(page.ink(right ? page.width() - edge : edge, y), 0.8) << turn;
  }
}

TEST(Yardstick, EveryTickOfTheTruthHasInkAndNoOther) {
  for (std::uint32_t i = 0; i < 12; ++i) {
    const Specimen specimen = paint(order_of(i, true));
    if (specimen.truth.pages.size() > 1) continue;
    const Picture page(specimen);
    for (const auto& element : reclamation().elements) {
      if (element.kind != ocr::ElementKind::tick) continue;
      const double ink = page.ink_within(element.x + 0.7, element.y + 0.7, 2.6, 2.6);
      if (specimen.truth.boxes.contains(element.id))
        EXPECT_GT(ink, 0.08) << element.id << " of " << i;
      else
        EXPECT_LT(ink, 0.02) << element.id << " of " << i;
    }
  }
}

TEST(Yardstick, EveryCellOfTheTruthHasInkAndNoOther) {
  for (std::uint32_t i = 0; i < 12; ++i) {
    const Specimen specimen = paint(order_of(i, true));
    if (specimen.truth.pages.size() > 1) continue;
    const Picture page(specimen);
    for (const auto& comb : reclamation().elements) {
      const auto text = specimen.truth.boxes.find(comb.id);
      for (std::size_t cell = 0; cell < comb.cell_x.size(); ++cell) {
        const bool written =
            text != specimen.truth.boxes.end() && cell < text->second.size() && text->second[cell] != ' ';
        const double ink = page.ink_within(comb.cell_x[cell] + 0.9, comb.y + 0.7, 3, 4.6);
        EXPECT_EQ(ink > 0.004, written) << comb.id << " cell " << cell << " of " << i << ": " << ink;
      }
    }
  }
}

TEST(Specimen, FacesThatAreOrderedUnseenAreUnseen) {
  for (std::uint32_t i = 0; i < 4; ++i) {
    Order order = order_of(i, i % 2);
    order.faces = workshop::Faces::unseen;
    EXPECT_TRUE(paint(order).truth.unseen);
    order.faces = workshop::Faces::seen;
    EXPECT_FALSE(paint(order).truth.unseen);
  }
}

TEST(Specimen, TypewritersAndNeedlesPrintWhatTheTruthSays) {
  for (const auto manner : {workshop::Manner::typewriter, workshop::Manner::dot}) {
    Order order = order_of(2, false);
    order.manner = manner;
    const Specimen specimen = paint(order);
    EXPECT_EQ(specimen.truth.manner, manner);
    EXPECT_FALSE(specimen.truth.hand);
    EXPECT_GT(Picture(specimen).ink_within(20, 66, 160, 80), 0.01);
  }
}

TEST(Specimen, AMachineThatNobodyNamesIsNotAlwaysALaser) {
  Order order = order_of(1, false);
  order.hand = false;
  order.difficulty = 0.4;
  bool another = false;
  for (order.index = 0; order.index < 60 && !another; ++order.index)
    another = paint(order).truth.manner != workshop::Manner::typed;
  EXPECT_TRUE(another);
}

TEST(Families, AThirdNumberIsHowManyNeedlesDrawTheFace) {
  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "families.txt";
  std::ofstream(file) << "DejaVu Sans;0.9;20\nLiberation Sans;1\n";
  const auto faces = workshop::load_families(file);
  ASSERT_TRUE(faces);
  EXPECT_EQ(faces->at(0).dots, 20);
  EXPECT_EQ(faces->at(1).dots, 0);
}

TEST(Families, NoPrinterHasSoManyNeedles) {
  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "needles.txt";
  std::ofstream(file) << "DejaVu Sans;0.9;99\n";
  EXPECT_FALSE(workshop::load_families(file));
}

TEST(Specimen, ALongLetterGoesOnOnAnotherSheet) {
  int two = 0;
  for (std::uint32_t i = 0; i < 18 && two == 0; ++i) {
    Order order = order_of(i, false);
    order.hand = true;
    order.file = ScanFile::tiff_grey;
    two += paint(order).truth.pages.size() > 1;
  }
  EXPECT_GT(two, 0);
}

TEST(Specimen, WordsMayBeThoseOfTheMailThatSortingLearnsFrom) {
  const auto stock = workshop::load_stock(), mail = workshop::load_stock(workshop::Texts::mail);
  for (std::size_t queue = 0; queue < letter::queue_count; ++queue)
    EXPECT_GT(mail.stories[queue].size(), stock.stories[queue].size()) << queue;
  Order order = order_of(2, false);
  order.texts = workshop::Texts::mail;
  const auto truth = paint(order).truth;
  EXPECT_EQ(truth.texts, workshop::Texts::mail);
  EXPECT_NE(truth.text, paint(order_of(2, false)).truth.text);
}

TEST(Specimen, APadHasItsLinesInTheMarginWherePlainPaperHasNothing) {
  for (const auto& [paper, lines] : {std::pair{workshop::PaperKind::blank, false},
                                     {workshop::PaperKind::ruled, true},
                                     {workshop::PaperKind::squared, true}}) {
    Order order = order_of(4, false);
    order.hand = true;
    order.paper = paper;
    const Specimen specimen = paint(order);
    EXPECT_EQ(specimen.truth.paper, workshop::id(paper));
    EXPECT_EQ(Picture(specimen).ink_within(2, 20, 12, 260) > 0.002, lines) << workshop::id(paper);
  }
}

TEST(Specimen, AWornRibbonStrikesUnevenly) {
  workshop::Raster even{200, 200, 200, std::vector<std::uint8_t>(40000, 0)};
  workshop::Raster worn = even;
  workshop::Dice dice(1, 1);
  workshop::wear(worn, workshop::Tool::ribbon, 0.5, dice);
  const auto [dark, light] = std::minmax_element(worn.grey.begin(), worn.grey.end());
  EXPECT_GT(*light - *dark, 60);
  workshop::wear(even, workshop::Tool::felt, 0.5, dice);
  EXPECT_EQ(*std::max_element(even.grey.begin(), even.grey.end()), 0);
}

TEST(Specimen, AnEnvelopeComesFirst) {
  Order order = order_of(2, false);
  order.file = ScanFile::tiff_grey;
  order.envelope = true;
  const Specimen specimen = paint(order);
  EXPECT_TRUE(specimen.truth.envelope);
  EXPECT_GE(specimen.truth.pages.size(), 2u);
  const auto& outside = specimen.scans.at(0).raster;
  EXPECT_GT(outside.width, outside.height);
}

TEST(Specimen, WhatIsCrossedOutIsNotInTheTruth) {
  int seen = 0;
  for (std::uint32_t i = 0; i < 20; ++i) {
    workshop::Dice dice(7, i);
    workshop::Writing writing;
    writing.hand = true;
    writing.carelessness = 1;
    const std::string words = "je vous demande encore une fois de bien vouloir me répondre sans tarder";
    const std::string slips = workshop::with_slips(writing, words, dice);
    std::string left;
    std::istringstream all(slips);
    for (std::string word; all >> word;)
      if (word.front() != workshop::crossed_out) left += (left.empty() ? "" : " ") + word;
    EXPECT_EQ(left, words);
    seen += slips != words;
  }
  EXPECT_GT(seen, 3);
}

}  // namespace
