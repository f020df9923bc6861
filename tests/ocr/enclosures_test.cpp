// What a form says comes with it, against what came.
#include "ocr/form/enclosures.hpp"

#include <gtest/gtest.h>

namespace {

letter::ReadLetter form(const std::string& declared, bool goes_on) {
  letter::ReadLetter read;
  read.fields.resize(2);
  read.fields[0].id = "NB_PJ";
  read.fields[0].text = letter::PersonalText(declared);
  read.fields[1].id = "SUITE";
  read.fields[1].how = letter::How::tick;
  read.fields[1].tick = goes_on ? letter::TickState::ticked : letter::TickState::blank;
  return read;
}

std::size_t notes(letter::ReadLetter read, std::size_t other_pages) {
  ocr::check_enclosures(read, other_pages);
  return read.fields[0].notes.size() + read.fields[1].notes.size();
}

TEST(Enclosures, AsManyPagesAsDeclaredIsWell) { EXPECT_EQ(notes(form("02", false), 2), 0u); }
TEST(Enclosures, APageTooFewIsNoted) { EXPECT_EQ(notes(form("02", false), 1), 1u); }
TEST(Enclosures, TheContinuationIsNoEnclosure) { EXPECT_EQ(notes(form("02", true), 2), 1u); }
TEST(Enclosures, AMissingContinuationIsNoted) { EXPECT_EQ(notes(form("", true), 0), 1u); }
TEST(Enclosures, ANumberThatWasMisreadDeclaresNothing) { EXPECT_EQ(notes(form("O2", false), 0), 0u); }
TEST(Enclosures, NothingDeclaredIsNothingMissing) { EXPECT_EQ(notes(form("", false), 0), 0u); }

TEST(Enclosures, TheNoteDoesNotAskAnybodyAboutTheSorting) {
  auto read = form("03", true);
  ocr::check_enclosures(read, 0);
  EXPECT_TRUE(read.notes.empty());
}

}  // namespace
