#include "page/decode.hpp"

#include <gtest/gtest.h>

#include "page/tiff.hpp"
#include "page/view.hpp"
#include "tests/page/painted.hpp"

namespace {

workshop::Raster small_page(double dpi = 100) { return painted::letter_page(dpi); }

// A one-strip bilevel TIFF of our own making, so that any tag can stand in it.
struct TiffEntry {
  unsigned tag, type;
  std::uint32_t value;
};
std::string tiny_tiff(std::vector<TiffEntry> entries, const std::string& strip) {
  std::string out("II*\0\x08\0\0\0", 8);
  const auto put = [&](std::uint32_t v, int bytes) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(v >> (8 * i) & 255));
  };
  const auto at = static_cast<std::uint32_t>(8 + 2 + entries.size() * 12 + 4);
  put(static_cast<std::uint32_t>(entries.size()), 2);
  for (const TiffEntry& e : entries) {
    put(e.tag, 2), put(e.type, 2), put(1, 4);
    put(e.tag == 273 ? at : e.value, 4);
  }
  put(0, 4);
  return out + strip;
}
std::vector<TiffEntry> plain_entries(std::uint32_t strip_bytes) {
  return {{256, 4, 64}, {257, 4, 64}, {258, 3, 1},  {259, 3, 1},          {262, 3, 0},
          {273, 4, 0},  {277, 3, 1},  {278, 4, 64}, {279, 4, strip_bytes}};
}

TEST(Decode, EveryPageOfAMultiPageTiffIsFound) {
  const workshop::Raster first = small_page(), second = painted::turned_clockwise(small_page(), 5);
  const std::string bytes = workshop::tiff({first, second, first}, workshop::TiffKind::g4);
  for (std::uint32_t i = 0; i < 3; ++i) {
    const auto sheet = page::decode(bytes, i);
    ASSERT_TRUE(sheet) << sheet.error().code;
    EXPECT_EQ(sheet->pages, 3U);
    EXPECT_FALSE(sheet->damaged);
  }
  EXPECT_EQ(page::decode(bytes, 3).error().code, "page.absent");
}

TEST(Decode, EveryFormatGivesTheSamePicture) {
  const workshop::Raster drawn = small_page();
  const page::Raster truth = painted::seen(drawn);
  const std::vector<std::string> files{workshop::png(drawn),
                                       workshop::jpeg(drawn, 90),
                                       workshop::tiff({drawn}, workshop::TiffKind::grey_lzw),
                                       workshop::tiff({drawn}, workshop::TiffKind::g4),
                                       workshop::image_pdf({drawn}, 90),
                                       workshop::image_pdf({drawn}, 0)};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto sheet = page::decode(files[i], 0);
    ASSERT_TRUE(sheet) << i << ' ' << sheet.error().code;
    ASSERT_EQ(sheet->raster.grey.size(), truth.grey.size()) << i;
    EXPECT_NEAR(sheet->raster.dpi, 100, 1) << i;
    EXPECT_LT(cv::norm(sheet->raster.grey, truth.grey, cv::NORM_L1) / static_cast<double>(truth.grey.total()),
              8)
        << i;
    EXPECT_FALSE(sheet->damaged) << i;
  }
}

TEST(Decode, AJpegCutShortIsDamaged) {
  const std::string whole = workshop::jpeg(small_page(), 80);
  for (const double share : {0.3, 0.6, 0.9, 0.99}) {
    const auto sheet =
        page::decode(whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * share)), 0);
    ASSERT_TRUE(sheet);
    EXPECT_TRUE(sheet->damaged) << share;
  }
}

TEST(Decode, ATiffCutShortIsNeverTakenForWhole) {
  for (const auto kind : {workshop::TiffKind::g4, workshop::TiffKind::grey_lzw}) {
    const std::string whole = workshop::tiff({small_page()}, kind);
    for (const double share : {0.2, 0.5, 0.8}) {
      const auto sheet = page::decode(
          whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * share)), 0);
      EXPECT_TRUE(!sheet || sheet->damaged) << share;
    }
  }
}

TEST(Decode, APngCutShortIsAFault) {
  const std::string whole = workshop::png(small_page());
  const auto sheet = page::decode(whole.substr(0, whole.size() / 2), 0);
  ASSERT_FALSE(sheet);
  EXPECT_EQ(sheet.error().code, "png.broken");
}

TEST(Decode, APrivateTagOfTheScannerIsANote) {
  auto entries = plain_entries(512);
  entries.push_back({65010, 4, 7});
  const auto sheet = page::decode(tiny_tiff(entries, std::string(512, '\x55')), 0);
  ASSERT_TRUE(sheet);
  EXPECT_FALSE(sheet->damaged);
  ASSERT_EQ(sheet->notes.size(), 1U);
  EXPECT_EQ(sheet->notes[0].code, "tiff.private_tag");
}

TEST(Decode, AStripThatIsTooShortIsDamage) {
  const auto sheet = page::decode(tiny_tiff(plain_entries(512), std::string(200, '\x55')), 0);
  EXPECT_TRUE(!sheet || sheet->damaged);
}

TEST(Decode, AFaxIsStretchedToSquarePixels) {
  workshop::Raster flat = small_page(200);
  // Every other row, as a fax machine of the coarse kind would have sent it.
  workshop::Raster coarse{flat.width, flat.height / 2, 200, {}};
  for (int y = 0; y < coarse.height; ++y)
    coarse.grey.insert(coarse.grey.end(), flat.grey.begin() + std::ptrdiff_t{2} * y * flat.width,
                       flat.grey.begin() + (std::ptrdiff_t{2} * y + 1) * flat.width);
  std::string bytes = workshop::tiff({coarse}, workshop::TiffKind::g4);
  // Its Y resolution is said to be half: the rational of tag 283 is patched in place.
  const std::string tag("\x1b\x01\x05\0\x01\0\0\0", 8);
  const std::size_t entry = bytes.find(tag);
  ASSERT_NE(entry, std::string::npos);
  std::uint32_t at = 0, value = 0;
  std::memcpy(&at, bytes.data() + entry + 8, 4);
  std::memcpy(&value, bytes.data() + at, 4);
  value /= 2;
  std::memcpy(bytes.data() + at, &value, 4);
  const auto sheet = page::decode(bytes, 0);
  ASSERT_TRUE(sheet);
  EXPECT_NEAR(sheet->raster.grey.rows, flat.height, 2);
  EXPECT_NEAR(sheet->raster.dpi, 200, 1);
}

TEST(Decode, AResolutionThatMakesNoPaperIsGuessedFromA4) {
  workshop::Raster page = small_page(200);
  page.dpi = 72;  // 58 cm wide
  const auto sheet = page::decode(workshop::jpeg(page, 80), 0);
  ASSERT_TRUE(sheet);
  EXPECT_NEAR(sheet->raster.dpi, 200, 1);
}

TEST(Decode, AnAbsurdlyLargePictureNeverReachesADecoder) {
  std::string png = workshop::png(small_page());
  png.replace(16, 4, std::string("\0\x0f\0\0", 4));
  EXPECT_EQ(page::decode(png, 0).error().code, "page.side");
}

TEST(Decode, AnUnknownFormatIsAFault) {
  EXPECT_EQ(page::decode("GIF89a................", 0).error().code, "page.unknown_format");
  EXPECT_EQ(page::decode("", 0).error().code, "page.empty");
}

TEST(Decode, ADrawnPdfIsRendered) {
  workshop::Canvas canvas(workshop::Medium::pdf, 210, 297);
  canvas.fill({50, 100, 60, 40});
  const auto sheet = page::decode(canvas.document(), 0);
  ASSERT_TRUE(sheet) << sheet.error().code;
  EXPECT_EQ(sheet->raster.dpi, 300);
  EXPECT_LT(sheet->raster.grey.at<uchar>(1417, 945), 60);
  EXPECT_GT(sheet->raster.grey.at<uchar>(400, 400), 200);
}

TEST(Decode, APdfCutShortIsNeverTakenForWhole) {
  const std::string whole = workshop::image_pdf({small_page()}, 80);
  const auto sheet = page::decode(whole.substr(0, whole.size() / 2), 0);
  EXPECT_TRUE(!sheet || sheet->damaged);
}

TEST(View, APageIsShownUprightAndStraight) {
  const workshop::Raster skewed = painted::turned_clockwise(small_page(), 4);
  const auto png =
      page::render(workshop::tiff({skewed}, workshop::TiffKind::g4), {page::ViewFormat::png, 0, 90, 4});
  ASSERT_TRUE(png);
  const auto sheet = page::decode(*png, 0);
  ASSERT_TRUE(sheet);
  EXPECT_GT(sheet->raster.grey.cols, sheet->raster.grey.rows);
}

TEST(View, AllPagesOfATiffBecomeOnePdf) {
  const auto pdf = page::render(workshop::tiff({small_page(), small_page()}, workshop::TiffKind::g4),
                                {page::ViewFormat::pdf, std::nullopt, 0, 0});
  ASSERT_TRUE(pdf);
  EXPECT_EQ(page::decode(*pdf, 1)->pages, 2U);
}

TEST(View, APdfMasterPassesUntouched) {
  const std::string master = workshop::image_pdf({small_page()}, 80);
  EXPECT_EQ(page::render(master, {page::ViewFormat::pdf, std::nullopt, 0, 0}).value(), master);
}

}  // namespace
