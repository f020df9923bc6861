#include "ingest/outbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Outbox, ANewLetterIsDueAtOnce) {
  Outbox outbox;
  outbox.add(7);
  EXPECT_THAT(outbox.due(Millis(0)), ElementsAre(7));
}

TEST(Outbox, ASentLetterWaitsForItsReceipt) {
  Outbox outbox;
  outbox.add(7);
  outbox.sent(7, Millis(0));
  EXPECT_THAT(outbox.due(Outbox::first_wait - Millis(1)), IsEmpty());
}

TEST(Outbox, WithoutAReceiptItIsSentAgain) {
  Outbox outbox;
  outbox.add(7);
  outbox.sent(7, Millis(0));
  EXPECT_THAT(outbox.due(Outbox::first_wait), ElementsAre(7));
}

TEST(Outbox, EachWaitIsLongerButNeverEndless) {
  Outbox outbox;
  outbox.add(7);
  for (int i = 0; i < 20; ++i) outbox.sent(7, Millis(0));
  EXPECT_THAT(outbox.due(Outbox::last_wait), ElementsAre(7));
  EXPECT_THAT(outbox.due(Outbox::last_wait - Millis(1)), IsEmpty());
}

TEST(Outbox, WithNobodyThereItTriesAgainSoon) {
  Outbox outbox;
  outbox.add(7);
  outbox.unsent(7, Millis(0));
  EXPECT_THAT(outbox.due(Outbox::unsent_wait), ElementsAre(7));
}

TEST(Outbox, ASettledLetterIsNeverDue) {
  Outbox outbox;
  outbox.add(7);
  outbox.settled(7);
  EXPECT_THAT(outbox.due(Millis(1'000'000)), IsEmpty());
}

TEST(Outbox, OnlyAFewAreInFlight) {
  Outbox outbox;
  for (std::uint32_t letter = 1; letter <= 20; ++letter) outbox.add(letter);
  const auto first = outbox.due(Millis(0));
  EXPECT_EQ(first.size(), Outbox::most_in_flight);
  for (const std::uint32_t letter : first) outbox.sent(letter, Millis(0));
  EXPECT_THAT(outbox.due(Millis(1)), IsEmpty());
}

TEST(Outbox, ALetterThatMustWaitLetsOthersGo) {
  Outbox outbox;
  for (std::uint32_t letter = 1; letter <= 9; ++letter) outbox.add(letter);
  for (std::uint32_t letter = 1; letter <= 8; ++letter) outbox.later(letter, Millis(0));
  EXPECT_THAT(outbox.due(Millis(1)), ElementsAre(9));
}

}  // namespace
}  // namespace ingest
