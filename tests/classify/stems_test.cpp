// Stems, and what two of them near each other teach.
#include "classify/stems.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "classify/triage.hpp"
#include "tests/classify/letters.hpp"

namespace {

using classify::is_silent;
using classify::stem_of;

TEST(Stems, ANounAndItsVerbShareAStem) { EXPECT_EQ(stem_of("REMBOURSEMENTS"), stem_of("REMBOURSEZ")); }

TEST(Stems, OfAShortWordFourLettersAreLeft) { EXPECT_EQ(stem_of("RENTE"), "RENT"); }

TEST(Stems, AWordOfFourLettersKeepsThemAll) { EXPECT_EQ(stem_of("IRES"), "IRES"); }

TEST(Stems, AWordThatMeansSomethingIsNotSilent) {
  EXPECT_FALSE(is_silent("DENTISTE"));
  EXPECT_TRUE(is_silent("VOTRE"));
}

// Whether the letter holds a feature of two stems near each other.
bool near(const std::string& text, const std::string& pair) {
  const auto& knowledge = letters::triage().impl().knowledge;
  const auto features = classify::features_of(classify::words_of(text), knowledge.lexicon, knowledge.rules);
  return std::any_of(features.begin(), features.end(), [&](const classify::Feature& feature) {
    return feature.family == classify::Family::near && feature.bucket == classify::bucket_of('k', pair);
  });
}

TEST(Stems, WordsWithOnlySilentOnesBetweenAreNear) {
  EXPECT_TRUE(near("Remboursez-moi mes lunettes.", "REMBOURS LUNETT"));
}

TEST(Stems, WordsOfTwoSentencesAreNotNear) {
  EXPECT_FALSE(near("Remboursez. Lunettes cassées.", "REMBOURS LUNETT"));
}

}  // namespace
