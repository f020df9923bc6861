// When an envelope was posted, by the print on it.
#include "ocr/prose/envelope.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using letter::SentBasis;

ocr::FreeLine line(const char* text, double x, double y, double w = 0.15) {
  ocr::FreeLine made;
  made.line.text = letter::PersonalText(text);
  made.line.confidence = 0.99;
  made.line.box = made.place = {x, y, w, 0.04};
  return made;
}

std::vector<SentBasis> bases(const std::vector<ocr::FreeLine>& lines) {
  std::vector<SentBasis> all;
  for (const auto& seen : ocr::sending_dates(lines)) all.push_back(seen.basis);
  return all;
}

TEST(Envelope, ADateBesideAnAmountIsTheFrankingMachines) {
  EXPECT_EQ(bases({line("18-11-26", 0.6, 0.1), line("€ 1,43", 0.75, 0.12), line("LA POSTE", 0.75, 0.07)}),
            std::vector{SentBasis::franking});
}

TEST(Envelope, ADateUnderThePostsNameIsThePostmarks) {
  const std::vector lines{line("LA POSTE", 0.7, 0.1), line("18/11/2026", 0.7, 0.15)};
  EXPECT_EQ(bases(lines), std::vector{SentBasis::postmark});
  EXPECT_EQ(ocr::sending_dates(lines)[0].date, letter::parse_day("2026-11-18"));
  EXPECT_EQ(ocr::sending_dates(lines)[0].box, lines[1].line.box);
}

TEST(Envelope, ARegisteredLettersLabelSaysItsDeposit) {
  EXPECT_EQ(bases({line("Déposé le 17/11/2026", 0.1, 0.8)}), std::vector{SentBasis::lrar_deposit});
}

TEST(Envelope, ADateWithoutASignIsNone) { EXPECT_TRUE(bases({line("18/11/2026", 0.1, 0.5)}).empty()); }

TEST(Envelope, ADateBesideAMachinesNumberIsTheFrankingMachines) {
  EXPECT_EQ(bases({line("18-11-26", 0.3, 0.5), line("HK 253906", 0.3, 0.55)}),
            std::vector{SentBasis::franking});
}

TEST(Envelope, AnotherNumberIsNoMachines) {
  EXPECT_TRUE(bases({line("18-11-26", 0.3, 0.5), line("HK 25390", 0.3, 0.55)}).empty());
}

TEST(Envelope, ADateAloneInTheStampsPlaceIsTheFrankingMachines) {
  EXPECT_EQ(bases({line("18-11-26", 0.66, 0.17)}), std::vector{SentBasis::franking});
}

TEST(Envelope, ADateWithWordsInTheStampsPlaceIsNone) {
  EXPECT_TRUE(bases({line("Lyon, le 18/11/2026", 0.66, 0.17)}).empty());
}

TEST(Envelope, ASignAtTheOtherEndSaysNothingOfADate) {
  EXPECT_TRUE(bases({line("LA POSTE", 0.8, 0.05), line("18/11/2026", 0.1, 0.8)}).empty());
}

letter::Page page(std::uint32_t wide, std::uint32_t high, int turn = 0) {
  letter::Page made;
  made.dpi = 254;  // ten pixels a millimetre
  made.width_px = wide;
  made.height_px = high;
  made.turn_deg = turn;
  return made;
}

TEST(Envelope, IsToldByItsSize) {
  EXPECT_TRUE(ocr::is_of_envelope_size(page(2200, 1100)));
  EXPECT_TRUE(ocr::is_of_envelope_size(page(1100, 2200, 90)));
  EXPECT_FALSE(ocr::is_of_envelope_size(page(2100, 2970)));
  EXPECT_FALSE(ocr::is_of_envelope_size({}));
}

TEST(Envelope, ADateIsAsSureAsAllItsDigits) {
  letter::ReadLetter read;
  const auto seen = line("LA POSTE 18/11/2026", 0.7, 0.1);
  read.lines = {seen.line};
  read.lines[0].confidence = 0.9;
  read.seen_dates = ocr::sending_dates({seen});
  ocr::judge_seen_dates(read);
  EXPECT_DOUBLE_EQ(read.seen_dates.at(0).confidence, std::pow(0.9, 8));
}

}  // namespace
