// Documents as trees: JSON and TOML say the same things in two ways.
#include <gtest/gtest.h>

#include <limits>

#include "letter/tree.hpp"

namespace {

using namespace letter;

TEST(Trees, AMissingKeyIsNull) { EXPECT_TRUE(value(Tree::object(), "a").is_null()); }

TEST(Trees, AnotherKindGivesTheDefault) {
  EXPECT_EQ(Tree("7").integer_or(3), 3);
  EXPECT_EQ(Tree(7).text_or("x"), "x");
  EXPECT_EQ(Tree(7).number_or(1.5), 7.0);
  EXPECT_TRUE(Tree(7).flag_or(true));
}

TEST(Trees, SettingAKeyTwiceKeepsTheLastInTheFirstPlace) {
  Tree tree = Tree::object();
  tree.set("a", 1).set("b", 2).set("a", 3);
  EXPECT_EQ(dump_json(tree), R"({"a":3,"b":2})");
}

TEST(Json, IsReadAsItIsWritten) {
  const char* text = R"({"z":[1,-2.5,true,null,"é\n"],"a":{"b":[]}})";
  EXPECT_EQ(dump_json(parse_json(text).value()), text);
}

TEST(Json, BrokenTextIsAFaultThatSaysWhere) {
  const auto broken = parse_json("{\"a\": }");
  EXPECT_EQ(broken.error().code, "json.syntax");
  EXPECT_NE(broken.error().en.find("byte 7"), std::string::npos) << broken.error().en;
}

TEST(Json, ABottomlessNestIsAFault) {
  EXPECT_EQ(parse_json(std::string(100'000, '[') + std::string(100'000, ']')).error().code, "json.depth");
}

TEST(Json, ANumberTooLargeForAnIntegerIsANumber) {
  EXPECT_DOUBLE_EQ(parse_json("18446744073709551615")->number_or(0), 18446744073709551615.0);
  EXPECT_EQ(parse_json("1e999").error().code, "json.value");
}

TEST(Json, WhatIsNotANumberIsWrittenAsNull) {
  EXPECT_EQ(dump_json(Tree(std::numeric_limits<double>::quiet_NaN())), "null");
  EXPECT_EQ(dump_json(Tree(std::numeric_limits<double>::infinity())), "null");
}

TEST(Json, BadUtf8IsWrittenRepaired) { EXPECT_EQ(dump_json(Tree("caf\xe9")), "\"caf\uFFFD\""); }

TEST(Toml, GivesTheSameTreeAsJson) {
  const auto toml = parse_toml("z = [1, -2.5, true, 'é']\n[a]\nb = {c = 1}\n", "x.toml");
  const auto json = parse_json(R"({"z":[1,-2.5,true,"é"],"a":{"b":{"c":1}}})");
  EXPECT_EQ(toml.value(), json.value());
}

TEST(Toml, KeepsTheOrderOfWriting) {
  EXPECT_EQ(dump_json(parse_toml("b = 1\na = 2\n[z]\n[c]\n[[y]]\nn=1\n[[y]]\nn=2\n", "x.toml").value()),
            R"({"b":1,"a":2,"z":{},"c":{},"y":[{"n":1},{"n":2}]})");
}

TEST(Toml, ADateIsTheTextItWasWrittenAs) {
  EXPECT_EQ(value(parse_toml("d = 2026-11-23", "x.toml").value(), "d").text_or(""), "2026-11-23");
}

TEST(Toml, BrokenTextIsAFaultThatNamesFileAndLine) {
  const auto broken = parse_toml("a = 1\nb = = 2\n", "x.toml");
  EXPECT_EQ(broken.error().code, "toml.syntax");
  EXPECT_NE(broken.error().fr.find("x.toml:2:"), std::string::npos) << broken.error().fr;
}

}  // namespace
