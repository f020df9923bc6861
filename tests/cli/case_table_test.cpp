// The table of a queue, for eyes that may not see everything.
#include "cli/case_table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

std::string table_of(std::uint32_t letters) {
  std::ostringstream out, err;
  const cli::Front front{"fr", out, err, [] { return letter::Instant{}; }, {}};
  letter::CaseRow row;
  row.ref = "2026-0000103-54";
  row.queue = "incapacite_invalidite";
  row.letters = letters;
  return cli::case_table({row}, front);
}

TEST(CaseTable, AVeiledRowDoesNotSayThatNothingIsToBeReviewed) {
  EXPECT_EQ(table_of(0).find("non\n"), std::string::npos);
  EXPECT_EQ(table_of(0).find("0 %"), std::string::npos);
}

TEST(CaseTable, AnOpenRowSaysWhetherItIsToBeReviewed) {
  EXPECT_NE(table_of(1).find("non"), std::string::npos);
  EXPECT_NE(table_of(1).find("0 %"), std::string::npos);
}

}  // namespace
