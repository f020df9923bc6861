// What a hostile file would have its decoder do, tried from inside the walls, as root and as somebody else.
#include "page/walls.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <future>
#include <thread>
#include <vector>

#include "tests/page/behind_walls.hpp"

namespace {

using behind_walls::exit_code_without_landlock;
using behind_walls::Outcome;
using behind_walls::refused;
using behind_walls::told;
using behind_walls::Who;
using page::End;

#define NEEDS_WHOLE_WALLS() \
  if (page::sanitized || page::missing_walls()) GTEST_SKIP() << "no whole walls in this build or kernel"

// Forked and walled: the parent process of `attempt` is this test, or a child of it that is no longer root.
class Escape : public testing::TestWithParam<Who> {
 protected:
  void SetUp() override { NEEDS_WHOLE_WALLS(); }
  static Outcome attempt(const std::function<std::string()>& what, const page::Room& room = {}) {
    return behind_walls::attempt(GetParam(), what, room);
  }
  static std::string answer(const std::function<std::string()>& what) {
    const Outcome outcome = attempt(what);
    return outcome.end == End::done ? outcome.said : "it died";
  }
  static End end(const std::function<std::string()>& what) { return attempt(what).end; }
};

INSTANTIATE_TEST_SUITE_P(Walls, Escape, testing::Values(Who::ourselves, Who::ordinary_user),
                         [](const auto& who) {
                           return who.param == Who::ourselves ? "AsWeAre" : "AsAnOrdinaryUser";
                         });

TEST_P(Escape, HonestWorkIsDone) {
  EXPECT_EQ(answer([] { return std::string(100'000, 'x'); }), std::string(100'000, 'x'));
}

TEST_P(Escape, NoFileOpens) {
  EXPECT_EQ(answer([] { return told(::open("/etc/hostname", O_RDONLY)); }), refused(EACCES));
  EXPECT_EQ(answer([] { return told(::syscall(SYS_open, "/etc/hostname", O_RDONLY)); }), refused(EACCES));
}

TEST_P(Escape, NoFileOpensTheNewWay) {
  struct {
    std::uint64_t flags = 0, mode = 0, resolve = 0;
  } how;
  EXPECT_EQ(end([&] { return told(::syscall(SYS_openat2, AT_FDCWD, "/etc/hostname", &how, sizeof how)); }),
            End::forbidden);
}

TEST_P(Escape, NoFileIsMade) {
  EXPECT_EQ(answer([] { return told(::open("/tmp/vaguemestre-escape", O_CREAT | O_WRONLY, 0600)); }),
            refused(EACCES));
  EXPECT_EQ(::access("/tmp/vaguemestre-escape", F_OK), -1);
}

TEST_P(Escape, NoFileIsLookedFor) {
  struct stat about {};
  EXPECT_EQ(answer([&] { return told(::stat("/etc/hostname", &about)); }), refused(EACCES));
  EXPECT_EQ(answer([&] { return told(::access("/etc/hostname", F_OK)); }), refused(EACCES));
}

TEST_P(Escape, ProcIsClosed) {
  EXPECT_EQ(answer([] { return told(::open("/proc/self/maps", O_RDONLY)); }), refused(EACCES));
  EXPECT_EQ(answer([] { return told(::open("/proc/1/environ", O_RDONLY)); }), refused(EACCES));
}

TEST_P(Escape, NoFileIsRemovedOrRenamed) {
  EXPECT_EQ(end([] { return told(::unlink("/tmp/x")); }), End::forbidden);
  EXPECT_EQ(end([] { return told(::rename("/tmp/x", "/tmp/y")); }), End::forbidden);
}

TEST_P(Escape, NoSocketIsMade) {
  EXPECT_EQ(end([] { return told(::socket(AF_INET, SOCK_STREAM, 0)); }), End::forbidden);
  EXPECT_EQ(end([] { return told(::socket(AF_UNIX, SOCK_STREAM, 0)); }), End::forbidden);
}

TEST_P(Escape, NothingConnects) {
  const sockaddr_in nearby{AF_INET, htons(80), {htonl(INADDR_LOOPBACK)}, {}};
  EXPECT_EQ(end([&] {
              return told(::connect(page::descriptor_of_parent, reinterpret_cast<const sockaddr*>(&nearby),
                                    sizeof nearby));
            }),
            End::forbidden);
}

TEST_P(Escape, NoDescriptorIsPassedOn) {
  msghdr message{};
  EXPECT_EQ(end([&] { return told(::sendmsg(page::descriptor_of_parent, &message, 0)); }), End::forbidden);
  EXPECT_EQ(end([&] { return told(::recvmsg(page::descriptor_of_parent, &message, 0)); }), End::forbidden);
}

TEST_P(Escape, NothingIsExecuted) {
  EXPECT_EQ(end([] { return told(::execl("/bin/true", "true", nullptr)); }), End::forbidden);
  EXPECT_EQ(end([] { return told(::syscall(SYS_execveat, AT_FDCWD, "/bin/true", nullptr, nullptr, 0)); }),
            End::forbidden);
}

TEST_P(Escape, NothingForks) {
  EXPECT_EQ(end([] { return told(::fork()); }), End::forbidden);
  EXPECT_EQ(end([] { return told(::vfork()); }), End::forbidden);
  EXPECT_EQ(end([] { return told(::syscall(SYS_clone3, nullptr, 0)); }), End::forbidden);
}

TEST_P(Escape, NobodyIsTraced) {
  EXPECT_EQ(end([] { return told(::ptrace(PTRACE_ATTACH, ::getppid(), 0, 0)); }), End::forbidden);
  iovec mine{}, theirs{};
  EXPECT_EQ(end([&] { return told(::process_vm_readv(::getppid(), &mine, 1, &theirs, 1, 0)); }),
            End::forbidden);
}

TEST_P(Escape, NobodyIsKilled) {
  EXPECT_EQ(end([] { return told(::kill(::getppid(), SIGTERM)); }), End::forbidden);
  EXPECT_EQ(end([] { return told(::syscall(SYS_tgkill, ::getppid(), ::getppid(), SIGTERM)); }),
            End::forbidden);
}

TEST_P(Escape, NoLimitIsLifted) {
  const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
  EXPECT_EQ(answer([&] { return told(::setrlimit(RLIMIT_CPU, &more)); }), refused(EACCES));
}

TEST_P(Escape, BytesDoNotBecomeCode) {
  EXPECT_EQ(end([] {
              void* at = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              return told(at == MAP_FAILED ? -1 : 0);
            }),
            End::forbidden);
  EXPECT_EQ(end([] {
              static char page[8192];
              auto* aligned =
                  reinterpret_cast<void*>((reinterpret_cast<std::uintptr_t>(page) + 4095) & ~4095ul);
              return told(::mprotect(aligned, 4096, PROT_READ | PROT_EXEC));
            }),
            End::forbidden);
}

TEST_P(Escape, NoMemoryFileIsMade) {
  EXPECT_EQ(end([] { return told(::memfd_create("mine", 0)); }), End::forbidden);
}

TEST_P(Escape, MemoryIsLimited) {
  page::Room room;
  room.memory_bytes = 64u << 20;
  const auto eat = [] {
    for (std::vector<char*> all;;) {
      all.push_back(new char[8u << 20]);
      all.back()[0] = 1;
    }
    return std::string();
  };
  EXPECT_EQ(attempt(eat, room).end, End::out_of_memory);
}

TEST_P(Escape, TimeIsLimited) {
  page::Room room;
  room.ms_a_page = 200;
  const auto spin = [] {
    for (;;) std::atomic_signal_fence(std::memory_order_seq_cst);
    return std::string();
  };
  EXPECT_EQ(attempt(spin, room).end, End::over_time);
}

TEST_P(Escape, WhoSleepsGainsNoTime) {
  page::Room room;
  room.ms_a_page = 200;
  const auto sleep = [] {
    char nothing = 0;
    return told(static_cast<int>(::read(page::descriptor_of_parent, &nothing, 1)));
  };
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(attempt(sleep, room).end, End::over_time);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(2));
}

// Three at a time on each processor, each with work for more than half of its time: none is ended for the
// others' sake.
TEST_P(Escape, TimeSpentWaitingForAProcessorIsNotCounted) {
  page::Room room;
  room.ms_a_page = 400;
  const auto work = [] {
    timespec used{};
    do ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    while (used.tv_sec == 0 && used.tv_nsec < 200'000'000);
    return std::string("done");
  };
  std::vector<std::future<End>> ends;
  for (unsigned i = 0; i < 3 * std::max(1U, std::thread::hardware_concurrency()); ++i)
    ends.push_back(std::async(std::launch::async, [&] { return attempt(work, room).end; }));
  for (auto& end : ends) EXPECT_EQ(end.get(), End::done);
}

TEST_P(Escape, PagesThatAreNoneGainNoTime) {
  page::Room room;
  room.ms_a_page = 200, room.pages = 2;
  const auto cheat = [] {
    for (;;) page::page_begins();
    return std::string();
  };
  EXPECT_EQ(attempt(cheat, room).end, End::over_time);
}

TEST_P(Escape, NoOtherDescriptorIsThere) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  EXPECT_EQ(answer([] {
              int written = 0;
              for (int fd = page::descriptor_of_parcel; fd < 4096; ++fd)
                if (::write(fd, "x", 1) == 1) ++written;
              return std::to_string(written);
            }),
            "0");
  char got = 0;
  EXPECT_EQ(::read(ends[0], &got, 1), -1);
  ::close(ends[0]), ::close(ends[1]);
}

TEST_P(Escape, TheTerminalIsGone) {
  const Outcome outcome = attempt([] { return told(::ioctl(1, 0x5401 /* TCGETS */)); });
  EXPECT_EQ(outcome.said, refused(EACCES));
}

TEST_P(Escape, AnAnswerHasItsLimit) {
  page::Room room;
  room.answer_bytes = 1000;
  const Outcome outcome = attempt(
      [] {
        const std::string piece(1u << 20, 'x');
        std::uint64_t written = 0;
        for (ssize_t n; (n = ::write(page::descriptor_of_complaints, piece.data(), piece.size())) > 0;)
          written += static_cast<std::uint64_t>(n);
        return std::to_string(written >> 20);
      },
      room);
  EXPECT_EQ(outcome.said, "64");  // MiB: what a PDF may have
}

// pdftoppm's own walls, tried before its exec.
class Drawer : public testing::TestWithParam<Who> {
 protected:
  void SetUp() override { NEEDS_WHOLE_WALLS(); }
  static std::string answer(const std::function<std::string()>& what) {
    const page::MemoryFile said;
    const pid_t child = ::fork();
    if (child == 0) {
      if (GetParam() == Who::ordinary_user && ::geteuid() == 0 && ::setuid(behind_walls::nobody) != 0)
        ::_exit(1);
      page::Allowance allowance;
      allowance.file_bytes = 1u << 20, allowance.descriptors = 64;
      page::wall_in_pdftoppm("/usr/bin/pdftoppm", allowance);
      page::put_file(said.fd(), what());
      ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    return page::whole_file(said.fd(), 1u << 20);
  }
};

INSTANTIATE_TEST_SUITE_P(Walls, Drawer, testing::Values(Who::ourselves, Who::ordinary_user),
                         [](const auto& who) {
                           return who.param == Who::ourselves ? "AsWeAre" : "AsAnOrdinaryUser";
                         });

TEST_P(Drawer, ReadsFonts) {
  EXPECT_EQ(answer([] { return told(::open("/usr/share/fonts", O_RDONLY | O_DIRECTORY)); }), "done");
}
TEST_P(Drawer, ReadsNothingElse) {
  EXPECT_EQ(answer([] { return told(::open("/etc/passwd", O_RDONLY)); }), refused(EACCES));
  EXPECT_EQ(answer([] { return told(::open("/proc/self/environ", O_RDONLY)); }), refused(EACCES));
  EXPECT_EQ(answer([] { return told(::open("/tmp", O_RDONLY | O_DIRECTORY)); }), refused(EACCES));
}
TEST_P(Drawer, WritesNoFile) {
  EXPECT_EQ(answer([] { return told(::open("/tmp/vaguemestre-escape", O_CREAT | O_WRONLY, 0600)); }),
            refused(EACCES));
}
TEST_P(Drawer, ExecutesNothingElse) {
  EXPECT_EQ(answer([] { return told(::execl("/bin/true", "true", nullptr)); }), refused(EACCES));
}
TEST_P(Drawer, HasNoNetwork) {
  EXPECT_EQ(answer([] { return told(::socket(AF_INET, SOCK_STREAM, 0)); }), refused(EPERM));
}
TEST_P(Drawer, HasNoChildren) {
  EXPECT_EQ(answer([] { return told(::fork()); }), refused(EPERM));
}
TEST_P(Drawer, TracesAndKillsNobody) {
  EXPECT_EQ(answer([] { return told(::ptrace(PTRACE_ATTACH, ::getppid(), 0, 0)); }), refused(EPERM));
  EXPECT_EQ(answer([] { return told(::kill(::getppid(), 0)); }), refused(EPERM));
}

TEST(Walls, AKernelWithoutLandlockIsFoundOut) {
  NEEDS_WHOLE_WALLS();
  EXPECT_EQ(exit_code_without_landlock([] {
              const auto missing = page::missing_walls();
              ::_exit(missing && missing->code == "walls.landlock" ? 7 : 8);
            }),
            7);
}

int view_on_such_a_kernel(bool insecure) {
  return exit_code_without_landlock([insecure] {
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int fd : {0, 1, 2}) ::dup2(nothing, fd);
    const std::string view = std::string(VAGUEMESTRE_BIN_DIR) + "/vaguemestre-view";
    ::execl(view.c_str(), view.c_str(), insecure ? "--insecure" : "--as", insecure ? nullptr : "png",
            nullptr);
  });
}

TEST(Walls, ViewRefusesToStartOnSuchAKernel) {
  NEEDS_WHOLE_WALLS();
  EXPECT_EQ(view_on_such_a_kernel(false), 3);
}

TEST(Walls, ViewGoesOnThereWhenTold) {
  NEEDS_WHOLE_WALLS();
  EXPECT_EQ(view_on_such_a_kernel(true), 2);  // it has looked at the (empty) master
}

TEST(Walls, SomebodyElsesMarkIsNoWall) {
  ::setenv("VAGUEMESTRE_WALLED", "1", 1);
  EXPECT_FALSE(page::inside_walls());
  ::unsetenv("VAGUEMESTRE_WALLED");
}

TEST(Walls, ANewPageHasItsOwnTime) {
  page::Room room;
  room.ms_a_page = 1500, room.pages = 3;
  const Outcome outcome = behind_walls::attempt(
      Who::ourselves,
      [] {
        for (int page = 0; page < 3; ++page) {
          page::page_begins();
          const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(700);
          while (std::chrono::steady_clock::now() < end) {
          }
        }
        return std::string("read");
      },
      room);
  EXPECT_EQ(outcome.said, "read");
}

}  // namespace
