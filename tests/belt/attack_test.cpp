// What a stranger may try on a socket: crowds, recordings, and a door without its keeper.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#include <thread>

#include "belt/context.hpp"
#include "belt/daemon.hpp"
#include "tests/belt/folder.hpp"

namespace {

using namespace belt;

constexpr int soon_ms = 10'000, never_ms = 400;

struct Door {
  scene::Folder folder;
  const std::filesystem::path keys = folder.path() / "keys", place = folder.path() / "ipc";
  std::unique_ptr<Context> context;

  Door() {
    make_keys(keys);
    context = std::make_unique<Context>(keys);
  }
  std::string endpoint(const char* name) const { return "ipc://" + (place / name).string(); }
  SocketOptions serving() const {
    SocketOptions options;
    options.pattern = Pattern::router;
    options.endpoint = endpoint("desk");
    options.bind = true;
    options.domain = "desk";
    options.allowed_roles = {"desk"};
    options.own = load_key(keys, "router:router").value();
    return options;
  }
  SocketOptions calling(const char* name = "desk") const {
    SocketOptions options;
    options.endpoint = endpoint(name);
    options.own = load_key(keys, "desk:tous").value();
    options.server_key = load_key(keys, "router:router")->public_key;
    return options;
  }
};

int connected(const std::string& endpoint) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  endpoint.substr(6).copy(address.sun_path, sizeof address.sun_path - 1);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

int listening(const std::string& endpoint) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  endpoint.substr(6).copy(address.sun_path, sizeof address.sun_path - 1);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && ::listen(fd, 1) == 0)
    return fd;
  ::close(fd);
  return -1;
}

// Stands between a client and the server, passes everything on, and keeps what the client said.
class Recorder {
 public:
  Recorder(const std::string& here, std::string there)
      : listener_(listening(here)), there_(std::move(there)), thread_([this] { pass_on(); }) {}
  ~Recorder() {
    done_ = true;
    thread_.join();
    ::close(listener_);
  }
  // Ends the recording.
  const std::string& heard() {
    done_ = true;
    if (thread_.joinable()) thread_.join();
    thread_ = std::thread([] {});
    return heard_;
  }

 private:
  void pass_on() {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, soon_ms) <= 0) return;
    const int client = ::accept(listener_, nullptr, nullptr), server = connected(there_);
    while (!done_) {
      pollfd both[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
      if (::poll(both, 2, 20) <= 0) continue;
      if ((both[0].revents & POLLIN) != 0 && !pass(client, server, &heard_)) break;
      if ((both[1].revents & POLLIN) != 0 && !pass(server, client, nullptr)) break;
    }
    ::close(client);
    ::close(server);
  }
  static bool pass(int from, int to, std::string* kept) {
    char bytes[4096];
    const ssize_t got = ::read(from, bytes, sizeof bytes);
    if (got <= 0) return false;
    if (kept != nullptr) kept->append(bytes, static_cast<std::size_t>(got));
    return ::write(to, bytes, static_cast<std::size_t>(got)) == got;
  }

  int listener_;
  std::string there_, heard_;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

TEST(Attack, FiveHundredIdlePeersKeepNobodyOut) {
  const Door door;
  Socket server(*door.context, door.serving());
  std::vector<int> idle;
  for (int i = 0; i < 500; ++i) idle.push_back(connected(door.endpoint("desk")));
  EXPECT_EQ(std::count(idle.begin(), idle.end(), -1), 0);
  Socket client(*door.context, door.calling());
  ASSERT_TRUE(client.send({"letter.errand/1", "x"}, soon_ms));
  EXPECT_TRUE(server.receive(soon_ms));
  for (const int fd : idle) ::close(fd);
}

TEST(Attack, ARecordedConversationPlayedAgainIsNotHeard) {
  const Door door;
  Socket server(*door.context, door.serving());
  std::string recorded;
  {
    Recorder recorder(door.endpoint("between"), door.endpoint("desk"));
    Socket client(*door.context, door.calling("between"));
    ASSERT_TRUE(client.send({"letter.errand/1", "acknowledge"}, soon_ms));
    ASSERT_TRUE(server.receive(soon_ms));
    recorded = recorder.heard();
  }
  ASSERT_FALSE(recorded.empty());
  const int fd = connected(door.endpoint("desk"));
  ASSERT_EQ(::write(fd, recorded.data(), recorded.size()), static_cast<ssize_t>(recorded.size()));
  EXPECT_FALSE(server.receive(never_ms));
  ::close(fd);
}

TEST(Attack, BytesThatAreNoGreetingAreNotHeard) {
  const Door door;
  Socket server(*door.context, door.serving());
  const int fd = connected(door.endpoint("desk"));
  const std::string noise(70'000, '\x7f');
  EXPECT_GE(::send(fd, noise.data(), noise.size(), MSG_NOSIGNAL | MSG_DONTWAIT), -1);
  EXPECT_FALSE(server.receive(never_ms));
  Socket client(*door.context, door.calling());
  EXPECT_TRUE(client.send({"letter.errand/1", "x"}, soon_ms));
  ::close(fd);
}

// The server in a process of its own, bounded; gives what it said last and how it ended.
struct Bounded {
  static constexpr std::uint64_t most_bytes = 200u << 20;
  int said = -1;
  pid_t pid = -1;

  explicit Bounded(const Door& door) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    pid = ::fork();
    if (pid == 0) {
      ::dup2(ends[1], STDERR_FILENO);
      Context context(door.keys, most_bytes);
      Socket server(context, door.serving());
      for (;;) server.receive(soon_ms);
    }
    ::close(ends[1]);
    said = ends[0];
  }
  ~Bounded() {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    ::close(said);
  }
  bool is_alive() const { return ::waitpid(pid, nullptr, WNOHANG) == 0; }
  int exit_code() {
    int status = 0;
    ::waitpid(pid, &status, 0);
    pid = ::fork();  // somebody to end in the destructor
    if (pid == 0) ::_exit(0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string last_words() const {
    char text[1024];
    const ssize_t got = ::read(said, text, sizeof text);
    return got > 0 ? std::string(text, static_cast<std::size_t>(got)) : "";
  }
};

TEST(AttackOnMemory, AMessageWithoutEndEndsTheDaemonNotTheMachine) {
  Door door;
  door.context.reset();  // no thread of this process when it forks
  Bounded server(door);
  Context own("");
  Socket client(own, door.calling());
  const std::string frame(1u << 20, 'x');
  ASSERT_TRUE(client.send(letter::Frames(600, frame), soon_ms));
  EXPECT_EQ(server.exit_code(), exit_broken);
  const std::string words = server.last_words();
  EXPECT_NE(words.find("limits.daemon_bytes"), std::string::npos);
  EXPECT_NE(words.find("desk:tous"), std::string::npos) << words;
}

TEST(AttackOnMemory, WhatIsWithinTheBoundIsOnlyDropped) {
  Door door;
  door.context.reset();
  Bounded server(door);
  Context own("");
  Socket client(own, door.calling());
  ASSERT_TRUE(client.send(letter::Frames(100, std::string(1u << 20, 'x')), soon_ms));
  std::this_thread::sleep_for(std::chrono::seconds{2});
  EXPECT_TRUE(server.is_alive());
}

// A greeting of ZMTP 3.1 with CURVE, then a command that says it is 60 MiB long, and as many bytes as are
// taken.
std::uint64_t pushed_without_a_key(const std::string& endpoint) {
  int fd = -1;
  for (int i = 0; i < 100 && (fd = connected(endpoint)) < 0; ++i) ::usleep(50'000);
  std::string greeting(
      "\xff\0\0\0\0\0\0\0\x01\x7f\x03\x01"
      "CURVE",
      17);
  greeting.resize(64, '\0');
  std::string command("\x06\0\0\0\0\x03\xc0\0\0", 9);
  command += "\x05HELLO";
  std::uint64_t pushed = 0;
  const timeval patience{1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const std::string noise(1u << 20, 'x');
  ssize_t went = ::send(fd, greeting.data(), greeting.size(), MSG_NOSIGNAL);
  went = went > 0 ? ::send(fd, command.data(), command.size(), MSG_NOSIGNAL) : went;
  while (went > 0 && pushed < (60u << 20)) {
    went = ::send(fd, noise.data(), noise.size(), MSG_NOSIGNAL);
    if (went > 0) pushed += static_cast<std::uint64_t>(went);
  }
  ::usleep(200'000);
  ::close(fd);
  return pushed;
}

TEST(AttackOnMemory, WithoutAKeyOneConnectionHoldsOneFrameAtMost) {
  Door door;
  door.context.reset();
  Bounded server(door);
  for (int i = 0; i < 8; ++i) pushed_without_a_key(door.endpoint("desk"));
  EXPECT_TRUE(server.is_alive());
  Context own("");
  Socket client(own, door.calling());
  EXPECT_TRUE(client.send({"letter.errand/1", "x"}, soon_ms));
}

TEST(AttackDeathTest, ADoorWithoutItsKeeperIsLeft) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        const Door door;
        zmq_ctx_shutdown(door.context->impl().zmq);  // the ZAP thread loses its socket; nobody meant to close
        std::this_thread::sleep_for(std::chrono::seconds{10});
      },
      testing::ExitedWithCode(exit_broken), "ZAP thread ended");
}

}  // namespace
