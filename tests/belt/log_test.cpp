// One event, one line; a name does not fit.
#include "belt/log.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <regex>

#include "letter/tree.hpp"

namespace {

using belt::Log;
using belt::LogValue;

static_assert(std::constructible_from<LogValue, const char*, std::string>);
static_assert(std::constructible_from<LogValue, const char*, int>);
static_assert(std::constructible_from<LogValue, const char*, letter::LetterId>);
static_assert(!std::constructible_from<LogValue, const char*, letter::PersonalText>,
              "a name must not be logged");

template <class Say>
std::string said(bool json, Say say) {
  testing::internal::CaptureStderr();
  Log log("ingest", json);
  say(log);
  return testing::internal::GetCapturedStderr();
}

TEST(Log, ALineHasTimeLevelDaemonEventAndValues) {
  const auto line = said(false, [](Log& log) {
    log.info("receipt", {{"id", letter::LetterId{"LYON1", 123}}, {"pages", 3}, {"share", 0.5}});
  });
  EXPECT_TRUE(std::regex_match(
      line,
      std::regex(
          R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info ingest receipt id=LYON1-0000123 pages=3 share=0.5\n)")))
      << line;
}

TEST(Log, JsonIsOneObjectALine) {
  const auto line = said(true, [](Log& log) {
    log.warn("refused", {{"reason", letter::Reason{"tiff.cut", "é", "e"}}, {"n", 2}});
  });
  const auto tree = letter::parse_json(line).value();
  EXPECT_EQ(value(tree, "level").text_or(""), "warn");
  EXPECT_EQ(value(tree, "daemon").text_or(""), "ingest");
  EXPECT_EQ(value(tree, "event").text_or(""), "refused");
  EXPECT_EQ(value(tree, "reason").text_or(""), "tiff.cut");
  EXPECT_EQ(value(tree, "n").integer_or(0), 2);
}

TEST(Log, AReasonIsLoggedByItsCodeAlone) {
  const auto line = said(false, [](Log& log) {
    log.error("x", {{"reason", letter::Reason{"a.b", "phrase", "s"}}});
  });
  EXPECT_EQ(line.find("phrase"), std::string::npos);
}

TEST(Log, ATextWithALineBreakStaysOneLine) {
  const auto line = said(false, [](Log& log) { log.info("x", {{"what", "a\nb \"c\""}}); });
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_NE(line.find(R"(what="a\nb \"c\"")"), std::string::npos) << line;
}

TEST(Log, BadUtf8IsRepairedInBothForms) {
  for (const bool json : {false, true}) {
    const auto line = said(json, [](Log& log) { log.info("x", {{"what", "caf\xe9"}}); });
    EXPECT_NE(line.find("caf\uFFFD"), std::string::npos) << line;
  }
}

}  // namespace
