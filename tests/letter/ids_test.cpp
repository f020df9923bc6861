// Names of letters, cases, queues and states: what is written can be read again, and nothing else.
#include <gtest/gtest.h>

#include "letter/filed.hpp"

namespace {

using namespace letter;

TEST(LetterIds, AreWrittenWithSevenDigits) { EXPECT_EQ(text(LetterId{"LYON1", 123}), "LYON1-0000123"); }

TEST(LetterIds, AreReadAsTheyAreWritten) {
  EXPECT_EQ(parse_letter_id("LYON1-0000123"), (LetterId{"LYON1", 123}));
}

TEST(LetterIds, AreRefusedWhenAnythingIsOdd) {
  for (const char* odd : {"", "-", "LYON1", "LYON1-", "LYON1-123", "LYON1-00001234", "lyon1-0000123",
                          "LYON_1-0000123", "-0000123", "LYON1-0000000", "LYON1-+000123", "LYON1-000012 ",
                          "ABCDEFGHIJKLMNOPQ-0000123", "LY-ON-0000123", "../X-0000123"})
    EXPECT_EQ(parse_letter_id(odd), std::nullopt) << odd;
}

TEST(CaseRefs, CarryAKeyModulo97) {
  // 20260001234 = 97 * 208865992 + 10, and 97 - 10 = 87.
  EXPECT_EQ(text(CaseRef{2026, 1234}), "2026-0001234-87");
}

TEST(CaseRefs, AreReadAsTheyAreWritten) {
  for (const std::uint32_t number : {1u, 96u, 97u, 98u, 1234u, 9'999'999u}) {
    const CaseRef ref{2026, number};
    EXPECT_EQ(parse_case_ref(text(ref)), ref);
  }
}

TEST(CaseRefs, OneWrongDigitIsAlwaysNoticed) {
  const std::string good = text(CaseRef{2026, 1234});
  for (std::size_t at = 0; at < good.size(); ++at)
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = good;
      if (wrong[at] == '-' || wrong[at] == digit) continue;
      wrong[at] = digit;
      EXPECT_EQ(parse_case_ref(wrong), std::nullopt) << wrong;
    }
}

TEST(CaseRefs, TwoDigitsSwappedAreNoticed) { EXPECT_EQ(parse_case_ref("2026-0002134-87"), std::nullopt); }

TEST(Queues, AreReadAsTheyAreWritten) {
  for (const Queue queue : all_queues) EXPECT_EQ(parse_queue(id(queue)), queue);
}

TEST(Queues, HaveNamesInBothLanguagesAndADestination) {
  for (const Queue queue : all_queues) {
    EXPECT_FALSE(french(queue).empty());
    EXPECT_FALSE(english(queue).empty());
    EXPECT_FALSE(destination(queue).empty());
  }
}

TEST(Queues, ThreeShareTheBoxInLyon) {
  int shared = 0;
  for (const Queue queue : all_queues)
    shared += destination(queue).find("TSA 20202") != std::string_view::npos;
  EXPECT_EQ(shared, 3);
}

TEST(PostBoxes, AreReadAsTheyAreWritten) {
  for (const PostBox box : {PostBox::none, PostBox::tsa_20202, PostBox::cs_30027, PostBox::tsa_90200})
    EXPECT_EQ(parse_post_box(id(box)), box);
}

TEST(PostBoxes, SpacingAndCaseDoNotMatter) {
  EXPECT_EQ(parse_post_box("tsa20202"), PostBox::tsa_20202);
  EXPECT_EQ(parse_post_box("CS 30 027"), PostBox::cs_30027);
  EXPECT_EQ(parse_post_box("none"), PostBox::none);
}

TEST(PostBoxes, AnUnknownBoxIsRefused) { EXPECT_EQ(parse_post_box("TSA 20203"), std::nullopt); }

TEST(States, AreReadAsTheyAreWritten) {
  for (const State state :
       {State::registered, State::acknowledged, State::holding, State::answered, State::closed,
        State::requalified, State::redirected, State::merged, State::withdrawn})
    EXPECT_EQ(parse_state(id(state)), state);
}

TEST(SentBases, AreReadAsTheyAreWritten) {
  for (const SentBasis basis : {SentBasis::desk, SentBasis::lrar_deposit, SentBasis::postmark,
                                SentBasis::franking, SentBasis::written, SentBasis::arrival_minus_3})
    EXPECT_EQ(parse_sent_basis(id(basis)), basis);
}

TEST(Readings, VerdictsHowsAndTicksAreReadAsTheyAreWritten) {
  for (const auto v : {Verdict::accepted, Verdict::to_confirm, Verdict::unread})
    EXPECT_EQ(parse_verdict(id(v)), v);
  for (const auto h : {How::typed, How::hand, How::tick, How::barcode}) EXPECT_EQ(parse_how(id(h)), h);
  for (const auto t : {TickState::blank, TickState::ticked, TickState::corrected, TickState::doubtful})
    EXPECT_EQ(parse_tick_state(id(t)), t);
}

TEST(Readings, AFieldIsFoundByItsId) {
  ReadLetter read;
  read.fields.resize(2);
  read.fields[1].id = "CP";
  EXPECT_EQ(find(read, "CP"), &read.fields[1]);
  EXPECT_EQ(find(read, "VILLE"), nullptr);
}

}  // namespace
