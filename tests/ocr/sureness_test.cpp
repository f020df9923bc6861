#include "ocr/boxes/sureness.hpp"

#include <gtest/gtest.h>

namespace {

std::string table(const std::string& name, double weight, std::size_t left_out = 0) {
  std::string text = "[" + name + "]\nbase = 2.0\n";
  for (std::size_t i = left_out; i < ocr::evidence_names.size(); ++i)
    text += std::string(ocr::evidence_names[i]) + " = " + std::to_string(weight) + "\n";
  return text;
}

TEST(Sureness, TheCommittedWeightsAreWhole) { EXPECT_NO_THROW(ocr::Sureness(VAGUEMESTRE_MODELS_DIR)); }

TEST(Sureness, HandsAndMachinesHaveWeightsOfTheirOwn) {
  const auto sure = ocr::Sureness::parse(table("hand", -1) + table("typed", -0.1));
  ASSERT_TRUE(sure);
  ocr::Evidence doubt{};
  doubt[0] = 4;
  EXPECT_LT(sure->of(doubt, true), 0.2);
  EXPECT_GT(sure->of(doubt, false), 0.8);
}

TEST(Sureness, AFileThatLacksAWeightIsRefused) {
  const auto refused = ocr::Sureness::parse(table("hand", -1, 1) + table("typed", -1));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "boxes.sureness");
}

TEST(Sureness, WhatIsNoTomlIsRefused) { EXPECT_FALSE(ocr::Sureness::parse("[hand")); }

TEST(Sureness, WithoutItsFileNothingIsRead) { EXPECT_THROW(ocr::Sureness("/nowhere"), letter::BrokenWorld); }

}  // namespace
