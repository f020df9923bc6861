// Ink under a closing, drawn by hand.
#include "ocr/prose/signature.hpp"

#include <gtest/gtest.h>

namespace {

using letter::TickState;

struct Sheet {
  page::Straight upright;
  std::vector<ocr::FreeLine> lines;
  bool after_leave = false;  // of an earlier sheet

  Sheet() {
    upright.raster = {cv::Mat(1170, 827, CV_8U, cv::Scalar(255)), 100, false};
    upright.to_master = {1, 0, 0, 0, 1, 0};
    write("Je vous demande de reprendre le calcul de ma rente.", 0.30, 0.95);
    write("Veuillez agréer, Madame, mes salutations distinguées.", 0.40, 0.95);
  }
  // A line of text: dark where its letters would be.
  void write(const std::string& text, double y, double confidence, double h = 0.012) {
    ocr::FreeLine line;
    line.line.text = letter::PersonalText(text);
    line.line.confidence = confidence;
    line.place = {0.1, y, 0.012 * static_cast<double>(text.size()), h};
    lines.push_back(line);
    for (std::size_t i = 0; i < text.size(); ++i)
      cv::rectangle(
          upright.raster.grey,
          cv::Rect(83 + static_cast<int>(i) * 10, static_cast<int>(y * 1170), 4, static_cast<int>(h * 1170)),
          cv::Scalar(0), cv::FILLED);
  }
  void stroke(cv::Point from, cv::Point to) { cv::line(upright.raster.grey, from, to, cv::Scalar(20), 3); }
  void sign(int y) {
    for (int x = 500; x < 620; x += 30) {
      stroke({x, y + 40}, {x + 15, y});
      stroke({x + 15, y}, {x + 30, y + 40});
    }
  }
  letter::Field read() const {
    return ocr::signature_on({upright, upright.raster.grey.size(), 0, after_leave}, lines);
  }
};

TEST(Signature, StrokesUnderTheClosingAreOne) {
  Sheet sheet;
  sheet.sign(560);
  const auto field = sheet.read();
  EXPECT_EQ(field.tick, TickState::ticked);
  EXPECT_NEAR(field.box.x, 500.0 / 827, 0.01);
}

TEST(Signature, AnUnsignedLetterHasNone) { EXPECT_EQ(Sheet().read().tick, TickState::blank); }

TEST(Signature, ANameInPrintIsNone) {
  Sheet sheet;
  sheet.write("Bernard Philippe", 0.48, 0.95);
  EXPECT_EQ(sheet.read().tick, TickState::blank);
}

TEST(Signature, StandsAboveTheEnclosuresOfASecondSheet) {
  Sheet sheet;
  sheet.lines.clear();
  sheet.upright.raster.grey.setTo(255);
  sheet.sign(200);
  sheet.write("P.J. : décompte de la Sécurité sociale de mai", 0.30, 0.95);
  EXPECT_EQ(sheet.read().tick, TickState::blank);
  sheet.after_leave = true;
  EXPECT_EQ(sheet.read().tick, TickState::ticked);
}

TEST(Signature, ASignatureTakenForAWordIsStillOne) {
  Sheet sheet;
  sheet.sign(560);
  sheet.lines.push_back(sheet.lines.back());
  sheet.lines.back().line.text = letter::PersonalText("NN");
  sheet.lines.back().place = {0.6, 560.0 / 1170, 0.15, 40.0 / 1170};
  EXPECT_EQ(sheet.read().tick, TickState::ticked);
}

TEST(Signature, RulesOfThePaperAreNone) {
  Sheet sheet;
  for (int y = 40; y < 1170; y += 31) sheet.stroke({0, y}, {826, y});
  EXPECT_EQ(sheet.read().tick, TickState::blank);
}

TEST(Signature, AStrokeAboveTheClosingIsNone) {
  Sheet sheet;
  sheet.sign(150);
  EXPECT_EQ(sheet.read().tick, TickState::blank);
}

TEST(Signature, TheSignedPageOfALetterSpeaksForIt) {
  letter::Field blank, ticked;
  ticked.tick = TickState::ticked;
  ticked.page = 0, blank.page = 1;
  EXPECT_EQ(ocr::best_signature({ticked, blank})->page, 0u);
  EXPECT_FALSE(ocr::best_signature({}));
}

}  // namespace
