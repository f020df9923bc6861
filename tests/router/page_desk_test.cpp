// Pages for desks, with a program for every way a view can betray us.
#include "router/page_desk.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>

#include "router/refusals.hpp"
#include "tests/router/desk_fixture.hpp"
#include "tests/router/temp_folder.hpp"
#include "vault/memory_vault.hpp"

namespace {

using router::PageDesk;
using router::PageDeskLimits;
using router::PagesPlan;
using router::Shown;
using router::View;

struct PageDesks : testing::Test {
  made::TempFolder folder;
  vault::MemoryVault vault;
  letter::Letter mail = made::sorted(1).read.letter;
  letter::Instant now = made::monday_morning();

  void SetUp() override { ASSERT_TRUE(vault.put(mail, {"the master"})); }

  std::filesystem::path program(const std::string& body) {
    const auto file = folder.path() / "view";
    std::ofstream(file) << "#!/bin/sh\n" << body << "\n";
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file;
  }

  PagesPlan plan(std::vector<View> views = {View{0, 0, 90, 1.25}}) const {
    return {mail, "png", std::move(views), {{"pages", "1"}}};
  }

  static letter::Errand errand(const char* request) {
    letter::Errand asked;
    asked.request = request;
    asked.verb = "pages";
    return asked;
  }

  Shown wait_for(PageDesk& desk) const {
    for (int i = 0; i < 1'000; ++i) {
      if (auto shown = desk.step(now)) return *shown;
      pollfd watched{desk.output_fd(), POLLIN, 0};
      ::poll(&watched, 1, 10);
    }
    ADD_FAILURE() << "no answer came";
    return {};
  }

  std::string drawn_by(const std::string& body) {
    PageDesk desk(program(body), vault);
    EXPECT_TRUE(desk.ask("peer", errand("r7"), plan()));
    const Shown shown = wait_for(desk);
    return shown.answer.reason ? shown.answer.reason->code : shown.answer.pages.at(0);
  }
};

TEST_F(PageDesks, GiveTheMasterToTheProgramAndItsOutputToTheDesk) {
  EXPECT_EQ(drawn_by("cat"), "the master");
}

TEST_F(PageDesks, SayWhichPageAndHowItLies) {
  EXPECT_EQ(drawn_by("echo $@"),
            "--as png --page 0 --turn 90 --skew 1.250 --memory 1610612736 --decoded 314572800 --ms 10000\n");
}

TEST_F(PageDesks, AnswerWhoAskedUnderTheNameOfTheRequest) {
  PageDesk desk(program("cat"), vault);
  desk.ask("peer", errand("r7"), plan());
  const Shown shown = wait_for(desk);
  EXPECT_EQ(shown.to, "peer");
  EXPECT_EQ(shown.answer.request, "r7");
  EXPECT_EQ(shown.answer.facts.at("pages"), "1");
}

TEST_F(PageDesks, SaySoWhenTheProgramCannotDraw) { EXPECT_EQ(drawn_by("exit 2"), "desk.page_unreadable"); }

TEST_F(PageDesks, SaySoWhenTheProgramDiesHalfWay) {
  EXPECT_EQ(drawn_by("echo half; kill -SEGV $$"), "desk.page_unreadable");
}

TEST_F(PageDesks, SaySoWhenTheProgramSaysNothing) { EXPECT_EQ(drawn_by("exit 0"), "desk.page_unreadable"); }

TEST_F(PageDesks, SaySoWhenTheProgramIsNotThere) {
  PageDesk desk(folder.path() / "absent", vault);
  desk.ask("peer", errand("r1"), plan());
  EXPECT_EQ(wait_for(desk).answer.reason->code, "desk.page_unreadable");
}

TEST_F(PageDesks, SaySoWhenTheVaultDoesNotGiveTheMaster) {
  vault.get_fault = letter::Reason{"vault.no_key", "", ""};
  EXPECT_EQ(drawn_by("cat"), "desk.page_unreadable");
}

TEST_F(PageDesks, GiveUpOnAProgramThatHangs) {
  PageDesk desk(program("sleep 1000"), vault);
  desk.ask("peer", errand("r1"), plan());
  EXPECT_FALSE(desk.step(now));
  now += PageDeskLimits{}.patience;
  EXPECT_EQ(wait_for(desk).answer.reason->code, "desk.page_unreadable");
}

TEST_F(PageDesks, NeverWaitForAProgramThatHangs) {
  PageDesk desk(program("sleep 1000"), vault);
  desk.ask("peer", errand("r1"), plan());
  const auto before = std::chrono::steady_clock::now();
  EXPECT_FALSE(desk.step(now));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{1});
}

TEST_F(PageDesks, NeverWaitForAProgramThatClosesItsOutputAndStays) {
  PageDesk desk(program("echo page; exec >/dev/null; sleep 1000"), vault);
  desk.ask("peer", errand("r1"), plan());
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(desk.step(now));
}

TEST_F(PageDesks, StopAProgramThatWritesWithoutEnd) {
  PageDeskLimits limits;
  limits.view.output_bytes = 100'000;
  PageDesk desk(program("cat /dev/zero"), vault, limits);
  desk.ask("peer", errand("r1"), plan());
  EXPECT_EQ(wait_for(desk).answer.reason->code, "desk.page_unreadable");
}

TEST_F(PageDesks, GiveTheProgramNoOpenFileButItsOwn) {
  const int open_here = ::open("/dev/null", 0);
  EXPECT_EQ(drawn_by("ls /proc/self/fd | wc -l"), "4\n") << "0, 1, 2 and the folder that ls reads";
  ::close(open_here);
}

TEST_F(PageDesks, GiveTheProgramNothingOfTheEnvironment) {
  ::setenv("A_SECRET", "x", 1);
  EXPECT_EQ(drawn_by("echo \"[$A_SECRET]\""), "[]\n");
}

TEST_F(PageDesks, DrawSeveralViewsIntoOneFrameEach) {
  PageDesk desk(program("echo $4"), vault);
  desk.ask("peer", errand("r1"), plan({View{0, 0, 0, 0}, View{0, 1, 0, 0}}));
  EXPECT_EQ(wait_for(desk).answer.pages, (std::vector<std::string>{"0\n", "1\n"}));
}

TEST_F(PageDesks, DrawOneAfterTheOther) {
  PageDesk desk(program("cat"), vault);
  desk.ask("first", errand("r1"), plan());
  desk.ask("second", errand("r2"), plan());
  EXPECT_EQ(wait_for(desk).to, "first");
  EXPECT_EQ(wait_for(desk).to, "second");
}

TEST_F(PageDesks, RefuseMoreThanTheListHolds) {
  PageDeskLimits limits;
  limits.waiting = 1;
  PageDesk desk(program("sleep 1000"), vault, limits);
  EXPECT_TRUE(desk.ask("first", errand("r1"), plan()));
  EXPECT_FALSE(desk.ask("second", errand("r2"), plan()));
}

}  // namespace
