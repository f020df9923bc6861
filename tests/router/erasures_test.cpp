// An event's words may be gone, but not without a word.
#include "router/erasures.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

router::JournalRow row(std::uint64_t seq, const char* ref, const char* verb, const char* what = "{}") {
  router::JournalRow made;
  made.seq = seq;
  made.case_ref = ref;
  made.verb = verb;
  made.what = what;
  return made;
}

std::optional<std::uint64_t> unexplained(const std::vector<router::JournalRow>& rows) {
  router::ErasureCheck check;
  for (const auto& one : rows) check.look_at(one);
  return check.unexplained();
}

TEST(Erasures, APurgeExplainsThem) {
  EXPECT_FALSE(unexplained({row(1, "a", "filed", ""), row(2, "a", "corrected", ""), row(3, "a", "purged")}));
}

TEST(Erasures, ASecretExplainsThem) {
  EXPECT_FALSE(unexplained({row(1, "a", "corrected", ""), row(2, "a", "made_secret")}));
}

TEST(Erasures, AnotherCasesPurgeExplainsNothing) {
  EXPECT_EQ(unexplained({row(1, "a", "filed", ""), row(2, "b", "purged")}), 1u);
}

TEST(Erasures, WhatIsErasedAfterThePurgeIsNotExplainedByIt) {
  EXPECT_EQ(unexplained({row(1, "a", "purged"), row(2, "a", "corrected", "")}), 2u);
}

TEST(Erasures, AnErasedPurgeExplainsNothing) {
  EXPECT_EQ(unexplained({row(1, "a", "filed", ""), row(2, "a", "purged", "")}), 1u);
}

TEST(Erasures, TheFirstOneIsTold) {
  EXPECT_EQ(unexplained({row(1, "b", "filed"), row(2, "b", "filed", ""), row(3, "a", "filed", "")}), 2u);
}

}  // namespace
