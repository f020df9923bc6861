// What is no complaint leaves by a folder, or stays where it is with the reason why not.
#include "router/hand_over.hpp"

#include <fstream>

#include "letter/tree.hpp"
#include "tests/router/desk_fixture.hpp"
#include "tests/router/temp_folder.hpp"
#include "tests/vault/watched_disk.hpp"
#include "vault/memory_vault.hpp"

namespace {

namespace fs = std::filesystem;
using letter::Queue;
using letter::State;

struct HandOvers : made::DeskTest {
  made::TempFolder folder;
  vault::MemoryVault vault;
  vault::WatchedDisk disk;
  router::HandOverPlaces places{folder.path(), {}};

  // A request with one page in the vault.
  std::string request(std::uint32_t number, Queue queue = Queue::non_reclamation) {
    auto sorted = made::sorted(number, queue);
    const std::string bytes = "a page " + std::to_string(number);
    letter::Master& master = sorted.read.letter.masters.front();
    master.sha256 = vault::sha256_hex(bytes);
    master.bytes = bytes.size();
    EXPECT_TRUE(vault.put(sorted.read.letter, {bytes}));
    return file(sorted);
  }

  letter::Errand errand(const std::string& ref, made::Args args) const {
    letter::Errand made;
    made.request = "r1";
    made.verb = "hand_over";
    made.ref = ref;
    made.fencing = fencing;
    made.args = std::move(args);
    return made;
  }

  // As the router does it: plan, put, finish.
  letter::Answer hand_over(const router::Asker& asker, const std::string& ref, made::Args args = {}) {
    const auto asked = errand(ref, std::move(args));
    letter::Result<router::HandOver> plan;
    store.transact([&](router::Transaction& in) {
      plan = router::plan_hand_over(asked, asker, in, {rules, now});
    });
    if (!plan) return router::refusal(asked, plan.error());
    if (const auto put = router::put_hand_over(*plan, places, vault, disk); !put)
      return router::refusal(asked, put.error());
    letter::Answer answer;
    store.transact([&](router::Transaction& in) {
      answer = router::finish_hand_over(asked, asker, *plan, in, {rules, now});
    });
    return answer;
  }

  std::string text_of(const fs::path& file) const {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_F(HandOvers, TheFolderHoldsThePagesAndASlip) {
  const auto ref = request(1);
  claim(everyone, ref);
  ASSERT_EQ(code(hand_over(everyone, ref)), "");
  EXPECT_EQ(text_of(folder.path() / ref / "LYON1-0000001-1.png"), "a page 1");
  const auto slip = letter::parse_json(text_of(folder.path() / ref / "handover.json")).value();
  EXPECT_EQ(letter::value(slip, "case").text_or(""), ref);
  EXPECT_EQ(letter::value(slip, "letters").items().size(), 1u);
}

TEST_F(HandOvers, TheCaseIsClosedWithoutAClock) {
  const auto ref = request(1);
  claim(everyone, ref);
  hand_over(everyone, ref);
  EXPECT_EQ(case_at(ref).state, State::closed);
  EXPECT_FALSE(case_at(ref).deadlines);
  EXPECT_EQ(verbs(ref).back(), "handed_over");
}

TEST_F(HandOvers, AConfirmedRequestIsKeptForTheSorterToLearn) {
  const auto ref = request(1);
  claim(everyone, ref);
  hand_over(everyone, ref);
  const auto all = act(everyone, "", "corrections").corrections;
  ASSERT_EQ(all.size(), 1u);
  EXPECT_FALSE(all.front().decided_complaint);
}

TEST_F(HandOvers, AComplaintNeedsAReason) {
  const auto ref = request(1, Queue::frais_sante);
  claim(everyone, ref);
  EXPECT_EQ(code(hand_over(everyone, ref)), "desk.reason_required");
  EXPECT_TRUE(case_at(ref).deadlines);
}

TEST_F(HandOvers, AComplaintThatIsNoneAfterAllLeavesForItsService) {
  const auto ref = request(1, Queue::frais_sante);
  claim(everyone, ref);
  ASSERT_EQ(code(hand_over(everyone, ref, {{"reason", "demande de carte"}})), "");
  const auto slip = letter::parse_json(text_of(folder.path() / ref / "handover.json")).value();
  EXPECT_EQ(letter::value(slip, "service").text_or(""), "frais_sante");
  EXPECT_EQ(letter::value(slip, "reason").text_or(""), "demande de carte");
}

TEST_F(HandOvers, NeedTheCaseInHand) { EXPECT_EQ(code(hand_over(everyone, request(1))), "desk.stale"); }

TEST_F(HandOvers, WithoutTheFolderTheCaseStays) {
  const auto ref = request(1);
  claim(everyone, ref);
  places.usual = folder.path() / "not mounted";
  EXPECT_EQ(code(hand_over(everyone, ref)), "handover.missing");
  EXPECT_EQ(case_at(ref).state, State::registered);
}

// Wherever the disk breaks, the case stays and the next try succeeds.
TEST_F(HandOvers, WhereverTheDiskBreaksNothingIsLost) {
  const auto ref = request(1);
  claim(everyone, ref);
  int failures = 0;
  for (std::size_t step = 0;; ++step) {
    disk.steps.clear();
    disk.breaks_at = step;
    const auto answer = hand_over(everyone, ref);
    if (!answer.reason) break;
    EXPECT_EQ(code(answer), "handover.unwritable");
    EXPECT_EQ(case_at(ref).state, State::registered);
    ++failures;
  }
  EXPECT_GE(failures, 4);
  EXPECT_EQ(text_of(folder.path() / ref / "LYON1-0000001-1.png"), "a page 1");
}

TEST_F(HandOvers, AFolderOfAnotherIsNeverOverwritten) {
  const auto ref = request(1);
  claim(everyone, ref);
  fs::create_directories(folder.path() / ref);
  std::ofstream(folder.path() / ref / "handover.json") << "{}";
  EXPECT_EQ(code(hand_over(everyone, ref)), "handover.taken");
  EXPECT_EQ(text_of(folder.path() / ref / "handover.json"), "{}");
}

// Killed between the folder and the register: the desk asks again.
TEST_F(HandOvers, AFolderThatIsThereAlreadyIsRecognised) {
  const auto ref = request(1);
  claim(everyone, ref);
  store.transact([&](router::Transaction& in) {
    const auto plan = router::plan_hand_over(errand(ref, {}), everyone, in, {rules, now});
    ASSERT_TRUE(router::put_hand_over(*plan, places, vault, disk));
  });
  now += std::chrono::minutes{3};
  EXPECT_EQ(code(hand_over(everyone, ref)), "");
  EXPECT_EQ(case_at(ref).state, State::closed);
}

TEST_F(HandOvers, WhatIsMedicalStaysWithoutAPlaceOfItsOwn) {
  const auto ref = request(1, Queue::dossiers_medicaux);
  claim(medical, ref);
  EXPECT_EQ(code(hand_over(medical, ref, {{"reason", "simple envoi"}})), "handover.medical");
  EXPECT_TRUE(case_at(ref).deadlines);
}

TEST_F(HandOvers, WhatIsMedicalLeavesByItsOwnPlaceAlone) {
  made::TempFolder secret;
  places.medical = secret.path();
  const auto ref = request(1, Queue::dossiers_medicaux);
  claim(medical, ref);
  ASSERT_EQ(code(hand_over(medical, ref, {{"reason", "simple envoi"}})), "");
  EXPECT_TRUE(fs::exists(secret.path() / ref / "handover.json"));
  EXPECT_FALSE(fs::exists(folder.path() / ref));
}

TEST_F(HandOvers, TheNirIsNotInTheSlip) {
  auto sorted = made::sorted(1, Queue::non_reclamation);
  sorted.read.fields.push_back(made::text_field("NIR", "295109912611193"));
  sorted.read.letter.masters.front().sha256 = vault::sha256_hex("x");
  sorted.read.letter.masters.front().bytes = 1;
  ASSERT_TRUE(vault.put(sorted.read.letter, {"x"}));
  const auto ref = file(sorted);
  claim(everyone, ref);
  hand_over(everyone, ref);
  EXPECT_EQ(text_of(folder.path() / ref / "handover.json").find("295109912611193"), std::string::npos);
}

}  // namespace
