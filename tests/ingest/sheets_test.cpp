#include "page/sheets.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>

#include "drawn.hpp"
#include "page/disposable.hpp"
#include "page/tiff_sheets.hpp"

namespace ingest {
namespace {

using page::count_sheets;
using page::Sheets;

std::string fault_of(const std::string& bytes) {
  const auto sheets = count_sheets(bytes);
  return sheets ? "taken" : sheets.error().code;
}

// A little-endian TIFF of bare directories: width, height, one strip of 8 bytes at 8.
struct HandMadeTiff {
  std::string bytes{"II*\0\0\0\0\0pixels..", 16};
  std::size_t link = 4;

  void number(std::size_t at, std::uint32_t n, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>((n >> (8 * i)) & 0xff);
  }
  std::uint32_t page(std::uint32_t width, std::uint32_t height, std::uint32_t strip_at = 8) {
    const auto at = static_cast<std::uint32_t>(bytes.size());
    number(link, at, 4);
    const std::uint32_t tags[4][2] = {{256, width}, {257, height}, {273, strip_at}, {279, 8}};
    bytes += std::string("\4\0", 2);
    for (const auto& [id, value] : tags) {
      const std::size_t entry = bytes.size();
      bytes.resize(entry + 12);
      number(entry, id, 2);
      number(entry + 2, 4, 2);
      number(entry + 4, 1, 4);
      number(entry + 8, value, 4);
    }
    link = bytes.size();
    bytes.resize(link + 4);
    return at;
  }
};

TEST(Sheets, APngIsOnePage) { EXPECT_EQ(count_sheets(drawn_png()), (Sheets{"image/png", 1})); }
TEST(Sheets, AJpegIsOnePage) { EXPECT_EQ(count_sheets(drawn_jpeg()), (Sheets{"image/jpeg", 1})); }
TEST(Sheets, ATiffHasItsPages) { EXPECT_EQ(count_sheets(drawn_tiff(3)), (Sheets{"image/tiff", 3})); }
TEST(Sheets, ABigEndianTiffHasItsPages) {
  EXPECT_EQ(count_sheets(drawn_tiff(3, Packing::g4, "wb")), (Sheets{"image/tiff", 3}));
}
TEST(Sheets, ABigTiffHasItsPages) {
  EXPECT_EQ(count_sheets(drawn_tiff(3, Packing::lzw, "w8")), (Sheets{"image/tiff", 3}));
}
TEST(Sheets, APdfHasItsPages) { EXPECT_EQ(count_sheets(drawn_pdf(4)), (Sheets{"application/pdf", 4})); }

TEST(Sheets, AnEmptyFileSaysSo) { EXPECT_EQ(fault_of(""), "sheets.empty"); }
TEST(Sheets, ATextIsNoSheet) { EXPECT_EQ(fault_of("Bonjour, je voudrais..."), "sheets.unknown"); }
TEST(Sheets, MoreThan64MiBAreTooMuch) {
  EXPECT_EQ(fault_of(std::string((64u << 20) + 1, 'x')), "sheets.too_large");
}

TEST(Sheets, EveryCutOfAPngIsFound) {
  const std::string whole = drawn_png();
  for (std::size_t length = 1; length < whole.size(); ++length)
    ASSERT_NE(fault_of(whole.substr(0, length)), "taken") << length;
}

TEST(Sheets, EveryCutOfAJpegIsFound) {
  const std::string whole = drawn_jpeg();
  for (std::size_t length = 1; length < whole.size(); ++length)
    ASSERT_NE(fault_of(whole.substr(0, length)), "taken") << length;
}

TEST(Sheets, EveryCutOfATiffIsFound) {
  const std::string whole = drawn_tiff(2);
  for (std::size_t length = 1; length < whole.size(); ++length)
    ASSERT_NE(fault_of(whole.substr(0, length)), "taken") << length;
}

TEST(Sheets, NoSingleChangedByteOfATiffBreaksTheWalk) {
  const std::string whole = drawn_tiff(2);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xff}) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ change);
      if (const auto file = page::walk_tiff(changed)) page::cut_tiff(changed, *file, 0, 1);
    }
  }
}

TEST(Sheets, ACircleOfDirectoriesIsFound) {
  HandMadeTiff tiff;
  const std::uint32_t first = tiff.page(10, 10);
  tiff.page(10, 10);
  tiff.number(tiff.link, first, 4);
  EXPECT_EQ(fault_of(tiff.bytes), "sheets.loop");
}

TEST(Sheets, TwoHundredPagesAreTaken) {
  HandMadeTiff tiff;
  for (int i = 0; i < 200; ++i) tiff.page(10, 10);
  EXPECT_EQ(count_sheets(tiff.bytes)->pages, 200U);
}

TEST(Sheets, TwoHundredAndOnePagesAreTooMany) {
  HandMadeTiff tiff;
  for (int i = 0; i < 201; ++i) tiff.page(10, 10);
  EXPECT_EQ(fault_of(tiff.bytes), "sheets.pages");
}

TEST(Sheets, ASideOver20000PixelsIsTooLong) {
  HandMadeTiff tiff;
  tiff.page(20'001, 10);
  EXPECT_EQ(fault_of(tiff.bytes), "sheets.sides");
}

TEST(Sheets, MoreThan150MillionPixelsAreTooMany) {
  HandMadeTiff tiff;
  tiff.page(15'000, 10'001);
  EXPECT_EQ(fault_of(tiff.bytes), "sheets.sides");
}

TEST(Sheets, AStripBehindTheEndMeansCut) {
  HandMadeTiff tiff;
  tiff.page(10, 10, 1'000'000);
  EXPECT_EQ(fault_of(tiff.bytes), "sheets.cut");
}

TEST(Sheets, ALockedPdfIsRefused) {
  EXPECT_EQ(fault_of(locked_pdf(drawn_pdf(1), "secret")), "sheets.locked");
}

TEST(Sheets, APdfThatOpensWithoutAPasswordIsTaken) {
  EXPECT_EQ(count_sheets(locked_pdf(drawn_pdf(2), "")), (Sheets{"application/pdf", 2}));
}

TEST(Sheets, APdfWithoutPagesIsRefused) { EXPECT_EQ(fault_of(drawn_pdf(0)), "sheets.pages"); }
TEST(Sheets, APdfThatIsNoneIsRefused) { EXPECT_EQ(fault_of("%PDF-1.7\nnothing"), "sheets.broken"); }

const letter::Reason died{"test.died", "mort", "died"};

TEST(Disposable, AnAnswerComesBack) {
  EXPECT_EQ(page::in_child([] { return letter::Result<std::string>("hello"); }, died), "hello");
}

TEST(Disposable, AFaultComesBack) {
  const auto answer = page::in_child(
      []() -> letter::Result<std::string> { return letter::fault("a.code", "fr", "en"); }, died);
  EXPECT_EQ(answer.error(), (letter::Reason{"a.code", "fr", "en"}));
}

TEST(Disposable, ACrashIsAFault) {
  const auto answer = page::in_child([]() -> letter::Result<std::string> { std::_Exit(139); }, died);
  EXPECT_EQ(answer.error(), died);
}

TEST(Disposable, AHangIsAFaultInTime) {
  page::Room room;
  room.ms_a_page = 1000;
  const auto answer = page::in_child(
      []() -> letter::Result<std::string> {
        for (volatile bool hangs = true; hangs;) continue;
        return std::string();
      },
      died, room);
  EXPECT_EQ(answer.error().code, "child.time");
}

TEST(Disposable, AnEndlessAnswerIsAFault) {
  page::Room room;
  room.answer_bytes = 1000;
  const auto answer =
      page::in_child([] { return letter::Result<std::string>(std::string(1u << 20, 'x')); }, died, room);
  EXPECT_EQ(answer.error(), died);
}

}  // namespace
}  // namespace ingest
