#include "cli/mask.hpp"

#include <gtest/gtest.h>

#include "letter/text.hpp"

namespace {

TEST(Mask, ANirInATextIsMasked) {
  EXPECT_EQ(cli::nirs_masked("Mon numéro 2951059123456 merci"),
            "Mon numéro " + letter::masked_nir("2951059123456") + " merci");
}

TEST(Mask, ASpacedNirWithItsKeyIsMasked) {
  EXPECT_EQ(cli::nirs_masked("2 95 10 59 123 456 42."), letter::masked_nir("295105912345642") + ".");
}

TEST(Mask, ACorsicanNirIsMasked) {
  EXPECT_EQ(cli::nirs_masked("195102A123456").find("2A123456"), std::string::npos);
}

TEST(Mask, APhoneNumberStays) { EXPECT_EQ(cli::nirs_masked("06 12 34 56 78"), "06 12 34 56 78"); }

TEST(Mask, ACaseReferenceStays) {
  EXPECT_EQ(cli::nirs_masked("joint à 2026-0000001-59 hier"), "joint à 2026-0000001-59 hier");
}

TEST(Mask, ADateAndATimeStay) { EXPECT_EQ(cli::nirs_masked("2026-11-23 08:15"), "2026-11-23 08:15"); }

}  // namespace
