// Whatever was read, a decision comes out.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "letter/wire.hpp"
#include "tests/classify/letters.hpp"

namespace {

using letters::free_letter;
using letters::sorted;

void expect_sane(const letter::SortedLetter& out) {
  double sum = 0;
  for (const double p : out.probabilities) {
    EXPECT_TRUE(std::isfinite(p) && p >= 0 && p <= 1) << p;
    sum += p;
  }
  EXPECT_NEAR(sum, 1, 1e-6);
  EXPECT_EQ(out.needs_review, !out.reasons.empty());
}

TEST(Totality, NothingAtAll) { expect_sane(classify::sort({}, letters::triage(), {})); }

TEST(Totality, OnlyPunctuation) { expect_sane(sorted("... !!! ??? ;;; ---")); }

TEST(Totality, BytesThatAreNoText) {
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes.push_back(static_cast<char>((i * 37) & 0xFF));
  expect_sane(sorted(bytes));
}

TEST(Totality, AMegabyteOfWords) {
  std::string text;
  while (text.size() < 1'000'000) text += "lunettes remboursées médiateur à défaut ";
  expect_sane(sorted(text));
}

TEST(Totality, OneWordOfAMegabyte) { expect_sane(sorted(std::string(1'000'000, 'a'))); }

TEST(Totality, EmojiAndArabicAndChinese) { expect_sane(sorted("😡😡 أين نقودي 我的钱在哪里")); }

TEST(Totality, FieldsWithoutForm) {
  auto read = free_letter("x");
  letters::fill(read, "NUM_ADHERENT", "");
  letters::fill(read, "", "12345678");
  expect_sane(sorted(read));
}

TEST(Totality, SortingTwiceGivesTheSame) {
  const auto read = free_letter("Je conteste le refus de ma rente d'invalidité.");
  EXPECT_EQ(sorted(read), sorted(read));
}

TEST(Totality, WhatWasReadIsKept) {
  const auto read = free_letter("Je conteste.");
  EXPECT_EQ(sorted(read).read, read);
}

TEST(Totality, WhatIsSaidTravels) {
  auto read =
      letters::form("Ma mutuelle ne rembourse pas mes lunettes, adhérent n° 40718822.", {"OBJ_SANTE"});
  read.form_version = 1;
  read.letter.arrived_on = letter::parse_day("2026-11-23").value();
  read.letter.masters.push_back({std::string(64, 'a'), 1000, "image/png", 1});
  letters::fill(read, "NOM_USAGE", "MARTIN");
  const auto out = sorted(read);
  const auto back = letter::decode_sorted(letter::encode(out));
  ASSERT_TRUE(back.has_value()) << back.error().code;
  EXPECT_EQ(*back, out);
}

TEST(Totality, AMissingModelIsABrokenWorld) {
  EXPECT_THROW(classify::Triage("no/such/folder"), letter::BrokenWorld);
}

}  // namespace
