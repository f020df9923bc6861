// Numbers by which a letter names its writer, as they are written and as they are misread.
#include "ocr/prose/references.hpp"

#include <gtest/gtest.h>

namespace {

std::string text_of(const std::string& line, const std::string& id) {
  for (const auto& one : ocr::find_references(line))
    if (one.id == id) return one.text;
  return "";
}

TEST(References, AContractIsTheNumberBehindTheWord) {
  EXPECT_EQ(text_of("Contrat n° P12345678", "CONTRAT"), "P12345678");
  EXPECT_EQ(text_of("Mon contrat de prévoyance numéro 7781-4402", "CONTRAT"), "7781-4402");
  EXPECT_EQ(text_of("CONTRAT : PRV 1234 5678", "CONTRAT"), "PRV12345678");
}

TEST(References, ALongWordBeforeANumberMayBeMisread) {
  EXPECT_EQ(text_of("Centrat n° PRV73163306", "CONTRAT"), "PRV73163306");
  EXPECT_EQ(text_of("Nohérent n° 19692801", "ADHERENT"), "19692801");
  EXPECT_EQ(text_of("Dessier n° D26256927", "DOSSIER"), "D26256927");
  EXPECT_EQ(text_of("Content de vous lire, 19692801", "CONTRAT"), "");
}

TEST(References, AContractOfADateIsNone) {
  EXPECT_EQ(text_of("le contrat du 12/03/2026", "CONTRAT"), "");
  EXPECT_EQ(text_of("Mon contrat n'est pas appliqué depuis 2024", "CONTRAT"), "");
}

TEST(References, AMemberNumberAndAFileNumber) {
  EXPECT_EQ(text_of("N° d'adhérent : K1234567", "ADHERENT"), "K1234567");
  EXPECT_EQ(text_of("Vos réf. : D26123456", "DOSSIER"), "D26123456");
  EXPECT_EQ(text_of("dossier sinistre n° D26 123456", "DOSSIER"), "D26123456");
}

TEST(References, ANirIsKnownByItsKey) {
  EXPECT_EQ(text_of("2 53 07 2A 073 004 43", "NIR"), "253072A07300443");
  EXPECT_EQ(text_of("N° de sécurité sociale : 253072A07300443", "NIR"), "253072A07300443");
  EXPECT_EQ(text_of("2 53 07 2A 073 004 44", "NIR"), "");
}

TEST(References, AnOReadInANirIsAZero) {
  EXPECT_EQ(text_of("N° de sécurité sociale : 2 53 O7 2A 073 0O4 43", "NIR"), "253072A07300443");
}

TEST(References, ALetterAmongFiguresWasAFigure) {
  EXPECT_EQ(text_of("Dossier n° D2618378s", "DOSSIER"), "D26183785");
  EXPECT_EQ(text_of("Contrat 7781-B", "CONTRAT"), "7781-B");
  EXPECT_EQ(text_of("Tél. 035301354$", "TELEPHONE"), "0353013545");
}

TEST(References, AnOBeforeFiguresThatAreOneTooFewWasAZero) {
  EXPECT_EQ(text_of("Contrat n° PRVO5384324", "CONTRAT"), "PRV05384324");
  EXPECT_EQ(text_of("Contrat n° PRO5384324", "CONTRAT"), "PR05384324");
  EXPECT_EQ(text_of("Contrat n° PRO12345678", "CONTRAT"), "PRO12345678");
}

TEST(References, ANirIsNoPhone) { EXPECT_EQ(text_of("2 53 07 2A 073 004 43", "TELEPHONE"), ""); }

TEST(References, APhoneInAllItsForms) {
  for (const char* phone : {"Tél. 06 39 98 12 34", "06.39.98.12.34", "+33 6 39 98 12 34",
                            "+33 (0)6 39 98 12 34", "Tél : O6 39 98 12 34"})
    EXPECT_EQ(text_of(phone, "TELEPHONE"), "0639981234") << phone;
}

TEST(References, AnAddressOfMailSurvivesAMisreadSign) {
  EXPECT_EQ(text_of("Courriel : Jean.Petit@mail.example", "COURRIEL"), "jean.petit@mail.example");
  EXPECT_EQ(text_of("jean.petit©mail.example", "COURRIEL"), "jean.petit@mail.example");
}

TEST(References, AnIbanIsCheckedAndMasked) {
  EXPECT_EQ(text_of("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN"), "FR7630006000011234567890189");
  EXPECT_EQ(text_of("FR14 2004 1010 0505 0001 3M02 606", "IBAN"), "FR1420041010050500013M02606");
  EXPECT_EQ(ocr::masked_iban("FR7630006000011234567890189"), "FR76 **** **** **** **** **** 189");
}

TEST(References, AStrokeIsASevenWhereTheKeySaysSo) {
  EXPECT_EQ(text_of("IBAN : FR/6 9999 90/9 3456 5987 2659 032", "IBAN"), "FR7699999079345659872659032");
  EXPECT_EQ(text_of("SIRET 498/4588400029", "SIRET"), "49874588400029");
}

TEST(References, ASiretNeedsItsKeyOrItsName) {
  EXPECT_EQ(text_of("SIRET 732 829 320 00074", "SIRET"), "73282932000074");
  EXPECT_EQ(text_of("732 829 320 00079", "SIRET"), "");
}

TEST(References, TheBoxSurvivesAMisreadFigure) {
  EXPECT_EQ(text_of("TSA 2O202", "BOITE"), "TSA 20202");
  EXPECT_EQ(text_of("CS 30027", "BOITE"), "CS 30027");
  EXPECT_EQ(text_of("CS 300217", "BOITE"), "CS 30027");
  EXPECT_EQ(text_of("TSA 12345", "BOITE"), "TSA 12345");
}

TEST(References, AnAmountIsNoReference) {
  EXPECT_TRUE(ocr::find_references("Vous me devez 1 250,00 € depuis le 3 mars 2026.").empty());
}

}  // namespace
