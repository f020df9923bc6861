// The loop of a middle stage between real sockets, and what it tells ingest meanwhile.
#include "belt/stage.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/belt/folder.hpp"
#include "tests/letter/samples.hpp"

namespace {

using namespace belt;
using letter::Progress;
using letter::ProgressKind;

constexpr int soon_ms = 10'000;

Daemon a_daemon(const std::stop_token& stop) {
  Config config;
  config.limits.beat_ms = 20;
  return {config, Log("classify", false), stop, now_utc, "classify-1"};
}

// A stage in a thread of its own between the sockets of a test: readers before it, the router behind it,
// ingest.
class Road {
 public:
  enum class Router { there, away };
  explicit Road(Router at_first = Router::there)
      : keys_((make_keys(folder_.path() / "keys"), folder_.path() / "keys")),
        context_(keys_),
        handout(context_, serving("handout", Pattern::router, "sorter", "ingest:ingest")) {
    if (at_first == Router::there) open_router();
    stage_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    reader =
        std::make_unique<Socket>(context_, calling("read", Pattern::push, "reader:reader", "sorter:sorter"));
  }

  void open_router() {
    router = std::make_unique<Socket>(context_, serving("sorted", Pattern::pull, "sorter", "router:router"));
  }
  void stop() {
    stage_.request_stop();
    stage_.join();
  }
  // The next word that is no beat; what the stage asks by being unknown is not answered unless a test does.
  std::optional<Progress> hear() {
    while (auto incoming = handout.receive(soon_ms)) {
      from = incoming->from;
      auto said = letter::decode_progress(incoming->frames).value();
      if (said.kind != ProgressKind::beat) return said;
    }
    return std::nullopt;
  }

 private:
  SocketOptions serving(const std::string& name, Pattern pattern, const std::string& role,
                        const std::string& own) {
    SocketOptions o;
    o.pattern = pattern;
    o.endpoint = "ipc://" + (folder_.path() / "ipc" / name).string();
    o.bind = true;
    o.domain = name;
    o.allowed_roles = {role};
    o.own = load_key(keys_, own).value();
    return o;
  }
  SocketOptions calling(const std::string& name, Pattern pattern, const std::string& own,
                        const std::string& server) {
    SocketOptions o = serving(name, pattern, "", own);
    o.bind = false;
    o.domain.clear();
    o.server_key = load_key(keys_, server)->public_key;
    return o;
  }
  void run(const std::stop_token& stop) {
    Daemon daemon = a_daemon(stop);
    Socket inbox(context_, serving("read", Pattern::pull, "reader", "sorter:sorter"));
    Socket outbox(context_, calling("sorted", Pattern::push, "sorter:sorter", "router:router"));
    Socket line(context_, calling("handout", Pattern::dealer, "sorter:sorter", "ingest:ingest"));
    tally = run_stage(daemon, inbox, outbox, line, [](const letter::ReadLetter& read) {
      letter::SortedLetter sorted;
      sorted.read = read;
      return sorted;
    });
  }

  scene::Folder folder_;
  std::filesystem::path keys_;
  Context context_;

 public:
  Socket handout;
  std::unique_ptr<Socket> router, reader;
  std::string from;
  Tally tally;

 private:
  std::jthread stage_;
};

TEST(Stage, AReadLetterComesOutSorted) {
  Road road;
  ASSERT_TRUE(road.reader->send(letter::encode(samples::read()), soon_ms));
  const auto out = road.router->receive(soon_ms);
  ASSERT_TRUE(out);
  EXPECT_EQ(letter::decode_sorted(out->frames)->read, samples::read());
  EXPECT_EQ(out->user_id, "sorter:sorter");
}

TEST(Stage, SaysHelloThenBeginThenEndThenBye) {
  Road road;
  EXPECT_EQ(road.hear()->kind, ProgressKind::hello);
  ASSERT_TRUE(road.reader->send(letter::encode(samples::read()), soon_ms));
  const auto begin = road.hear(), end = road.hear();
  EXPECT_EQ(begin->kind, ProgressKind::begin);
  EXPECT_EQ(begin->id, samples::read().letter.id);
  EXPECT_EQ(end->kind, ProgressKind::end);
  EXPECT_EQ(end->stage, "classify");
  road.stop();
  EXPECT_EQ(road.hear()->kind, ProgressKind::bye);
}

TEST(Stage, TellsWhoItIsWhenAsked) {
  Road road;
  ASSERT_EQ(road.hear()->kind, ProgressKind::hello);
  ASSERT_TRUE(road.handout.send_to(road.from, {std::string(letter::who_are_you)}));
  EXPECT_EQ(road.hear()->kind, ProgressKind::hello);
  EXPECT_EQ(road.hear()->kind, ProgressKind::ready);
}

TEST(Stage, RefusesWhatIsNoSlipAndGoesOn) {
  Road road;
  ASSERT_TRUE(road.reader->send({"letter.read/1", "garbage"}, soon_ms));
  ASSERT_TRUE(road.reader->send(letter::encode(samples::read()), soon_ms));
  ASSERT_TRUE(road.router->receive(soon_ms));
  road.stop();
  EXPECT_EQ(road.tally.refused, 1u);
  EXPECT_EQ(road.tally.done, 1u);
}

TEST(Stage, KeepsBeatingWhileNobodyTakesItsLetters) {
  Road road(Road::Router::away);
  ASSERT_TRUE(road.reader->send(letter::encode(samples::read()), soon_ms));
  while (road.hear()->kind != ProgressKind::end) {
  }
  for (int beats = 0; beats < 10; ++beats) {
    const auto incoming = road.handout.receive(soon_ms);
    ASSERT_TRUE(incoming);
    EXPECT_EQ(letter::decode_progress(incoming->frames)->kind, ProgressKind::beat);
  }
  road.open_router();
  EXPECT_TRUE(road.router->receive(soon_ms));
}

TEST(Stage, StopsWhileNobodyTakesItsLetters) {
  Road road(Road::Router::away);
  ASSERT_TRUE(road.reader->send(letter::encode(samples::read()), soon_ms));
  while (road.hear()->kind != ProgressKind::end) {
  }
  road.stop();
  EXPECT_EQ(road.tally.done, 0u);
}

// A worker's line to ingest whose end the test holds.
struct Line {
  scene::Folder folder;
  std::filesystem::path keys = (make_keys(folder.path() / "keys"), folder.path() / "keys");
  Context context{keys};
  std::unique_ptr<Socket> ingest;
  Socket worker{context, options(false)};

  SocketOptions options(bool bind) {
    SocketOptions o;
    o.pattern = bind ? Pattern::router : Pattern::dealer;
    o.endpoint = "ipc://" + (folder.path() / "ipc/handout").string();
    o.bind = bind;
    o.domain = bind ? "handout" : "";
    o.allowed_roles = {"reader"};
    o.own = load_key(keys, bind ? "ingest:ingest" : "reader:reader").value();
    o.server_key = bind ? "" : load_key(keys, "ingest:ingest")->public_key;
    return o;
  }
  void open() { ingest = std::make_unique<Socket>(context, options(true)); }
  // What ingest hears next while the worker's loop turns.
  std::string hear(ProgressLine& progress, int words = 1) {
    static const char* names[] = {"hello", "ready", "begin", "end", "failed", "beat", "bye"};
    std::string all;
    for (int i = 0; i < 1'000 && words > 0; ++i) {
      progress.beat(letter::Instant(std::chrono::seconds(1)), 1'000'000'000);
      const auto incoming = ingest->receive(10);
      if (!incoming) continue;
      const auto said = letter::decode_progress(incoming->frames).value();
      if (said.kind == ProgressKind::beat) continue;
      --words;
      all += names[static_cast<int>(said.kind)];
      all += (said.kind == ProgressKind::ready ? std::to_string(said.credit) : "") + " ";
    }
    return all;
  }
};

TEST(ProgressLines, WhatCouldNotBeSaidIsSaidLaterInOrder) {
  Line line;
  ProgressLine progress(line.worker, "ocr", "ocr-1");
  progress.ready(2);
  progress.begin({"LYON1", 1});
  progress.end({"LYON1", 1});
  line.open();
  EXPECT_EQ(line.hear(progress, 4), "hello ready2 begin end ");
}

TEST(ProgressLines, WhenAskedAllIsToldAnew) {
  Line line;
  line.open();
  ProgressLine progress(line.worker, "ocr", "ocr-1");
  progress.ready(1);
  progress.begin({"LYON1", 1});
  progress.end({"LYON1", 1});
  progress.begin({"LYON1", 2});
  EXPECT_TRUE(progress.asked({std::string(letter::who_are_you)}));
  EXPECT_EQ(line.hear(progress, 3), "hello ready1 begin ");
}

TEST(ProgressLines, OtherFramesAreNoQuestion) {
  Line line;
  ProgressLine progress(line.worker, "ocr", "ocr-1");
  EXPECT_FALSE(progress.asked(letter::encode(samples::work())));
}

TEST(ProgressLines, BeatsComeAtMostAsOftenAsAsked) {
  Line line;
  line.open();
  ProgressLine progress(line.worker, "ocr", "ocr-1");
  ASSERT_EQ(line.hear(progress), "hello ");
  const auto at = [](int ms) { return letter::Instant(std::chrono::milliseconds(5'000 + ms)); };
  for (const int ms : {0, 1, 500, 999, 1'000, 1'001, 1'999}) progress.beat(at(ms), 1'000);
  progress.bye();
  int beats = 0;
  for (;;) {
    const auto incoming = line.ingest->receive(soon_ms);
    ASSERT_TRUE(incoming);
    const auto kind = letter::decode_progress(incoming->frames)->kind;
    if (kind == ProgressKind::bye) break;
    if (kind == ProgressKind::beat) ++beats;
  }
  EXPECT_EQ(beats, 2);
}

}  // namespace
