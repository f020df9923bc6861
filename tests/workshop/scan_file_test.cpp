// The files that the workshop's scanner makes, and the store it paints from.
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <fstream>
#include <set>

#include "models/workshop/sender.hpp"
#include "models/workshop/specimen.hpp"
#include "models/workshop/stock.hpp"

namespace fs = std::filesystem;
using workshop::Order;
using workshop::ScanFile;
using workshop::Specimen;

namespace {

const ocr::Form& reclamation() {
  static const ocr::Form form =
      ocr::load_form(fs::path(VAGUEMESTRE_MODELS_DIR) / "forms/reclamation.toml").value_or(ocr::Form{});
  return form;
}

const letter::Day arrived = *letter::parse_day("2026-11-23");

Specimen scan(ScanFile file, std::uint32_t index = 1) {
  Order order;
  order.index = index;
  order.arrived = arrived;
  order.file = file;
  order.dpi = 200;
  return workshop::paint(reclamation(), order);
}

// The first specimen of two pages.
Specimen two_pages(ScanFile file) {
  for (std::uint32_t index = 0; index < 60; ++index) {
    Order order;
    order.index = index;
    order.arrived = arrived;
    order.hand = true;
    order.dpi = 100;
    order.file = file;
    Specimen specimen = workshop::paint(reclamation(), order);
    if (specimen.truth.pages.size() == 2) return specimen;
  }
  ADD_FAILURE() << "no specimen of two pages among sixty";
  return {};
}

int resolution_of(const Specimen& specimen) {
  PIX* pix = pixReadMem(reinterpret_cast<const l_uint8*>(specimen.bytes.data()), specimen.bytes.size());
  const int dpi = pix ? pixGetXRes(pix) : -1;
  pixDestroy(&pix);
  return dpi;
}

std::size_t count_of(const std::string& bytes, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = bytes.find(what, at)) != std::string::npos; at += what.size()) ++count;
  return count;
}

TEST(ScanFile, EveryKindOfImageSaysItsResolution) {
  for (const ScanFile file : {ScanFile::tiff_g4, ScanFile::tiff_lzw, ScanFile::tiff_grey, ScanFile::jpeg,
                              ScanFile::png, ScanFile::png_bitonal})
    EXPECT_NEAR(resolution_of(scan(file)), 200, 1) << static_cast<int>(file);
}

TEST(ScanFile, NamesAndMediaTypesFitTheBytes) {
  const Specimen tiff = scan(ScanFile::tiff_g4), jpeg = scan(ScanFile::jpeg), pdf = scan(ScanFile::pdf_g4);
  EXPECT_EQ(tiff.bytes.substr(0, 2), "II");
  EXPECT_EQ(tiff.media_type, "image/tiff");
  EXPECT_EQ(tiff.truth.file, "specimen-0002.tif");
  EXPECT_EQ(jpeg.bytes.substr(0, 2), "\xFF\xD8");
  EXPECT_EQ(jpeg.media_type, "image/jpeg");
  EXPECT_TRUE(pdf.bytes.starts_with("%PDF-"));
  EXPECT_EQ(pdf.truth.file, "specimen-0002.pdf");
}

TEST(ScanFile, APdfCarriesOneImageAPageAndNothingElse) {
  for (const ScanFile file : {ScanFile::pdf_g4, ScanFile::pdf_jpeg}) {
    const Specimen pdf = two_pages(file);
    EXPECT_EQ(count_of(pdf.bytes, "/Subtype /Image"), 2u);
    EXPECT_EQ(count_of(pdf.bytes, "/Type /Page "), 2u);
    EXPECT_EQ(count_of(pdf.bytes, "/Font"), 0u);
  }
}

TEST(ScanFile, ATiffOfTwoPagesHasTwo) {
  const Specimen tiff = two_pages(ScanFile::tiff_g4);
  PIXA* pages =
      pixaReadMemMultipageTiff(reinterpret_cast<const l_uint8*>(tiff.bytes.data()), tiff.bytes.size());
  EXPECT_EQ(pixaGetCount(pages), 2);
  pixaDestroy(&pages);
}

TEST(ScanFile, TwoPagesNeverBecomeASinglePicture) {
  EXPECT_EQ(two_pages(ScanFile::jpeg).media_type, "image/tiff");
  EXPECT_EQ(two_pages(ScanFile::png_bitonal).media_type, "image/tiff");
}

workshop::Order order_of(std::uint64_t seed) {
  workshop::Order order;
  order.seed = seed;
  order.arrived = arrived;
  return order;
}

TEST(WriteSpecimens, WritesWholeScansWithTheirTruthBesideThem) {
  const fs::path folder = fs::path(testing::TempDir()) / "specimens";
  fs::remove_all(folder);
  const auto scans = workshop::write_specimens(folder, 3, reclamation(), order_of(11));
  ASSERT_TRUE(scans.has_value());
  ASSERT_EQ(scans->size(), 3u);
  for (std::uint32_t i = 0; i < 3; ++i) {
    const fs::path& scan = (*scans)[i];
    std::ifstream in(scan, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(bytes, workshop::paint(reclamation(), 11, i, arrived).bytes);
    EXPECT_TRUE(fs::exists(folder / (scan.stem().string() + ".truth.json")));
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 6);
  fs::remove_all(folder);
}

TEST(WriteSpecimens, AFolderThatCannotBeMadeIsAFault) {
  const fs::path file = fs::path(testing::TempDir()) / "in_the_way";
  std::ofstream(file) << "a file";
  const auto scans = workshop::write_specimens(file / "specimens", 1, reclamation(), order_of(1));
  fs::remove(file);
  ASSERT_FALSE(scans.has_value());
  EXPECT_EQ(scans.error().code, "specimen.unwritable");
}

TEST(Stock, EveryQueueHasAtLeastTwelveStories) {
  const auto stock = workshop::load_stock();
  for (const letter::Queue queue : letter::all_queues)
    EXPECT_GE(stock.stories[static_cast<std::size_t>(queue)].size(), 12u) << letter::id(queue);
}

TEST(Stock, NoTwoStoriesAreAlike) {
  std::set<std::string> words;
  std::size_t count = 0;
  for (const auto& stories : workshop::load_stock().stories)
    for (const auto& story : stories) words.insert(story.words), ++count;
  EXPECT_EQ(words.size(), count);
}

TEST(Stock, ReasonsAreTicksOfTheForm) {
  for (const auto& stories : workshop::load_stock().stories)
    for (const auto& story : stories)
      for (const auto& reason : story.reasons) EXPECT_TRUE(ocr::find(reclamation(), reason)) << reason;
}

TEST(Stock, EveryBraceOfEveryStoryIsFilledIn) {
  const auto stock = workshop::load_stock();
  for (const auto& stories : stock.stories)
    for (const auto& story : stories) {
      workshop::Dice dice(1, 1);
      const auto telling = workshop::invent(stock, story, arrived, dice);
      EXPECT_EQ((telling.words + telling.subject).find('{'), std::string::npos) << telling.words;
    }
}

TEST(Stock, NoStoryNamesItsOwnQueueAsSecondary) {
  for (const auto& stories : workshop::load_stock().stories)
    for (const auto& story : stories) EXPECT_NE(story.secondary, std::optional(story.queue));
}

}  // namespace
