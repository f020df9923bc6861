// The loop of a middle stage, and how any loop tells ingest what it is doing.
#pragma once

#include <functional>
#include <stop_token>

#include "belt/daemon.hpp"
#include "belt/socket.hpp"
#include "letter/wire.hpp"

namespace belt {

// One dealer to ingest's hand-out socket. Says hello when made and whenever ingest asks.
class ProgressLine {
 public:
  ProgressLine(Socket& handout, std::string stage, std::string instance);
  void hello();
  void ready(std::uint32_t credit);
  void begin(const letter::LetterId& id);
  void end(const letter::LetterId& id);
  void failed(const letter::LetterId& id, const letter::Reason& reason);
  void bye();
  void beat(letter::Instant now, std::uint32_t beat_ms);  // sends at most every beat_ms

 private:
  void say(letter::Progress progress);
  Socket& handout_;
  std::string stage_, instance_;
  letter::Instant last_beat_{};
};

struct Tally {
  std::uint64_t done = 0, refused = 0;  // refused: slips that were no slips
};

// Takes read letters from `inbox`, sorts them with `work` (pure and total), sends them on. If `work`
// throws, something is broken here, not in the letter: the loop ends, the process dies, and ingest
// hands the letter out again.
using Work = std::function<letter::SortedLetter(const letter::ReadLetter&)>;
Tally run_stage(Daemon& daemon, Socket& inbox, Socket& outbox, Socket& handout, const Work& work);

}  // namespace belt
