// What would have changed a decision is told, and it is true.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/classify/letters.hpp"

namespace {

using letter::Queue;

TEST(Turning, IsToldWithTheQueueThatItWouldBe) {
  const auto out = letters::sorted("Merci de me rembourser mes lunettes, la mutuelle refuse.");
  ASSERT_TRUE(out.otherwise.has_value());
  EXPECT_FALSE(out.turning.empty());
  EXPECT_NE(*out.otherwise, out.queue);
}

TEST(Turning, IsSmall) {
  const auto out = letters::sorted("Ma rente d'invalidité est impayée depuis mars.");
  EXPECT_LE(out.turning.size(), 4U);
}

TEST(Turning, OfATickAloneIsTheTick) {
  const auto out = letters::sorted(letters::form("voir courrier", {"OBJ_SANTE"}));
  ASSERT_EQ(out.queue, Queue::frais_sante);
  const bool tick = std::any_of(out.turning.begin(), out.turning.end(),
                                [](const letter::Evidence& one) { return one.kind == "tick"; });
  EXPECT_TRUE(tick);
}

TEST(Turning, StandsOnThePage) {
  const auto out = letters::sorted("Mes lunettes ne sont pas remboursées.");
  ASSERT_FALSE(out.turning.empty());
  EXPECT_NE(out.turning.front().box, letter::Box{});
}

TEST(Turning, OfAClosedEnvelopeIsNothing) {
  letter::ReadLetter read;
  read.letter.sealed = true;
  const auto out = letters::sorted(read);
  EXPECT_TRUE(out.turning.empty());
  EXPECT_FALSE(out.otherwise.has_value());
}

}  // namespace
