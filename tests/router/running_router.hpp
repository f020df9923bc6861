// The real vaguemestre-router with a state folder of its own, and this test in ingest's and sorter's place.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "tests/router/letters.hpp"
#include "tests/router/temp_folder.hpp"
#include "vault/directory_vault.hpp"

namespace made {

class RunningRouter : public testing::Test {
 protected:
  void SetUp() override {
    belt::make_keys(keys_);
    vault::make_mailroom_key(keys_);
    context_ = std::make_unique<belt::Context>(keys_);
    filed_ = std::make_unique<belt::Socket>(*context_, bound(belt::Pattern::pull, "filed", "router"));
    handout_ = std::make_unique<belt::Socket>(*context_, bound(belt::Pattern::router, "handout", "router"));
    sorted_ =
        std::make_unique<belt::Socket>(*context_, joined(belt::Pattern::push, "sorted", key_of("sorter")));
    start();
  }
  void TearDown() override {
    stop(SIGTERM);
    std::filesystem::remove(state_.path().string() + ".medical.key");
  }

  void start() {
    const std::string program = VAGUEMESTRE_BIN_DIR "/vaguemestre-router", state = state_.path().string();
    router_ = ::fork();
    if (router_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execl(program.c_str(), program.c_str(), "--state", state.c_str(), nullptr);
    ::_exit(127);
  }

  // The router's exit status, as waitpid gives it.
  int stop(int signal) {
    if (router_ <= 0) return 0;
    ::kill(router_, signal);
    int status = 0;
    ::waitpid(router_, &status, 0);
    router_ = -1;
    return status;
  }

  bool send(const letter::SortedLetter& sorted) { return sorted_->send(letter::encode(sorted), patience_ms); }

  std::optional<letter::Filed> next_filed(int wait_ms = patience_ms) {
    const auto incoming = filed_->receive(wait_ms);
    if (!incoming) return std::nullopt;
    return letter::decode_filed(incoming->frames).value();
  }

  belt::Socket& handout() { return *handout_; }

  std::unique_ptr<belt::Socket> desk(const std::string& user_id) {
    auto options = joined(belt::Pattern::dealer, "desk", belt::load_key(keys_, user_id).value());
    return std::make_unique<belt::Socket>(*context_, options);
  }

  static letter::Answer ask(belt::Socket& desk, const letter::Frames& frames) {
    EXPECT_TRUE(desk.send(frames, patience_ms));
    const auto incoming = desk.receive(patience_ms);
    EXPECT_TRUE(incoming);
    return incoming ? letter::decode_answer(incoming->frames).value() : letter::Answer{};
  }
  static letter::Answer ask(belt::Socket& desk, letter::Errand errand) {
    errand.request = "r1";
    return ask(desk, letter::encode(errand));
  }

  static constexpr int patience_ms = 20'000;
  TempFolder state_;
  const std::filesystem::path keys_ = state_.path() / "keys";

 private:
  belt::Identity identity_of(const std::string& role) const {
    const auto known = belt::load_known(keys_).value();
    const auto found = std::ranges::find(known, role, &belt::Identity::role);
    return found == known.end() ? belt::Identity{} : *found;
  }
  belt::KeyPair key_of(const std::string& role) const {
    return belt::load_key(keys_, identity_of(role).user_id()).value();
  }
  belt::SocketOptions bound(belt::Pattern pattern, const std::string& name, const std::string& role) const {
    belt::SocketOptions options;
    options.pattern = pattern;
    options.endpoint = "ipc://" + (state_.path() / "ipc" / name).string();
    options.bind = true;
    options.domain = name;
    options.allowed_roles = {role};
    options.own = key_of("ingest");
    return options;
  }
  belt::SocketOptions joined(belt::Pattern pattern, const std::string& name, const belt::KeyPair& own) const {
    belt::SocketOptions options;
    options.pattern = pattern;
    options.endpoint = "ipc://" + (state_.path() / "ipc" / name).string();
    options.own = own;
    options.server_key = identity_of("router").public_key;
    return options;
  }

  std::unique_ptr<belt::Context> context_;  // before its sockets: it waits for them when it ends
  std::unique_ptr<belt::Socket> filed_, sorted_, handout_;
  pid_t router_ = -1;
};

}  // namespace made
