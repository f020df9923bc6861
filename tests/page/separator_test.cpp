// Separator sheets and labels on painted pages, with all that happens to paper.
#include <gtest/gtest.h>

#include "models/workshop/blank_form.hpp"
#include "models/workshop/mishap.hpp"
#include "page/separator_patch.hpp"
#include "tests/page/painted.hpp"
#include "tests/page/painted_separators.hpp"

namespace {

using painted::batch_header;
using painted::scan_of;
using painted::separator_page;
using workshop::Dice;
using workshop::Faults;

page::SheetMarks seen(const workshop::Raster& clean, const Faults& faults) {
  Dice dice(7, 7);
  return page::sheet_marks(scan_of(clean, faults, dice));
}

workshop::Raster form_page(double dpi) {
  const auto form = ocr::load_form(VAGUEMESTRE_MODELS_DIR "/forms/reclamation.toml").value();
  workshop::Canvas canvas(workshop::Medium::pixels, form.width, form.height, dpi);
  workshop::draw_blank(canvas, form);
  return canvas.raster();
}

TEST(Separators, ACleanSheetShowsPatchTOnFourEdgesAndItsText) {
  const page::SheetMarks marks = seen(separator_page(batch_header(), 200), {});
  EXPECT_EQ(marks.patch_edges, 4u);
  EXPECT_EQ(marks.separator, batch_header());
}

TEST(Separators, AreSeenAtEveryResolutionTurnAndSkew) {
  int turn = 0;
  for (const double dpi : {150.0, 200.0, 300.0, 400.0}) {
    Faults faults;
    faults.turn_deg = turn;
    faults.skew_deg = turn % 180 == 0 ? 5 : -5;
    const page::SheetMarks marks = seen(separator_page(batch_header(), dpi), faults);
    EXPECT_TRUE(page::is_separator(marks)) << dpi << " dpi, turned by " << turn;
    EXPECT_EQ(marks.separator, batch_header());
    turn += 90;
  }
}

TEST(Separators, AreSeenThroughSpecksInTwoTones) {
  Faults faults;
  faults.specks = 3000, faults.noise = 25, faults.threshold = 140, faults.skew_deg = -3;
  EXPECT_TRUE(page::is_separator(seen(separator_page(batch_header(), 300), faults)));
}

TEST(Separators, AreSeenThroughEveryMishap) {
  for (const workshop::Mishap mishap : workshop::all_mishaps) {
    Dice dice(11, static_cast<std::uint64_t>(mishap));
    const page::SheetMarks marks =
        seen(separator_page(batch_header(), 200), workshop::faults_of(mishap, 200, dice));
    EXPECT_TRUE(page::is_separator(marks)) << workshop::name_of(mishap);
  }
}

TEST(Separators, OnesWithoutAReadableCodeAreDoubtful) {
  workshop::Raster sheet = separator_page(batch_header(), 200);
  // A coffee cup's worth of white in the middle: the code is gone, the patches are there.
  for (int y = sheet.height * 3 / 10; y < sheet.height * 6 / 10; ++y)
    for (int x = sheet.width / 4; x < sheet.width * 3 / 4; ++x)
      sheet.grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(sheet.width) +
                 static_cast<std::size_t>(x)] = 255;
  const page::SheetMarks marks = seen(sheet, {});
  EXPECT_FALSE(page::is_separator(marks));
  EXPECT_TRUE(page::is_doubtful_separator(marks));
}

TEST(Separators, ACodeWithoutThePatchesIsDoubtful) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, 200);
  workshop::draw_qr(canvas, {60, 80, 72, 72}, page::payload(batch_header()), workshop::QrCare::high);
  const page::SheetMarks marks = seen(canvas.raster(), {});
  EXPECT_FALSE(page::is_separator(marks));
  EXPECT_TRUE(page::is_doubtful_separator(marks));
}

TEST(Separators, AMalformedCodeIsTold) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, 200);
  workshop::draw_qr(canvas, {60, 80, 72, 72}, "KLS;t=BOX", workshop::QrCare::high);
  EXPECT_TRUE(seen(canvas.raster(), {}).broken_separator);
}

TEST(Separators, ThePatchReadFromTheOtherSideIsAnother) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, 200);
  double y = 8;
  for (int i = 6; i >= 0; y += page::patch_t[i--] * page::patch_module_mm)
    if (i % 2 == 0) canvas.fill({45, y, 120, page::patch_t[i] * page::patch_module_mm});
  Dice dice(7, 7);
  EXPECT_EQ(page::patch_t_edges(scan_of(canvas.raster(), {}, dice)), 0u);
}

TEST(Separators, AnOrdinaryPageIsNone) {
  for (const auto& page :
       {form_page(200), painted::letter_page(200), painted::envelope_page("1A12345678901", 200)})
    for (const auto mishap : {workshop::Mishap::copied, workshop::Mishap::torn, workshop::Mishap::fax}) {
      Dice dice(5, static_cast<std::uint64_t>(mishap));
      const page::SheetMarks marks = seen(page, workshop::faults_of(mishap, 200, dice));
      EXPECT_FALSE(page::is_separator(marks) || page::is_doubtful_separator(marks));
    }
}

TEST(Separators, ASheetWhoseFormIsKnownIsAskedForItsLabelsAlone) {
  Dice dice(7, 7);
  const page::Raster scan = scan_of(form_page(300), {}, dice);
  EXPECT_TRUE(page::sheet_marks(scan).form.has_value());
  EXPECT_EQ(page::label_marks(scan), page::SheetMarks{});
}

TEST(Separators, AnEmptyPictureSaysNothing) { EXPECT_EQ(page::sheet_marks({}), page::SheetMarks{}); }

TEST(FormPages, TheFirstPageIsKnownByItsCodeEveryWayUp) {
  for (const double dpi : {200.0, 300.0}) {
    const workshop::Raster clean = form_page(dpi);
    for (const int turn : {0, 90, 180, 270}) {
      Faults faults;
      faults.turn_deg = turn, faults.skew_deg = 2, faults.blur = 0.6;
      EXPECT_EQ(seen(clean, faults).form, (page::FormPage{"REC", 1, 1})) << dpi << " dpi, turned by " << turn;
    }
  }
}

TEST(RegisteredLetters, TheLabelOfAnEnvelopeIsReadEveryWayUp) {
  const workshop::Raster clean = painted::envelope_page("1A12345678901", 200);
  for (const int turn : {0, 90, 180, 270}) {
    Faults faults;
    faults.turn_deg = turn, faults.skew_deg = 3, faults.threshold = 140;
    EXPECT_EQ(seen(clean, faults).lrar, std::vector<std::string>{"1A12345678901"}) << turn;
  }
}

TEST(RegisteredLetters, AnotherLinearCodeIsNone) {
  EXPECT_TRUE(seen(painted::envelope_page("LA123456789FR", 200), {}).lrar.empty());
}

TEST(RegisteredLetters, TwoLabelsAreBothSeen) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, 200);
  workshop::draw_code_128(canvas, {30, 40, 55, 13}, "1A12345678901");
  workshop::draw_code_128(canvas, {100, 200, 55, 13}, "2C00000000017");
  auto numbers = seen(canvas.raster(), {}).lrar;
  std::sort(numbers.begin(), numbers.end());
  EXPECT_EQ(numbers, (std::vector<std::string>{"1A12345678901", "2C00000000017"}));
}

}  // namespace
