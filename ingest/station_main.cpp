// vaguemestre-station: beside the scanner. Watches a hot folder, or sends a few files once.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "belt/daemon.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "ingest/folder_watch.hpp"
#include "ingest/station.hpp"
#include "ingest/station_lines.hpp"
#include "ingest/station_words.hpp"
#include "ingest/watch.hpp"
#include "page/walls.hpp"

namespace {

namespace fs = std::filesystem;
using ingest::Millis;
using ingest::StationEvent;

constexpr int longest_pause_ms = 100;
constexpr std::uint64_t least_free_bytes = 32u
                                           << 20;  // for journal, verdicts and cut letters of what was taken
constexpr std::size_t looks_at_once = 2;           // a slow file holds up one of them, and never the loop
constexpr std::uint32_t frames_beside_files = 2;   // type and slip
constexpr int quiets_of_a_folder = 10;
constexpr Millis patience_once{30'000};
constexpr Millis between_sweeps{60'000};
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
  settings.rule.box = words.box;
  settings.rule.arrived_on = words.arrived_on;
  settings.rule.pages_per_letter = words.pages_per_letter;
  settings.rule.form_first_page = words.form_separates || config.form_first_page;
  settings.rule.sealed = words.sealed;
  const belt::Limits& limits = config.limits;
  settings.done_hours = config.done_hours;
  settings.opening.limits = {limits.decode_ms, limits.decoded_bytes, limits.child_bytes};
  settings.looks_at_once = looks_at_once;
  settings.files_a_letter = limits.frames - frames_beside_files;
  settings.today = [] { return letter::paris_day(belt::now_utc()); };
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
    station_.look_on();
    return station_.events();
  }

  void log(const StationEvent& event) {
    static const std::set<std::string> odd{"refused", "failed", "orphan", "torn", "waiting", "flaw"};
    if (event.what == "looked")
      daemon_.log.info(event.what, {{"id", event.id},
                                    {"pages", event.pages},
                                    {"letters", event.letters},
                                    {"separators", event.separators},
                                    {"sealed", event.sealed}});
    else if (event.what == "batch")
      daemon_.log.info(event.what, {{"id", event.id}, {"expected", event.expected}, {"found", event.found}});
    else if (event.what == "flaw")
      daemon_.log.warn(event.what, {{"id", event.id}, {"page", event.page}, {"reason", event.reason}});
    else if (odd.contains(event.what))
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

// The hot folder, its folder of closed envelopes, and folders of pages where they are wanted.
class Inlets {
 public:
  Inlets(const fs::path& hot, const belt::Config& config, belt::Poller& poller)
      : plain_(hot, Millis(config.quiet_ms)),
        sealed_(hot / "sealed", Millis(config.quiet_ms)),
        folders_(hot, quiets_of_a_folder * Millis(config.quiet_ms)),
        with_folders_(config.folder_batches) {
    poller.watch(plain_.fd());
    poller.watch(sealed_.fd());
  }
  void drain() {
    plain_.drain();
    sealed_.drain();
  }
  std::vector<std::string> whole(Millis now) {
    std::vector<std::string> names = plain_.whole(now);
    for (const std::string& name : sealed_.whole(now)) names.push_back("sealed/" + name);
    if (with_folders_)
      for (const std::string& name : folders_.whole(now)) names.push_back(name);
    return names;
  }

 private:
  ingest::Watch plain_, sealed_;
  ingest::FolderWatch folders_;
  bool with_folders_;
};

// The file of a letter is the last one claimed before it, since letters have numbers from their claim's on.
class Names {
 public:
  void add(std::uint32_t claim, const std::string& file) { files_[claim] = file; }
  void forget(std::uint32_t claim) { files_.erase(claim); }
  const std::string* of(std::uint32_t letter) const {
    const auto next = files_.upper_bound(letter);
    return next == files_.begin() ? nullptr : &std::prev(next)->second;
  }

 private:
  std::map<std::uint32_t, std::string> files_;
};

void take_whole_files(const belt::Daemon& daemon, Inlets& inlets, ingest::Station& station, Names& names) {
  for (const std::string& file : inlets.whole(steady_now())) {
    if (!station.has_room() || daemon.stop.stop_requested()) return;
    if (const std::uint32_t claim = station.take(file); claim != 0) names.add(claim, file);
  }
}

void say(const StationEvent& event, const Names& names, bool french) {
  const std::string* file = names.of(event.id.number);
  const std::string line = ingest::line_for(event, file == nullptr ? "" : *file, french);
  if (!line.empty()) std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

// On a disk that is nearly full nothing more is taken: files stay where they are until there is room again.
class Room {
 public:
  Room(belt::Daemon& daemon, const fs::path& hot_folder)
      : daemon_(daemon), places_{hot_folder, daemon.config.state_dir} {}
  bool is_there() {
    const bool enough = std::ranges::all_of(places_, [](const fs::path& place) {
      std::error_code unknown;
      const fs::space_info space = fs::space(place, unknown);
      return unknown || space.available >= least_free_bytes;
    });
    if (enough && !was_) daemon_.log.info("room_again");
    if (!enough && was_) daemon_.log.warn("waiting", {{"reason", "station.no_space"}});
    was_ = enough;
    return enough;
  }

 private:
  belt::Daemon& daemon_;
  std::array<fs::path, 2> places_;
  bool was_ = true;
};

int watch_folder(belt::Daemon& daemon, const ingest::StationWords& words) {
  const std::string name = words.name.empty() ? daemon.config.station_name : words.name;
  const bool french = daemon.config.lang != "en";
  Courier courier(daemon, words, name);
  Inlets inlets(words.hot_folder, daemon.config, courier.poller());
  Names names;
  Room room(daemon, words.hot_folder);
  Millis next_sweep{};
  daemon.log.info("ready", {{"station", name}});
  while (!daemon.stop.stop_requested()) {
    inlets.drain();
    if (const Millis now = steady_now(); now >= next_sweep) {
      courier.station().sweep(daemon.now());
      next_sweep = now + between_sweeps;
    }
    daemon.now();  // somebody may have set the clock
    if (courier.station().has_room() && room.is_there())
      take_whole_files(daemon, inlets, courier.station(), names);
    for (const StationEvent& event : courier.turn(longest_pause_ms)) {
      courier.log(event);
      if (words.says) say(event, names, french);
      if (event.what == "done" || event.what == "failed") names.forget(event.id.number);
    }
  }
  return belt::exit_ok;
}

struct Sending {
  Names names;
  bool refused = false;

  void print(const StationEvent& event, bool french) {
    const std::string* file = names.of(event.id.number);
    if (file == nullptr) return;  // left over from an earlier day
    if (event.what == "received")
      std::printf("%s  %s  %s\n", letter::text(event.id).c_str(), letter::iso(event.received_at).c_str(),
                  file->c_str());
    if (event.what == "flaw" || event.what == "batch" || (event.what == "looked" && event.separators > 0))
      std::printf("%s\n", ingest::line_for(event, *file, french).c_str());
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
    const auto claim = courier.station().submit(file, words.handed);
    if (claim) {
      sending.names.add(*claim, file.string());
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
    const letter::Reason& why = words.error();
    std::fprintf(stderr, "vaguemestre-station: %s\n%s\n[%s]\n", why.fr.c_str(), why.en.c_str(),
                 why.code.c_str());
    return why.code.starts_with("envelope.") ? belt::exit_bad_input : belt::exit_usage;
  }
  if (words->help) {
    std::fputs(ingest::station_help(), stdout);
    return belt::exit_ok;
  }
  std::vector<char*> daemon_words{argv[0]};
  for (const std::string& word : words->daemon_words) daemon_words.push_back(const_cast<char*>(word.c_str()));
  return belt::run_daemon(static_cast<int>(daemon_words.size()), daemon_words.data(), "station",
                          [&](belt::Daemon& daemon) {
                            if (!belt::may_start(daemon, page::missing_walls()))
                              return static_cast<int>(belt::exit_daemon_config);
                            return words->once ? send_once(daemon, *words) : watch_folder(daemon, *words);
                          });
}
