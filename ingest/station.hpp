// The station without its sockets: claims whole files, sends their letters until each has its receipt,
// and puts the files where the operator expects them. A crash at any point loses nothing: at the next
// start every unfinished claim goes on under the same numbers.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ingest/claim.hpp"
#include "ingest/examine.hpp"
#include "ingest/outbox.hpp"
#include "ingest/tray.hpp"
#include "letter/wire.hpp"

namespace ingest {

struct StationSettings {
  std::filesystem::path hot;      // the hot folder
  std::filesystem::path journal;  // folder of this station's journal
  std::string name;               // "LYON1"
  StackRule rule;                 // box, day of arrival, how files are cut; `today` comes from below
  std::uint32_t done_hours = 0;   // a receipted scan is kept in done/ so long; closed envelopes never
  std::size_t window = 16;        // files claimed and not finished
  // Files looked at beside the loop at the same time; 0: each in the loop itself, before `take` returns.
  std::size_t looks_at_once = 0;
  std::size_t files_a_letter = 14;  // more do not fit in a message
  Opening opening;
  std::function<letter::Day()> today;  // none: a batch's date is not doubted
};

// What is said of a file that is handed in by itself.
struct Handed {
  std::string joins;          // the case it is for, "" = none
  letter::Envelope envelope;  // of its one letter
};

// What happened, for the log and for who waits: ids, codes and counts, never a file name.
struct StationEvent {
  // claimed looked flaw batch cut received refused failed done abandoned waiting orphan torn
  std::string what;
  letter::LetterId id;
  letter::Reason reason;                                             // refused, failed, waiting, flaw
  letter::Instant received_at{};                                     // received
  std::uint32_t page = 0;                                            // flaw: of the file, from 1
  std::uint32_t pages = 0, letters = 0, separators = 0, sealed = 0;  // looked
  std::uint32_t expected = 0, found = 0;                             // batch
};

// Of a file's bytes; of a folder's files, the hash of their hashes.
std::string hash_of(const std::vector<std::string>& files);

class Station {
 public:
  explicit Station(StationSettings settings,
                   std::shared_ptr<vault::Disk> disk = std::make_shared<vault::SystemDisk>());

  bool has_room() const;
  // Claims a file or a folder of pages, by its path below the hot folder ("scan.tif", "sealed/scan.tif");
  // gives the claim's number; 0: gone, nothing is taken. It may be given back when somebody still writes it.
  std::uint32_t take(const std::string& name);
  // Claims a copy of a file that lies elsewhere; gives the claim's number, or why it cannot be read.
  letter::Result<std::uint32_t> submit(const std::filesystem::path& file, const Handed& handed);
  // Removes from done/ what was kept there long enough.
  void sweep(letter::Instant now) { tray_.sweep_done(now - std::chrono::hours{settings_.done_hours}); }
  // Goes on with the files that were looked at meanwhile. Call it every turn.
  void look_on();

  std::vector<std::uint32_t> due(Millis now) const { return outbox_.due(now); }
  // What to send for a letter that is due; nullopt when its bytes are gone (that is recorded).
  std::optional<letter::Submission> submission(std::uint32_t letter);
  void sent(std::uint32_t letter, Millis now);
  void unsent(std::uint32_t letter, Millis now) { outbox_.unsent(letter, now); }
  void receipt(const letter::Receipt& receipt);
  void refusal(const letter::Refusal& refusal, Millis now);

  bool idle() const { return journal_.unfinished().empty(); }
  std::vector<StationEvent> events();  // since the last call

 private:
  struct Ready {
    letter::Letter letter;
    std::vector<std::string> work_names;  // of each master
  };
  using Looked = letter::Result<Examined>;

  letter::LetterId id_of(std::uint32_t number) const { return {settings_.name, number}; }
  std::string work_name(const Claim& claim) const;
  std::string part_name(const Claim& claim, std::size_t letter, std::uint32_t file) const;
  std::string verdict_name(const Claim& claim) const;
  StackRule rule_of(const std::string& name) const;
  void tell(const std::string& what, std::uint32_t number, const letter::Reason& reason = {});
  void tell_looks(const Claim& claim, const Examined& examined);

  void resume(Claim& claim);
  void begin_look(Claim& claim);
  letter::Result<void> check_keyed(const Claim& claim) const;
  void take_look(Claim& claim, Looked looked);
  void cut(Claim& claim, Examined examined);
  void prepare_kept(Claim& claim);
  letter::Result<std::vector<Part>> kept_parts(const Claim& claim, std::size_t index) const;
  void add_letter(const Claim& claim, std::size_t index, const std::vector<Part>& parts);

  void refuse(Claim& claim, std::uint32_t letter, const letter::Reason& reason);
  bool holds_sealed(const Claim& claim) const;
  void conclude(Claim& claim);
  letter::Day day_of_receipt(const Claim& claim) const;
  void abandon(Claim& claim);
  void rescue_orphans();

  StationSettings settings_;
  Tray tray_;
  ClaimJournal journal_;
  Outbox outbox_;
  std::map<std::uint32_t, Ready> ready_;
  std::deque<std::uint32_t> to_look_at_;                    // claims, oldest first
  std::map<std::uint32_t, std::future<Looked>> looked_at_;  // by claim
  std::vector<StationEvent> events_;
};

}  // namespace ingest
