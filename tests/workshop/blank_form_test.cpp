// The blank form on paper, on screen and in pixels: one drawing.
#include "models/workshop/blank_form.hpp"

#define ZX_USE_UTF8 1  // texts as std::string
#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/workshop/canvas.hpp"

namespace fs = std::filesystem;
using workshop::PrintFormat;

namespace {

ocr::Form reclamation() {
  const auto form = ocr::load_form(fs::path(VAGUEMESTRE_MODELS_DIR) / "forms/reclamation.toml");
  EXPECT_TRUE(form.has_value());
  return form.value_or(ocr::Form{});
}

workshop::Raster pixels(const ocr::Form& form, double dpi) {
  workshop::Canvas canvas(workshop::Medium::pixels, form.width, form.height, dpi);
  workshop::draw_blank(canvas, form);
  return canvas.raster();
}

std::string qr_text(const workshop::Raster& page) {
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  const auto found =
      ZXing::ReadBarcode({page.grey.data(), page.width, page.height, ZXing::ImageFormat::Lum}, hints);
  return found.isValid() ? found.text() : "";
}

// Darkness 0..1 of the pixel at a place in mm.
double ink_at(const workshop::Raster& page, double x, double y) {
  const auto px = static_cast<int>(std::lround(x * page.dpi / 25.4 - 0.5));
  const auto py = static_cast<int>(std::lround(y * page.dpi / 25.4 - 0.5));
  return 1 - page.grey[static_cast<std::size_t>(py * page.width + px)] / 255.0;
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

TEST(BlankForm, ItsQrSaysWhichFormItIs) {
  for (const double dpi : {150.0, 200.0, 300.0})
    EXPECT_EQ(qr_text(pixels(reclamation(), dpi)), "KLR;form=REC;v=1;p=1");
}

TEST(BlankForm, ThreeMarksAreSolidAndTheTopLeftOneIsHollow) {
  const auto page = pixels(reclamation(), 300);
  EXPECT_LT(ink_at(page, 11, 11), 0.1);
  EXPECT_GT(ink_at(page, 8.7, 11), 0.9);
  for (const auto& [x, y] : {std::pair{199.0, 11.0}, {11.0, 286.0}, {199.0, 286.0}})
    EXPECT_GT(ink_at(page, x, y), 0.9);
}

TEST(BlankForm, ATickIsBlackAroundAndWhiteWithin) {
  const auto form = reclamation();
  const auto page = pixels(form, 600);
  for (const auto& element : form.elements) {
    if (element.kind != ocr::ElementKind::tick) continue;
    EXPECT_GT(ink_at(page, element.x, element.y + 2), 0.9) << element.id;
    EXPECT_LT(ink_at(page, element.x + 2, element.y + 2), 0.1) << element.id;
  }
}

TEST(BlankForm, EveryCellHasItsLeftEdgeInGrey) {
  const auto form = reclamation();
  const auto page = pixels(form, 600);
  for (const auto& element : form.elements)
    for (const double x : element.cell_x) {
      EXPECT_NEAR(ink_at(page, x, element.y + 3), 0.4, 0.05) << element.id;
      EXPECT_LT(ink_at(page, x + 2.5, element.y + 3), 0.01) << element.id;
    }
}

TEST(BlankForm, ThePngIsAsLargeAsItsResolutionSays) {
  const std::string bytes = workshop::print_blank(reclamation(), PrintFormat::png, 150).value_or("");
  ASSERT_GT(bytes.size(), 100u);
  EXPECT_EQ(bytes.substr(1, 3), "PNG");
  EXPECT_EQ(big_endian(bytes, 16), 1240u);
  EXPECT_EQ(big_endian(bytes, 20), 1754u);
  const auto phys = bytes.find("pHYs");
  ASSERT_NE(phys, std::string::npos);
  EXPECT_NEAR(big_endian(bytes, phys + 4) * 0.0254, 150, 0.5);
}

TEST(BlankForm, ThePdfIsOneA4PageWithItsFontsInIt) {
  const std::string bytes = workshop::print_blank(reclamation(), PrintFormat::pdf).value_or("");
  EXPECT_TRUE(bytes.starts_with("%PDF-"));
  EXPECT_NE(bytes.find("/MediaBox [ 0 0 595.27"), std::string::npos);
  EXPECT_NE(bytes.find("/FontFile2"), std::string::npos);
  EXPECT_EQ(bytes.find("/BaseFont /Helvetica"), std::string::npos);
}

TEST(BlankForm, TheSvgIsAnA4Sheet) {
  const std::string bytes = workshop::print_blank(reclamation(), PrintFormat::svg).value_or("");
  EXPECT_NE(bytes.find("<svg"), std::string::npos);
  EXPECT_NE(bytes.find("width=\"595.27"), std::string::npos);
}

TEST(BlankForm, TheSameFormGivesTheSameBytes) {
  for (const PrintFormat format : {PrintFormat::pdf, PrintFormat::png, PrintFormat::svg})
    EXPECT_EQ(workshop::print_blank(reclamation(), format, 100).value_or("a"),
              workshop::print_blank(reclamation(), format, 100).value_or("b"));
}

TEST(BlankForm, AnAbsurdResolutionIsRefused) {
  for (const double dpi : {0.0, -5.0, 5000.0, std::nan("")})
    EXPECT_FALSE(workshop::print_blank(reclamation(), PrintFormat::png, dpi).has_value());
}

// A second form is a second file: nothing in the code knows the first one's fields.
constexpr const char* second_form = R"(
id = "adresse"
code = "ADR"
version = 3
page = 1
title = "Changement d’adresse"
sheet = [148, 210]
font = "DejaVu Sans"
tick_size = [5, 5]
cell_size = [6, 7]
[groups]
quand = "exactly 1"
[[element]]
id = "A"
type = "anchor_hollow"
at = [6, 6]
size = [6, 6]
[[element]]
id = "B"
type = "anchor"
at = [136, 6]
size = [6, 6]
[[element]]
id = "C"
type = "anchor"
at = [6, 198]
size = [6, 6]
[[element]]
id = "D"
type = "anchor"
at = [136, 198]
size = [6, 6]
[[element]]
id = "CODE"
type = "qr"
at = [110, 14]
size = [20, 20]
payload = "KLR;form=ADR;v=3;p=1"
[[element]]
id = "TOUT_DE_SUITE"
type = "tick"
label = "Tout de suite"
at = [20, 50]
group = "quand"
[[element]]
id = "ADR_CP"
type = "comb"
label = "Code postal"
at = [20, 80]
cells = [2, 3]
gap = 1.5
charset = "0-9"
check = "postcode"
[[element]]
id = "MOTS"
type = "text_lines"
at = [20, 100]
size = [110, 60]
lines = 7
line_pitch = 8
[[caption]]
at = [20, 40]
text = "Quand ?"
)";

TEST(SecondForm, IsAddedByAddingAFile) {
  const fs::path folder = fs::path(testing::TempDir()) / "second_form_models";
  fs::create_directories(folder / "forms");
  fs::copy_file(fs::path(VAGUEMESTRE_MODELS_DIR) / "forms/reclamation.toml",
                folder / "forms/reclamation.toml", fs::copy_options::overwrite_existing);
  std::ofstream(folder / "forms/adresse.toml") << second_form;
  const auto forms = ocr::load_forms(folder);
  fs::remove_all(folder);
  ASSERT_TRUE(forms.has_value()) << forms.error().en;
  ASSERT_EQ(forms->size(), 2u);
  EXPECT_EQ(forms->front().id, "adresse");
  EXPECT_EQ(ocr::find(forms->front(), "ADR_CP")->cell_x, (std::vector<double>{20, 26, 33.5, 39.5, 45.5}));
  EXPECT_EQ(qr_text(pixels(forms->front(), 200)), "KLR;form=ADR;v=3;p=1");
  EXPECT_TRUE(workshop::print_blank(forms->front(), PrintFormat::pdf).value_or("").starts_with("%PDF-"));
}

}  // namespace
