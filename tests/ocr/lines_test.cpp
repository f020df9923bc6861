// Lines of a zone, each read by the reader that suits it.
#include "ocr/lines/lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/workshop/penmanship.hpp"
#include "ocr/lines/script.hpp"

namespace {

using letter::How;

constexpr double dpi = 200;

struct Engines {
  ocr::Print print;
  ocr::Hand hand{VAGUEMESTRE_MODELS_DIR};
  ocr::Boxes boxes{VAGUEMESTRE_MODELS_DIR};
  ocr::Members members;
  ocr::Readers readers{print, hand, boxes, members};
};
const ocr::Readers& readers() {
  static Engines engines;
  return engines.readers;
}

// A sheet on which machines and hands write by turns.
class Sheet {
 public:
  void print(double y_mm, const std::string& text) { canvas_.write({15, y_mm}, text, {"DejaVu Serif", 3.9}); }
  void write(double y_mm, const std::string& text) {
    workshop::Writing writing;
    writing.face.family = "Dancing Script";
    writing.hand = true;
    workshop::write_line(canvas_, writing, {15, y_mm}, text, 5.4, dice_);
  }
  page::Raster raster() {
    const workshop::Raster drawn = canvas_.raster();
    const cv::Mat grey(drawn.height, drawn.width, CV_8U, const_cast<std::uint8_t*>(drawn.grey.data()));
    return {grey.clone(), dpi, false};
  }

 private:
  workshop::Canvas canvas_{workshop::Medium::pixels, 190, 100, dpi};
  workshop::Dice dice_{7, 1};
};

const std::vector<std::string> printed{"Nous accusons réception de votre demande du mois dernier,",
                                       "enregistrée par notre service le lendemain matin."};
const std::vector<std::string> written{"Je vous remercie de votre réponse rapide",
                                       "mais je ne suis pas du tout d'accord"};

ocr::LineRead line_with(const std::vector<ocr::LineRead>& lines, const std::string& word) {
  const auto at = std::find_if(lines.begin(), lines.end(), [&](const ocr::LineRead& line) {
    return line.text.find(word) != std::string::npos;
  });
  return at == lines.end() ? ocr::LineRead{} : *at;
}

std::vector<ocr::LineRead> both() {
  Sheet sheet;
  sheet.print(20, printed[0]);
  sheet.print(27, printed[1]);
  sheet.write(45, written[0]);
  sheet.write(55, written[1]);
  return ocr::read_lines(sheet.raster(), readers());
}

TEST(LinesOfAPage, PrintOnASharedSheetIsReadAsPrint) {
  const ocr::LineRead line = line_with(both(), "réception");
  EXPECT_EQ(line.text, printed[0]);
  EXPECT_EQ(line.how, How::typed);
}

TEST(LinesOfAPage, WritingOnASharedSheetIsReadAsWriting) {
  const ocr::LineRead line = line_with(both(), "vous");
  EXPECT_EQ(line.text, written[0]);
  EXPECT_EQ(line.how, How::hand);
}

TEST(LinesOfAPage, WhoeverWroteThemTheyComeFromTopToBottom) {
  const auto lines = both();
  ASSERT_EQ(lines.size(), 4U);
  for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_GT(lines[i].box.y, lines[i - 1].box.y) << i;
}

TEST(LinesOfAPage, ALineStandsInItsBox) {
  const ocr::LineRead line = line_with(both(), "remercie");
  EXPECT_NEAR(line.box.x / dpi * 25.4, 15, 2);
  EXPECT_NEAR((line.box.y + line.box.height) / dpi * 25.4, 45, 3);
}

TEST(LinesOfAPage, NothingIsReadWhereNothingIsWritten) {
  Sheet sheet;
  EXPECT_TRUE(ocr::read_lines(sheet.raster(), readers()).empty());
}

TEST(Script, WhatTheOthersAreMovesALineInDoubt) {
  const auto odds = ocr::among_others({{0.1, 60}, {-6, 60}, {-6, 60}, {-6, 60}});
  EXPECT_LT(odds[0], 0);
}

TEST(Script, ALineThatIsPlainlyOfAHandStaysSoAmongPrint) {
  const auto odds = ocr::among_others({{8, 60}, {-6, 60}, {-6, 60}, {-6, 60}});
  EXPECT_GT(odds[0], 0);
}

TEST(Script, AShortLineOfFiguresAmongPrintIsPrintWhateverItsStrokesLookLike) {
  const auto odds = ocr::among_others({{5, 14}, {-3, 60}, {-3, 60}, {-3, 60}});
  EXPECT_LT(odds[0], 0);
}

TEST(Script, OfTwoReadingsTheSurerOneIsTaken) {
  EXPECT_TRUE(ocr::prefers_hand({0, 0.3, 0.95}));
  EXPECT_FALSE(ocr::prefers_hand({0, 0.97, 0.6}));
}

}  // namespace
