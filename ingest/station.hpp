// The station without its sockets: claims whole files, sends their letters until each has its receipt,
// and puts the files where the operator expects them. A crash at any point loses nothing: at the next
// start every unfinished claim goes on under the same numbers.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ingest/claim.hpp"
#include "ingest/outbox.hpp"
#include "ingest/split.hpp"
#include "ingest/tray.hpp"
#include "letter/wire.hpp"

namespace ingest {

struct StationSettings {
  std::filesystem::path hot;      // the hot folder
  std::filesystem::path journal;  // folder of this station's journal
  std::string name;               // "LYON1"
  letter::PostBox box = letter::PostBox::none;
  letter::Day arrived_on{};  // not ok(): the day ingest receives it
  SplitRule rule;
  std::size_t window = 16;  // files claimed and not finished
};

// What happened, for the log and for who waits: ids and codes, never a file name.
struct StationEvent {
  std::string what;  // claimed cut received refused failed done abandoned waiting orphan torn
  letter::LetterId id;
  letter::Reason reason;          // refused, failed, waiting
  letter::Instant received_at{};  // received
};

class Station {
 public:
  explicit Station(StationSettings settings,
                   std::shared_ptr<vault::Disk> disk = std::make_shared<vault::SystemDisk>());

  bool has_room() const;
  // Claims a file of the hot folder; gone or changing under our hands: nothing is taken.
  void take(const std::string& name);
  // Claims a copy of a file that lies elsewhere; gives the claim's number, or why it cannot be read.
  letter::Result<std::uint32_t> submit(const std::filesystem::path& file, const std::string& joins);

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
    std::string work_name;
  };
  letter::LetterId id_of(std::uint32_t number) const { return {settings_.name, number}; }
  std::string work_name(const Claim& claim) const;
  std::string part_name(const Claim& claim, std::size_t index) const;
  void tell(const std::string& what, std::uint32_t number, const letter::Reason& reason = {});
  void resume(Claim& claim);
  void prepare(Claim& claim);
  void prepare_kept_parts(Claim& claim);
  void add_letter(const Claim& claim, std::size_t index, const Part& part);
  void refuse(Claim& claim, std::uint32_t letter, const letter::Reason& reason);
  void conclude(Claim& claim);
  void abandon(Claim& claim);
  void rescue_orphans();

  StationSettings settings_;
  Tray tray_;
  ClaimJournal journal_;
  Outbox outbox_;
  std::map<std::uint32_t, Ready> ready_;
  std::vector<StationEvent> events_;
};

}  // namespace ingest
