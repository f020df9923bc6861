#include <gtest/gtest.h>

#include "belt/daemon.hpp"
#include "letter/tree.hpp"
#include "tests/cli/stage.hpp"

namespace {

letter::Tree clock_json(const std::string& sent) {
  Stage stage;
  EXPECT_EQ(stage.run({"clock", "--sent", sent, "--json"}), belt::exit_ok);
  const auto tree = letter::parse_json(stage.out.str());
  EXPECT_TRUE(tree.has_value());
  return tree.value_or(letter::Tree());
}

std::string field(const letter::Tree& tree, const char* name) {
  return letter::value(tree, name).text_or("");
}

TEST(ClockCommand, PrintsTheIssuesExample) {
  const auto tree = clock_json("2026-11-23");
  EXPECT_EQ(field(tree, "sent"), "2026-11-23");
  EXPECT_EQ(field(tree, "ack_due"), "2026-12-04");
  EXPECT_EQ(field(tree, "ack_post_by"), "2026-12-04");
  EXPECT_EQ(field(tree, "answer_due"), "2027-01-23");
  EXPECT_EQ(field(tree, "answer_post_by"), "2027-01-22");
  EXPECT_EQ(field(tree, "mediation_open"), "2027-01-23");
  EXPECT_EQ(field(tree, "mediation_last"), "2027-11-23");
}

TEST(ClockCommand, ClampsToTheMonthsLastDay) {
  EXPECT_EQ(field(clock_json("2026-12-31"), "answer_due"), "2027-02-28");
}

TEST(ClockCommand, IsReadByPeopleInFrench) {
  Stage stage;
  EXPECT_EQ(stage.run({"clock", "--sent", "2026-11-23"}), belt::exit_ok);
  EXPECT_NE(stage.out.str().find("Accusé de réception dû le   2026-12-04"), std::string::npos)
      << stage.out.str();
}

TEST(ClockCommand, ADayThatDoesNotExistIsAWrongUse) {
  EXPECT_EQ(cli::parse({"clock", "--sent", "2026-02-30"}, cli::commands()).error().code, "usage.value");
}

}  // namespace
