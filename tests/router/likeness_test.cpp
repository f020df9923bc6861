// Names and numbers of which one was misread.
#include "router/likeness.hpp"

#include <gtest/gtest.h>

namespace {

using router::nearly_same;
using router::person;
using router::reading_distance;
using router::skeleton;

TEST(Likeness, TheSameTextIsNoDistanceAway) { EXPECT_EQ(reading_distance("DUPONT", "DUPONT"), 0); }

TEST(Likeness, IsTheSameBothWays) {
  EXPECT_DOUBLE_EQ(reading_distance("LEFEVRE", "LEFEBURE"), reading_distance("LEFEBURE", "LEFEVRE"));
}

TEST(Likeness, ALetterTakenForItsLookalikeCostsLessThanForAnother) {
  EXPECT_LT(reading_distance("DUPONT", "DUP0NT"), reading_distance("DUPONT", "DUPXNT"));
}

TEST(Likeness, AThinStrokeVanishesMoreEasilyThanALetter) {
  EXPECT_LT(reading_distance("MARTIN", "MARTN"), reading_distance("MARTIN", "MATIN"));
}

struct Misread : testing::TestWithParam<std::pair<const char*, const char*>> {};
TEST_P(Misread, AreNearlyTheSame) { EXPECT_TRUE(nearly_same(GetParam().first, GetParam().second)); }
INSTANTIATE_TEST_SUITE_P(Names, Misread,
                         testing::Values(std::pair{"ANAIS LEFEVRE", "ANAIS LEFEBVRE"},
                                         std::pair{"DUPONT MARIE", "DUP0NT MARlE"},
                                         std::pair{"MARIE MULLER", "MARIE MUILER"},
                                         std::pair{"BENALI KARIM", "BENAL1 KARIM"}));

struct Different : testing::TestWithParam<std::pair<const char*, const char*>> {};
TEST_P(Different, AreNotNearlyTheSame) { EXPECT_FALSE(nearly_same(GetParam().first, GetParam().second)); }
INSTANTIATE_TEST_SUITE_P(Names, Different,
                         testing::Values(std::pair{"DUPONT MARIE", "DURAND MARIE"},
                                         std::pair{"LEROY PAUL", "LEROY ANNE"},
                                         std::pair{"JEAN MARTIN", "BERTRAND MARTIN"}, std::pair{"LI", "LO"}));

TEST(Likeness, APersonIsTheSameWhicheverNameComesFirst) {
  EXPECT_EQ(person("MME ANAIS LEFEVRE"), person("LEFEVRE ANAIS"));
}

TEST(Likeness, HyphenAndSpaceMakeNoDifference) {
  EXPECT_EQ(person("JEAN-PAUL ROY"), person("ROY JEAN PAUL"));
}

TEST(Likeness, ASkeletonIsTheSameHoweverANameIsSpelled) {
  EXPECT_EQ(skeleton("LEFEVRE SOPHIE"), skeleton("LEFAIVRE SOFI"));
}

TEST(Likeness, ASkeletonSurvivesALookalike) { EXPECT_EQ(skeleton("DUPONT"), skeleton("DUP0NT")); }

}  // namespace
