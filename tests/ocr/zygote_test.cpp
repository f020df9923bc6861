#include "ocr/zygote.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "page/disposable.hpp"
#include "page/walls.hpp"

namespace {

using letter::ReadLetter;
using letter::Work;

Work work_called(const std::string& batch) {
  Work work;
  work.letter.id = {"LYON1", 7};
  work.letter.batch = batch;
  work.letter.received_at = letter::Instant(std::chrono::milliseconds(1'795'000'000'000));
  work.letter.arrived_on = letter::paris_day(work.letter.received_at);
  work.letter.masters.push_back({std::string(64, 'a'), 3, "image/png", 1});
  work.letter.pages.emplace_back();
  work.masters.push_back("abc");
  return work;
}

// An engine that betrays us in every way an engine can; the batch's name says which.
ReadLetter betray(const Work& work, ocr::Task) {
  const std::string& how = work.letter.batch;
  if (how == "crash") ::raise(SIGSEGV);
  if (how == "abort") std::abort();
  if (how == "throw") throw std::runtime_error("engine");
  if (how == "hang")
    for (;;) ::sched_yield();
  if (how == "memory")
    for (std::vector<void*> all;;) all.push_back(::operator new (std::size_t{128} << 20));
  if (how == "exit") ::_exit(0);
  ReadLetter out;
  out.letter = work.letter;
  if (how == "other") out.letter.id.number = 8;
  if (how == "many")
    for (int page = 0; page < 4; ++page) {
      page::page_begins();
      const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(600);
      while (std::chrono::steady_clock::now() < end) ::sched_yield();
    }
  if (how == "open") out.text = letter::PersonalText(std::to_string(::open("/etc/hostname", O_RDONLY)));
  if (how == "fork") ::fork();
  if (how == "network") ::socket(AF_INET, SOCK_STREAM, 0);
  if (how == "utf8") out.text = letter::PersonalText("caf\xe9");
  if (how == "well") out.text = letter::PersonalText("lu " + work.masters[0]);
  return out;
}

ocr::Zygote traitor(std::uint32_t ms_a_page = 5'000) {
  return ocr::Zygote([] { return ocr::Zygote::Reader(betray); }, {ms_a_page, 5, 512u << 20});
}

std::string fault_of(ocr::Zygote& zygote, const std::string& how) {
  const auto result = zygote.read(work_called(how), ocr::Task::read);
  return result ? "" : result.error().code;
}

void expect_next_letter_reads(ocr::Zygote& zygote) {
  const auto result = zygote.read(work_called("well"), ocr::Task::read);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->text.reveal(), "lu abc");
}

TEST(Zygote, AReadingComesBackWhole) {
  ocr::Zygote zygote = traitor();
  const auto result = zygote.read(work_called("well"), ocr::Task::read);
  ASSERT_TRUE(result) << result.error().code;
  EXPECT_EQ(result->text.reveal(), "lu abc");
  EXPECT_EQ(result->letter, work_called("well").letter);
}

TEST(Zygote, ACrashIsAFaultAndTheNextLetterReads) {
  ocr::Zygote zygote = traitor();
  EXPECT_EQ(fault_of(zygote, "crash"), "reader.crashed");
  EXPECT_EQ(fault_of(zygote, "abort"), "reader.crashed");
  EXPECT_EQ(fault_of(zygote, "throw"), "reader.crashed");
  EXPECT_EQ(fault_of(zygote, "exit"), "reader.crashed");
  expect_next_letter_reads(zygote);
}

TEST(Zygote, AHangIsAFaultWhenItsTimeIsOverAndTheNextLetterReads) {
  ocr::Zygote zygote = traitor(200);
  EXPECT_EQ(fault_of(zygote, "hang"), "reader.time");
  expect_next_letter_reads(zygote);
}

TEST(Zygote, AChildThatEatsMemoryIsAFaultAndTheNextLetterReads) {
  ocr::Zygote zygote = traitor();
  EXPECT_EQ(fault_of(zygote, "memory"), "reader.memory");
  expect_next_letter_reads(zygote);
}

TEST(Zygote, PagesThatNobodyDeclaredHaveTheirTime) {
  ocr::Zygote zygote = traitor(1'500);
  EXPECT_EQ(fault_of(zygote, "many"), "");
}

TEST(Zygote, WhatReadsALetterOpensNoFile) {
  if (page::sanitized || page::missing_walls()) GTEST_SKIP();
  ocr::Zygote zygote = traitor();
  const auto result = zygote.read(work_called("open"), ocr::Task::read);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->text.reveal(), "-1");
}

TEST(Zygote, WhatReadsALetterStartsNothingAndCallsNobody) {
  if (page::sanitized || page::missing_walls()) GTEST_SKIP();
  ocr::Zygote zygote = traitor();
  EXPECT_EQ(fault_of(zygote, "fork"), "reader.forbidden");
  EXPECT_EQ(fault_of(zygote, "network"), "reader.forbidden");
  expect_next_letter_reads(zygote);
}

TEST(Zygote, AChildCannotAnswerForAnotherLetter) {
  ocr::Zygote zygote = traitor();
  EXPECT_EQ(fault_of(zygote, "other"), "reader.crashed");
}

TEST(Zygote, TextThatIsNoUtf8ArrivesAsSuch) {
  ocr::Zygote zygote = traitor();
  const auto result = zygote.read(work_called("utf8"), ocr::Task::read);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->text.reveal(), "caf\uFFFD");
}

TEST(Zygote, PollSaysNothingWhileTheChildWorks) {
  ocr::Zygote zygote = traitor(300);
  zygote.begin(work_called("hang"), ocr::Task::read);
  EXPECT_FALSE(zygote.poll().has_value());
  pollfd end{zygote.fd(), POLLIN, 0};
  ASSERT_EQ(::poll(&end, 1, 5'000), 1);
  EXPECT_TRUE(zygote.poll().has_value());
}

TEST(Zygote, EnginesThatCannotLoadAreABrokenWorld) {
  EXPECT_THROW(ocr::Zygote([]() -> ocr::Zygote::Reader { throw letter::BrokenWorld("no model"); }),
               letter::BrokenWorld);
}

TEST(Zygote, ItsChildrenDieWithIt) {
  // The child tells its own number through memory that outlives it.
  auto* told = static_cast<volatile pid_t*>(
      ::mmap(nullptr, sizeof(pid_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(told, MAP_FAILED);
  {
    ocr::Zygote zygote(
        [told] {
          return ocr::Zygote::Reader([told](const Work&, ocr::Task) -> ReadLetter {
            *told = ::getpid();
            for (;;) ::sched_yield();
          });
        },
        {.ms_a_page = 60'000});
    zygote.begin(work_called("hang"), ocr::Task::read);
    for (int i = 0; i < 500 && *told == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_NE(*told, 0);
  }
  const auto alive = [&] {  // an orphan that nobody has reaped yet is dead all the same
    std::string state;
    std::ifstream status("/proc/" + std::to_string(*told) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("State:")) state = line;
    return !state.empty() && state.find('Z') == std::string::npos;
  };
  for (int i = 0; i < 300 && alive(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(alive());
}

}  // namespace
