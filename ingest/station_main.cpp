// vaguemestre-station: beside the scanner. Watches a hot folder, or sends a few files once.
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>

#include "belt/daemon.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "ingest/station.hpp"
#include "ingest/station_words.hpp"
#include "ingest/watch.hpp"

namespace {

namespace fs = std::filesystem;
using ingest::Millis;
using ingest::StationEvent;

constexpr int longest_pause_ms = 100;
constexpr Millis patience_once{30'000};
constexpr const char* counter_station = "GUICHET";

template <class T>
T must(letter::Result<T> result) {
  if (!result) throw letter::BrokenWorld(result.error().en);
  return std::move(*result);
}

Millis steady_now() {
  return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

belt::SocketOptions to_ingest(const belt::Config& config, const std::string& name) {
  const fs::path keys_dir = config.state_dir / "keys";
  const auto known = must(belt::load_known(keys_dir));
  const auto ingest = belt::find(known, "ingest:ingest");
  if (!ingest) throw letter::BrokenWorld("the list of the known has no ingest:ingest");
  belt::SocketOptions options;
  options.pattern = belt::Pattern::dealer;
  options.endpoint = belt::endpoint(config, "station");
  options.own = must(belt::load_key(keys_dir, "station:" + name));
  options.server_key = ingest->public_key;
  return options;
}

ingest::StationSettings settings_of(const ingest::StationWords& words, const belt::Config& config,
                                    const std::string& name) {
  ingest::StationSettings settings;
  settings.journal = config.state_dir / "station" / name;
  settings.hot = words.once ? settings.journal : words.hot_folder;
  settings.name = name;
  settings.box = words.box;
  settings.arrived_on = words.arrived_on;
  settings.rule.pages_per_letter = words.pages_per_letter;
  return settings;
}

// A station and its line to ingest.
class Courier {
 public:
  Courier(belt::Daemon& daemon, const ingest::StationWords& words, const std::string& name)
      : daemon_(daemon),
        station_(settings_of(words, daemon.config, name)),
        context_(""),
        socket_(context_, to_ingest(daemon.config, name)) {
    poller_.watch(socket_);
  }
  ingest::Station& station() { return station_; }
  belt::Poller& poller() { return poller_; }

  // Sends what is due, waits at most `pause_ms`, takes what came. What happened since the last turn.
  std::vector<StationEvent> turn(int pause_ms) {
    send_due();
    poller_.wait(pause_ms);
    while (const auto incoming = socket_.receive(0)) take(incoming->frames);
    return station_.events();
  }

  void log(const StationEvent& event) {
    const bool odd = event.what == "refused" || event.what == "failed" || event.what == "orphan" ||
                     event.what == "torn" || event.what == "waiting";
    if (odd)
      daemon_.log.warn(event.what, {{"id", event.id}, {"reason", event.reason}});
    else
      daemon_.log.info(event.what, {{"id", event.id}});
  }

 private:
  void send_due() {
    for (const std::uint32_t letter : station_.due(steady_now())) {
      const auto submission = station_.submission(letter);
      if (!submission) continue;
      if (!socket_.send(letter::encode(*submission), 0)) {
        station_.unsent(letter, steady_now());
        return;
      }
      station_.sent(letter, steady_now());
    }
  }

  void take(const letter::Frames& frames) {
    const std::string type = letter::wire_type(frames);
    if (type == "letter.receipt/1") {
      if (const auto receipt = letter::decode_receipt(frames)) return station_.receipt(*receipt);
    } else if (type == "letter.refusal/1") {
      if (const auto refusal = letter::decode_refusal(frames))
        return station_.refusal(*refusal, steady_now());
    }
    daemon_.log.warn("bad_slip", {{"type", type}});
  }

  belt::Daemon& daemon_;
  ingest::Station station_;
  belt::Context context_;
  belt::Socket socket_;
  belt::Poller poller_;
};

void take_whole_files(const belt::Daemon& daemon, ingest::Watch& watch, ingest::Station& station) {
  for (const std::string& file : watch.whole(steady_now())) {
    if (!station.has_room() || daemon.stop.stop_requested()) return;
    station.take(file);
  }
}

int watch_folder(belt::Daemon& daemon, const ingest::StationWords& words) {
  const std::string name = words.name.empty() ? daemon.config.station_name : words.name;
  Courier courier(daemon, words, name);
  ingest::Watch watch(words.hot_folder, Millis(daemon.config.quiet_ms));
  courier.poller().watch(watch.fd());
  daemon.log.info("ready", {{"station", name}});
  while (!daemon.stop.stop_requested()) {
    watch.drain();
    if (courier.station().has_room()) take_whole_files(daemon, watch, courier.station());
    for (const StationEvent& event : courier.turn(longest_pause_ms)) courier.log(event);
  }
  return belt::exit_ok;
}

// Letters have numbers from their claim's on, so the file of a letter is the last one claimed before it.
struct Sending {
  std::map<std::uint32_t, std::string> files;  // by claim number
  bool refused = false;

  const std::string* file_of(std::uint32_t letter) const {
    const auto next = files.upper_bound(letter);
    return next == files.begin() ? nullptr : &std::prev(next)->second;
  }
  void print(const StationEvent& event, bool french) {
    const std::string* file = file_of(event.id.number);
    if (file == nullptr) return;  // left over from an earlier day
    if (event.what == "received")
      std::printf("%s  %s  %s\n", letter::text(event.id).c_str(), letter::iso(event.received_at).c_str(),
                  file->c_str());
    if (event.what != "refused") return;
    refused = true;
    std::printf("%s  %s  %s\n", french ? "refusé" : "refused", file->c_str(),
                (french ? event.reason.fr : event.reason.en).c_str());
  }
};

int send_once(belt::Daemon& daemon, const ingest::StationWords& words) {
  const std::string name = words.name.empty() ? counter_station : words.name;
  const fs::path journal = daemon.config.state_dir / "station" / name;
  vault::SystemDisk disk;
  vault::make_folder_durably(disk, journal);
  // Two at the counter: the second one waits its turn.
  const vault::LockFile turn(journal / "counter.lock", static_cast<int>(2 * patience_once.count()));
  Courier courier(daemon, words, name);
  const bool french = daemon.config.lang != "en";
  Sending sending;
  for (const fs::path& file : words.files) {
    const auto claim = courier.station().submit(file, words.joins);
    if (claim) {
      sending.files[*claim] = file.string();
      continue;
    }
    sending.refused = true;
    std::printf("%s  %s  %s\n", french ? "refusé" : "refused", file.c_str(),
                (french ? claim.error().fr : claim.error().en).c_str());
  }
  const Millis end = steady_now() + patience_once;
  do {
    for (const StationEvent& event : courier.turn(courier.station().idle() ? 0 : longest_pause_ms))
      sending.print(event, french);
    std::fflush(stdout);
    if (daemon.stop.stop_requested()) return belt::exit_interrupted;
  } while (!courier.station().idle() && steady_now() < end);
  if (sending.refused) return belt::exit_bad_input;
  return courier.station().idle() ? belt::exit_ok : belt::exit_no_answer;
}

}  // namespace

int main(int argc, char** argv) {
  const auto words = ingest::read_words({argv + 1, argv + argc}, letter::paris_day(belt::now_utc()));
  if (!words) {
    std::fprintf(stderr, "vaguemestre-station: %s\n%s\n", words.error().fr.c_str(), words.error().en.c_str());
    return belt::exit_usage;
  }
  if (words->help) {
    std::fputs(ingest::station_help(), stdout);
    return belt::exit_ok;
  }
  std::vector<char*> daemon_words{argv[0]};
  for (const std::string& word : words->daemon_words) daemon_words.push_back(const_cast<char*>(word.c_str()));
  return belt::run_daemon(static_cast<int>(daemon_words.size()), daemon_words.data(), "station",
                          [&](belt::Daemon& daemon) {
                            return words->once ? send_once(daemon, *words) : watch_folder(daemon, *words);
                          });
}
