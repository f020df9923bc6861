// What a later letter may be recognised by.
#include "classify/keys.hpp"

#include <gtest/gtest.h>

#include "letter/filed.hpp"
#include "tests/classify/letters.hpp"

namespace {

using letter::FollowUpKey;
using letters::fill;
using letters::free_letter;

bool has(const std::vector<FollowUpKey>& keys, const std::string& kind, const std::string& value) {
  return std::find(keys.begin(), keys.end(), FollowUpKey{kind, letter::PersonalText(value)}) != keys.end();
}

const std::string reference = letter::text(letter::CaseRef{2026, 1234});

TEST(Keys, APrintedReferenceIsFound) {
  EXPECT_TRUE(
      has(classify::keys(free_letter("Votre référence : " + reference + ".")), "reference", reference));
}

TEST(Keys, AReferenceWithAWrongKeyIsNone) {
  std::string wrong = reference;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  EXPECT_TRUE(classify::keys(free_letter("Réf. " + wrong)).empty());
}

TEST(Keys, AMemberNumberOfTheFormIsFound) {
  auto read = letters::form("", {});
  fill(read, "NUM_ADHERENT", "ab 12 34 56");
  EXPECT_TRUE(has(classify::keys(read), "member", "AB123456"));
}

TEST(Keys, AMemberNumberInTheTextIsFound) {
  EXPECT_TRUE(has(classify::keys(free_letter("N° d'adhérent : 40718822")), "member", "40718822"));
}

TEST(Keys, AContractNumberInTheTextIsFound) {
  EXPECT_TRUE(has(classify::keys(free_letter("mon contrat n° P-5512-03 du 4 mai")), "contract", "P551203"));
}

TEST(Keys, ANumberBothOnFormAndInTextIsOneKey) {
  auto read = letters::free_letter("adhérent 40718822");
  fill(read, "NUM_ADHERENT", "40718822");
  EXPECT_EQ(classify::keys(read).size(), 1U);
}

TEST(Keys, NameAndBirthDateMakeOneKey) {
  auto read = letters::form("", {});
  fill(read, "NOM_USAGE", "Lefèvre");
  fill(read, "PRENOM", "Anaïs");
  fill(read, "DATE_NAISSANCE", "02 03 1957");
  EXPECT_TRUE(has(classify::keys(read), "name_birth", "LEFEVRE ANAIS 1957-03-02"));
}

TEST(Keys, AnImpossibleBirthDateMakesNone) {
  auto read = letters::form("", {});
  fill(read, "NOM_USAGE", "Lefèvre");
  fill(read, "PRENOM", "Anaïs");
  fill(read, "DATE_NAISSANCE", "31 02 1957");
  EXPECT_TRUE(classify::keys(read).empty());
}

TEST(Keys, AnUnreadFieldMakesNone) {
  auto read = letters::form("", {});
  fill(read, "NUM_CONTRAT", "AB123456");
  read.fields.back().verdict = letter::Verdict::unread;
  EXPECT_TRUE(classify::keys(read).empty());
}

TEST(Keys, NameAndAddressOfAFormMakeOneKey) {
  auto read = letters::form("", {});
  fill(read, "NOM_USAGE", "Lefèvre");
  fill(read, "PRENOM", "Anaïs");
  fill(read, "ADR_CP", "6 9 0 0 7");
  fill(read, "ADR_VOIE", "12 rue des Lilas");
  EXPECT_TRUE(has(classify::keys(read), "name_address", "LEFEVRE ANAIS|69007|12 RUE DES LILAS"));
}

TEST(Keys, TheHeadOfALetterGivesNameAndAddress) {
  auto read = free_letter("Je relance.");
  fill(read, "EXPEDITEUR", "Anaïs Lefèvre\nBât. C\n12 rue des Lilas\n69007 Lyon");
  EXPECT_TRUE(has(classify::keys(read), "name_address", "ANAIS LEFEVRE|69007|12 RUE DES LILAS"));
}

TEST(Keys, ADateOfBirthToldInTheTextGoesWithTheSender) {
  auto read = free_letter("Je soussignée, née le 2 mars 1957 à Brest, conteste.");
  fill(read, "EXPEDITEUR", "Anaïs Lefèvre\n12 rue des Lilas\n69007 Lyon");
  EXPECT_TRUE(has(classify::keys(read), "name_birth", "ANAIS LEFEVRE 1957-03-02"));
}

TEST(Keys, AHeadThatBeginsWithANumberNamesNobody) {
  auto read = free_letter("Je relance.");
  fill(read, "EXPEDITEUR", "12 rue des Lilas\n69007 Lyon");
  EXPECT_TRUE(classify::keys(read).empty());
}

TEST(Keys, ANirIsNeverAKeyWhereverItStands) {
  auto read = letters::free_letter("Adhérent n° 2 95 10 99 126 111 93, dossier 2951099126111");
  fill(read, "NIR", "295109912611193");
  fill(read, "NUM_DOSSIER", "295109912611193");
  EXPECT_TRUE(classify::keys(read).empty());
}

}  // namespace
