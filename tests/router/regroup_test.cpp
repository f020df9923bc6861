// Splitting and joining cases, and what becomes of their clocks.
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::LetterId;
using letter::Queue;
using letter::State;
using made::on;
using made::sorted;
using made::written_on;

struct Regroup : made::DeskTest {
  std::string of_two(std::uint32_t first, std::uint32_t second) {
    const auto ref = file(written_on(first, "2026-11-18"));
    auto more = sorted(second);
    more.read.letter.joins = ref;
    file(more);
    claim(everyone, ref);
    return ref;
  }
  std::string split_off(const std::string& ref, const std::string& letters) {
    return act(everyone, ref, "split", {{"letters", letters}}).rows.at(1).ref;
  }
};

TEST_F(Regroup, SplittingMovesTheLettersToANewCase) {
  const auto ref = of_two(1, 2);
  const auto part = split_off(ref, "LYON1-0000002");
  EXPECT_EQ(letters(ref), std::vector{(LetterId{"LYON1", 1})});
  EXPECT_EQ(letters(part), std::vector{(LetterId{"LYON1", 2})});
}

TEST_F(Regroup, SplittingKeepsTheClock) {
  const auto ref = of_two(1, 2);
  const auto part = case_at(split_off(ref, "LYON1-0000002"));
  EXPECT_EQ(part.sent_on, case_at(ref).sent_on);
  EXPECT_EQ(part.deadlines, case_at(ref).deadlines);
}

TEST_F(Regroup, ThePartIsFree) {
  const auto ref = of_two(1, 2);
  EXPECT_EQ(case_at(split_off(ref, "LYON1-0000002")).claimed_by, "");
}

TEST_F(Regroup, NotAllLettersCanBeSplitOff) {
  const auto ref = of_two(1, 2);
  EXPECT_EQ(code(act(everyone, ref, "split", {{"letters", "LYON1-0000001,LYON1-0000002"}})),
            "desk.bad_argument");
}

TEST_F(Regroup, NoLetterCanBeSplitOffTwice) {
  const auto ref = of_two(1, 2);
  EXPECT_EQ(code(act(everyone, ref, "split", {{"letters", "LYON1-0000002,LYON1-0000002"}})),
            "desk.bad_argument");
}

TEST_F(Regroup, OnlyLettersOfTheCaseCanBeSplitOff) {
  const auto ref = of_two(1, 2);
  file(sorted(3));
  EXPECT_EQ(code(act(everyone, ref, "split", {{"letters", "LYON1-0000003"}})), "desk.no_such_letter");
}

TEST_F(Regroup, ASplitCanBeUndone) {
  const auto ref = of_two(1, 2);
  const auto part = split_off(ref, "LYON1-0000002");
  EXPECT_EQ(code(act(everyone, ref, "undo")), "");
  EXPECT_EQ(letters(ref).size(), 2u);
  EXPECT_EQ(case_at(part).state, State::merged);
  EXPECT_EQ(case_at(part).merged_into, ref);
}

TEST_F(Regroup, ASplitCannotBeUndoneOnceThePartWasWorkedOn) {
  const auto ref = of_two(1, 2);
  const auto held = fencing;
  const auto part = split_off(ref, "LYON1-0000002");
  claim(everyone, part);
  fencing = held;
  EXPECT_EQ(code(act(everyone, ref, "undo")), "desk.changed_since");
}

TEST_F(Regroup, JoiningMovesTheLettersAndEndsTheCase) {
  const auto into = file(sorted(1)), ref = file(sorted(2));
  claim(everyone, ref);
  act(everyone, ref, "join", {{"into", into}});
  EXPECT_EQ(letters(into).size(), 2u);
  EXPECT_EQ(case_at(ref).state, State::merged);
  EXPECT_EQ(case_at(ref).merged_into, into);
}

TEST_F(Regroup, JoiningAnEarlierCaseMovesTheClockBack) {
  const auto into = file(written_on(1, "2026-11-20")), ref = file(written_on(2, "2026-11-10"));
  claim(everyone, ref);
  act(everyone, ref, "join", {{"into", into}});
  EXPECT_EQ(case_at(into).sent_on.date, on("2026-11-10"));
  EXPECT_EQ(case_at(into).deadlines, router::deadlines(on("2026-11-10"), rules.filing.clocks));
}

TEST_F(Regroup, JoiningALaterCaseKeepsTheEarlierClock) {
  const auto into = file(written_on(1, "2026-11-10")), ref = file(written_on(2, "2026-11-20"));
  claim(everyone, ref);
  act(everyone, ref, "join", {{"into", into}});
  EXPECT_EQ(case_at(into).sent_on.date, on("2026-11-10"));
}

TEST_F(Regroup, JoiningARequestNeverStopsAClock) {
  const auto into = file(sorted(1)), ref = file(sorted(2, Queue::non_reclamation));
  claim(everyone, ref);
  act(everyone, ref, "join", {{"into", into}});
  EXPECT_TRUE(case_at(into).deadlines);
}

TEST_F(Regroup, JoiningAComplaintToARequestStartsItsClock) {
  const auto into = file(sorted(1, Queue::non_reclamation)), ref = file(written_on(2, "2026-11-10"));
  claim(everyone, ref);
  act(everyone, ref, "join", {{"into", into}});
  EXPECT_EQ(case_at(into).deadlines, router::deadlines(on("2026-11-10"), rules.filing.clocks));
}

TEST_F(Regroup, ACaseCannotJoinItself) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  EXPECT_EQ(code(act(everyone, ref, "join", {{"into", ref}})), "desk.bad_argument");
}

TEST_F(Regroup, ACaseCannotJoinOneInOtherHands) {
  const auto into = file(sorted(1)), ref = file(sorted(2));
  claim(incapacity, into);
  claim(everyone, ref);
  EXPECT_EQ(code(act(everyone, ref, "join", {{"into", into}})), "desk.claimed");
}

TEST_F(Regroup, ACaseCannotJoinOneOfAnotherDesk) {
  const auto into = file(sorted(1, Queue::entreprise)), ref = file(sorted(2));
  claim(incapacity, ref);
  EXPECT_EQ(code(act(incapacity, ref, "join", {{"into", into}})), "desk.not_allowed");
}

TEST_F(Regroup, ACaseCannotJoinAMedicalOne) {
  const auto into = file(sorted(1, Queue::dossiers_medicaux)), ref = file(sorted(2));
  claim(everyone, ref);
  EXPECT_EQ(code(act(everyone, ref, "join", {{"into", into}})), "desk.secret");
}

TEST_F(Regroup, AJoinCanBeUndone) {
  const auto into = file(written_on(1, "2026-11-20")), ref = file(written_on(2, "2026-11-10"));
  const auto before = case_at(into);
  claim(everyone, ref);
  const auto mine = case_at(ref);
  act(everyone, ref, "join", {{"into", into}});
  EXPECT_EQ(code(act(everyone, ref, "undo")), "");
  EXPECT_EQ(case_at(into), before);
  EXPECT_EQ(case_at(ref), mine);
  EXPECT_EQ(letters(ref), std::vector{(LetterId{"LYON1", 2})});
}

TEST_F(Regroup, AJoinCannotBeUndoneOnceTheOtherWasAnswered) {
  const auto into = file(sorted(1)), ref = file(sorted(2));
  claim(everyone, ref);
  act(everyone, ref, "join", {{"into", into}});
  const auto held = fencing;
  claim(everyone, into);
  act(everyone, into, "open");
  act(everyone, into, "answer");
  fencing = held;
  EXPECT_EQ(code(act(everyone, ref, "undo")), "desk.changed_since");
}

}  // namespace
