#include "ocr/boxes/settle.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using ocr::CellChoices;

ocr::Element comb_of(const std::string& check, const std::string& charset, std::size_t cells) {
  ocr::Element comb;
  comb.kind = ocr::ElementKind::comb, comb.check = check, comb.charset = charset;
  comb.cell_x.resize(cells);
  return comb;
}

CellChoices sure(char c) {
  if (c == ' ') return {{{' ', 1}}, 1, false};
  return {{{c, 0.999}}, 1, true};
}

CellChoices torn(char first, double p, char second) { return {{{first, p}, {second, 1 - p}}, 1, true}; }

std::vector<CellChoices> cells_of(const std::string& text) {
  std::vector<CellChoices> cells;
  for (const char c : text) cells.push_back(sure(c));
  return cells;
}

const std::optional<letter::Day> never;
letter::Day day(int y, unsigned m, unsigned d) {
  return {std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}
bool noted(const ocr::Settled& settled, const std::string& code) {
  return std::any_of(settled.notes.begin(), settled.notes.end(),
                     [&](const letter::Reason& note) { return note.code == code; });
}

const ocr::Element nir = comb_of("nir", "0-9", 15);
constexpr const char* right = "253072B07300470";

TEST(Settle, OneUncertainDigitOfANirIsPutRightByItsKey) {
  auto cells = cells_of(right);
  cells[10] = torn('8', 0.7, '3');
  cells[10].letters[1].letter = right[10];
  const auto settled = ocr::settle(nir, cells, never);
  EXPECT_EQ(settled.text, right);
  EXPECT_TRUE(settled.repaired);
  EXPECT_GT(settled.score, 0.98);
}

TEST(Settle, ARepairedFieldSaysSo) {
  auto cells = cells_of(right);
  cells[10] = torn('8', 0.7, right[10]);
  EXPECT_TRUE(noted(ocr::settle(nir, cells, never), "field.repaired"));
}

TEST(Settle, ADigitThatNobodyDoubtsIsNotChangedForTheKey) {
  auto wrong = std::string(right);
  wrong[10] = wrong[10] == '9' ? '8' : static_cast<char>(wrong[10] + 1);
  const auto settled = ocr::settle(nir, cells_of(wrong), never);
  EXPECT_EQ(settled.text, wrong);
  EXPECT_LE(settled.score, 0.5);
  EXPECT_TRUE(noted(settled, "field.check_failed"));
}

TEST(Settle, ANirThatItsStrokesAndItsKeyAgreeOnIsSure) {
  const auto settled = ocr::settle(nir, cells_of(right), never);
  EXPECT_FALSE(settled.repaired);
  EXPECT_GT(settled.score, 0.99);
}

TEST(Settle, ANirWithoutItsKeyIsNoBetterThanItsStrokes) {
  auto cells = cells_of(std::string(right).substr(0, 13));
  cells[3] = torn('0', 0.8, '1');
  EXPECT_LT(ocr::settle(nir, cells, never).score, 0.85);
}

TEST(Settle, TwoReadingsThatBothPassAreNotSure) {
  const ocr::Element date = comb_of("date", "0-9", 8);
  auto cells = cells_of("12032020");
  cells[1] = torn('2', 0.5, '7');
  EXPECT_LT(ocr::settle(date, cells, never).score, 0.6);
}

TEST(Settle, ADayThatIsNoneGivesWayToTheOneThatIs) {
  const ocr::Element date = comb_of("date", "0-9", 8);
  auto cells = cells_of("31022020");
  cells[0] = torn('3', 0.6, '2');
  EXPECT_EQ(ocr::settle(date, cells, never).text, "21022020");
}

TEST(Settle, NoDateIsLaterThanTheLetter) {
  const ocr::Element date = comb_of("date", "0-9", 8);
  auto cells = cells_of("12112027");
  cells[7] = torn('7', 0.9, '1');
  EXPECT_EQ(ocr::settle(date, cells, day(2026, 11, 23)).text, "12112021");
}

TEST(Settle, ACellThatLooksLikeNothingMakesItsFieldDoubtful) {
  auto cells = cells_of("MARTIN");
  cells[2].sense = 0.05;
  EXPECT_LT(ocr::settle(comb_of("", "A-Z", 6), cells, never).score, 0.2);
}

TEST(Choices, WhatMayNotStandHereCountsForWhatLooksLikeIt) {
  const std::string known = "01O";
  const std::vector<float> log_p{std::log(0.2F), std::log(0.1F), std::log(0.7F), std::log(1e-6F)};
  const CellChoices choices = ocr::choices_of(log_p, known, "01");
  EXPECT_EQ(choices.letters[0].letter, '0');
  EXPECT_GT(choices.letters[0].p, 0.85);
}

TEST(Choices, AZeroAmongLettersIsAnO) {
  auto cells = cells_of("B0NNET");
  cells[1] = torn('0', 0.6, 'O');
  for (CellChoices& cell : cells)  // figures and letters may both stand here
    if (cell.letters.size() == 1) cell.letters.push_back({cell.letters[0].letter == 'X' ? '9' : '8', 0.001});
  ocr::settle_kinds(cells);
  EXPECT_EQ(ocr::favourite(cells), "BONNET");
}

TEST(Choices, WhereLettersOfANumberEndARoundShapeIsANought) {
  auto cells = cells_of("PRVO5052945");
  for (CellChoices& cell : cells)  // figures and letters may both stand here
    cell.letters.push_back({cell.letters[0].letter <= '9' ? 'X' : '8', 0.001});
  cells[3] = torn('O', 0.6, '0');
  ocr::settle_kinds(cells);
  EXPECT_EQ(ocr::favourite(cells), "PRV05052945");
}

TEST(Choices, TheLikeliestTextsComeFirst) {
  std::vector<CellChoices> cells{torn('A', 0.6, 'B'), torn('C', 0.9, 'D')};
  const auto texts = ocr::likeliest(cells, 3);
  ASSERT_EQ(texts.size(), 3U);
  EXPECT_EQ(texts[0].text + texts[1].text + texts[2].text, "ACBCAD");
}

TEST(Words, AWordOfMostAddressesIsPutRight) {
  auto cells = cells_of("12 BUE PASTEUR");
  cells[3] = torn('B', 0.8, 'R');
  const auto settled = ocr::settle_words(cells, ocr::Wording::street, {});
  EXPECT_EQ(settled.text, "12 RUE PASTEUR");
  EXPECT_TRUE(settled.repaired);
}

TEST(Words, WordsThatNoListKnowsAreLeftToTheirStrokes) {
  auto cells = cells_of("RUE GAGNOL");
  cells[5] = torn('G', 0.6, 'A');
  EXPECT_EQ(ocr::settle_words(cells, ocr::Wording::street, {}).text, "RUE GGGNOL");
}

TEST(Words, OnlyTheLettersOfKnownWordsAreVouchedFor) {
  EXPECT_EQ(ocr::settle_words(cells_of("8 RUE XAVIER"), ocr::Wording::street, {}).vouched, "  RUE       ");
}

class Names : public testing::Test {
 protected:
  ocr::Lexicon lexicon{VAGUEMESTRE_MODELS_DIR};
};

TEST_F(Names, AFirstNameThatTheStrokesNearlySayIsPutRightAndMarked) {
  auto cells = cells_of("CHARTAL");
  cells[3] = torn('R', 0.95, 'N');
  const auto settled = ocr::settle_words(cells, ocr::Wording::given_name, lexicon);
  EXPECT_EQ(settled.text, "CHANTAL");
  EXPECT_EQ(settled.vouched, "CHANTAL");
  EXPECT_TRUE(settled.repaired);
}

TEST_F(Names, ANameThatNoListHasIsLeftToItsStrokes) {
  const auto settled = ocr::settle_words(cells_of("RARIM"), ocr::Wording::given_name, lexicon);
  EXPECT_EQ(settled.text, "RARIM");
  EXPECT_EQ(settled.vouched, "     ");
}

TEST_F(Names, AWordNextToAListedOneIsToldApartFromOneThatStandsAlone) {
  EXPECT_EQ(ocr::settle_words(cells_of("CBOIX"), ocr::Wording::street, lexicon).near_listed, 1);
  EXPECT_EQ(ocr::settle_words(cells_of("XQWVKJ"), ocr::Wording::street, lexicon).near_listed, 0);
  EXPECT_EQ(ocr::settle_words(cells_of("XQWVKJ"), ocr::Wording::street, lexicon).unlisted, 1);
}

TEST_F(Names, EachPartOfACompoundIsLookedUpByItself) {
  auto cells = cells_of("JEAN-PAUL");
  cells[6] = torn('H', 0.7, 'A');
  EXPECT_EQ(ocr::settle_words(cells, ocr::Wording::given_name, lexicon).text, "JEAN-PAUL");
}

TEST_F(Names, TwoGivenNamesWithNothingBetweenMayHaveLostAHyphen) {
  EXPECT_EQ(ocr::settle_words(cells_of("JEAN PAUL"), ocr::Wording::given_name, lexicon).near_listed, 1);
  EXPECT_EQ(ocr::settle_words(cells_of("JEAN-PAUL"), ocr::Wording::given_name, lexicon).near_listed, 0);
}

TEST_F(Names, OfTwoNamesThatTheStrokesSayAlikeNeitherIsSure) {
  auto cells = cells_of("LUCIE");
  cells[4] = torn('E', 0.5, 'A');
  EXPECT_LT(ocr::settle_words(cells, ocr::Wording::given_name, lexicon).score, 0.7);
}

class Numbers : public testing::Test {
 protected:
  Numbers() { contract.patterns = {"P########", "PRV########"}; }
  ocr::Element contract = comb_of("", "A-Z0-9", 12);
};

TEST_F(Numbers, FiguresStandWhereTheHouseHasThem) {
  auto cells = cells_of("P5703559I");
  cells[8] = torn('I', 0.8, '1');
  cells[0] = torn('F', 0.6, 'P');
  const auto settled = ocr::settle_number(contract, cells);
  EXPECT_EQ(settled.text, "P57035591");
  EXPECT_TRUE(settled.repaired);
  EXPECT_TRUE(settled.notes.empty());
}

TEST_F(Numbers, TwoFiguresThatItMayBeAreNotSure) {
  auto cells = cells_of("P57035591");
  cells[8] = torn('1', 0.5, '9');
  EXPECT_LT(ocr::settle_number(contract, cells).score, 0.6);
}

TEST_F(Numbers, ANumberOfAnotherMakeIsLeftToItsStrokesAndSaysSo) {
  const auto settled = ocr::settle_number(contract, cells_of("AB12"));
  EXPECT_EQ(settled.text, "AB12");
  EXPECT_TRUE(noted(settled, "field.pattern"));
}

class Places : public testing::Test {
 protected:
  ocr::Towns towns{VAGUEMESTRE_MODELS_DIR};
  ocr::Element code = comb_of("postcode", "0-9", 5), town = comb_of("", "A-Z '-", 18);
  ocr::Place settle(std::vector<CellChoices> code_cells, std::vector<CellChoices> town_cells) {
    return ocr::settle_place({&code, &town, std::move(code_cells), std::move(town_cells)}, towns);
  }
};

TEST_F(Places, ATownReadNearlyIsTheOneOfItsPostcode) {
  auto cells = cells_of("ROUNNE");
  cells[2] = torn('U', 0.7, 'A');
  const auto place = settle(cells_of("42300"), cells);
  EXPECT_EQ(place.town.text, "ROANNE");
  EXPECT_TRUE(place.town.repaired);
}

TEST_F(Places, ATownTellsWhichPostcodeIsMeant) {
  auto cells = cells_of("69307");
  cells[2] = torn('3', 0.6, '0');
  EXPECT_EQ(settle(cells, cells_of("LYON")).code.text, "69007");
}

TEST_F(Places, ATownThatIsPlainlyAnotherIsLeftWithANote) {
  const auto place = settle(cells_of("42300"), cells_of("GRENOBLE"));
  EXPECT_EQ(place.town.text, "GRENOBLE");
  EXPECT_TRUE(noted(place.town, "field.town_mismatch"));
}

TEST_F(Places, AnUnknownPostcodeIsANoteAndNoFault) {
  const auto place = settle(cells_of("69399"), cells_of("LYON"));
  EXPECT_EQ(place.code.text, "69399");
  EXPECT_TRUE(noted(place.code, "field.postcode_unknown"));
}

TEST_F(Places, ACedexNeedsNoPlaceInTheList) {
  const auto place = settle(cells_of("69307"), cells_of("LYON CEDEX 07"));
  EXPECT_EQ(place.code.text, "69307");
  EXPECT_TRUE(place.code.notes.empty());
}

TEST_F(Places, SaintMayBeWrittenShort) {
  const auto place = settle(cells_of("42000"), cells_of("ST-ETIENNE"));
  EXPECT_TRUE(noted(place.town, "field.listed"));
}

TEST_F(Places, TheListDoesNotVouchForATownThatLacksItsHyphen) {
  for (const char* written : {"SAINT ETIENNE", "ST ETIENNE", "SAINT ETIENNE CEDEX"}) {
    const auto place = settle(cells_of("42000"), cells_of(written));
    EXPECT_FALSE(noted(place.town, "field.listed")) << written;
    EXPECT_TRUE(noted(place.town, "field.hyphen_unseen")) << written;
    EXPECT_TRUE(noted(place.code, "field.listed")) << written;
  }
}

TEST_F(Places, ATownThatTheListSpellsWithASpaceLacksNoHyphen) {
  EXPECT_TRUE(noted(settle(cells_of("76600"), cells_of("LE HAVRE")).town, "field.listed"));
}

TEST_F(Places, ATownAloneIsToldWhenItLacksItsHyphen) {
  EXPECT_TRUE(noted(ocr::settle_town(cells_of("SAINT ETIENNE"), "", towns), "field.hyphen_unseen"));
  EXPECT_TRUE(ocr::settle_town(cells_of("SAINT-ETIENNE"), "", towns).notes.empty());
}

TEST_F(Places, ATownAloneIsHelpedByWhereItsWriterLives) {
  auto cells = cells_of("RONNNE");
  cells[2] = torn('N', 0.6, 'A');
  EXPECT_EQ(ocr::settle_town(cells, "ROANNE", towns).text, "ROANNE");
}

CellChoices twins(char first) {
  const char other = first == 'O' ? '0' : first == 'I' ? '1' : first == '0' ? 'O' : 'I';
  return torn(first, 0.6, other);
}

TEST(SettleKinds, ANoughtWhereAPrefixMeetsFiguresIsNoLetter) {
  auto cells = cells_of("PRV 57");
  for (CellChoices& cell : cells)
    if (cell.inked) cell.letters.push_back({cell.letters[0].letter < 'A' ? 'Z' : '7', 0.001});
  cells[3] = twins('O');
  ocr::settle_kinds(cells);
  EXPECT_EQ(ocr::favourite(cells), "PRV057");
}

TEST(SettleKinds, TwoOnesBehindANameAreNoLetters) {
  auto cells = cells_of("GARNIER  @");
  for (CellChoices& cell : cells)
    if (cell.inked && cell.letters[0].letter != '@') cell.letters.push_back({'7', 0.001});
  cells[7] = cells[8] = twins('I');
  ocr::settle_kinds(cells);
  EXPECT_EQ(ocr::favourite(cells), "GARNIER11@");
}

TEST(Settle, AFormIsSignedShortlyBeforeItComes) {
  auto date = comb_of("date", "0-9", 8);
  date.id = "FAIT_LE";
  auto cells = cells_of("20112020");
  cells[7] = torn('0', 0.7, '6');
  EXPECT_EQ(ocr::settle(date, cells, day(2026, 11, 23)).text, "20112026");
}

TEST(Settle, ANirSeldomBeginsWithASeven) {
  auto cells = cells_of(std::string(right).substr(0, 13));
  cells[0] = torn('7', 0.7, '2');
  EXPECT_EQ(ocr::settle(nir, cells, never).text[0], '2');
}

TEST_F(Places, ATownWhoseHyphenIsNotSeenIsTold) {
  EXPECT_EQ(ocr::settle_town(cells_of("SAINT ETIENNE"), "", towns).near_listed, 1);
  EXPECT_EQ(ocr::settle_town(cells_of("SAINT-ETIENNE"), "", towns).near_listed, 0);
  EXPECT_EQ(ocr::settle_town(cells_of("LE MANS"), "", towns).near_listed, 0);
}

ocr::Settled as_read(const std::string& text) {
  ocr::Settled settled;
  settled.text = text, settled.score = 0.9;
  return settled;
}

TEST(SettleEmail, ANameOnTheFormIsFoundInTheAddress) {
  auto cells = cells_of("A.POLRIER@FREE.FR");
  cells[4] = torn('L', 0.6, 'I');
  const auto settled = ocr::settle_email(as_read("A.POLRIER@FREE.FR"), cells, {"POIRIER"});
  EXPECT_EQ(settled.text, "A.POIRIER@FREE.FR");
  EXPECT_EQ(settled.vouched, "  POIRIER@FREE.FR");
  EXPECT_TRUE(settled.repaired);
}

TEST(SettleEmail, WhatTheStrokesDoNotSayIsNotPutThere) {
  const auto cells = cells_of("A.DURAND@FREE.FR");
  EXPECT_EQ(ocr::settle_email(as_read("A.DURAND@FREE.FR"), cells, {"DUPOND"}).text, "A.DURAND@FREE.FR");
}

TEST(SettleEmail, AUsualDomainIsPutRight) {
  auto cells = cells_of("X@GMAIL.COH");
  cells[10] = torn('H', 0.7, 'M');
  EXPECT_EQ(ocr::settle_email(as_read("X@GMAIL.COH"), cells, {}).text, "X@GMAIL.COM");
}

TEST(SettleEmail, AnEndingOfDomainsIsPutRight) {
  auto cells = cells_of("X@MAISON.FK");
  cells[10] = torn('K', 0.7, 'R');
  EXPECT_EQ(ocr::settle_email(as_read("X@MAISON.FK"), cells, {}).text, "X@MAISON.FR");
}

}  // namespace
