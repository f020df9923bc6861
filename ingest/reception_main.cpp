#include "ingest/reception_main.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "belt/daemon.hpp"
#include "belt/handout.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "ingest/intake.hpp"
#include "ingest/status.hpp"
#include "vault/directory_vault.hpp"

namespace ingest {
namespace {

namespace fs = std::filesystem;

constexpr int longest_pause_ms = 50;
constexpr std::size_t arrivals_a_round = 16;
constexpr std::uint64_t arrival_bytes_a_round = 64u << 20;  // no more of them in memory at once
constexpr int words_a_turn = 256;
constexpr belt::Millis most_unsettled_for{250};
constexpr std::uint64_t small_frame_bytes = 64u << 10;  // progress and Filed

template <class T>
T must(letter::Result<T> result) {
  if (!result) throw letter::BrokenWorld(result.error().en);
  return std::move(*result);
}

belt::Millis steady_now() {
  return std::chrono::duration_cast<belt::Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

// What closes sealed letters; this house cannot open them again.
vault::Keyring medical_lock(const belt::Config& config) {
  vault::make_medical_key(config.state_dir / "keys", config.medical_key);
  return must(vault::load_medical_public(config.state_dir / "keys"));
}

DiskSpace space_in(const fs::path& dir) {
  std::error_code failed;
  const fs::space_info space = fs::space(dir, failed);
  if (failed) throw letter::BrokenWorld("the free space of the disk cannot be asked");
  return {space.available, space.capacity};
}

belt::HandoutLimits handout_limits(const belt::Limits& limits) {
  return {limits.attempts, limits.handouts, limits.letters_in_flight, belt::Millis(limits.lease_ms),
          belt::Millis(limits.silence_ms)};
}

class Reception {
 public:
  explicit Reception(belt::Daemon& daemon)
      : daemon_(daemon),
        state_(daemon.config.state_dir),
        own_(must(belt::load_key(state_ / "keys", "ingest:ingest"))),
        vault_(state_ / "vault", must(vault::mailroom_key_of(state_)), std::make_shared<vault::SystemDisk>(),
               medical_lock(daemon.config)),
        spool_(state_ / "spool"),
        handout_(handout_limits(daemon.config.limits)),
        context_(state_ / "keys", daemon.config.limits.daemon_bytes),
        stations_(context_, bound("station", belt::Pattern::router, {"station", "ops"})),
        workers_(context_, bound("handout", belt::Pattern::router, {"reader", "sorter", "router"})),
        filings_(context_, bound("filed", belt::Pattern::pull, {"router"})),
        sorted_(context_, to_router()) {
    vault_.name_again([this](const letter::LetterId& id) { return spool_.find(id).has_value(); });
    for (const Spooled& spooled : spool_.unfiled()) handout_.add(spooled.letter.id, spooled.attempts);
    poller_.watch(stations_);
    poller_.watch(workers_);
    poller_.watch(filings_);
  }

  void run() {
    daemon_.log.info("ready", {{"unfiled", spool_.received_total() - spool_.filed_total()},
                               {"torn_records", spool_.torn_records()}});
    while (!daemon_.stop.stop_requested()) {
      poller_.wait(longest_pause_ms);
      now_ = daemon_.now();
      strike_off();
      for (int i = 0; i < words_a_turn; ++i) {
        const auto word = workers_.receive(0);
        if (!word) break;
        hear(*word);
      }
      answer();
      for (const belt::Decision& decision : handout_.decide(steady_now()))
        std::visit([this](const auto& decided) { carry_out(decided); }, decision);
      send_bare_slips();
      settle();
    }
    strike_off();
    spool_.settle();
  }

 private:
  belt::SocketOptions bound(const std::string& name, belt::Pattern pattern,
                            std::vector<std::string> roles) const {
    belt::SocketOptions options;
    options.pattern = pattern;
    options.endpoint = belt::endpoint(daemon_.config, name);
    options.bind = true;
    options.domain = name;
    options.allowed_roles = std::move(roles);
    options.own = own_;
    options.max_frame_bytes = name == "station" ? daemon_.config.limits.frame_bytes : small_frame_bytes;
    options.max_frames = daemon_.config.limits.frames;
    return options;
  }

  belt::SocketOptions to_router() const {
    const auto known = must(belt::load_known(state_ / "keys"));
    const auto router = belt::find(known, "router:router");
    if (!router) throw letter::BrokenWorld("the list of the known has no router:router");
    belt::SocketOptions options;
    options.pattern = belt::Pattern::push;
    options.endpoint = belt::endpoint(daemon_.config, "sorted");
    options.own = own_;
    options.server_key = router->public_key;
    return options;
  }

  void refuse_slip(const belt::Incoming& incoming, const letter::Reason& reason) {
    ++refused_;
    daemon_.log.warn("bad_slip", {{"reason", reason}, {"from", incoming.user_id}});
  }

  // What stations sent and what operators ask; the letters that wait are taken in together.
  void answer() {
    std::vector<Arrival> arrivals;
    std::vector<std::string> senders;
    std::uint64_t bytes = 0;
    for (int i = 0; i < words_a_turn && arrivals.size() < arrivals_a_round && bytes < arrival_bytes_a_round;
         ++i) {
      auto incoming = stations_.receive(0);
      if (!incoming) break;
      if (letter::wire_type(incoming->frames) == "letter.errand/1") {
        answer_errand(*incoming);
        continue;
      }
      auto submission = letter::decode_submission(incoming->frames);
      if (!submission) {
        refuse_slip(*incoming, submission.error());
        continue;
      }
      for (const std::string& master : submission->masters) bytes += master.size();
      arrivals.push_back({std::move(*submission), incoming->user_id});
      senders.push_back(incoming->from);
    }
    if (!arrivals.empty()) take_in_all(arrivals, senders);
  }

  void take_in_all(const std::vector<Arrival>& arrivals, const std::vector<std::string>& senders) {
    const belt::Limits& limits = daemon_.config.limits;
    const auto outcomes = take_in(arrivals, {vault_,
                                             spool_,
                                             {limits.floor_bytes, limits.floor_share, limits.pages_a_letter},
                                             space_in(state_),
                                             now_});
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (const auto* receipt = std::get_if<letter::Receipt>(&outcomes[i])) {
        if (!spool_.case_of(receipt->id)) handout_.add(receipt->id, 0);
        daemon_.log.info("receipt", {{"id", receipt->id}});
        stations_.send_to(senders[i], letter::encode(*receipt));
        continue;
      }
      const auto& refusal = std::get<letter::Refusal>(outcomes[i]);
      ++refused_;
      daemon_.log.warn("refused",
                       {{"id", refusal.id}, {"reason", refusal.reason}, {"from", arrivals[i].user_id}});
      stations_.send_to(senders[i], letter::encode(refusal));
    }
  }

  void answer_errand(const belt::Incoming& incoming) {
    const auto errand = letter::decode_errand(incoming.frames);
    if (!errand) return refuse_slip(incoming, errand.error());
    letter::Answer answer;
    answer.request = errand->request;
    if (!incoming.user_id.starts_with("ops:")) {
      answer.reason = letter::Reason{"errand.not_allowed", "Seule l'exploitation (rôle ops) a cette demande.",
                                     "This errand is for the role ops alone."};
    } else if (errand->verb == "status") {
      const belt::HandoutCounts counts = handout_.counts();
      answer.facts = status_facts(
          {counts.waiting, counts.with_readers, counts.past_readers, counts.given_up, counts.readers}, spool_,
          space_in(state_).free_bytes, refused_);
    } else {
      answer.reason = letter::Reason{"errand.unknown", "L'accueil ne connaît que la demande « status ».",
                                     "The reception only knows the errand \"status\"."};
    }
    stations_.send_to(incoming.from, letter::encode(answer));
  }

  void hear(const belt::Incoming& incoming) {
    const auto said = letter::decode_progress(incoming.frames);
    if (!said) return refuse_slip(incoming, said.error());
    if (!may_speak_for(incoming.user_id, said->stage))
      return refuse_slip(incoming, {"progress.role", "Ce programme parle pour un autre.",
                                    "This program speaks for another."});
    instances_[incoming.from] = {said->stage, said->instance};
    if (said->kind == letter::ProgressKind::bye) instances_.erase(incoming.from);
    handout_.hear(incoming.from, *said, steady_now());
  }

  static bool may_speak_for(const std::string& user_id, const std::string& stage) {
    const std::string role = stage == "ocr" ? "reader" : stage == "classify" ? "sorter" : stage;
    return user_id.starts_with(role + ":");
  }

  void strike_off() {
    std::vector<letter::Filed> filings;
    for (int i = 0; i < words_a_turn; ++i) {
      const auto incoming = filings_.receive(0);
      if (!incoming) break;
      if (const auto filed = letter::decode_filed(incoming->frames))
        filings.push_back(*filed);
      else
        refuse_slip(*incoming, filed.error());
    }
    for (const letter::LetterId& id : spool_.filed(filings)) daemon_.log.info("filed", {{"id", id}});
    for (const letter::Filed& filed : filings) {
      handout_.filed(filed.id);
      bare_slips_.erase(filed.id);
    }
  }

  // Filings that no letter came along to take to the disk: once in a while, for a sync holds up everybody.
  void settle() {
    if (steady_now() - settled_ < most_unsettled_for) return;
    spool_.settle();
    settled_ = steady_now();
  }

  void carry_out(const belt::HandOut& handed) {
    const auto letter = spool_.find(handed.id);
    ENSURE(letter.has_value());
    letter::Work work{*letter, {}};
    // Nothing of a sealed letter is read, so no reader gets its pages.
    for (std::uint32_t i = 0; !letter->sealed && i < letter->masters.size(); ++i) {
      auto bytes = vault_.get(*letter, i);
      if (!bytes) return pass_by(handed, bytes.error());
      work.masters.push_back(std::move(*bytes));
    }
    if (!workers_.send_to(handed.worker, letter::encode(work))) {
      instances_.erase(handed.worker);
      handout_.lose(handed.worker, steady_now());
    }
  }

  // The vault cannot give this letter: it goes past the readers, and this reader gets its credit back
  // by being asked for all it has.
  void pass_by(const belt::HandOut& handed, const letter::Reason& reason) {
    daemon_.log.error("vault_fault", {{"id", handed.id}, {"reason", reason}});
    bare_slips_[handed.id] = reason;
    const auto instance = instances_.find(handed.worker);
    if (instance == instances_.end()) return;
    letter::Progress ended;
    ended.kind = letter::ProgressKind::end;
    ended.stage = instance->second.stage;
    ended.instance = instance->second.instance;
    ended.id = handed.id;
    handout_.hear(handed.worker, ended, steady_now());
    carry_out(belt::WhoAreYou{handed.worker});
  }

  void carry_out(const belt::Blame& blame) {
    daemon_.log.warn("blamed", {{"id", blame.id}, {"attempts", blame.attempts}, {"reason", blame.reason}});
    spool_.attempted(blame.id, blame.attempts);
  }

  void carry_out(const belt::GiveUp& given) {
    daemon_.log.warn("given_up", {{"id", given.id}, {"reason", given.reason}});
    bare_slips_[given.id] = given.reason;
  }

  void carry_out(const belt::WhoAreYou& question) {
    workers_.send_to(question.worker, {std::string(letter::who_are_you)});
  }

  // Nobody waits for the router here: what it does not take now it is offered again at the next turn.
  void send_bare_slips() {
    for (auto slip = bare_slips_.begin(); slip != bare_slips_.end();) {
      const auto letter = spool_.find(slip->first);
      ENSURE(letter.has_value());
      if (!sorted_.send(letter::encode(bare_slip(*letter, slip->second)), 0)) return;
      slip = bare_slips_.erase(slip);
    }
  }

  struct Life {
    std::string stage, instance;
  };
  belt::Daemon& daemon_;
  fs::path state_;
  belt::KeyPair own_;
  vault::DirectoryVault vault_;
  Spool spool_;
  belt::Handout handout_;
  belt::Context context_;
  belt::Socket stations_, workers_, filings_, sorted_;
  belt::Poller poller_;
  std::map<std::string, Life> instances_;                  // by routing id
  std::map<letter::LetterId, letter::Reason> bare_slips_;  // not yet taken by the router
  letter::Instant now_{};                                  // of this turn
  belt::Millis settled_{};
  std::uint64_t refused_ = 0;
};

}  // namespace

int receive_letters(belt::Daemon& daemon) {
  Reception(daemon).run();
  return belt::exit_ok;
}

}  // namespace ingest
