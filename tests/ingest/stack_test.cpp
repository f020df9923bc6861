#include "ingest/stack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "looks.hpp"

namespace ingest {
namespace {

using letter::PostBox;
using testing::ElementsAre;
using testing::IsEmpty;

const letter::Day today = *letter::parse_day("2026-11-23"), tomorrow = *letter::parse_day("2026-11-24");

// First page (from 0) and number of pages of every letter.
std::vector<std::pair<std::uint32_t, std::uint32_t>> cuts(const std::vector<page::FirstLook>& looks,
                                                          const StackRule& rule = {}) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const Planned& letter : plan(looks, rule).letters) found.emplace_back(letter.first, letter.pages);
  return found;
}

using Cut = std::pair<std::uint32_t, std::uint32_t>;

std::vector<std::string> notes_of(const Planned& letter) {
  std::vector<std::string> codes;
  for (const letter::Reason& note : letter.notes) codes.push_back(note.code);
  return codes;
}

TEST(Stack, WithoutSeparatorsAFileIsALetter) {
  const Stack stack = plan({plain_page(), plain_page()}, {});
  EXPECT_TRUE(stack.is_whole());
  EXPECT_EQ(stack.letters[0].pages, 2U);
}

TEST(Stack, ASeparatorCutsAndIsNoPageOfALetter) {
  EXPECT_THAT(cuts({plain_page(), doc_sheet(), plain_page(), plain_page()}),
              ElementsAre(Cut{0, 1}, Cut{2, 2}));
}

TEST(Stack, ASeparatorFirstMakesNoEmptyLetter) {
  EXPECT_THAT(cuts({doc_sheet(), plain_page(), doc_sheet(), doc_sheet(), plain_page(), doc_sheet()}),
              ElementsAre(Cut{1, 1}, Cut{4, 1}));
}

TEST(Stack, EverySheetIsALettersPageOrCountedAsASeparator) {
  const Stack stack = plan({batch_sheet(), doc_sheet(), plain_page(), sealed_sheet(), blank_page()}, {});
  std::uint32_t pages = 0;
  for (const Planned& letter : stack.letters) pages += letter.pages;
  EXPECT_EQ(pages + stack.separators.size(), stack.pages);
}

TEST(Stack, NothingButSeparatorsIsNoLetter) {
  const Stack stack = plan({batch_sheet(), doc_sheet()}, {});
  EXPECT_THAT(stack.letters, IsEmpty());
  EXPECT_EQ(stack.separators.size(), 2U);
}

TEST(Stack, ADoubtfulSheetCutsNothingAndIsNoted) {
  const Stack stack = plan({plain_page(), doubtful_sheet(), plain_page()}, {});
  ASSERT_EQ(stack.letters.size(), 1U);
  EXPECT_THAT(notes_of(stack.letters[0]), ElementsAre("separator.doubtful"));
}

TEST(Stack, APageThatCouldNotBeSeenMayHaveBeenASeparator) {
  EXPECT_THAT(notes_of(plan({plain_page(), unseen_page()}, {}).letters[0]), ElementsAre("stack.unseen"));
}

TEST(Stack, BlankPagesAreMarkedAndStay) {
  const Stack stack = plan({doc_sheet(), blank_page(), plain_page(), blank_page()}, {});
  EXPECT_EQ(stack.letters[0].pages, 3U);
  EXPECT_THAT(stack.letters[0].blank, ElementsAre(0, 2));
}

TEST(Stack, TheStationsBoxHoldsUntilASheetSaysOtherwise) {
  StackRule rule;
  rule.box = PostBox::tsa_20202;
  const Stack stack = plan({plain_page(), doc_sheet(PostBox::cs_30027), plain_page()}, rule);
  EXPECT_EQ(stack.letters[0].box, PostBox::tsa_20202);
  EXPECT_EQ(stack.letters[1].box, PostBox::cs_30027);
}

TEST(Stack, ASeparatorsBoxIsOfItsLetterAlone) {
  const Stack stack = plan({doc_sheet(PostBox::cs_30027), plain_page(), doc_sheet(), plain_page()}, {});
  EXPECT_EQ(stack.letters[1].box, PostBox::none);
}

TEST(Stack, ABatchsBoxAndDateAreOfAllItsLetters) {
  page::Separator header;
  header.type = page::SeparatorType::batch;
  header.box = PostBox::tsa_90200;
  header.arrived_on = *letter::parse_day("2026-11-20");
  StackRule rule;
  rule.today = today;
  const Stack stack = plan({separator_sheet(header), plain_page(), doc_sheet(), plain_page()}, rule);
  for (const Planned& letter : stack.letters) {
    EXPECT_EQ(letter.box, PostBox::tsa_90200);
    EXPECT_EQ(letter.arrived_on, header.arrived_on);
  }
}

TEST(Stack, ABatchEndsWhereTheNextBegins) {
  const Stack stack =
      plan({batch_sheet(1, PostBox::cs_30027), plain_page(), batch_sheet(1), plain_page()}, {});
  EXPECT_EQ(stack.letters[1].box, PostBox::none);
  EXPECT_EQ(stack.separators[0].found, 1U);
  EXPECT_EQ(stack.separators[1].found, 1U);
}

TEST(Stack, ABatchOfTheAnnouncedNumberNeedsNoNote) {
  const Stack stack = plan({batch_sheet(2), plain_page(), doc_sheet(), plain_page()}, {});
  EXPECT_THAT(stack.letters[0].notes, IsEmpty());
}

TEST(Stack, ABatchOfAnotherNumberIsNotedOnEachOfItsLetters) {
  const Stack stack = plan({plain_page(), batch_sheet(3), plain_page(), doc_sheet(), plain_page()}, {});
  EXPECT_THAT(notes_of(stack.letters[0]), IsEmpty());
  EXPECT_THAT(notes_of(stack.letters[1]), ElementsAre("batch.count"));
  EXPECT_THAT(notes_of(stack.letters[2]), ElementsAre("batch.count"));
  EXPECT_EQ(stack.separators[0].expected, 3U);
  EXPECT_EQ(stack.separators[0].found, 2U);
}

TEST(Stack, ABatchFromTomorrowKeepsNoDateAndSaysSo) {
  page::Separator header;
  header.type = page::SeparatorType::batch;
  header.arrived_on = tomorrow;
  StackRule rule;
  rule.today = today;
  const Stack stack = plan({separator_sheet(header), plain_page()}, rule);
  EXPECT_FALSE(stack.letters[0].arrived_on.ok());
  EXPECT_THAT(notes_of(stack.letters[0]), ElementsAre("batch.date"));
}

TEST(Stack, AfterASealedSheetTheLetterIsSealedAndTheNextIsNot) {
  const Stack stack = plan({sealed_sheet(), plain_page(), doc_sheet(), plain_page()}, {});
  EXPECT_TRUE(stack.letters[0].sealed);
  EXPECT_FALSE(stack.letters[1].sealed);
}

TEST(Stack, WhatTheOperatorSealedStaysSealed) {
  StackRule rule;
  rule.sealed = true;
  for (const Planned& letter : plan({plain_page(), doc_sheet(), plain_page()}, rule).letters)
    EXPECT_TRUE(letter.sealed);
}

TEST(Stack, TheInsideOfAClosedEnvelopeIsNoted) {
  EXPECT_THAT(notes_of(plan({sealed_sheet(), plain_page(), plain_page()}, {}).letters[0]),
              ElementsAre("sealed.pages"));
}

TEST(Stack, TheBlankBackOfAnEnvelopeIsNoInside) {
  EXPECT_THAT(plan({sealed_sheet(), blank_page(), plain_page()}, {}).letters[0].notes, IsEmpty());
}

TEST(Stack, AClosedEnvelopeIsCutByNothingButASheet) {
  StackRule rule;
  rule.pages_per_letter = 1;
  rule.form_first_page = true;
  const Stack stack = plan({sealed_sheet(), plain_page(), form_page(), form_page()}, rule);
  ASSERT_EQ(stack.letters.size(), 1U);
  EXPECT_TRUE(stack.letters[0].sealed);
}

TEST(Stack, NoNumberIsTakenFromAClosedEnvelope) {
  page::FirstLook envelope = plain_page();
  envelope.marks.lrar = {"1A12345678901"};
  EXPECT_EQ(plan({sealed_sheet(), envelope}, {}).letters[0].lrar, "");
  EXPECT_EQ(plan({doc_sheet(), envelope}, {}).letters[0].lrar, "1A12345678901");
}

TEST(Stack, AFormSeparatesOnlyWhereTheStationSaysSo) {
  const std::vector<page::FirstLook> looks{form_page(), plain_page(), form_page()};
  EXPECT_THAT(cuts(looks), ElementsAre(Cut{0, 3}));
  StackRule rule;
  rule.form_first_page = true;
  EXPECT_THAT(cuts(looks, rule), ElementsAre(Cut{0, 2}, Cut{2, 1}));
}

TEST(Stack, TheEnvelopeBetweenASheetAndItsFormStaysWithIt) {
  StackRule rule;
  rule.form_first_page = true;
  EXPECT_THAT(cuts({doc_sheet(), plain_page(), form_page(), form_page()}, rule),
              ElementsAre(Cut{1, 2}, Cut{3, 1}));
}

TEST(Stack, TwoFormsInOneLetterMeanAMissingSeparator) {
  EXPECT_THAT(notes_of(plan({form_page(), plain_page(), form_page()}, {}).letters[0]),
              ElementsAre("separator.missed"));
}

TEST(Stack, AFixedNumberOfPagesCutsToo) {
  StackRule rule;
  rule.pages_per_letter = 2;
  EXPECT_THAT(cuts({plain_page(), plain_page(), plain_page(), doc_sheet(), plain_page()}, rule),
              ElementsAre(Cut{0, 2}, Cut{2, 1}, Cut{4, 1}));
}

}  // namespace
}  // namespace ingest
