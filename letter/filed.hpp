// A letter at its desk: the case, its state, the clocks of the regulator, and all that happened.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "letter/sorted.hpp"

namespace letter {

// "2026-0001234-87": year, number in the year, key = 97 - (year * 10^7 + number) mod 97, two digits.
struct CaseRef {
  int year = 0;
  std::uint32_t number = 0;  // 1..9999999
  bool operator==(const CaseRef&) const = default;
  auto operator<=>(const CaseRef&) const = default;
};
std::string text(const CaseRef& ref);
std::optional<CaseRef> parse_case_ref(std::string_view text);  // refuses a wrong key

// The main road and its side roads. The clock stands still in requalified, withdrawn, merged, closed.
enum class State {
  registered,
  acknowledged,
  holding,  // told that the answer will be late
  answered,
  closed,
  requalified,  // a person said: no complaint
  redirected,   // another body must answer; the clock runs until it is told
  merged,       // joined to another case, which keeps the earliest clock
  withdrawn,
};
std::string_view id(State);
std::optional<State> parse_state(std::string_view);
std::string_view french(State);

// What became of a complaint, for the register (domain rule 1.4).
enum class Ending { favorable, partiel, defavorable, sans_objet };
std::string_view id(Ending);
std::optional<Ending> parse_ending(std::string_view);

// A letter that the house owes the complainant.
enum class Outgoing {
  acknowledgement,
  redirection,  // to who was told that his letter came, and not that another body must answer it
  holding,
};
std::string_view id(Outgoing);  // "acknowledgement" | "redirection" | "holding"
std::string_view french(Outgoing);
std::optional<Outgoing> parse_outgoing(std::string_view);
// Which one a complaint whose clock runs waits for; `promised`: a later day for the answer was set, which
// only a letter makes good.
std::optional<Outgoing> due_letter(State state, Queue queue, bool promised);

struct SentOn {
  Day date{};
  SentBasis basis = SentBasis::arrival_minus_3;
  bool conflict =
      false;  // what speaks for it is contradicted, or an earlier complaint is not confirmed: a person looks
  bool operator==(const SentOn&) const = default;
};

// All civil dates in Europe/Paris. `post_by` = last Monday-Friday, no holiday, not after `due`.
struct Deadlines {
  Day ack_due{}, ack_post_by{};
  Day answer_due{}, answer_post_by{};
  Day mediation_open{}, mediation_last{};
  std::string rule_set;  // "FR-2024-R-02/1": which rules computed them
  bool operator==(const Deadlines&) const = default;
};

// Something that happened to a case; never changed, never removed.
struct Event {
  std::uint64_t seq = 0;  // one count for the whole register
  Instant at{};
  std::string case_ref;
  std::string who;                          // "role:name" of the key that spoke, or "vaguemestre"
  std::string verb;                         // "filed", "opened", "claimed", "corrected", ...
  std::map<std::string, std::string> what;  // details for desks; may hold personal data
  bool operator==(const Event&) const = default;
};

struct FiledLetter {
  SortedLetter sorted;
  std::string case_ref;
  State state = State::registered;
  SentOn sent_on;
  std::optional<Deadlines> deadlines;  // none: no clock runs
  std::vector<Event> history;
  bool operator==(const FiledLetter&) const = default;
};

}  // namespace letter
