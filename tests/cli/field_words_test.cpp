// A French screen shows no English id.
#include "cli/field_words.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

struct Screen {
  std::ostringstream out, err;
  cli::Front front;
  explicit Screen(const std::string& lang) : front{lang, out, err, [] { return letter::Instant{}; }, {}} {}
};

TEST(FieldWords, EveryVerdictAndTickHasAFrenchWord) {
  const Screen screen("fr");
  for (const auto verdict : {letter::Verdict::accepted, letter::Verdict::to_confirm, letter::Verdict::unread})
    EXPECT_NE(cli::word(verdict, screen.front), letter::id(verdict));
  for (const auto tick : {letter::TickState::blank, letter::TickState::ticked, letter::TickState::corrected,
                          letter::TickState::doubtful})
    EXPECT_NE(cli::word(tick, screen.front), letter::id(tick));
}

TEST(FieldWords, EveryActOfTheRegisterHasAFrenchWord) {
  const Screen screen("fr");
  for (const char* verb :
       {"filed", "opened", "claimed", "released", "corrected", "requalified", "rerouted", "split", "joined",
        "acknowledged", "answered", "withdrawn", "undone", "earlier_complaint", "joins_unknown"})
    EXPECT_NE(cli::event_word(verb, screen.front), verb);
}

TEST(FieldWords, EnglishScreensSayTheIds) {
  const Screen screen("en");
  EXPECT_EQ(cli::word(letter::TickState::ticked, screen.front), "ticked");
  EXPECT_EQ(cli::event_word("claimed", screen.front), "claimed");
}

TEST(FieldWords, AnUnknownActIsShownAsItIs) {
  const Screen screen("fr");
  EXPECT_EQ(cli::event_word("levitated", screen.front), "levitated");
}

}  // namespace
