#include "ingest/split.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "drawn.hpp"

namespace ingest {
namespace {

std::vector<Part> split_all(const std::string& bytes, std::uint32_t pages_each) {
  const auto sheets = page::count_sheets(bytes);
  if (!sheets) return {};
  std::vector<page::SheetRange> ranges;
  const std::uint32_t each = pages_each == 0 ? sheets->pages : pages_each;
  for (std::uint32_t first = 0; first < sheets->pages; first += each)
    ranges.push_back({first, std::min(each, sheets->pages - first)});
  const auto parts = split(bytes, *sheets, ranges);
  return parts ? *parts : std::vector<Part>{};
}

// What every page of every part decodes to, in order.
std::vector<std::vector<std::uint32_t>> pixels_of(const std::vector<Part>& parts) {
  std::vector<std::vector<std::uint32_t>> all;
  for (const Part& part : parts)
    for (auto& page : ingest::pixels_of(part.bytes)) all.push_back(std::move(page));
  return all;
}

TEST(Split, WithoutARuleTheFileStaysUntouched) {
  const std::string file = drawn_tiff(3);
  const auto parts = split_all(file, 0);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].bytes, file);
}

TEST(Split, AFileOfOneLetterStaysUntouched) {
  const std::string file = drawn_tiff(3);
  EXPECT_EQ(split_all(file, 3).at(0).bytes, file);
}

TEST(Split, TheLastLetterMayBeShorter) {
  std::vector<std::uint32_t> pages;
  for (const Part& part : split_all(drawn_tiff(5), 2)) pages.push_back(part.sheets.pages);
  EXPECT_THAT(pages, testing::ElementsAre(2, 2, 1));
}

TEST(Split, EveryPartSaysAsManyPagesAsItHas) {
  for (const Part& part : split_all(drawn_tiff(5), 2)) EXPECT_EQ(page::count_sheets(part.bytes), part.sheets);
}

struct PackingTest : testing::TestWithParam<std::pair<Packing, const char*>> {};

TEST_P(PackingTest, PagesDecodeToTheSamePixels) {
  const std::string file = drawn_tiff(3, GetParam().first, GetParam().second);
  const auto before = ingest::pixels_of(file);
  ASSERT_EQ(before.size(), 3U);
  ASSERT_NE(before[0], before[1]);
  ASSERT_FALSE(before[0].empty());
  EXPECT_EQ(pixels_of(split_all(file, 1)), before);
}

INSTANTIATE_TEST_SUITE_P(Split, PackingTest,
                         testing::Values(std::pair{Packing::none, "wl"}, std::pair{Packing::g4, "wl"},
                                         std::pair{Packing::lzw, "wl"}, std::pair{Packing::deflate, "wl"},
                                         std::pair{Packing::g4, "wb"}, std::pair{Packing::lzw, "w8"}));

TEST(Split, PagesMayBeLeftOut) {
  const std::string file = drawn_tiff(5);
  const auto before = ingest::pixels_of(file);
  const auto parts = split(file, *page::count_sheets(file), {{1, 1}, {3, 2}});
  ASSERT_TRUE(parts.has_value());
  EXPECT_THAT(pixels_of(*parts), testing::ElementsAre(before[1], before[3], before[4]));
}

TEST(Split, ARangeBeyondTheFileIsAFault) {
  for (const std::string& file : {drawn_tiff(2), drawn_pdf(2)})
    EXPECT_EQ(split(file, *page::count_sheets(file), {{1, 2}}).error().code, "sheets.broken");
}

TEST(Split, TheSameFileIsCutIntoTheSameBytes) {
  const std::string file = drawn_pdf(4);
  EXPECT_EQ(split_all(file, 2).at(1).bytes, split_all(file, 2).at(1).bytes);
}

TEST(Split, APdfKeepsEveryPagesContents) {
  const std::string file = drawn_pdf(5);
  std::vector<std::string> after;
  for (const Part& part : split_all(file, 2))
    for (const std::string& contents : contents_of(part.bytes)) after.push_back(contents);
  EXPECT_EQ(after, contents_of(file));
}

TEST(Split, ALockedPdfThatOpensIsCutToo) { EXPECT_EQ(split_all(locked_pdf(drawn_pdf(4), ""), 2).size(), 2U); }

}  // namespace
}  // namespace ingest
