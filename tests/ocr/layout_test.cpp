// Free letters, by their lines alone: whose words they are and who wrote them.
#include "ocr/prose/layout.hpp"

#include <gtest/gtest.h>

namespace {

using ocr::FreeLine;

std::vector<FreeLine> lines(const std::vector<std::string>& texts, double confidence = 0.95) {
  std::vector<FreeLine> made;
  for (const auto& text : texts) {
    FreeLine one;
    one.line.text = letter::PersonalText(text);
    one.line.confidence = confidence;
    made.push_back(one);
  }
  return made;
}

std::vector<std::string> whole_letter() {
  return {"M. Bernard Philippe", "2 rue de la République",
          "69007 Lyon",          "KLESIA Prévoyance",
          "TSA 20202",           "Le 17 novembre 2026",
          "Madame, Monsieur,",   "Ma rente n'est pas versée depuis deux mois.",
          "Cordialement,",       "Bernard Philippe"};
}

TEST(Layout, TheSenderIsTheNameALetterBeginsWith) {
  EXPECT_EQ(ocr::sender_of(lines(whole_letter())), "Bernard Philippe");
}

TEST(Layout, AnAddressIsNoSender) {
  EXPECT_EQ(ocr::sender_of(lines({"KLESIA Prévoyance", "TSA 20202"})), "");
}

TEST(Layout, ASmudgeIsNoSender) { EXPECT_EQ(ocr::sender_of(lines(whole_letter(), 0.3)), ""); }

TEST(Layout, OwnWordsLeaveOutHeadAndSignature) {
  auto read = lines(whole_letter());
  ocr::mark_own_words(read);
  const std::string own = ocr::own_text(read);
  EXPECT_NE(own.find("Ma rente n'est pas versée"), std::string::npos);
  EXPECT_EQ(own.find("TSA 20202"), std::string::npos);
  EXPECT_EQ(own.find("Philippe"), std::string::npos);
}

TEST(Layout, TheDateIsTheOneAboveTheGreeting) {
  auto read = lines(whole_letter());
  ocr::mark_own_words(read);
  const auto date = ocr::date_of_letter(read);
  ASSERT_TRUE(date);
  EXPECT_EQ(letter::iso(date->day), "2026-11-17");
}

TEST(Layout, AnAddressAloneCanBeAnEnvelope) {
  EXPECT_TRUE(
      ocr::could_be_envelope(lines({"RECOMMANDÉ", "KLESIA Prévoyance", "TSA 20202", "69307 LYON CEDEX 07"})));
}

TEST(Layout, ALetterUnderItsOwnLabelIsNoEnvelope) {
  EXPECT_FALSE(ocr::could_be_envelope(lines(whole_letter())));
}

}  // namespace
