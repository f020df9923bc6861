// Letters that belong to a case already open: joined, proposed, or told of; one clock for one complaint.
#include "router/follow_up.hpp"

#include <thread>

#include "router/sqlite_store.hpp"
#include "tests/router/desk_fixture.hpp"
#include "tests/router/temp_folder.hpp"

namespace {

using letter::Queue;
using letter::State;
using made::on;
using made::written_on;

letter::FollowUpKey key(const char* kind, const std::string& value) {
  return {kind, letter::PersonalText(value)};
}

// A letter of one member with a contract, sent on `day`.
letter::SortedLetter of_member(std::uint32_t number, const char* day) {
  auto sorted = written_on(number, day);
  sorted.keys = {key("member", "40718822"), key("contract", "P551203")};
  return sorted;
}

letter::SortedLetter naming(std::uint32_t number, const std::string& ref, const char* day = "2026-11-20") {
  auto sorted = written_on(number, day);
  sorted.keys = {key("reference", ref)};
  return sorted;
}

struct FollowUps : made::DeskTest {
  std::size_t cases() {
    std::size_t count = 0;
    store.transact([&](router::Transaction& in) { count = in.cases_after({}, 100).size(); });
    return count;
  }
  std::vector<router::Proposal> proposals(const std::string& case_ref) {
    std::vector<router::Proposal> found;
    store.transact([&](router::Transaction& in) { found = in.proposals(made::ref(case_ref)); });
    return found;
  }
  void end(const std::string& case_ref, State state = State::answered) {
    router::Case ended = case_at(case_ref);
    ended.state = state;
    store.transact([&](router::Transaction& in) { in.save(ended); });
  }
  letter::Event last_event(const std::string& case_ref, const std::string& verb) {
    letter::Event found;
    store.transact([&](router::Transaction& in) {
      for (const auto& event : in.history(made::ref(case_ref)))
        if (event.verb == verb) found = event;
    });
    return found;
  }
};

TEST_F(FollowUps, APrintedReferenceJoinsItsCase) {
  const auto first = file(written_on(1, "2026-11-18"));
  EXPECT_EQ(file(naming(2, first)), first);
  EXPECT_EQ(cases(), 1u);
}

TEST_F(FollowUps, TwoExactKeysJoinTheCase) {
  const auto first = file(of_member(1, "2026-11-18"));
  EXPECT_EQ(file(of_member(2, "2026-11-20")), first);
}

TEST_F(FollowUps, ALaterLetterNeverMovesTheClockForward) {
  const auto first = file(of_member(1, "2026-11-12"));
  file(of_member(2, "2026-11-20"));
  EXPECT_EQ(case_at(first).deadlines, router::deadlines(on("2026-11-12"), {}));
}

TEST_F(FollowUps, AnEarlierLetterThatArrivesLaterMovesTheClockBack) {
  const auto first = file(of_member(1, "2026-11-20"));
  file(of_member(2, "2026-11-12"));
  EXPECT_EQ(case_at(first).deadlines, router::deadlines(on("2026-11-12"), {}));
}

TEST_F(FollowUps, TheDeskIsToldThatALetterJoined) {
  const auto first = file(of_member(1, "2026-11-18"));
  file(of_member(2, "2026-11-20"));
  EXPECT_EQ(case_at(first).news, 1u);
  EXPECT_EQ(last_event(first, "filed").what.at("because"), "contract+member");
}

TEST_F(FollowUps, ALetterOnAnotherSubjectAsksThePersonToLook) {
  const auto first = file(of_member(1, "2026-11-18"));
  auto other = of_member(2, "2026-11-20");
  other.queue = Queue::frais_sante;
  EXPECT_EQ(file(other), first);
  EXPECT_TRUE(case_at(first).needs_review);
}

TEST_F(FollowUps, AReferralToTheMediatorInformsTheMediationCircuit) {
  const auto first = file(of_member(1, "2026-11-18"));
  auto referral = of_member(2, "2026-11-20");
  referral.queue = Queue::mediation;
  file(referral);
  EXPECT_EQ(case_at(first).secondary, Queue::mediation);
}

TEST_F(FollowUps, OneExactKeyOnlyProposes) {
  const auto first = file(of_member(1, "2026-11-18"));
  auto second = written_on(2, "2026-11-20");
  second.keys = {key("member", "40718822")};
  const auto other = file(second);
  EXPECT_NE(other, first);
  EXPECT_EQ(proposals(other), (std::vector{router::Proposal{made::ref(other), made::ref(first), "member"}}));
}

TEST_F(FollowUps, AMisreadNameOnlyProposes) {
  auto one = written_on(1, "2026-11-18"), two = written_on(2, "2026-11-20");
  one.keys = {key("name_birth", "LEFEVRE ANAIS 1957-03-02")};
  two.keys = {key("name_birth", "LEFEBVRE ANA1S 1957-03-02")};
  const auto first = file(one), second = file(two);
  ASSERT_EQ(proposals(second).size(), 1u);
  EXPECT_EQ(proposals(second).front().because, "name_birth~");
}

TEST_F(FollowUps, AProposalIsSeenFromBothCases) {
  const auto first = file(of_member(1, "2026-11-18"));
  auto second = written_on(2, "2026-11-20");
  second.keys = {key("member", "40718822")};
  const auto other = file(second);
  EXPECT_EQ(proposals(first), proposals(other));
}

TEST_F(FollowUps, AtMostThreeCasesAreProposed) {
  for (std::uint32_t number = 1; number <= 5; ++number) {
    auto relative = written_on(number, "2026-11-18");
    relative.keys = {key("member", "40718822")};
    file(relative);
  }
  auto last = written_on(6, "2026-11-20");
  last.keys = {key("member", "40718822")};
  EXPECT_EQ(proposals(file(last)).size(), 3u);
}

TEST_F(FollowUps, AContractOfManyCasesNamesNoneOfThem) {
  for (std::uint32_t number = 1; number <= 4; ++number) {
    auto colleague = written_on(number, "2026-11-18");
    colleague.keys = {key("contract", "P551203")};
    file(colleague);
  }
  auto last = written_on(5, "2026-11-20");
  last.keys = {key("contract", "P551203")};
  EXPECT_TRUE(proposals(file(last)).empty());
}

TEST_F(FollowUps, StrangersAreNotJoined) {
  file(of_member(1, "2026-11-18"));
  auto stranger = written_on(2, "2026-11-20");
  stranger.keys = {key("member", "11112222"), key("contract", "Z900001")};
  const auto other = file(stranger);
  EXPECT_EQ(cases(), 2u);
  EXPECT_TRUE(proposals(other).empty());
}

TEST_F(FollowUps, AReferenceToAMergedCaseJoinsTheOneThatTookItOver) {
  const auto first = file(written_on(1, "2026-11-18")), second = file(written_on(2, "2026-11-18"));
  claim(everyone, first);
  act(everyone, first, "join", {{"into", second}});
  EXPECT_EQ(file(naming(3, first)), second);
}

TEST_F(FollowUps, AReferenceToAnEndedCaseOpensOneForAPersonToLookAt) {
  const auto first = file(written_on(1, "2026-11-10"));
  end(first);
  const auto second = file(naming(2, first));
  EXPECT_NE(second, first);
  EXPECT_TRUE(case_at(second).needs_review);
  EXPECT_EQ(last_event(second, "follows_ended").what.at("case"), first);
}

TEST_F(FollowUps, AfterAnEndedCaseTheClockRunsFromTheNewLetter) {
  const auto first = file(of_member(1, "2026-11-10"));
  end(first);
  const auto second = file(of_member(2, "2026-11-20"));
  EXPECT_EQ(case_at(second).sent_on.date, on("2026-11-20"));
  EXPECT_EQ(last_event(second, "follows_ended").what.at("case"), first);
}

TEST_F(FollowUps, AReferenceOfNoCaseIsAnyNumber) {
  const auto ref = file(naming(1, letter::text(letter::CaseRef{2025, 9})));
  EXPECT_FALSE(case_at(ref).needs_review);
}

TEST_F(FollowUps, OfTwoReferencesTheFirstIsJoinedAndTheOtherProposed) {
  const auto first = file(written_on(1, "2026-11-18")), second = file(written_on(2, "2026-11-18"));
  auto both = naming(3, first);
  both.keys.push_back(key("reference", second));
  EXPECT_EQ(file(both), first);
  EXPECT_EQ(proposals(second).size(), 1u);
}

TEST_F(FollowUps, AReferenceOnALetterOfSomebodyElseJoinsAndAsksThePersonToLook) {
  auto one = written_on(1, "2026-11-18");
  one.keys = {key("name_birth", "LEFEVRE ANAIS 1957-03-02")};
  const auto first = file(one);
  auto two = naming(2, first);
  two.keys.push_back(key("name_birth", "BERTIN PAUL 1984-11-21"));
  EXPECT_EQ(file(two), first);
  EXPECT_TRUE(case_at(first).needs_review);
}

TEST_F(FollowUps, AMedicalCaseIsNotNamedInAnOrdinaryOne) {
  auto one = of_member(1, "2026-11-18");
  one.queue = Queue::dossiers_medicaux;
  const auto first = file(one);
  auto two = written_on(2, "2026-11-20");
  two.keys = {key("member", "40718822")};
  const auto second = file(two);
  EXPECT_EQ(verbs(second), std::vector<std::string>{"filed"});
  EXPECT_EQ(last_event(first, "join_proposed").what.at("from"), second);
}

TEST_F(FollowUps, ALetterFiledTwiceJoinsOnce) {
  const auto first = file(of_member(1, "2026-11-18"));
  file(of_member(2, "2026-11-20"));
  file(of_member(2, "2026-11-20"));
  EXPECT_EQ(case_at(first).news, 1u);
}

TEST_F(FollowUps, LettersOfARegisterWithoutCluesAreNotedAtTheStart) {
  const auto first = file(of_member(1, "2026-11-18"));
  store.transact([](router::Transaction& in) {
    in.note_clues({"LYON1", 1}, {});
    in.set_clue_mark("");
    router::note_all_anew(in, {});
  });
  EXPECT_EQ(file(of_member(2, "2026-11-20")), first);
}

TEST_F(FollowUps, AreFoundAfterTheKeyWasChanged) {
  const auto first = file(of_member(1, "2026-11-18"));
  rules.filing.follow.key = std::string(32, 'n');
  store.transact([&](router::Transaction& in) {
    EXPECT_TRUE(router::note_all_anew(in, rules.filing.follow));
    EXPECT_FALSE(router::note_all_anew(in, rules.filing.follow));
  });
  EXPECT_EQ(file(of_member(2, "2026-11-20")), first);
}

constexpr std::uint32_t people = 20;

// Two routers cannot run at once, but two filings under way is the same question: who commits second sees
// the first. Forty letters of twenty people, two of each, from two threads.
TEST(FollowUpsAtOnce, TwoLettersOfOnePersonEndInOneCase) {
  made::TempFolder folder;
  const auto register_file = folder.path() / "register" / "register.sqlite";
  const auto file_for_all = [](router::SqliteStore& store, std::uint32_t first_number, const char* day) {
    for (std::uint32_t i = 0; i < people; ++i) {
      auto sorted = written_on(first_number + i, day);
      sorted.keys = {key("member", "4071" + std::to_string(1000 + i * 37)),
                     key("file", "S99" + std::to_string(2000 + i * 53))};
      store.transact([&](router::Transaction& in) { router::file(sorted, in, {}, made::monday_morning()); });
    }
  };
  router::SqliteStore one(register_file), two(register_file);
  std::thread other([&two, &file_for_all] { file_for_all(two, 101, "2026-11-12"); });
  file_for_all(one, 1, "2026-11-20");
  other.join();
  one.transact([](router::Transaction& in) {
    const auto all = in.cases_after({}, 100);
    EXPECT_EQ(all.size(), people);
    for (const auto& value : all) EXPECT_EQ(value.sent_on.date, on("2026-11-12"));
  });
}

}  // namespace
