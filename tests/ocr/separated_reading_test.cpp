// What the station missed is noticed by the reader: separators, second forms, labels.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/workshop/blank_form.hpp"
#include "models/workshop/encode.hpp"
#include "ocr/read.hpp"
#include "tests/page/painted.hpp"
#include "tests/page/painted_separators.hpp"

namespace {

ocr::Engines& engines() {
  static ocr::Engines loaded(VAGUEMESTRE_MODELS_DIR);
  return loaded;
}

workshop::Raster form_page() {
  const auto form = ocr::load_form(VAGUEMESTRE_MODELS_DIR "/forms/reclamation.toml").value();
  workshop::Canvas canvas(workshop::Medium::pixels, form.width, form.height, 200);
  workshop::draw_blank(canvas, form);
  return canvas.raster();
}

letter::ReadLetter read_pages(const std::vector<workshop::Raster>& pages) {
  const std::string bytes = workshop::tiff(pages, workshop::TiffKind::g4);
  letter::Letter letter;
  letter.masters.push_back({"", bytes.size(), "image/tiff", static_cast<std::uint32_t>(pages.size())});
  return ocr::read(letter, {bytes}, engines());
}

bool has(const std::vector<letter::Reason>& notes, const std::string& code) {
  return std::any_of(notes.begin(), notes.end(),
                     [&](const letter::Reason& note) { return note.code == code; });
}

TEST(SeparatedReading, ASeparatorInsideALetterIsToldAndNotRead) {
  const auto read =
      read_pages({painted::letter_page(200), painted::separator_page(painted::batch_header(), 200)});
  EXPECT_TRUE(has(read.notes, "letter.separator_inside"));
  EXPECT_EQ(read.full_text.reveal().find("LOT"), std::string::npos);
  EXPECT_NE(read.text.reveal().find("indemnités"), std::string::npos);
}

TEST(SeparatedReading, TwoFormsInALetterAreTold) {
  EXPECT_TRUE(has(read_pages({form_page(), form_page()}).notes, "letter.second_form"));
}

TEST(SeparatedReading, OneFormIsNothingToTell) { EXPECT_TRUE(read_pages({form_page()}).notes.empty()); }

TEST(SeparatedReading, TheEnvelopesNumberIsTheLettersAndItsWordsAreNot) {
  const auto read = read_pages({painted::envelope_page("1A12345678901", 200), painted::letter_page(200)});
  EXPECT_EQ(read.letter.lrar, "1A12345678901");
  EXPECT_EQ(read.text.reveal().find("TSA 20202"), std::string::npos);
  EXPECT_NE(read.full_text.reveal().find("TSA 20202"), std::string::npos);
  EXPECT_NE(read.text.reveal().find("indemnités"), std::string::npos);
}

}  // namespace
