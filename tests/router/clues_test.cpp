// By what letters are recognised: keys in one spelling, what they have in common, what is noted of them.
#include "router/clues.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/router/letters.hpp"

namespace {

using letter::FollowUpKey;
using Keys = std::vector<FollowUpKey>;

FollowUpKey key(const char* kind, const char* value) { return {kind, letter::PersonalText(value)}; }

Keys keys_of(const Keys& as_sorted, bool nir = false) {
  letter::SortedLetter sorted;
  sorted.keys = as_sorted;
  sorted.read.fields = {made::text_field("NIR", "2 95 10 99 126 111 93")};
  return router::keys_of(sorted, {"", nir});
}

router::Kinship kinship(const Keys& mine, const Keys& theirs) {
  return router::kinship(keys_of(mine), keys_of(theirs));
}

bool share_a_clue(const Keys& mine, const Keys& theirs) {
  const auto one = router::clues(keys_of(mine), {}), other = router::clues(keys_of(theirs), {});
  return std::ranges::any_of(one,
                             [&](const std::string& clue) { return std::ranges::count(other, clue) > 0; });
}

const FollowUpKey member = key("member", "40718822"), contract = key("contract", "P551203");
const FollowUpKey anais = key("name_birth", "LEFEVRE ANAIS 1957-03-02");
const FollowUpKey at_home = key("name_address", "ANAIS LEFEVRE|69007|12 RUE DES LILAS");

TEST(Clues, TheNirIsNoKey) { EXPECT_TRUE(keys_of({}).empty()); }

TEST(Clues, TheNirIsAKeyWhereTheSwitchIsOn) {
  EXPECT_EQ(keys_of({}, true), Keys{key("nir", "2951099126111")});
}

TEST(Clues, NothingIsNotedInClear) {
  for (const std::string& clue : router::clues(keys_of({member, anais, at_home}), {})) {
    EXPECT_EQ(clue.find("ANAIS"), std::string::npos);
    EXPECT_EQ(clue.find("40718822"), std::string::npos);
  }
}

TEST(Clues, AnotherKeyMakesOtherClues) {
  const router::FollowRules other{std::string(32, 'k'), false};
  const auto one = router::clues(keys_of({member}), {}), two = router::clues(keys_of({member}), other);
  EXPECT_TRUE(std::ranges::none_of(one, [&](const auto& clue) { return std::ranges::count(two, clue) > 0; }));
}

TEST(Clues, AnotherKeyIsAnotherMark) {
  EXPECT_NE(router::clue_mark({}), router::clue_mark({std::string(32, 'k'), false}));
}

TEST(Clues, OfAReferenceNothingIsNoted) {
  EXPECT_TRUE(router::clues(keys_of({key("reference", "2026-0000001-59")}), {}).empty());
}

TEST(Kinship, TwoExactKeysAreSure) { EXPECT_TRUE(kinship({member, contract}, {member, contract}).is_sure()); }

TEST(Kinship, NameWithBirthDateAndNameWithAddressAreTwoKeys) {
  EXPECT_TRUE(kinship({anais, at_home}, {anais, at_home}).is_sure());
}

TEST(Kinship, OneExactKeyIsOnlyLikely) {
  const auto kin = kinship({member}, {member, contract});
  EXPECT_FALSE(kin.is_sure());
  EXPECT_TRUE(kin.is_likely());
}

TEST(Kinship, TwoNumbersOfTheSameKindAreOneKey) {
  const FollowUpKey second = key("member", "99887766");
  EXPECT_FALSE(kinship({member, second}, {member, second}).is_sure());
}

TEST(Kinship, AnotherDateOfBirthMakesTwoExactKeysOnlyLikely) {
  const FollowUpKey paul = key("name_birth", "LEFEVRE PAUL 1984-11-21");
  const auto kin = kinship({member, contract, anais}, {member, contract, paul});
  EXPECT_FALSE(kin.is_sure());
  EXPECT_TRUE(kin.is_likely());
}

TEST(Kinship, TheCompanysContractAloneIsNothingBetweenTwoEmployees) {
  const FollowUpKey paul = key("name_birth", "BERTIN PAUL 1984-11-21");
  EXPECT_FALSE(kinship({contract, anais}, {contract, paul}).is_likely());
}

TEST(Kinship, AMisreadNameWithItsBirthDateIsLikely) {
  const auto kin = kinship({anais}, {key("name_birth", "LEFEBVRE ANA1S 1957-03-02")});
  EXPECT_EQ(kin.because(), "name_birth~");
  EXPECT_TRUE(kin.is_likely());
}

TEST(Kinship, AMisreadFigureOfTheBirthDateIsLikely) {
  EXPECT_TRUE(kinship({anais}, {key("name_birth", "LEFEVRE ANAIS 1957-08-02")}).is_likely());
}

TEST(Kinship, AMisreadFigureOfANumberIsLikelyForTheSameName) {
  EXPECT_EQ(
      kinship({member, at_home}, {key("member", "40718322"), key("name_birth", "LEFEVRE ANAIS 1957-03-02")})
          .because(),
      "member~");
}

TEST(Kinship, AMisreadFigureOfANumberIsNothingBetweenTwoNames) {
  const auto paul = key("name_birth", "PETIT PAUL 1957-03-02");
  EXPECT_FALSE(kinship({member, anais}, {key("member", "40718322"), paul}).is_likely());
}

TEST(Kinship, ANumberOneFigureApartIsNothingByItself) {
  EXPECT_FALSE(kinship({member}, {key("member", "40718823")}).is_likely());
}

TEST(Kinship, ANamesakeIsNothing) {
  EXPECT_FALSE(kinship({anais}, {key("name_birth", "LEFEVRE ANAIS 1991-10-17")}).is_likely());
}

struct FoundAgain : testing::TestWithParam<std::pair<FollowUpKey, FollowUpKey>> {};
TEST_P(FoundAgain, BySomeClue) { EXPECT_TRUE(share_a_clue({GetParam().first}, {GetParam().second})); }
INSTANTIATE_TEST_SUITE_P(
    WithOneMisreading, FoundAgain,
    testing::Values(std::pair{member, key("member", "40718322")}, std::pair{member, key("member", "4071822")},
                    std::pair{anais, key("name_birth", "XEFEVRE ANAIS 1957-03-02")},
                    std::pair{anais, key("name_birth", "LEFEVRE ANAIS 1957-08-02")},
                    std::pair{at_home, key("name_address", "ANAIS LEFEVRE|69001|12 RUE DES LILAS")}));

}  // namespace
