// Sockets let in whom the list names, for what its role allows, and bound what they take.
#include "belt/socket.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "tests/belt/folder.hpp"

namespace {

using namespace belt;
using letter::Frames;

constexpr int soon_ms = 10'000;  // plenty for what must happen
constexpr int never_ms = 400;    // enough to see that something does not happen

// Keys are made once for the whole program: each one costs some syncs.
const scene::Folder& key_ring() {
  static const scene::Folder folder;
  static const bool made = (make_keys(folder.path() / "keys"), true);
  (void)made;
  return folder;
}

// A server's world: its own copy of the keys, a context, a short place for sockets.
struct House {
  scene::Folder folder;
  std::filesystem::path keys = folder.path() / "keys";
  std::string endpoint = "ipc://" + (folder.path() / "ipc/desk").string();
  std::unique_ptr<Context> context;

  House() {
    std::filesystem::copy(key_ring().path() / "keys", keys);
    std::filesystem::permissions(keys, std::filesystem::perms::owner_all);
    context = std::make_unique<Context>(keys);
  }
  KeyPair pair(const std::string& who) const { return load_key(keys, who).value(); }
  SocketOptions serving(Pattern pattern, std::vector<std::string> roles) const {
    SocketOptions o;
    o.pattern = pattern;
    o.endpoint = endpoint;
    o.bind = true;
    o.domain = "desk";
    o.allowed_roles = std::move(roles);
    o.own = pair("router:router");
    return o;
  }
  SocketOptions calling(const std::string& who, Pattern pattern = Pattern::dealer) const {
    SocketOptions o;
    o.pattern = pattern;
    o.endpoint = endpoint;
    o.own = pair(who);
    o.server_key = pair("router:router").public_key;
    return o;
  }
  void revoke(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(keys / "known.toml").rdbuf();
    std::string list = text.str();
    list.replace(list.find("revoked = false", list.find("name = \"" + name + "\"")), 15, "revoked = true ");
    std::ofstream(keys / "known.new") << list;
    std::filesystem::rename(keys / "known.new", keys / "known.toml");
  }
};

TEST(Sockets, AMessageCarriesTheUserIdOfItsKey) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  Socket client(*house.context, house.calling("desk:tous"));
  ASSERT_TRUE(client.send({"letter.errand/1", "x"}, soon_ms));
  const auto message = server.receive(soon_ms);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->user_id, "desk:tous");
  EXPECT_EQ(message->frames, (Frames{"letter.errand/1", "x"}));
}

TEST(Sockets, AnAnswerComesBackToWhoAsked) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  Socket one(*house.context, house.calling("desk:tous")), two(*house.context, house.calling("desk:autre"));
  ASSERT_TRUE(one.send({"from one"}, soon_ms));
  const auto asked = server.receive(soon_ms);
  ASSERT_TRUE(asked);
  ASSERT_TRUE(server.send_to(asked->from, {"to one"}));
  EXPECT_EQ(one.receive(soon_ms)->frames, Frames{"to one"});
  EXPECT_FALSE(two.receive(0));
}

TEST(Sockets, ConnectingBeforeTheServerIsThereWorks) {
  const House house;
  Socket client(*house.context, house.calling("desk:tous"));
  EXPECT_FALSE(client.send({"early"}, 50));
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  ASSERT_TRUE(client.send({"later"}, soon_ms));
  EXPECT_EQ(server.receive(soon_ms)->frames, Frames{"later"});
}

TEST(Sockets, PushReachesPull) {
  const House house;
  Socket pull(*house.context, house.serving(Pattern::pull, {"reader"}));
  Socket push(*house.context, house.calling("reader:reader", Pattern::push));
  ASSERT_TRUE(push.send({"letter.read/1", "x"}, soon_ms));
  EXPECT_EQ(pull.receive(soon_ms)->user_id, "reader:reader");
}

TEST(Sockets, AnUnknownKeyIsRefused) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  auto options = house.calling("desk:tous");
  const scene::Folder elsewhere;
  make_keys(elsewhere.path() / "keys");
  options.own = load_key(elsewhere.path() / "keys", "desk:tous").value();
  Socket stranger(*house.context, options);
  EXPECT_FALSE(stranger.send({"let me in"}, never_ms));
  EXPECT_FALSE(server.receive(0));
}

TEST(Sockets, ARevokedKeyIsRefusedWithoutARestart) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  {
    Socket before(*house.context, house.calling("desk:tous"));
    ASSERT_TRUE(before.send({"x"}, soon_ms));
    ASSERT_TRUE(server.receive(soon_ms));
  }
  house.revoke("tous");
  Socket after(*house.context, house.calling("desk:tous"));
  EXPECT_FALSE(after.send({"x"}, never_ms));
  Socket other(*house.context, house.calling("desk:autre"));
  EXPECT_TRUE(other.send({"x"}, soon_ms));
}

TEST(Sockets, ARevokedKeyIsNoLongerHeardOnAStandingConnection) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  Socket client(*house.context, house.calling("desk:tous"));
  ASSERT_TRUE(client.send({"x"}, soon_ms));
  ASSERT_TRUE(server.receive(soon_ms));
  house.revoke("tous");
  ASSERT_TRUE(client.send({"x"}, soon_ms));
  EXPECT_FALSE(server.receive(never_ms));
  EXPECT_EQ(server.dropped(), 1u);
}

TEST(Sockets, AWrongRoleIsRefused) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  Socket medical(*house.context, house.calling("medical_desk:dossiers_medicaux"));
  EXPECT_FALSE(medical.send({"x"}, never_ms));
}

TEST(Sockets, AMissingListLetsNobodyIn) {
  const House house;
  std::filesystem::remove(house.keys / "known.toml");
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  Socket client(*house.context, house.calling("desk:tous"));
  EXPECT_FALSE(client.send({"x"}, never_ms));
}

TEST(Sockets, AnImpostorServerIsNotTalkedTo) {
  const House house;
  auto options = house.serving(Pattern::router, {"desk"});
  options.own = house.pair("ops:ops");  // listens in the router's place with another key
  Socket impostor(*house.context, options);
  Socket client(*house.context, house.calling("desk:tous"));
  EXPECT_FALSE(client.send({"secret"}, never_ms));
}

TEST(Sockets, TooManyFramesAreDroppedAndCounted) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  Socket client(*house.context, house.calling("desk:tous"));
  ASSERT_TRUE(client.send(Frames(17, "x"), soon_ms));
  ASSERT_TRUE(client.send(Frames(16, "x"), soon_ms));
  EXPECT_EQ(server.receive(soon_ms)->frames.size(), 16u);
  EXPECT_EQ(server.dropped(), 1u);
}

TEST(Sockets, AFrameTooLargeEndsTheConnection) {
  const House house;
  auto options = house.serving(Pattern::router, {"desk"});
  options.max_frame_bytes = 1'000;
  Socket server(*house.context, options);
  Socket client(*house.context, house.calling("desk:tous"));
  ASSERT_TRUE(client.send({std::string(100'000, 'x')}, soon_ms));
  EXPECT_FALSE(server.receive(never_ms));
}

TEST(Sockets, AVanishedPeerIsNoticed) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  std::string from;
  {
    Socket client(*house.context, house.calling("desk:tous"));
    ASSERT_TRUE(client.send({"x"}, soon_ms));
    from = server.receive(soon_ms)->from;
    EXPECT_TRUE(server.send_to(from, {"while it lives"}));
  }
  bool reached = true;
  for (int i = 0; reached && i < 300; ++i) {
    server.receive(10);
    reached = server.send_to(from, {"anyone?"});
  }
  EXPECT_FALSE(reached);
}

TEST(Sockets, APeerThatNeverWasIsNotReached) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  EXPECT_FALSE(server.send_to("nobody", {"x"}));
}

TEST(Sockets, WithoutKeysNoneIsMade) {
  const House house;
  auto server = house.serving(Pattern::router, {"desk"});
  server.own = {};
  EXPECT_THROW(Socket(*house.context, server), letter::BrokenWorld);
  auto client = house.calling("desk:tous");
  client.server_key = "";
  EXPECT_THROW(Socket(*house.context, client), letter::BrokenWorld);
}

TEST(Sockets, PlainTcpOffThisMachineIsRefused) {
  const House house;
  auto plain = house.calling("desk:tous");
  plain.endpoint = "tcp://192.0.2.1:7000";
  plain.own = {};
  plain.server_key = "";
  EXPECT_THROW(Socket(*house.context, plain), letter::BrokenWorld);
}

TEST(Sockets, BindingNeedsADomain) {
  const House house;
  auto options = house.serving(Pattern::router, {"desk"});
  options.domain = "";
  EXPECT_THROW(Socket(*house.context, options), letter::BrokenWorld);
}

TEST(Sockets, BindingNeedsAFolderOfKeys) {
  const House house;
  Context caller{{}};
  EXPECT_THROW(Socket(caller, house.serving(Pattern::router, {"desk"})), letter::BrokenWorld);
}

TEST(Sockets, APathTooLongForASocketIsSaidClearly) {
  const House house;
  auto options = house.serving(Pattern::router, {"desk"});
  options.endpoint = "ipc:///tmp/vgm/" + std::string(100, 'x');
  try {
    Socket socket(*house.context, options);
    FAIL() << "no BrokenWorld";
  } catch (const letter::BrokenWorld& broken) {
    EXPECT_NE(std::string(broken.what()).find("ipc_dir"), std::string::npos) << broken.what();
  }
}

TEST(Sockets, TheFileOfADeadProcessDoesNotStopABind) {
  const House house;
  const auto path = house.folder.path() / "ipc/desk";
  std::filesystem::create_directory(path.parent_path());
  std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::close(fd);  // as a killed process leaves it
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  Socket client(*house.context, house.calling("desk:tous"));
  EXPECT_TRUE(client.send({"x"}, soon_ms));
}

TEST(Sockets, ALivingProcessIsNotPushedAside) {
  const House house;
  Socket first(*house.context, house.serving(Pattern::router, {"desk"}));
  Context again(house.keys);
  EXPECT_THROW(Socket(again, house.serving(Pattern::router, {"desk"})), letter::BrokenWorld);
}

TEST(Sockets, TheFolderOfTheSocketsIsPrivate) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  EXPECT_EQ(std::filesystem::status(house.folder.path() / "ipc").permissions(),
            std::filesystem::perms::owner_all);
}

TEST(Sockets, AnotherThreadMayNotUseThem) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        const House house;
        Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
        std::thread([&] { server.receive(0); }).join();
      },
      "owner == std::this_thread::get_id");
}

TEST(Pollers, SeeSocketsAndDescriptors) {
  const House house;
  Socket server(*house.context, house.serving(Pattern::router, {"desk"}));
  Socket client(*house.context, house.calling("desk:tous"));
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  Poller poller;
  poller.watch(server);
  poller.watch(ends[0]);
  EXPECT_FALSE(poller.wait(20));
  ASSERT_EQ(::write(ends[1], "x", 1), 1);
  EXPECT_TRUE(poller.wait(soon_ms));
  EXPECT_TRUE(poller.readable(ends[0]));
  EXPECT_FALSE(poller.readable(server));
  poller.forget(ends[0]);
  ASSERT_TRUE(client.send({"x"}, soon_ms));
  EXPECT_TRUE(poller.wait(soon_ms));
  EXPECT_TRUE(poller.readable(server));
  EXPECT_FALSE(poller.readable(ends[0]));
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
