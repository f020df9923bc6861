#include "belt/stage.hpp"

#include <utility>

namespace belt {

using letter::Progress;
using letter::ProgressKind;

namespace {

constexpr std::size_t most_unsent = 1'000;  // beyond this the whole state is told anew
constexpr int look_ms = 100;                // how long any wait of the loop may last

}  // namespace

ProgressLine::ProgressLine(Socket& handout, std::string stage, std::string instance)
    : handout_(handout), stage_(std::move(stage)), instance_(std::move(instance)) {
  hello();
}

void ProgressLine::hello() { say(ProgressKind::hello); }

void ProgressLine::ready(std::uint32_t credit) {
  credit_ = credit;
  say(ProgressKind::ready);
}

void ProgressLine::begin(const letter::LetterId& id) {
  begun_.insert(id);
  say(ProgressKind::begin, id);
}

void ProgressLine::end(const letter::LetterId& id) {
  begun_.erase(id);
  say(ProgressKind::end, id);
}

void ProgressLine::failed(const letter::LetterId& id, const letter::Reason& reason) {
  begun_.erase(id);
  say(ProgressKind::failed, id, reason);
}

void ProgressLine::bye() {
  begun_.clear();
  say(ProgressKind::bye);
}

void ProgressLine::beat(letter::Instant now, std::uint32_t beat_ms) {
  if (stage_ != "ocr")  // nothing but the question comes to the others; a reader's own loop takes its letters
    while (const auto incoming = handout_.receive(0)) asked(incoming->frames);
  flush();
  const bool due = now < last_beat_ || now - last_beat_ >= std::chrono::milliseconds(beat_ms);
  if (!due) return;
  last_beat_ = now;
  if (unsent_.empty()) say(ProgressKind::beat);
}

bool ProgressLine::asked(const letter::Frames& frames) {
  if (letter::wire_type(frames) != letter::who_are_you) return false;
  tell_all();
  return true;
}

// Hello, and all that ingest must know of this worker now.
void ProgressLine::tell_all() {
  unsent_.clear();
  hello();
  say(ProgressKind::ready);
  for (const auto& id : begun_) say(ProgressKind::begin, id);
}

void ProgressLine::say(ProgressKind kind, const letter::LetterId& id, const letter::Reason& reason) {
  Progress progress{kind, stage_, instance_, id, reason, kind == ProgressKind::ready ? credit_ : 0};
  if (kind == ProgressKind::beat) {  // a beat that cannot be sent is no news later
    handout_.send(letter::encode(progress), 0);
    return;
  }
  unsent_.push_back(std::move(progress));
  flush();
  if (unsent_.size() > most_unsent) tell_all();
}

// In order: what could not be sent before goes first, or an `end` might overtake its `begin`.
void ProgressLine::flush() {
  while (!unsent_.empty() && handout_.send(letter::encode(unsent_.front()), 0)) unsent_.pop_front();
}

namespace {

// Hands the sorted letter on; keeps saying that this loop lives while nobody takes it. False: asked to stop.
bool pass_on(Daemon& daemon, Socket& outbox, ProgressLine& line, const letter::SortedLetter& sorted) {
  const letter::Frames frames = letter::encode(sorted);
  while (!outbox.send(frames, look_ms)) {
    if (daemon.stop.stop_requested()) return false;
    line.beat(daemon.now(), daemon.config.limits.beat_ms);
  }
  return true;
}

}  // namespace

Tally run_stage(Daemon& daemon, Socket& inbox, Socket& outbox, Socket& handout, const Work& work) {
  Tally tally;
  ProgressLine line(handout, "classify", daemon.instance);
  Poller poller;
  poller.watch(inbox);
  poller.watch(handout);
  while (!daemon.stop.stop_requested()) {
    line.beat(daemon.now(), daemon.config.limits.beat_ms);
    poller.wait(look_ms);
    const auto incoming = inbox.receive(0);
    if (!incoming) continue;
    const auto read = letter::decode_read(incoming->frames);
    if (!read) {
      ++tally.refused;
      daemon.log.warn("refused", {{"reason", read.error()}, {"from", incoming->user_id}});
      continue;
    }
    const auto& id = read->letter.id;
    line.begin(id);
    const letter::SortedLetter sorted = work(*read);
    // Before it is passed on: from here on no letter is being worked on, and what is lost on the way to the
    // router goes out again when its lease is over, without blame.
    line.end(id);
    if (!pass_on(daemon, outbox, line, sorted)) break;
    ++tally.done;
  }
  line.bye();
  return tally;
}

}  // namespace belt
