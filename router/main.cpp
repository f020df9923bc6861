// vaguemestre-router: files sorted letters, answers desks. One loop, one thread; filing comes first.
#include <deque>

#include "belt/daemon.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "belt/stage.hpp"
#include "router/case_text.hpp"
#include "router/chores.hpp"
#include "router/desk.hpp"
#include "router/file.hpp"
#include "router/hand_over.hpp"
#include "router/page_desk.hpp"
#include "router/refusals.hpp"
#include "router/sqlite_store.hpp"
#include "vault/directory_vault.hpp"
#include "vault/index_key.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_errand_bytes = 64u << 10;  // an errand is small, whoever sends it
constexpr int longest_pause_ms = 100;
constexpr int errands_a_turn = 16;
constexpr std::size_t letters_a_commit = 32;
constexpr std::size_t most_untold = 64;  // beyond this no further letter is filed until ingest listens

template <class T>
T must(letter::Result<T> result) {
  if (!result) throw letter::BrokenWorld(result.error().en);
  return std::move(*result);
}

// What the register recognises people by. Lost, it is made anew, and every letter noted again under it.
std::string index_key(const fs::path& keys_dir) {
  vault::make_index_key(keys_dir);
  return must(vault::load_index_key(keys_dir));
}

router::DeskRules rules_of(const belt::Config& config) {
  router::DeskRules rules;
  rules.lease = std::chrono::seconds{config.desk_lease_s};
  rules.filing.follow.key = index_key(config.state_dir / "keys");
  rules.filing.follow.nir = config.follow_by_nir;
  rules.filing.check_one_in = config.blind_check_one_in;
  const belt::Rules& clocks = config.rules;
  rules.filing.clocks = must(router::clock_rules(
      {clocks.ack_counts_saturdays, clocks.prorogation, clocks.region, clocks.worked_holidays}));
  for (const letter::Queue queue : letter::all_queues) {
    const auto i = static_cast<std::size_t>(queue);
    rules.retention.of_queue.at(i) = letter::parse_period(config.retention.at(i)).value();
  }
  return rules;
}

fs::path view_program() {
  std::error_code failed;
  const fs::path self = fs::read_symlink("/proc/self/exe", failed);
  if (failed) throw letter::BrokenWorld("this program does not know where it is");
  return self.parent_path() / "vaguemestre-view";
}

router::PageDeskLimits view_limits(const belt::Config& config) {
  router::PageDeskLimits limits;
  limits.view.memory_bytes = config.limits.child_bytes;
  limits.view.decoded_bytes = config.limits.decoded_bytes;
  limits.view.ms_a_page = config.limits.decode_ms;
  limits.view.insecure = config.insecure;
  return limits;
}

belt::SocketOptions options(const belt::Config& config, const belt::KeyPair& own, belt::Pattern pattern,
                            const std::string& socket_name) {
  belt::SocketOptions made;
  made.pattern = pattern;
  made.endpoint = belt::endpoint(config, socket_name);
  made.own = own;
  made.max_frame_bytes = config.limits.frame_bytes;
  made.max_frames = config.limits.frames;
  return made;
}

belt::SocketOptions listening(belt::SocketOptions made, const std::string& domain,
                              std::vector<std::string> roles) {
  made.bind = true;
  made.domain = domain;
  made.allowed_roles = std::move(roles);
  return made;
}

// A house has one ingest and one router; whatever their names, their roles say which they are.
// The pages of sealed letters, for the medical desk alone.
vault::Keyring medical_key(const fs::path& keys_dir, const fs::path& secret_file) {
  vault::make_medical_key(keys_dir, secret_file);
  return must(vault::load_medical_key(secret_file));
}

belt::Identity the_one(const fs::path& keys_dir, const std::string& role) {
  for (const belt::Identity& known : must(belt::load_known(keys_dir)))
    if (known.role == role && !known.revoked) return known;
  throw letter::BrokenWorld("the list of the known has no " + role);
}

belt::SocketOptions connecting(belt::SocketOptions made, const fs::path& keys_dir) {
  made.server_key = the_one(keys_dir, "ingest").public_key;
  return made;
}

class Router {
 public:
  explicit Router(belt::Daemon& daemon)
      : daemon_(daemon),
        keys_dir_(daemon.config.state_dir / "keys"),
        own_(must(belt::load_key(keys_dir_, the_one(keys_dir_, "router").user_id()))),
        rules_(rules_of(daemon.config)),
        store_(daemon.config.state_dir / "register" / "register.sqlite",
               medical_key(keys_dir_, daemon.config.medical_key)),
        vault_(daemon.config.state_dir / "vault", must(vault::mailroom_key_of(daemon.config.state_dir)),
               std::make_shared<vault::SystemDisk>(), medical_key(keys_dir_, daemon.config.medical_key)),
        chores_(store_, vault_, {daemon.config.handover_dir, daemon.config.handover_medical_dir},
                daemon.config.state_dir / "backup.lock"),
        pages_(view_program(), vault_, view_limits(daemon.config)),
        context_(keys_dir_, daemon.config.limits.daemon_bytes),
        sorted_(context_, listening(on(belt::Pattern::pull, "sorted"), "sorted", {"sorter", "ingest"})),
        desk_(context_, desk_options()),
        filed_(context_, connecting(on(belt::Pattern::push, "filed"), keys_dir_)),
        handout_(context_, connecting(on(belt::Pattern::dealer, "handout"), keys_dir_)),
        line_(handout_, "router", daemon.instance) {
    poller_.watch(sorted_);
    poller_.watch(desk_);
    poller_.watch(handout_);
  }

  void run() {
    bool anew = false;
    store_.transact([&](router::Transaction& transaction) {
      anew = router::note_all_anew(transaction, rules_.filing.follow);
    });
    if (anew) daemon_.log.info("router.noted_anew");
    // Its own place it makes; one that was set and is not there may be a disk that is not mounted.
    if (vault::SystemDisk disk; daemon_.config.handover_dir == daemon_.config.state_dir / "handover")
      vault::make_folder_durably(disk, daemon_.config.handover_dir);
    close_what_was_left();
    daemon_.log.info("router.ready");
    while (!daemon_.stop.stop_requested()) {
      line_.beat(daemon_.now(), daemon_.config.limits.beat_ms);
      export_head();
      if (chores_wait_) do_chores();
      wait();
      tell_filed();
      file_waiting();
      for (int i = 0; i < errands_a_turn && answer_next(); ++i) {
      }
      if (const auto shown = pages_.step(daemon_.now())) answer(shown->to, shown->answer);
    }
    line_.bye();
    daemon_.log.info("router.stopped", {{"filed", filed_count_}, {"errands", errand_count_}});
  }

 private:
  belt::SocketOptions on(belt::Pattern pattern, const std::string& socket_name) const {
    return options(daemon_.config, own_, pattern, socket_name);
  }

  belt::SocketOptions desk_options() const {
    auto made = listening(on(belt::Pattern::router, "desk"), "desk",
                          {"desk", "medical_desk", "ops", "auditor", "sorter"});
    made.max_frame_bytes = most_errand_bytes;
    return made;
  }

  void wait() {
    const int fd = pages_.output_fd();
    if (fd >= 0) poller_.watch(fd);
    poller_.wait(longest_pause_ms);
    if (fd >= 0) poller_.forget(fd);
  }

  // Sorted letters that are there now, as far as ingest can be told of them.
  std::vector<letter::SortedLetter> waiting() {
    std::vector<letter::SortedLetter> letters;
    while (letters.size() < letters_a_commit && letters.size() + untold_.size() < most_untold) {
      const auto incoming = sorted_.receive(0);
      if (!incoming) break;
      auto sorted = letter::decode_sorted(incoming->frames);
      if (sorted)
        letters.push_back(std::move(*sorted));
      else
        daemon_.log.warn("router.refused", {{"reason", sorted.error()}, {"from", incoming->user_id}});
    }
    return letters;
  }

  // One commit for all of them, and no word of any before it. Blame can only fall on the one being looked at.
  void file_waiting() {
    const auto letters = waiting();
    if (letters.empty()) return;
    std::vector<letter::Filed> filed;
    store_.transact([&](router::Transaction& transaction) {
      for (const letter::SortedLetter& sorted : letters) {
        const letter::LetterId& id = sorted.read.letter.id;
        line_.begin(id);
        const auto value = router::file_case(sorted, transaction, rules_.filing, daemon_.now());
        filed.push_back({id, letter::text(value.ref)});
        line_.end(id);
      }
    });
    do_chores();
    filed_count_ += filed.size();
    for (letter::Filed& one : filed) {
      daemon_.log.info("router.filed", {{"letter", one.id}, {"case", one.case_ref}});
      untold_.push_back(std::move(one));
    }
    tell_filed();
  }

  // Of what was just committed, or of an earlier life; asked again while a backup runs.
  void do_chores() { chores_wait_ = !chores_.carry_out(); }
  // Once a day, where somebody may keep it: what the journal's end was.
  void export_head() {
    const letter::Day today = letter::paris_day(daemon_.now());
    if (today == head_of_) return;
    head_of_ = today;
    const fs::path file = daemon_.config.heads_dir / (letter::iso(today) + ".json");
    vault::SystemDisk disk;
    if (disk.exists(file)) return;  // of an earlier life; it may be timestamped by now
    router::JournalHead head;
    store_.transact([&](router::Transaction& transaction) { head = transaction.journal_head(); });
    if (head.seq == 0) return;
    vault::make_folder_durably(disk, daemon_.config.heads_dir);
    vault::write_durably(disk, file, router::head_json(head, daemon_.now()));
  }
  // What a crash, or an earlier version, left open.
  void close_what_was_left() {
    store_.transact([&](router::Transaction& transaction) {
      for (const letter::CaseRef& ref : transaction.secrets_left_readable()) {
        const std::string seen = router::seen_by(transaction.history(ref));
        transaction.save(transaction.load(ref).value());
        transaction.append(
            {0, daemon_.now(), letter::text(ref), "vaguemestre", "made_secret", {{"seen_by", seen}}});
      }
    });
    do_chores();
  }

  // Committed and not yet told: ingest may be away. What dies with this process is handed out and told again.
  void tell_filed() {
    while (!untold_.empty() && filed_.send(letter::encode(untold_.front()), 0)) untold_.pop_front();
  }

  bool answer_next() {
    const auto incoming = desk_.receive(0);
    if (!incoming) return false;
    ++errand_count_;
    const auto errand = letter::decode_errand(incoming->frames);
    const auto asker = asker_behind(incoming->user_id);
    if (!errand) {
      answer(incoming->from, router::refusal({}, errand.error()));
    } else if (!asker) {
      answer(incoming->from, router::refusal(*errand, router::reason(router::Refusal::not_allowed)));
    } else if (errand->verb == "pages") {
      ask_for_pages(incoming->from, *errand, *asker);
    } else if (errand->verb == "hand_over") {
      answer(incoming->from, hand_over(*errand, *asker));
    } else {
      letter::Answer given;
      store_.transact([&](router::Transaction& transaction) {
        given = router::run_errand(*errand, *asker, transaction, {rules_, daemon_.now()});
      });
      do_chores();
      answer(incoming->from, given);
    }
    return true;
  }

  // The list is read anew: a key may get or lose a queue while the router runs.
  std::optional<router::Asker> asker_behind(const std::string& user_id) const {
    const auto known = belt::load_known(keys_dir_);
    const auto identity = known ? belt::find(*known, user_id) : std::nullopt;
    if (!identity || identity->revoked) return std::nullopt;
    return router::make_asker(user_id, identity->queues);
  }

  // The folder first, then the register: what a crash leaves between is recognised at the next try.
  letter::Answer hand_over(const letter::Errand& errand, const router::Asker& asker) {
    const router::Moment moment{rules_, daemon_.now()};
    letter::Result<router::HandOver> plan;
    store_.transact([&](router::Transaction& transaction) {
      plan = router::plan_hand_over(errand, asker, transaction, moment);
    });
    if (!plan) return router::refusal(errand, plan.error());
    vault::SystemDisk disk;
    const auto put = router::put_hand_over(
        *plan, {daemon_.config.handover_dir, daemon_.config.handover_medical_dir}, vault_, disk);
    if (!put) {
      daemon_.log.warn("router.not_handed_over", {{"reason", put.error()}});
      return router::refusal(errand, put.error());
    }
    letter::Answer given;
    store_.transact([&](router::Transaction& transaction) {
      given = router::finish_hand_over(errand, asker, *plan, transaction, moment);
    });
    return given;
  }

  void ask_for_pages(const std::string& to, const letter::Errand& errand, const router::Asker& asker) {
    letter::Result<router::PagesPlan> plan;
    store_.transact([&](router::Transaction& transaction) {
      plan = router::plan_pages(errand, asker, transaction, {rules_, daemon_.now()});
    });
    if (!plan) return answer(to, router::refusal(errand, plan.error()));
    if (!pages_.ask(to, errand, std::move(*plan)))
      answer(to, router::refusal(errand, router::reason(router::Refusal::busy)));
  }

  void answer(const std::string& to, const letter::Answer& given) {
    if (!desk_.send_to(to, letter::encode(given))) daemon_.log.warn("router.desk_gone");
  }

  belt::Daemon& daemon_;
  const fs::path keys_dir_;
  const belt::KeyPair own_;
  const router::DeskRules rules_;
  router::SqliteStore store_;
  vault::DirectoryVault vault_;
  router::Chores chores_;
  router::PageDesk pages_;
  belt::Context context_;
  belt::Socket sorted_, desk_, filed_, handout_;
  belt::ProgressLine line_;
  belt::Poller poller_;
  std::deque<letter::Filed> untold_;
  letter::Day head_of_{};  // the day whose head was written last
  bool chores_wait_ = false;
  std::uint64_t filed_count_ = 0, errand_count_ = 0;
};

int file_letters(belt::Daemon& daemon) {
  Router(daemon).run();
  return belt::exit_ok;
}

}  // namespace

int main(int argc, char** argv) { return belt::run_daemon(argc, argv, "router", file_letters); }
