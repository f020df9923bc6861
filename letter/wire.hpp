// How slips travel: frame 0 = type and version ("letter.read/1"), frame 1 = the slip (protobuf,
// letter.proto), frames 2.. = page bytes where the hop needs them. Only wire*.cpp see protobuf.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "letter/errand.hpp"
#include "letter/filed.hpp"
#include "letter/result.hpp"

namespace letter {

using Frames = std::vector<std::string>;

// ingest -> any worker it does not know (one frame, no slip): say hello again, then ready.
inline constexpr std::string_view who_are_you = "letter.who/1";

// station -> ingest: a letter without its stamp; masters' bytes follow, in order.
struct Submission {
  Letter letter;                     // received_at is ignored: ingest stamps it
  std::vector<std::string> masters;  // bytes of letter.masters, same order
  bool operator==(const Submission&) const = default;
};
// ingest -> station, only after fsync. A known id gets its first receipt again.
struct Receipt {
  LetterId id;
  Instant received_at{};
  std::string same_scan_as;
  bool operator==(const Receipt&) const = default;
};
// ingest -> station: not taken. `retry`: the same bytes may be taken later (disk full).
struct Refusal {
  LetterId id;
  Reason reason;
  bool retry = false;
  bool operator==(const Refusal&) const = default;
};
// ingest -> reader: read this.
struct Work {
  Letter letter;
  std::vector<std::string> masters;
  bool operator==(const Work&) const = default;
};
// router -> ingest, after its commit.
struct Filed {
  LetterId id;
  std::string case_ref;
  bool operator==(const Filed&) const = default;
};
// any stage's loop -> ingest: what it is doing, so that blame falls on the right letter only.
enum class ProgressKind { hello, ready, begin, end, failed, beat, bye };
struct Progress {
  ProgressKind kind = ProgressKind::beat;
  std::string stage;         // "ocr" | "classify" | "router"
  std::string instance;      // unique to a process's life: a restarted worker is another one
  LetterId id;               // begin, end, failed
  Reason reason;             // failed: the disposable child died or ran out of time on this letter
  std::uint32_t credit = 0;  // ready: how many more letters it may hold
  bool operator==(const Progress&) const = default;
};

// What frame 0 says, or "" for no frames. Decoders refuse any other type than their own.
std::string wire_type(const Frames& frames);

Frames encode(const Submission&);    // letter.submission/1 + masters
Frames encode(const Receipt&);       // letter.receipt/1
Frames encode(const Refusal&);       // letter.refusal/1
Frames encode(const Work&);          // letter.work/1 + masters
Frames encode(const Letter&);        // letter.letter/1
Frames encode(const ReadLetter&);    // letter.read/1
Frames encode(const SortedLetter&);  // letter.sorted/1
Frames encode(const Filed&);         // letter.filed/1
Frames encode(const Progress&);      // letter.progress/1
Frames encode(const Errand&);        // letter.errand/1
Frames encode(const Answer&);        // letter.answer/1 + pages

// Every truncation, unknown enum, bad id or bad date is a Fault ("wire.*"); texts are valid UTF-8. A letter
// has at least one master and one page; a page index, probability or box out of range is a Fault, and so are
// masters whose sizes are not those their letter states. Fields that a newer writer added are ignored.
Result<Submission> decode_submission(const Frames&);
Result<Receipt> decode_receipt(const Frames&);
Result<Refusal> decode_refusal(const Frames&);
Result<Work> decode_work(const Frames&);
Result<Letter> decode_letter(const Frames&);
Result<ReadLetter> decode_read(const Frames&);
Result<SortedLetter> decode_sorted(const Frames&);
Result<Filed> decode_filed(const Frames&);
Result<Progress> decode_progress(const Frames&);
Result<Errand> decode_errand(const Frames&);
Result<Answer> decode_answer(const Frames&);

}  // namespace letter
