// Intact pages with everything odd that a container may legally hold: hardly any may be called damaged.
#include <gtest/gtest.h>

#include "models/workshop/encode.hpp"
#include "page/decode.hpp"
#include "tests/page/scans.hpp"

namespace {

using scans::Coded;
using scans::Container;
using scans::Tag;

workshop::Raster patch(int seed) {
  workshop::Dice dice(static_cast<std::uint64_t>(seed), 1);
  workshop::Raster page{dice.between(33, 96), dice.between(20, 70), 200, {}};
  page.grey.assign(static_cast<std::size_t>(page.width) * page.height, 255);
  for (int stroke = 0; stroke < 12; ++stroke) {
    const int y = dice.between(0, page.height - 2), x = dice.between(0, page.width - 9);
    for (int i = 0; i < 9; ++i) page.grey[static_cast<std::size_t>(y) * page.width + x + i] = 10;
  }
  return page;
}

// One of the oddities that scanners, drivers and archives leave in a directory.
Tag odd_tag(const Container& container, workshop::Dice& dice, int turn) {
  const auto private_id = static_cast<std::uint16_t>(dice.between(32'768, 65'534) | 1);
  const std::string text = "scanned by nobody";
  switch (turn % 14) {
    case 0:
      return container.whole(private_id, 4, {dice.below(100'000)});
    case 1:
      return {private_id, 2, static_cast<std::uint32_t>(text.size()), text};  // without its final zero
    case 2:
      return {private_id, 7, 400, std::string(400, '\x5a')};
    case 3:
      return {private_id, 12, 1, std::string(8, '\x11')};
    case 4:
      return {305, 2, static_cast<std::uint32_t>(text.size()), text};
    case 5:
      return {306, 2, 5, "2026\n"};  // a date is 20 characters
    case 6:
      return container.whole(282, 3, {200});  // a resolution that is no fraction
    case 7:
      return container.whole(274, 3, {dice.below(8) + 1});
    case 8:
      return container.whole(33'723, 4, {1, 2, 3, 4});  // IPTC in the wrong type
    case 9:
      return {34'675, 7, 90, std::string(90, '\x33')};  // a colour profile that is none
    case 10:
      return {700, 1, 60, std::string(60, '<')};  // XMP
    case 11:
      return container.whole(297, 3, {0, 1});
    case 12:
      return container.whole(private_id, 3, {1, 2, 3, 4, 5, 6, 7});
    default:
      return {315, 2, 1, std::string(1, '\0')};
  }
}

std::string odd_tiff(int seed) {
  workshop::Dice dice(static_cast<std::uint64_t>(seed), 2);
  Coded how;
  static const std::vector<unsigned> two_tones{1, 2, 3, 4, 5, 8, 32'946, 32'773}, grey{1, 5, 8, 7, 32'773};
  how.bits = dice.chance(0.6) ? 1 : 8;
  how.compression = dice.pick(how.bits == 1 ? two_tones : grey);
  how.photometric = how.bits == 1 ? dice.below(2) : 1;
  const bool fax = how.compression >= 2 && how.compression <= 4;
  how.fill_order = fax && dice.chance(0.3) ? 2 : 1;
  how.rows_a_strip = dice.chance(0.5)       ? 0
                     : how.compression == 7 ? 8 * (1 + dice.below(3))
                                            : 1 + dice.below(30);
  Container container;
  container.little = how.compression == 7 || dice.chance(0.5);
  container.sorted = dice.chance(0.85);
  for (int i = 0; i < 1 + seed % 3; ++i) {
    const Tag tag = odd_tag(container, dice, seed + i * 5);
    const auto same = [&](const Tag& other) { return other.id == tag.id; };
    if (std::none_of(container.more.begin(), container.more.end(), same)) container.more.push_back(tag);
  }
  Coded coded = scans::encode(patch(seed), how);
  // A fax whose writer leaves the end mark out, and one who pads its strips.
  if (how.compression == 4 && how.fill_order == 1 && dice.chance(0.3))
    coded.strips.back() += std::string(3, '\0');
  return container.file(coded);
}

// Chunks that nobody needs, after the header.
std::string odd_png(int seed) {
  std::string png = seed % 2 == 0 ? workshop::png(patch(seed)) : workshop::png_bitonal(patch(seed));
  static const std::vector<std::string> kinds{"tEXt", "iCCP", "sPLT", "zTXt", "prVt", "eXIf", "tIME"};
  const std::string kind = kinds[static_cast<std::size_t>(seed) % kinds.size()];
  const std::string body(static_cast<std::size_t>(seed % 40),
                         'q');  // nonsense for most of them, and a wrong CRC
  std::string chunk{'\0', '\0', '\0', static_cast<char>(body.size())};
  chunk += kind + body + std::string(4, '\x7e');
  return png.insert(33, chunk);
}

std::string odd_jpeg(int seed) {
  std::string jpeg = workshop::jpeg(patch(seed), 40 + seed % 60);
  const std::string body(static_cast<std::size_t>(seed % 200), static_cast<char>(seed));
  const char marker = seed % 3 == 0 ? '\xfe' : static_cast<char>(0xe1 + seed % 13);
  std::string segment{'\xff', marker, '\0', static_cast<char>(body.size() + 2)};
  jpeg.insert(2, segment + body);
  if (seed % 4 == 0) jpeg += std::string(static_cast<std::size_t>(seed % 9), '\0');  // padded to a sector
  return jpeg;
}

std::string what_is_wrong(const std::string& bytes) {
  const auto sheet = page::decode(bytes, 0);
  if (!sheet) return sheet.error().code;
  return sheet->damaged ? sheet->notes.at(0).code : "";
}

TEST(Intact, OneInAThousandOddPagesAtMostIsCalledDamaged) {
  TIFFSetWarningHandler(nullptr);
  TIFFSetErrorHandler(nullptr);
  int n = 0, wrong = 0;
  std::string which;
  const auto judge = [&](const std::string& bytes, const std::string& name) {
    ++n;
    const std::string why = what_is_wrong(bytes);
    if (why.empty()) return;
    ++wrong;
    which += name + " " + why + "; ";
  };
  for (int seed = 0; seed < 1500; ++seed) judge(odd_tiff(seed), "tiff " + std::to_string(seed));
  for (int seed = 0; seed < 250; ++seed) judge(odd_png(seed), "png " + std::to_string(seed));
  for (int seed = 0; seed < 250; ++seed) judge(odd_jpeg(seed), "jpeg " + std::to_string(seed));
  std::cout << n << " intact pages, " << wrong << " called damaged\n";
  EXPECT_LE(wrong * 1000, n) << which;
}

TEST(Intact, ThePicturesAreWhatWasPainted) {
  for (int seed = 0; seed < 60; ++seed) {
    const workshop::Raster page = patch(seed);
    const Coded coded =
        scans::encode(page, {.bits = 1, .compression = seed % 2 == 0 ? 4u : 5u, .photometric = 0});
    const auto sheet = page::decode(Container{}.file(coded), 0);
    ASSERT_TRUE(sheet);
    for (int y = 0; y < page.height; ++y)
      for (int x = 0; x < page.width; ++x)
        ASSERT_EQ(sheet->raster.grey.at<uchar>(y, x) < 128,
                  page.grey[static_cast<std::size_t>(y) * page.width + x] < 128);
  }
}

TEST(Intact, AFaxWithoutItsEndMarkIsNoted) {
  Coded coded = scans::encode(patch(4), {.bits = 1, .compression = 4, .photometric = 0});
  std::string& strip = coded.strips.at(0);
  // The mark is 24 bits and the padding at most 7: what lies before them is rows.
  strip.resize(strip.size() - 3);
  const auto sheet = page::decode(Container{}.file(coded), 0);
  ASSERT_TRUE(sheet);
  if (!sheet->damaged) {
    EXPECT_EQ(sheet->notes.at(0).code, "tiff.no_end_mark");
  }
}

}  // namespace
