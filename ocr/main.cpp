// vaguemestre-ocr: takes letters from ingest, has each read by a child that may die of it, gives readings
// to classify.
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "belt/daemon.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "belt/stage.hpp"
#include "ocr/zygote.hpp"
#include "page/one_thread.hpp"
#include "page/walls.hpp"

namespace {

constexpr std::size_t most_in_hand = 2;  // one being read, one more so that no reader waits
constexpr int look_ms = 100;             // how long any wait of the loop may last

template <class T>
T must(letter::Result<T> result) {
  if (!result) throw letter::BrokenWorld(result.error().en);
  return std::move(*result);
}

class ReaderLoop {
 public:
  ReaderLoop(belt::Daemon& daemon, ocr::Zygote& zygote, belt::Socket& handout, belt::Socket& outbox)
      : daemon_(daemon),
        zygote_(zygote),
        handout_(handout),
        outbox_(outbox),
        line_(handout, "ocr", daemon.instance) {
    poller_.watch(handout_);
    poller_.watch(zygote_.fd());
  }

  void run() {
    line_.ready(most_in_hand);
    while (!daemon_.stop.stop_requested()) {
      beat();
      poller_.wait(look_ms);
      take_letters();
      if (reading_) finish();
      if (!reading_) start();
    }
    line_.bye();
  }
  std::uint64_t done() const { return done_; }

 private:
  void beat() { line_.beat(daemon_.now(), daemon_.config.limits.beat_ms); }

  void say_ready() {
    const std::size_t in_hand = waiting_.size() + (reading_ ? 1 : 0);
    line_.ready(in_hand < most_in_hand ? static_cast<std::uint32_t>(most_in_hand - in_hand) : 0);
  }

  void take_letters() {
    while (const auto incoming = handout_.receive(0)) {
      if (line_.asked(incoming->frames)) continue;
      auto work = letter::decode_work(incoming->frames);
      if (work) {
        waiting_.push_back(std::move(*work));
      } else {
        daemon_.log.warn("refused", {{"reason", work.error()}});
      }
    }
  }

  void start() {
    if (waiting_.empty()) return;
    const letter::Work work = std::move(waiting_.front());
    waiting_.pop_front();
    id_ = work.letter.id;
    line_.begin(id_);
    zygote_.begin(work, ocr::Task::read);
    reading_ = true;
  }

  void finish() {
    const auto result = zygote_.poll();
    if (!result) return;
    reading_ = false;
    if (!*result) {
      daemon_.log.warn("unread", {{"id", id_}, {"reason", result->error()}});
      line_.failed(id_, result->error());
    } else if (pass_on(**result)) {
      line_.end(id_);
      ++done_;
    }
    say_ready();
  }

  // Keeps saying that this loop lives while nobody takes the reading. False: asked to stop.
  bool pass_on(const letter::ReadLetter& read) {
    const letter::Frames frames = letter::encode(read);
    while (!outbox_.send(frames, look_ms)) {
      if (daemon_.stop.stop_requested()) return false;
      beat();
    }
    return true;
  }

  belt::Daemon& daemon_;
  ocr::Zygote& zygote_;
  belt::Socket &handout_, &outbox_;
  belt::ProgressLine line_;
  belt::Poller poller_;
  std::deque<letter::Work> waiting_;
  letter::LetterId id_;  // being read
  bool reading_ = false;
  std::uint64_t done_ = 0;
};

int read_letters(belt::Daemon& daemon) {
  if (!belt::may_start(daemon, page::missing_walls())) return belt::exit_daemon_config;
  // Before the context: the zygote must be forked while no socket, no key and no ZeroMQ thread exists.
  const belt::Limits& limits = daemon.config.limits;
  ocr::Zygote zygote(daemon.config.models_dir,
                     {limits.read_ms_a_page, limits.pages_a_letter, limits.child_bytes, limits.decoded_bytes,
                      daemon.config.members});
  const std::filesystem::path keys_dir = daemon.config.state_dir / "keys";
  const belt::KeyPair own = must(belt::load_key(keys_dir, "reader:reader"));
  const std::vector<belt::Identity> known = must(belt::load_known(keys_dir));
  belt::Context context("");
  const auto options = [&](belt::Pattern pattern, const std::string& name, const std::string& server) {
    const auto binder = belt::find(known, server);
    if (!binder) throw letter::BrokenWorld("unknown identity " + server);
    belt::SocketOptions out;
    out.pattern = pattern;
    out.endpoint = belt::endpoint(daemon.config, name);
    out.own = own;
    out.server_key = binder->public_key;
    out.max_frame_bytes = daemon.config.limits.frame_bytes;
    out.max_frames = daemon.config.limits.frames;
    return out;
  };
  belt::Socket handout(context, options(belt::Pattern::dealer, "handout", "ingest:ingest"));
  belt::Socket outbox(context, options(belt::Pattern::push, "read", "sorter:sorter"));
  ReaderLoop loop(daemon, zygote, handout, outbox);
  daemon.log.info("ready");
  loop.run();
  daemon.log.info("stopped", {{"read", loop.done()}});
  return belt::exit_ok;
}

}  // namespace

int main(int argc, char** argv) {
  page::begin_again_with_one_thread(argv);
  return belt::run_daemon(argc, argv, "ocr", read_letters);
}
