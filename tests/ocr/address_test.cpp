// Lines of addresses, read with letters wrong, against what the house knows.
#include "ocr/prose/address.hpp"

#include <gtest/gtest.h>

namespace {

const ocr::Towns& towns() {
  static const ocr::Towns loaded(VAGUEMESTRE_MODELS_DIR);
  return loaded;
}
std::string town_line(const std::string& read) { return ocr::town_line(read, towns()); }

TEST(Address, ATownGivesItsPostcodeTheRightFigures) {
  EXPECT_EQ(town_line("13200 Vichy"), "03200 Vichy");
  EXPECT_EQ(town_line("13188 Aix-en-Provence"), "13100 Aix-en-Provence");
}

TEST(Address, APostcodeGivesItsTownTheRightLetters) {
  EXPECT_EQ(town_line("33600 Pessoc"), "33600 Pessac");
  EXPECT_EQ(town_line("42000 Saint-Etienme"), "42000 Saint-Etienne");
}

TEST(Address, APlaceThatIsRightStaysAsItIsWritten) {
  EXPECT_EQ(town_line("42000 Saint-Étienne"), "42000 Saint-Étienne");
  EXPECT_EQ(town_line("44600 St Nazaire"), "44600 St Nazaire");
}

TEST(Address, ATownOfSeveralPostcodesLeavesADoubtfulOneAlone) {
  EXPECT_EQ(town_line("75999 Paris"), "75999 Paris");
}

TEST(Address, AStreetIsNoTown) { EXPECT_EQ(town_line("58 rue du Faubourg"), "58 rue du Faubourg"); }

TEST(Address, WordsThatAreNearlyTheHousesBecomeThem) {
  EXPECT_EQ(ocr::house_line("KLESTA - Service Réclanations"), "KLESIA - Service Réclamations");
  EXPECT_EQ(ocr::house_line("À l'attention de Madame Rivière"), "À l'attention de Madame Rivière");
}

TEST(Address, AWordOfTheHouseThatLostALetterIsWholeAgain) {
  EXPECT_EQ(ocr::house_line("KLESIA Prévoya ce"), "KLESIA Prévoyance");
  EXPECT_EQ(ocr::house_line("Médecin C nseil"), "Médecin Conseil");
  EXPECT_EQ(ocr::house_line("Service Relation Client"), "Service Relation Client");
}

TEST(Address, TheTownOfTheHouseSurvivesMisreadFigures) {
  EXPECT_EQ(ocr::house_line("LA307 LYON CEDEX 07"), "69307 LYON CEDEX 07");
  EXPECT_EQ(ocr::house_line("69003 Lyon"), "69003 Lyon");
}

TEST(Address, ABoxIsTheOneThatIsNearAndNoOther) {
  EXPECT_EQ(ocr::near_box("TA 20202"), "TSA 20202");
  EXPECT_EQ(ocr::near_box("TSA 28282"), "TSA 20202");  // zeros with a stroke through them
  EXPECT_EQ(ocr::near_box("TSA 90909"), "");           // as far from one as from the other
  EXPECT_EQ(ocr::near_box("TSA 71234"), "");
}

}  // namespace
