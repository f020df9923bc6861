// What ties letters and cases together in the register: clues and proposals. The same promises in memory and
// on disk.
#include "tests/router/both_registers.hpp"

namespace {

using letter::CaseRef;
using made::sorted;
using router::Case;
using router::Transaction;

template <class Kind>
class Links : public made::EitherRegister<Kind> {
 protected:
  using made::EitherRegister<Kind>::transact;

  CaseRef case_with(std::uint32_t letter_number, const std::vector<std::string>& clues) {
    CaseRef ref;
    transact([&](Transaction& in) {
      ref = this->case_of_letter(in, letter_number);
      in.note_clues(sorted(letter_number).read.letter.id, clues);
    });
    return ref;
  }
  std::vector<CaseRef> with(const std::vector<std::string>& clues, std::size_t of_each = 10) {
    std::vector<CaseRef> found;
    transact([&](Transaction& in) { found = in.cases_with(clues, of_each); });
    return found;
  }
  std::vector<router::Proposal> proposals(const CaseRef& ref) {
    std::vector<router::Proposal> found;
    transact([&](Transaction& in) { found = in.proposals(ref); });
    return found;
  }
};

TYPED_TEST_SUITE(Links, made::BothRegisters);

const std::string red("r\0d", 3), blue = "blue";  // clues are any bytes

TYPED_TEST(Links, FindsTheCasesOfAClueTheLatestFirst) {
  const auto one = this->case_with(1, {red}), two = this->case_with(2, {red, blue});
  EXPECT_EQ(this->with({red}), (std::vector{two, one}));
}

TYPED_TEST(Links, GivesACaseOnceHoweverManyCluesItShares) {
  const auto one = this->case_with(1, {red, blue});
  EXPECT_EQ(this->with({red, blue}), std::vector{one});
}

TYPED_TEST(Links, LooksAtTheLatestLettersOfAClueOnly) {
  this->case_with(1, {red});
  const auto two = this->case_with(2, {red});
  EXPECT_EQ(this->with({red}, 1), std::vector{two});
}

TYPED_TEST(Links, NotingAnewForgetsWhatWasNoted) {
  const auto one = this->case_with(1, {red});
  this->transact([](Transaction& in) { in.note_clues({"LYON1", 1}, {blue}); });
  EXPECT_TRUE(this->with({red}).empty());
  EXPECT_EQ(this->with({blue}), std::vector{one});
}

TYPED_TEST(Links, AClueFollowsItsLetterToAnotherCase) {
  this->case_with(1, {red});
  const auto two = this->case_with(2, {});
  this->transact([&](Transaction& in) { in.move({"LYON1", 1}, two); });
  EXPECT_EQ(this->with({red}), std::vector{two});
}

TYPED_TEST(Links, RemembersHowCluesWereMade) {
  this->transact([](Transaction& in) {
    EXPECT_EQ(in.clue_mark(), "");
    in.set_clue_mark(red);
  });
  this->transact([](Transaction& in) { EXPECT_EQ(in.clue_mark(), red); });
}

TYPED_TEST(Links, WalksOverEveryLetter) {
  this->case_with(1, {});
  this->case_with(2, {});
  this->transact([](Transaction& in) {
    int seen = 0;
    in.for_each_letter([&seen](const letter::SortedLetter&) { ++seen; });
    EXPECT_EQ(seen, 2);
  });
}

TYPED_TEST(Links, AProposalStandsOnBothSidesUntilItIsSettled) {
  const auto one = this->case_with(1, {}), two = this->case_with(2, {});
  const router::Proposal proposal{two, one, "member"};
  this->transact([&](Transaction& in) { in.propose(proposal); });
  EXPECT_EQ(this->proposals(one), std::vector{proposal});
  EXPECT_EQ(this->proposals(two), std::vector{proposal});
  this->transact([&](Transaction& in) { in.settle(proposal, "refused"); });
  EXPECT_TRUE(this->proposals(one).empty());
}

TYPED_TEST(Links, WhatWasRefusedIsNotProposedAgain) {
  const auto one = this->case_with(1, {}), two = this->case_with(2, {});
  this->transact([&](Transaction& in) {
    in.propose({two, one, "member"});
    in.settle({two, one, "member"}, "refused");
    in.propose({two, one, "member"});
  });
  EXPECT_TRUE(this->proposals(one).empty());
}

TYPED_TEST(Links, KeepsTheBoxAndTheNewsOfACase) {
  const auto ref = this->case_with(1, {});
  this->transact([&](Transaction& in) {
    Case value = *in.load(ref);
    value.box = letter::PostBox::tsa_90200;
    value.news = 3;
    in.save(value);
    EXPECT_EQ(in.load(ref), value);
  });
}

}  // namespace
