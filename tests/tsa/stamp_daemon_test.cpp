// The real vaguemestre-stamp beside a folder of heads.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "tests/tsa/authority.hpp"
#include "tsa/stamp.hpp"

namespace {

namespace fs = std::filesystem;

struct StampDaemon : testing::Test {
  scene::Authority authority;
  const fs::path state = authority.folder() / "state", head = state / "heads" / "2026-11-23.json",
                 token = state / "heads" / "2026-11-23.tsr";
  const std::string text = R"({"seq": 1, "link": "x"})";
  pid_t daemon = -1;

  StampDaemon() {
    fs::create_directories(head.parent_path());
    std::ofstream(head) << text;
    std::ofstream(state / "heads" / "notes.json") << "not a head";
  }
  ~StampDaemon() override { stop(); }
  void start(const std::string& url) {
    ::setenv("VAGUEMESTRE_TSA", url.c_str(), 1);
    ::setenv("VAGUEMESTRE_TSA_CA", authority.ca().c_str(), 1);
    const std::string program = VAGUEMESTRE_BIN_DIR "/vaguemestre-stamp";
    daemon = ::fork();
    if (daemon != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execl(program.c_str(), program.c_str(), "--state", state.c_str(), nullptr);
    ::_exit(127);
  }
  int stop() {
    if (daemon <= 0) return 0;
    ::kill(daemon, SIGTERM);
    int status = 0;
    ::waitpid(daemon, &status, 0);
    daemon = -1;
    return status;
  }
  bool stamped_within_s(int seconds) const {
    for (int waited = 0; waited < seconds * 20; ++waited) {
      if (fs::exists(token)) return true;
      ::usleep(50'000);
    }
    return false;
  }
};

TEST_F(StampDaemon, KeepsTheTokenBesideTheHead) {
  start(authority.serve());
  ASSERT_TRUE(stamped_within_s(20));
  std::stringstream bytes;
  bytes << std::ifstream(token, std::ios::binary).rdbuf();
  EXPECT_TRUE(tsa::verify(bytes.str(), text, authority.ca()));
  EXPECT_FALSE(fs::exists(state / "heads" / "notes.tsr"));
}

TEST_F(StampDaemon, GoesOnWhenTheAuthorityFails) {
  start(authority.serve(1));
  EXPECT_FALSE(stamped_within_s(3));
  EXPECT_EQ(stop(), 0);
}

TEST_F(StampDaemon, WhatFailedIsAskedAgain) {
  const std::string url = authority.serve(1);
  start(url);
  EXPECT_FALSE(stamped_within_s(2));
  stop();
  start(url);
  EXPECT_TRUE(stamped_within_s(20));
}

}  // namespace
