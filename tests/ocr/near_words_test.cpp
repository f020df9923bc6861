// Words with a letter wrong.
#include "ocr/prose/near_words.hpp"

#include <gtest/gtest.h>

namespace {

TEST(NearWords, OneLetterInFiveMayBeWrong) {
  EXPECT_FALSE(ocr::nearly("MADARNE", "MADAME"));  // two edits in six letters
  EXPECT_TRUE(ocr::nearly("MADANE", "MADAME"));
  EXPECT_TRUE(ocr::nearly("SALUTATLOMS", "SALUTATIONS"));
}

TEST(NearWords, ShortWordsMustBeRight) {
  EXPECT_FALSE(ocr::nearly("TSB", "TSA"));
  EXPECT_TRUE(ocr::nearly("TSA", "TSA"));
}

TEST(NearWords, ALetterMayBeMissingOrTooMuch) {
  EXPECT_TRUE(ocr::nearly("KLSIA", "KLESIA"));
  EXPECT_TRUE(ocr::nearly("KLLESIA", "KLESIA"));
}

TEST(NearWords, AnyWordOfALineCounts) {
  EXPECT_TRUE(ocr::says_nearly("VEUILLEZ AGREER MES SALUTATLONS.", {"SALUTATIONS"}));
  EXPECT_FALSE(ocr::says_nearly("MA RENTE EST DUE", {"SALUTATIONS"}));
}

TEST(NearWords, ALineOpensWithItsFirstWord) {
  EXPECT_TRUE(ocr::opens_nearly("0BJET : MA RENTE", {"OBJET"}));
  EXPECT_FALSE(ocr::opens_nearly("MON OBJET", {"OBJET"}));
}

}  // namespace
