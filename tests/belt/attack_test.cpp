// What a stranger may try on a socket: crowds, recordings, and a door without its keeper.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
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
