// The real router, over its socket: follow-ups across a restart, a hand-over, corrections.
#include "tests/router/running_router.hpp"

namespace {

using letter::Queue;

struct RunningDesk : made::RunningRouter {
  std::uint64_t fencing = 0;

  // Filed with its page in the vault.
  std::string filed(letter::SortedLetter sorted) {
    letter::Master& file = sorted.read.letter.masters[0];
    const std::string master = "a page " + letter::text(sorted.read.letter.id);
    file.sha256 = vault::sha256_hex(master);
    file.bytes = master.size();
    vault::DirectoryVault vault(state_.path() / "vault", vault::load_mailroom_key(keys_).value());
    EXPECT_TRUE(vault.put(sorted.read.letter, {master}));
    EXPECT_TRUE(send(sorted));
    const auto told = next_filed();
    EXPECT_TRUE(told);
    return told ? told->case_ref : "";
  }
  letter::Answer act(belt::Socket& socket, const std::string& verb, const std::string& ref,
                     std::map<std::string, std::string> args = {}, const std::string& queue = "") {
    letter::Errand errand;
    errand.verb = verb;
    errand.ref = ref;
    errand.queue = queue;
    errand.fencing = fencing;
    errand.args = std::move(args);
    auto answer = ask(socket, errand);
    if (verb == "claim") fencing = answer.fencing;
    return answer;
  }
  static letter::SortedLetter of_member(std::uint32_t number) {
    auto sorted = made::sorted(number);
    sorted.keys = {{"member", letter::PersonalText("40718822")}, {"file", letter::PersonalText("S123456")}};
    sorted.read.text = letter::PersonalText("Je réclame.");
    return sorted;
  }
};

TEST_F(RunningDesk, FindsAFollowUpAfterARestartUnderANewKey) {
  const auto first = filed(of_member(1));
  stop(SIGTERM);
  std::filesystem::remove(keys_ / "index.key");
  start();
  EXPECT_EQ(filed(of_member(2)), first);
}

TEST_F(RunningDesk, HandsOverWhatIsNoComplaint) {
  const auto ref = filed(made::sorted(1, Queue::non_reclamation));
  const auto socket = desk("desk:tous");
  act(*socket, "claim", ref);
  const auto answer = act(*socket, "hand_over", ref);
  ASSERT_FALSE(answer.reason) << answer.reason->code;
  EXPECT_EQ(answer.rows.at(0).state, letter::State::closed);
  EXPECT_TRUE(std::filesystem::exists(state_.path() / "handover" / ref / "handover.json"));
}

TEST_F(RunningDesk, GoesOnWhenTheHandOverFolderIsGone) {
  const auto ref = filed(made::sorted(1, Queue::non_reclamation));
  std::filesystem::remove_all(state_.path() / "handover");
  const auto socket = desk("desk:tous");
  act(*socket, "claim", ref);
  EXPECT_EQ(act(*socket, "hand_over", ref).reason.value_or(letter::Reason{}).code, "handover.missing");
  EXPECT_FALSE(act(*socket, "renew", ref).reason);
}

TEST_F(RunningDesk, GivesTheSorterWhatDesksDecided) {
  const auto ref = filed(of_member(1));
  const auto socket = desk("desk:tous");
  act(*socket, "claim", ref);
  act(*socket, "reroute", ref, {{"reason", "employeur"}}, "entreprise");
  const auto sorter = desk("sorter:sorter");
  const auto answer = act(*sorter, "corrections", "");
  ASSERT_EQ(answer.corrections.size(), 1u);
  EXPECT_EQ(answer.corrections[0].decided_queue, Queue::entreprise);
  EXPECT_EQ(answer.corrections[0].text.reveal(), "Je réclame.");
}

}  // namespace
