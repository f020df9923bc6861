// Programs that stand in for the slow ones, for storms and the belt's bench:
//   stand_in furnish STATE STATION...                  keys of a house with these stations
//   stand_in station STATE NAME LETTERS RATE BYTES POISON OUT
//       sends LETTERS letters of BYTES bytes, RATE a second (0: as fast as receipts come), every POISON-th a
//       poisoned one (0: none); goes on where it was after a kill; resends the first so many at the end
//       (RESEND in the environment); then writes to OUT the milliseconds from each letter's turn to its
//       receipt, and ends.
//   stand_in reader STATE MS      a reader that takes MS for a letter; of poisoned ones it dies, every second
//                                 one fails
//   stand_in fill STATE CASES     a register of so many open cases
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <unistd.h>

#include "belt/daemon.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "belt/stage.hpp"
#include "ingest/claim.hpp"
#include "router/file.hpp"
#include "router/sqlite_store.hpp"
#include "vault/index_key.hpp"
#include "vault/keyring.hpp"
#include "vault/vault.hpp"

namespace {

namespace fs = std::filesystem;
using letter::Frames;
using Millis = std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr const char* poison = "POISON";
constexpr std::size_t most_unreceipted = 64;
constexpr Millis resend_after{500}, unsent_after{20};

template <class T>
T must(letter::Result<T> result) {
  if (!result) throw letter::BrokenWorld(result.error().en);
  return std::move(*result);
}

Millis steady_now() { return std::chrono::duration_cast<Millis>(Steady::now().time_since_epoch()); }

belt::SocketOptions connection(const belt::Config& config, belt::Pattern pattern, const std::string& socket,
                               const std::string& own, const std::string& server) {
  const fs::path keys = config.state_dir / "keys";
  belt::SocketOptions options;
  options.pattern = pattern;
  options.endpoint = belt::endpoint(config, socket);
  options.own = must(belt::load_key(keys, own));
  options.server_key = belt::find(must(belt::load_known(keys)), server).value().public_key;
  return options;
}

std::uint64_t noise_of(std::uint64_t number) {
  number = (number + 1) * 0x9e3779b97f4a7c15u;
  return (number ^ (number >> 29)) * 0xbf58476d1ce4e5b9u >> 8;
}

// Same number, same bytes; no two alike.
letter::Submission letter_of(const std::string& station, std::uint32_t number, std::size_t bytes,
                             bool poisoned) {
  std::string sheet = (poisoned ? poison : "letter ") + std::to_string(number) + " of " + station + "\n";
  for (std::uint64_t noise = noise_of(number); sheet.size() < bytes; noise = noise_of(noise))
    sheet += static_cast<char>(noise >> 16);
  letter::Submission made;
  made.letter.id = {station, number};
  made.letter.box = letter::PostBox::tsa_20202;
  made.letter.masters = {{vault::sha256_hex(sheet), sheet.size(), "image/tiff", 1}};
  made.letter.pages.resize(1);
  made.masters = {std::move(sheet)};
  return made;
}

// A disk that does not wait: it is the house's disk that is tried, not the scanner's.
class HastyDisk final : public vault::Disk {
 public:
  std::optional<std::string> read(const fs::path& file) const override { return real_.read(file); }
  bool exists(const fs::path& path) const override { return real_.exists(path); }
  std::vector<std::string> names(const fs::path& dir) const override { return real_.names(dir); }
  void write_synced(const fs::path& file, const std::string& bytes, mode_t mode) override {
    real_.write_synced(file, bytes, mode);
  }
  void append(const fs::path& file, const std::string& bytes, bool) override {
    real_.append(file, bytes, false);
  }
  void sync_file(const fs::path&) override {}
  void sync_folder(const fs::path&) override {}
  bool make_folder(const fs::path& dir, mode_t mode) override { return real_.make_folder(dir, mode); }
  void replace(const fs::path& from, const fs::path& to) override { real_.replace(from, to); }
  vault::Move move(const fs::path& from, const fs::path& to) override { return real_.move(from, to); }
  void remove(const fs::path& file) override { real_.remove(file); }
  std::unique_ptr<vault::Lock> lock(const fs::path& file) override { return real_.lock(file); }

 private:
  vault::SystemDisk real_;
};

struct Load {
  std::string station;
  std::uint32_t letters = 0, rate = 0, poison_every = 0, resend = 0;
  std::size_t bytes = 0;
  fs::path out;
};

// The real station's journal with invented paper: what a reconciliation counts from.
class Station {
 public:
  Station(belt::Daemon& daemon, const Load& load)
      : daemon_(daemon),
        load_(load),
        journal_(daemon.config.state_dir / "station" / load.station, std::make_shared<HastyDisk>()),
        context_(""),
        socket_(context_, connection(daemon.config, belt::Pattern::dealer, "station",
                                     "station:" + load.station, "ingest:ingest")) {
    for (auto& [number, claim] : journal_.unfinished()) {
      if (!claim.is_cut) cut(claim);
      begun_ = std::max(begun_, number), due_[number] = {};
    }
    std::ifstream(done_file()) >> done_;
    begun_ = std::max(begun_, done_);
    poller_.watch(socket_);
    start_ = Steady::now() - turn_of(begun_ + 1);
  }

  int run() {
    while (!is_over()) {
      if (daemon_.stop.stop_requested()) return belt::exit_interrupted;
      claim_due();
      send_due();
      poller_.wait(load_.rate > 0 ? 1 : 20);
      while (const auto incoming = socket_.receive(0)) take(incoming->frames);
    }
    std::ofstream out(load_.out);
    for (const double ms : waits_) out << ms << "\n";
    std::printf("refused for a while %llu, resent %u, receipts that changed %u\n",
                static_cast<unsigned long long>(refused_), again_, changed_);
    return refused_for_good_ == 0 && changed_ == 0 ? belt::exit_ok : belt::exit_bad_input;
  }

 private:
  fs::path done_file() const { return daemon_.config.state_dir / "station" / load_.station / "begun"; }
  bool is_over() const {
    return begun_ == load_.letters && journal_.unfinished().empty() && again_ == load_.resend &&
           !asked_again_;
  }
  // When a letter's turn comes, from the start.
  Steady::duration turn_of(std::uint32_t number) const {
    return load_.rate == 0 ? Steady::duration{}
                           : std::chrono::microseconds(1'000'000ull * (number - 1) / load_.rate);
  }
  letter::Submission paper(std::uint32_t number) const {
    return letter_of(load_.station, number, load_.bytes,
                     load_.poison_every > 0 && number % load_.poison_every == 0);
  }

  // One page, one letter.
  void cut(ingest::Claim& claim) {
    ingest::Stack stack;
    stack.pages = 1;
    stack.letters.push_back({});
    stack.letters[0].pages = 1;
    journal_.cut(claim, stack, true);
  }

  void claim_due() {
    while (begun_ < load_.letters && journal_.unfinished().size() < most_unreceipted &&
           Steady::now() - start_ >= turn_of(begun_ + 1)) {
      const auto submission = paper(begun_ + 1);
      ingest::Claim draft;
      draft.name = "scan.tif", draft.extension = "tif", draft.sha256 = submission.letter.masters[0].sha256;
      ingest::Claim& claim = journal_.open(std::move(draft));
      cut(claim);
      begun_ = claim.number;
      due_[begun_] = {};
    }
  }

  void send_due() {
    for (auto& [number, due] : due_) {
      if (due > steady_now()) continue;
      const bool sent = socket_.send(letter::encode(paper(number)), 0);
      due = steady_now() + (sent ? resend_after : unsent_after);
      if (!sent) return;
    }
    if (begun_ == load_.letters && journal_.unfinished().empty() && again_ < load_.resend && !asked_again_)
      asked_again_ = socket_.send(letter::encode(paper(again_ % load_.letters + 1)), 0);
  }

  void take(const Frames& frames) {
    if (const auto receipt = letter::decode_receipt(frames)) return note(*receipt);
    const auto refusal = letter::decode_refusal(frames);
    if (!refusal) return;
    refusal->retry ? ++refused_ : ++refused_for_good_;
  }

  // A letter keeps the stamp of its first receipt, however often it comes.
  void note(const letter::Receipt& receipt) {
    const std::uint32_t number = receipt.id.number;
    const auto [first, is_first] = stamps_.try_emplace(number, receipt.received_at);
    if (first->second != receipt.received_at) ++changed_;
    if (asked_again_ && number == again_ % load_.letters + 1) ++again_, asked_again_ = false;
    ingest::Claim* claim = journal_.claim_of(number);
    if (claim == nullptr) return;
    const auto wait = Steady::now() - start_ - turn_of(number);
    waits_.push_back(std::chrono::duration<double, std::milli>(wait).count());
    journal_.received(*claim, receipt);
    due_.erase(number);
    journal_.close(number, ingest::Outcome::done);
    if (number > done_) std::ofstream(done_file()) << (done_ = number);
  }

  belt::Daemon& daemon_;
  const Load load_;
  ingest::ClaimJournal journal_;
  belt::Context context_;
  belt::Socket socket_;
  belt::Poller poller_;
  std::map<std::uint32_t, Millis> due_;  // when to send it again, until its receipt
  std::map<std::uint32_t, letter::Instant> stamps_;
  std::vector<double> waits_;
  Steady::time_point start_;
  std::uint32_t begun_ = 0, done_ = 0, again_ = 0, changed_ = 0;
  std::uint64_t refused_ = 0, refused_for_good_ = 0;
  bool asked_again_ = false;
};

letter::ReadLetter reading_of(const letter::Letter& letter) {
  letter::ReadLetter read;
  read.letter = letter;
  // Member numbers lie as far apart as a society's do.
  const std::string member = std::to_string(10'000'000 + noise_of(letter.id.number) % 90'000'000);
  const std::string text =
      "Madame, Monsieur, je conteste le refus de remboursement de mes soins dentaires du mois de mars. La "
      "somme "
      "attendue ne m'a pas été versée malgré mes deux appels au service client. Je vous demande de revoir ce "
      "dossier et de me répondre par écrit. Numéro d'adhérent : " +
      member + ".";
  read.text = letter::PersonalText(text);
  read.full_text = letter::PersonalText(text);
  letter::Line line;
  line.text = letter::PersonalText(text);
  line.confidence = 0.95;
  read.lines.push_back(line);
  return read;
}

// As the real reader's loop, but for the reading.
int read_letters(belt::Daemon& daemon, int ms) {
  belt::Context context("");
  belt::Socket handout(
      context, connection(daemon.config, belt::Pattern::dealer, "handout", "reader:reader", "ingest:ingest"));
  belt::Socket outbox(
      context, connection(daemon.config, belt::Pattern::push, "read", "reader:reader", "sorter:sorter"));
  belt::ProgressLine line(handout, "ocr", daemon.instance);
  line.ready(2);
  while (!daemon.stop.stop_requested()) {
    line.beat(daemon.now(), daemon.config.limits.beat_ms);
    const auto incoming = handout.receive(50);
    if (!incoming || line.asked(incoming->frames)) continue;
    const auto work = letter::decode_work(incoming->frames);
    if (!work) continue;
    const letter::LetterId id = work->letter.id;
    line.begin(id);
    std::this_thread::sleep_for(Millis(ms));
    const bool poisoned = !work->masters.empty() && work->masters[0].starts_with(poison);
    if (poisoned && id.number % 2 == 0) {
      std::this_thread::sleep_for(Millis(50));  // its word has gone out
      ::_exit(86);
    }
    if (poisoned) {
      line.failed(id, {"reader.crashed", "", ""});
    } else {
      while (!outbox.send(letter::encode(reading_of(work->letter)), 50) && !daemon.stop.stop_requested())
        line.beat(daemon.now(), daemon.config.limits.beat_ms);
      line.end(id);
    }
    line.ready(1);
  }
  line.bye();
  return belt::exit_ok;
}

int fill(const fs::path& state, std::uint32_t cases) {
  constexpr std::uint32_t a_commit = 1000;
  const fs::path medical = belt::load_config({}, state).value().medical_key;
  vault::make_medical_key(state / "keys", medical);
  router::SqliteStore store(state / "register" / "register.sqlite", must(vault::load_medical_key(medical)));
  router::FilingRules rules;
  vault::make_index_key(state / "keys");
  rules.follow.key = must(vault::load_index_key(state / "keys"));
  for (std::uint32_t number = 1; number <= cases; number += a_commit)
    store.transact([&](router::Transaction& transaction) {
      router::note_all_anew(transaction, rules.follow);
      for (std::uint32_t i = number; i < number + a_commit && i <= cases; ++i) {
        letter::SortedLetter sorted;
        letter::Letter mail = letter_of("OLD", i, 100, false).letter;
        mail.received_at = belt::now_utc();
        mail.arrived_on = letter::paris_day(mail.received_at);
        sorted.read = reading_of(mail);
        sorted.is_complaint = true;
        router::file(sorted, transaction, rules, mail.received_at);
      }
    });
  return belt::exit_ok;
}

int as_daemon(char** argv, const std::string& name, const std::function<int(belt::Daemon&)>& body) {
  std::string option = "--state";
  std::vector<char*> words{argv[0], option.data(), argv[2]};
  return belt::run_daemon(static_cast<int>(words.size()), words.data(), name, body);
}

std::uint32_t whole(const char* word) { return static_cast<std::uint32_t>(std::strtoul(word, nullptr, 10)); }

}  // namespace

int main(int argc, char** argv) {
  const std::string role = argc > 2 ? argv[1] : "";
  if (role == "furnish") {
    const fs::path keys = fs::path(argv[2]) / "keys";
    fs::create_directories(keys);
    fs::permissions(argv[2], fs::perms::owner_all);
    belt::make_keys(keys, {argv + 3, argv + argc});
    return 0;
  }
  if (role == "reader" && argc == 4)
    return as_daemon(argv, "reader",
                     [&](belt::Daemon& daemon) { return read_letters(daemon, std::atoi(argv[3])); });
  if (role == "fill" && argc == 4) return fill(argv[2], whole(argv[3]));
  if (role == "station" && argc == 9) {
    const char* resend = std::getenv("RESEND");
    const Load load{
        argv[3],        whole(argv[4]), whole(argv[5]), whole(argv[7]), resend ? whole(resend) : 0,
        whole(argv[6]), argv[8]};
    return as_daemon(argv, "station", [&](belt::Daemon& daemon) { return Station(daemon, load).run(); });
  }
  std::fprintf(stderr, "stand_in: see the head of tests/soak/stand_in.cpp\n");
  return 1;
}
