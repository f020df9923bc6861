// Tables for spreadsheets.
#include "cli/csv.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Csv, BeginsWithTheMarkOfUtf8) {
  EXPECT_TRUE(
      cli::csv({"a"}, {}).starts_with("\xEF\xBB\xBF"
                                      "a\r\n"));
}

TEST(Csv, SeparatesBySemicolons) { EXPECT_TRUE(cli::csv({"a", "b"}, {{"1", "2"}}).ends_with("1;2\r\n")); }

TEST(Csv, QuotesWhatWouldSeparate) {
  EXPECT_TRUE(cli::csv({"a"}, {{"un; \"deux\""}}).ends_with("\"un; \"\"deux\"\"\"\r\n"));
}

TEST(Csv, NoCellIsAFormula) {
  for (const char* cell : {"=1+1", "+33", "-2", "@x", "\tx"})
    EXPECT_TRUE(cli::csv({"a"}, {{cell}}).ends_with("'" + std::string(cell) + "\r\n")) << cell;
}

}  // namespace
