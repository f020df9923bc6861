// Refusals before any library, each with its own reason.
#include "page/headers.hpp"

#include <gtest/gtest.h>

#include "page/damage.hpp"
#include "page/decode.hpp"
#include "page/g4.hpp"
#include "tests/page/scans.hpp"

namespace {

std::string why(const std::string& bytes, std::uint32_t index = 0) {
  const auto header = page::read_header(bytes);
  if (!header) return header.error().code;
  if (index >= header->pages.size()) return "absent";
  const auto reason = page::refusal(header->kind, header->pages[index]);
  return reason ? reason->code : "taken";
}

struct Asked {
  std::uint32_t width = 64, height = 64, compression = 1, bits = 1, samples = 1, tile = 0;
};

// A directory and nothing else; `next` is the link to the next one.
std::string directory(const Asked& asked, std::uint32_t next = 0) {
  const auto number = [](std::uint64_t n, unsigned size) {
    std::string out;
    for (unsigned i = 0; i < size; ++i) out.push_back(static_cast<char>(n >> (8 * i) & 255));
    return out;
  };
  std::vector<std::pair<std::uint32_t, std::uint32_t>> tags{{256, asked.width},
                                                            {257, asked.height},
                                                            {258, asked.bits},
                                                            {259, asked.compression},
                                                            {277, asked.samples}};
  if (asked.tile != 0) tags.insert(tags.end(), {{322, asked.tile}, {323, asked.tile}});
  std::string out = number(tags.size(), 2);
  for (const auto& [id, value] : tags) out += number(id, 2) + number(4, 2) + number(1, 4) + number(value, 4);
  return out + number(next, 4);
}
const std::string head("II*\0\x08\0\0\0", 8);

std::string jpeg(unsigned height, unsigned width, char precision, char frame = '\xc0') {
  std::string out("\xff\xd8\xff", 3);
  out += frame;
  out += std::string("\0\x11", 2) + precision;
  for (const unsigned v : {height, width})
    out += std::string{static_cast<char>(v >> 8), static_cast<char>(v & 255)};
  return out + std::string("\x03\1\x11\0\2\x11\0\3\x11\0", 10) + std::string(64, '\x22');
}

TEST(Headers, EveryRefusalHasItsOwnReason) {
  EXPECT_EQ(why(""), "page.empty");
  EXPECT_EQ(why(std::string((64u << 20) + 1, 'x')), "page.too_many_bytes");
  EXPECT_EQ(why("BM..........."), "page.unknown_format");
  EXPECT_EQ(why("\xff\xd8\xff\xd9"), "page.no_header");
  EXPECT_EQ(why(head), "page.cut");
  EXPECT_EQ(why(head + std::string(6, '\0')), "page.directory");
  EXPECT_EQ(why(head + directory({.width = 0})), "page.no_pixels");
  EXPECT_EQ(why(head + directory({.width = 20'001})), "page.side");
  EXPECT_EQ(why(head + directory({.width = 15'000, .height = 10'001})), "page.pixels");
  EXPECT_EQ(why(head + directory({.tile = 15'000})), "page.pixels");
  EXPECT_EQ(why(head + directory({.width = 11'000, .height = 11'000, .bits = 8, .samples = 3})),
            "page.memory");
  EXPECT_EQ(why(head + directory({.compression = 50'001})), "page.compression");
  EXPECT_EQ(why(jpeg(10, 10, 12)), "page.bits");
  EXPECT_EQ(why(jpeg(10, 10, 8, '\xc3')), "page.compression");
  EXPECT_EQ(why(jpeg(12'000, 12'000, 8)), "page.memory");
  EXPECT_EQ(why(jpeg(9'000, 9'000, 8)), "page.hollow");
  std::string scans = jpeg(100, 100, 8, '\xc2');
  for (int i = 0; i < 120; ++i) scans += std::string("\xff\xda\0\x08\1\1\0\0\x3f\0", 10);
  EXPECT_EQ(why(scans), "page.scans");
}

TEST(Headers, ACircleOfDirectoriesIsRefused) { EXPECT_EQ(why(head + directory({}, 8)), "page.loop"); }

TEST(Headers, TwoHundredAndOnePagesAreRefusedAndTwoHundredAreNot) {
  for (const int pages : {200, 201}) {
    std::string bytes = head;
    for (int i = 1; i <= pages; ++i) {
      const std::size_t size = directory({}).size();
      bytes +=
          directory({}, i == pages ? 0 : static_cast<std::uint32_t>(8 + size * static_cast<std::size_t>(i)));
    }
    EXPECT_EQ(why(bytes, 199), pages == 200 ? "taken" : "page.too_many");
  }
}

TEST(Headers, AListOfPagesThatBreaksOffKeepsWhatItHas) {
  const auto header = page::read_header(head + directory({}, 4'000'000));
  ASSERT_TRUE(header);
  EXPECT_TRUE(header->cut);
  EXPECT_EQ(header->pages.size(), 1U);
}

TEST(Headers, EveryTruncationAndEveryChangedByteIsSurvived) {
  const std::string tiff = head + directory({}, 74) + directory({}), picture = jpeg(10, 10, 8);
  for (const std::string& whole : {tiff, picture})
    for (std::size_t at = 0; at < whole.size(); ++at) {
      why(whole.substr(0, at));
      for (const int change : {1, 0x80, 0xff}) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ change);
        why(changed);
      }
    }
}

TEST(Warnings, OfMetadataAreNotesAndOfPixelsOrUnknownAreDamage) {
  const auto weigh = [](std::string_view text) { return page::weigh_tiff_warning(text, text); };
  EXPECT_EQ(weigh("Unknown field with tag 65001 (0xfde9) encountered"), page::Weight::note);
  EXPECT_EQ(weigh("incorrect count for field \"DateTime\" (5, expecting 20); tag ignored"),
            page::Weight::note);
  EXPECT_EQ(weigh("incorrect count for field \"Predictor\" (5, expecting 1); tag ignored"),
            page::Weight::damage);
  EXPECT_EQ(weigh("Premature EOL at line 12 of strip 0 (got 5, expected 88)"), page::Weight::damage);
  EXPECT_EQ(weigh("something that nobody has seen yet"), page::Weight::damage);
}

TEST(Warnings, OfTheRendererAreDamageUnlessListed) {
  EXPECT_EQ(page::weigh_drawing("Syntax Error: Malformed JP2 file format: first box must be it\n"),
            page::Weight::note);
  EXPECT_EQ(page::weigh_drawing("Syntax Warning: odd\nSyntax Error: Unknown operator"), page::Weight::damage);
}

TEST(G4, ACodeThatIsNoneBreaksTheRow) {
  const scans::Coded coded =
      scans::encode(painted::letter_page(72), {.bits = 1, .compression = 4, .photometric = 0});
  const page::G4Strip strip{static_cast<std::uint32_t>(coded.width),
                            static_cast<std::uint32_t>(coded.height)};
  EXPECT_EQ(page::check_g4(coded.strips[0], strip).end, page::G4End::whole);
  EXPECT_EQ(page::check_g4(coded.strips[0], strip).unusual, 0U);
  std::string hurt = coded.strips[0];
  std::fill_n(hurt.begin() + static_cast<std::ptrdiff_t>(hurt.size() / 2), 8, '\0');
  EXPECT_EQ(page::check_g4(hurt, strip).end, page::G4End::broken);
}

TEST(G4, RowsThatAreMissingOrTooManyAreFound) {
  const scans::Coded coded =
      scans::encode(painted::letter_page(72), {.bits = 1, .compression = 4, .photometric = 0});
  const auto width = static_cast<std::uint32_t>(coded.width), rows = static_cast<std::uint32_t>(coded.height);
  EXPECT_EQ(page::check_g4(coded.strips[0], {width, rows + 1}).end, page::G4End::broken);
  EXPECT_EQ(page::check_g4(coded.strips[0], {width, rows - 1}).end, page::G4End::broken);
  EXPECT_EQ(page::check_g4(coded.strips[0], {width + 8, rows}).end, page::G4End::broken);
}

}  // namespace
