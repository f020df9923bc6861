// What every main does around its body: settings, signals, exit codes.
#include "belt/daemon.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <thread>

#include "tests/belt/folder.hpp"

namespace {

using namespace belt;

int run(std::vector<std::string> words, const std::function<int(Daemon&)>& body) {
  words.insert(words.begin(), "vaguemestre-test");
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  return run_daemon(static_cast<int>(argv.size()), argv.data(), "test", body);
}

int nothing(Daemon&) { return exit_ok; }

// The exit status of a child that runs `body`, and is sent `signal` once it says that it runs. `before` is
// what happened in it before main.
int status_of(
    const std::function<int(Daemon&)>& body, int signal = 0, void (*before)() = [] {}) {
  int ends[2];
  if (::pipe(ends) != 0) return -1;
  const scene::Folder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    before();
    ::_exit(run({"--state", folder.path().string()}, [&](Daemon& daemon) {
      if (::write(ends[1], "x", 1) != 1) return 99;
      return body(daemon);
    }));
  }
  char ready = 0;
  ::close(ends[1]);
  if (::read(ends[0], &ready, 1) == 1 && signal != 0) ::kill(child, signal);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int wait_for_stop(Daemon& daemon) {
  for (int i = 0; i < 500 && !daemon.stop.stop_requested(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return daemon.stop.stop_requested() ? exit_ok : 98;
}

TEST(Daemons, ABodyGetsTheSettingsOfItsStateFolder) {
  EXPECT_EQ(
      status_of([](Daemon& d) { return d.config.state_dir.string().find("vgm-") == std::string::npos; }), 0);
}

TEST(Daemons, TheCodeOfTheBodyIsTheCodeOfTheProgram) {
  EXPECT_EQ(status_of([](Daemon&) { return 5; }), 5);
}

TEST(Daemons, SigtermAsksToStop) { EXPECT_EQ(status_of(wait_for_stop, SIGTERM), exit_ok); }

TEST(Daemons, SigintAsksToStop) { EXPECT_EQ(status_of(wait_for_stop, SIGINT), exit_ok); }

void begin_a_thread_that_blocks_nothing() {
  std::promise<void> begun;
  auto heard = begun.get_future();
  std::thread([begun = std::move(begun)]() mutable {
    begun.set_value();
    for (;;) ::pause();
  }).detach();
  heard.wait();
}

TEST(Daemons, AThreadThatALibraryBeganBeforeMainDoesNotDieOfTheSignal) {
  EXPECT_EQ(status_of(wait_for_stop, SIGTERM, begin_a_thread_that_blocks_nothing), exit_ok);
  EXPECT_EQ(status_of(wait_for_stop, SIGINT, begin_a_thread_that_blocks_nothing), exit_ok);
}

TEST(Daemons, ABrokenWorldIsExitSix) {
  EXPECT_EQ(status_of([](Daemon&) -> int { throw letter::BrokenWorld("the disk"); }), exit_broken);
}

TEST(Daemons, AnyOtherExceptionIsExitSixToo) {
  EXPECT_EQ(status_of([](Daemon&) -> int { throw std::runtime_error("x"); }), exit_broken);
  EXPECT_EQ(status_of([](Daemon&) -> int { throw 7; }), exit_broken);
}

TEST(Daemons, TheTextOfAForeignExceptionIsNotLogged) {
  testing::internal::CaptureStderr();
  status_of([](Daemon&) -> int { throw std::runtime_error("Mme LEFEVRE"); });
  const auto log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("unexpected_exception"), std::string::npos);
  EXPECT_EQ(log.find("LEFEVRE"), std::string::npos);
}

TEST(Daemons, EachLifeHasItsOwnInstance) {
  std::string one, two;
  const scene::Folder folder;
  run({"--state", folder.path().string()}, [&](Daemon& d) { return one = d.instance, 0; });
  run({"--state", folder.path().string()}, [&](Daemon& d) { return two = d.instance, 0; });
  EXPECT_NE(one, two);
}

TEST(Daemons, HelpIsPrintedAndNothingRuns) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(run({"--help"}, [](Daemon&) { return 99; }), exit_ok);
  EXPECT_NE(testing::internal::GetCapturedStdout().find("--config"), std::string::npos);
}

TEST(Daemons, AnUnknownWordIsAUsageError) { EXPECT_EQ(run({"--verbose"}, nothing), exit_usage); }

TEST(Daemons, AWrongSettingIsExit78InBothLanguages) {
  const scene::Folder folder;
  testing::internal::CaptureStderr();
  EXPECT_EQ(run({"--config", folder.write("v.toml", "langue = 1\n").string()}, nothing), exit_daemon_config);
  const auto said = testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("clé inconnue"), std::string::npos) << said;
  EXPECT_NE(said.find("unknown key"), std::string::npos) << said;
}

TEST(Daemons, WhoseParentIsGoneLeaves) {
  const scene::Variable parent("VAGUEMESTRE_PARENT", "1");
  EXPECT_EQ(status_of(wait_for_stop), exit_broken);
}

TEST(Daemons, StopWhenTheirParentDies) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const scene::Folder folder;
  const pid_t middle = ::fork();
  if (middle == 0) {  // plays `vaguemestre run` and is killed
    setenv("VAGUEMESTRE_PARENT", std::to_string(::getpid()).c_str(), 1);
    if (::fork() == 0) {
      const int code = run({"--state", folder.path().string()}, [&](Daemon& daemon) {
        if (::write(ends[1], "r", 1) != 1) return 99;
        return wait_for_stop(daemon);
      });
      ::_exit(::write(ends[1], code == exit_ok ? "s" : "f", 1) == 1 ? 0 : 1);
    }
    ::pause();
  }
  ::close(ends[1]);
  char running = 0, stopped = 0;
  ASSERT_EQ(::read(ends[0], &running, 1), 1);
  ::kill(middle, SIGKILL);
  ::waitpid(middle, nullptr, 0);
  ASSERT_EQ(::read(ends[0], &stopped, 1), 1);
  EXPECT_EQ(stopped, 's');
  ::close(ends[0]);
}

}  // namespace
