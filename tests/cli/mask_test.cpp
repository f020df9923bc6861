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

TEST(Mask, DatesInARowStay) {
  EXPECT_EQ(cli::nirs_masked("2026-11-26 2026-11-27 2027-01-14"), "2026-11-26 2026-11-27 2027-01-14");
}

TEST(Mask, ACompanysNumberStays) { EXPECT_EQ(cli::nirs_masked("641 881 073 00028"), "641 881 073 00028"); }

TEST(Mask, AFalseCompanysNumberIsMaskedBecauseItMayBeAMisreadNir) {
  EXPECT_EQ(cli::nirs_masked("64188107300029").find("300029"), std::string::npos);
}

TEST(Mask, TheFieldOfTheNirIsMaskedHoweverBadlyRead) {
  EXPECT_EQ(cli::field_masked("NIR", "29510591").find("591"), std::string::npos);
}

TEST(Mask, TheFieldOfTheCompanysNumberStays) {
  EXPECT_EQ(cli::field_masked("SIRET", "64188107300029"), "64188107300029");
}

TEST(Mask, ADateAndATimeStay) { EXPECT_EQ(cli::nirs_masked("2026-11-23 08:15"), "2026-11-23 08:15"); }

}  // namespace
