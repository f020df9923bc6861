// When and how a letter was sent: on what that day may rest, and what an operator who holds the envelope
// keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "letter/result.hpp"
#include "letter/when.hpp"

namespace letter {

// On what the sending date rests, strongest first (domain rule 2.3).
enum class SentBasis { desk, lrar_deposit, postmark, franking, written, arrival_minus_3 };
std::string_view id(SentBasis);
std::optional<SentBasis> parse_sent_basis(std::string_view);
std::string_view french(SentBasis);

// Who says that a letter was sent on a day.
enum class Source {
  keyed,     // an operator who held the envelope
  read,      // the machine, on a page
  reckoned,  // nobody: from the day of arrival
};
std::string_view id(Source);
std::optional<Source> parse_source(std::string_view);

// What became of such a day: kept, or why not.
enum class Fate {
  kept,
  outranked,      // something stronger speaks
  later,          // of the same rank, the earlier day counts
  unsure,         // read with too little confidence to decide
  after_arrival,  // cannot be
  too_old,        // at arrival, to be believed
};
std::string_view id(Fate);
std::optional<Fate> parse_fate(std::string_view);

// What an operator saw on the envelope, or on the proof of deposit that came with it.
struct Envelope {
  std::optional<Day> deposit;   // of a registered letter (LRAR)
  std::optional<Day> postmark;  // on the stamp
  std::optional<Day> franking;  // by a franking machine
  std::string lrar;             // registered-letter number, "" = not keyed
  bool operator==(const Envelope&) const = default;
};

// A registered letter's number as it is kept: 13 signs, "1A12345678901" (a digit, a letter, 11 digits) or of
// another country "RR123456785DE" (UPU S10, its check digit right). Spaces may stand between. Its own check
// digit is not known to us, so that only its shape is looked at.
std::optional<std::string> registered_number(std::string_view keyed);

// How long a letter may have been under way, in days; what is older is a slip of the finger or a desk's
// matter.
inline constexpr int longest_way_days = 60;

// Why what was keyed cannot be true, told while the paper is still in the hand. Codes: envelope.future,
// envelope.after_arrival, envelope.too_old, envelope.lrar. `arrived_on` not ok(): it arrived today.
std::optional<Reason> doubt_about(const Envelope& keyed, Day arrived_on, Day today);

}  // namespace letter
