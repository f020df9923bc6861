// The loop of a middle stage, and how any loop tells ingest what it is doing.
#pragma once

#include <deque>
#include <functional>
#include <set>
#include <stop_token>

#include "belt/daemon.hpp"
#include "belt/socket.hpp"
#include "letter/wire.hpp"

namespace belt {

// One dealer to ingest's hand-out socket. What cannot be sent at once is kept and sent in order later, so no
// call ever waits. Says hello when made and whenever ingest asks, and then also repeats its credit and what
// it has begun, so that ingest knows a worker in full after either of them was started again.
class ProgressLine {
 public:
  ProgressLine(Socket& handout, std::string stage, std::string instance);
  void hello();
  void ready(std::uint32_t credit);  // how many more letters it takes now
  void begin(const letter::LetterId& id);
  void end(const letter::LetterId& id);
  void failed(const letter::LetterId& id, const letter::Reason& reason);
  void bye();
  // Call at every turn of the loop: sends a beat at most every beat_ms, and what was left unsent. For any
  // stage but "ocr" it also takes and answers what ingest asks; a reader takes its frames itself and shows
  // them to asked().
  void beat(letter::Instant now, std::uint32_t beat_ms);
  // True when the frames were ingest's question who this is; it is answered then.
  bool asked(const letter::Frames& frames);

 private:
  void say(letter::ProgressKind kind, const letter::LetterId& id = {}, const letter::Reason& reason = {});
  void flush();
  void tell_all();
  Socket& handout_;
  std::string stage_, instance_;
  letter::Instant last_beat_{};
  std::uint32_t credit_ = 0;
  std::set<letter::LetterId> begun_;
  std::deque<letter::Progress> unsent_;
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
