#include "ocr/boxes/lexicon.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "letter/result.hpp"

namespace {

using ocr::WordKind;

class WordList : public testing::Test {
 protected:
  bool knows(WordKind kind, const std::string& word) const {
    const auto& list = lexicon.of(kind, word.size());
    return std::find(list.begin(), list.end(), word) != list.end();
  }
  ocr::Lexicon lexicon{VAGUEMESTRE_MODELS_DIR};
};

TEST_F(WordList, AFirstNameIsAFamilyNameToo) {
  EXPECT_TRUE(knows(WordKind::given, "MARTIN"));
  EXPECT_TRUE(knows(WordKind::family, "MARTIN"));
}

TEST_F(WordList, AFamilyNameIsNoFirstName) {
  EXPECT_TRUE(knows(WordKind::family, "ADENAUER"));
  EXPECT_FALSE(knows(WordKind::given, "ADENAUER"));
}

TEST_F(WordList, WordsStandInCapitalsWithoutAccentsAndInThePlural) {
  EXPECT_TRUE(knows(WordKind::word, "REPUBLIQUE"));
  EXPECT_TRUE(knows(WordKind::word, "ECOLES"));
}

TEST_F(WordList, WhatIsSpelledLikeNoWordIsNone) { EXPECT_FALSE(knows(WordKind::word, "CHARTAL")); }

TEST_F(WordList, NoWordIsOfAnyLength) { EXPECT_TRUE(lexicon.of(WordKind::word, 400).empty()); }

TEST(Lexicon, WithoutItsFileNothingIsRead) { EXPECT_THROW(ocr::Lexicon("/nowhere"), letter::BrokenWorld); }

}  // namespace
