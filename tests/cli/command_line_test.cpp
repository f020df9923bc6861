#include <gtest/gtest.h>

#include "cli/command.hpp"

namespace {

std::string fault_of(const std::vector<std::string>& words) {
  const auto parsed = cli::parse(words, cli::commands());
  return parsed ? "" : parsed.error().code;
}

TEST(CommandLine, AnUnknownCommandIsSaidSo) { EXPECT_EQ(fault_of({"fly"}), "usage.command"); }

TEST(CommandLine, AMissingOptionIsNamed) {
  const auto parsed = cli::parse({"clock"}, cli::commands());
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().fr, "Il manque --sent.");
}

TEST(CommandLine, AnOptionWithoutItsValueIsNamed) {
  EXPECT_EQ(fault_of({"clock", "--sent"}), "usage.value_missing");
}

TEST(CommandLine, AnUnknownOptionIsAWrongUse) { EXPECT_EQ(fault_of({"version", "--fast"}), "usage.unknown"); }

TEST(CommandLine, WhatWasTypedIsNotRepeatedBecauseFileNamesNamePeople) {
  const auto parsed = cli::parse({"version", "DUPONT_Martine.tif"}, cli::commands());
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().fr.find("DUPONT"), std::string::npos);
}

TEST(CommandLine, SeveralFilesAreKeptInOrder) {
  const auto parsed = cli::parse({"submit", "a.tif", "b.tif", "--box", "TSA 20202"}, cli::commands());
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->arguments.texts("FILE"), (std::vector<std::string>{"a.tif", "b.tif"}));
}

TEST(CommandLine, AnUnknownPostBoxIsAWrongUse) {
  EXPECT_EQ(fault_of({"submit", "a.tif", "--box", "TSA 99999"}), "usage.value");
}

TEST(CommandLine, ANegativeCountIsAWrongUse) {
  EXPECT_EQ(fault_of({"specimen", "--count=-3", "--seed", "1", "--out", "x"}), "usage.value");
}

TEST(CommandLine, HelpIsAskedForAnywhere) {
  const auto parsed = cli::parse({"clock", "--help"}, cli::commands());
  ASSERT_TRUE(parsed.has_value());
  EXPECT_TRUE(parsed->help);
}

TEST(CommandLine, HelpWithACommandIsThatCommandsHelp) {
  const auto parsed = cli::parse({"help", "clock"}, cli::commands());
  ASSERT_TRUE(parsed.has_value() && parsed->command != nullptr);
  EXPECT_EQ(parsed->command->name, "clock");
}

TEST(CommandLine, TheLanguageIsTakenByEveryCommand) {
  EXPECT_TRUE(cli::parse({"version", "--lang", "en"}, cli::commands()).has_value());
}

TEST(CommandLine, ALanguageWeDoNotSpeakIsAWrongUse) {
  EXPECT_FALSE(cli::parse({"version", "--lang", "de"}, cli::commands()).has_value());
}

}  // namespace
