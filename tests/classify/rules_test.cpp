// The hand-written layer: phrases, and referral against threat.
#include "classify/rules.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "classify/mediation.hpp"

namespace {

using classify::find;
using classify::phrase_of;
using classify::Referral;
using classify::words_of;

bool stands(const std::string& phrase, const std::string& text) {
  return find(phrase_of(phrase), words_of(text)).has_value();
}

const classify::Rules& rules() {
  static const classify::Rules loaded = [] {
    std::ifstream in(std::string(VAGUEMESTRE_MODELS_DIR) + "/triage/rules.toml", std::ios::binary);
    return classify::parse_rules(std::string{std::istreambuf_iterator<char>(in), {}}).value();
  }();
  return loaded;
}

Referral referral(const std::string& text) {
  return classify::mediation_view(words_of(text), rules()).referral;
}

TEST(Phrase, AccentsCaseAndApostrophesDoNotCount) { EXPECT_TRUE(stands("qu'à défaut", "QU’A  DEFAUT")); }
TEST(Phrase, AStarIsAnyEnding) { EXPECT_TRUE(stands("rembours* de soins", "le remboursement de soins")); }
TEST(Phrase, ABarIsEitherWord) { EXPECT_TRUE(stands("mon|ma mari", "mon mari")); }
TEST(Phrase, AGapIsUpToFourWords) {
  EXPECT_TRUE(stands("saisis ... médiateur", "je saisis donc aujourd'hui votre médiateur"));
}
TEST(Phrase, AGapEndsAfterFourWords) { EXPECT_FALSE(stands("a ... b", "a un deux trois quatre cinq b")); }
TEST(Phrase, APhraseStaysInItsSentence) { EXPECT_FALSE(stands("saisis le", "Je saisis. Le chat dort.")); }
TEST(Phrase, AnEmptyPhraseStandsNowhere) { EXPECT_FALSE(stands("", "mot")); }

TEST(Words, LongNumbersAreAllTheSame) { EXPECT_EQ(words_of("1234"), words_of("98765")); }
TEST(Words, ShortNumbersStay) { EXPECT_NE(words_of("GIR 4"), words_of("GIR 2")); }

TEST(Words, WhatHasteGluedOnIsTakenOff) { EXPECT_EQ(words_of("jai larret"), words_of("j'ai l'arrêt")); }
TEST(Words, AWordThatOnlyLooksGluedStaysWhole) { EXPECT_EQ(words_of("laine dans mairie").size(), 3U); }
TEST(Words, ANewClauseBeginsAtMais) {
  const auto words = words_of("la mutuelle va bien mais pas ma rente");
  EXPECT_NE(words.front().clause, words.back().clause);
}

TEST(Mediation, AReferralNow) { EXPECT_EQ(referral("Je saisis ce jour le médiateur."), Referral::referred); }
TEST(Mediation, ADeadlineIsAThreat) {
  EXPECT_EQ(referral("Sans réponse sous huit jours, je saisirai le médiateur."), Referral::threatened);
}
TEST(Mediation, WhatIsStillToComeIsAThreat) {
  EXPECT_EQ(referral("Je confierai le dossier au médiateur."), Referral::threatened);
}
TEST(Mediation, WhatIsDoneStaysDoneWhateverIsToCome) {
  EXPECT_EQ(referral("J'ai saisi le médiateur et je vous transmettrai sa réponse."), Referral::referred);
}
TEST(Mediation, AQuestionIsNoReferral) {
  EXPECT_EQ(referral("Je voudrais savoir comment fonctionne la médiation."), Referral::question);
}
TEST(Mediation, AThreatInOneSentenceDoesNotUndoAReferralInAnother) {
  EXPECT_EQ(referral("Je vous avais prévenus : à défaut, médiateur. J'ai donc saisi le médiateur hier."),
            Referral::referred);
}
TEST(Mediation, NoMediatorNoReferral) { EXPECT_EQ(referral("Remboursez mes lunettes."), Referral::none); }

TEST(Rules, ARuleThatSaysNothingKnownIsRefused) {
  const auto parsed = classify::parse_rules("[[rule]]\nsays = \"moon\"\nweight = 1.0\nphrases = [\"a\"]\n");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, "rules.rule");
}
TEST(Rules, ARuleWithoutPhrasesIsRefused) {
  EXPECT_FALSE(classify::parse_rules("[[rule]]\nsays = \"mediation\"\nweight = 1.0\n").has_value());
}
TEST(Rules, AnAlternativeWithAnApostropheIsRefused) {
  const auto parsed =
      classify::parse_rules("[[rule]]\nsays = \"mediation\"\nweight = 1.0\nphrases = [\"avis|d'avis\"]\n");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, "rules.phrase");
}
TEST(Rules, BrokenTomlIsRefused) { EXPECT_FALSE(classify::parse_rules("[[rule").has_value()); }

}  // namespace
