// A letter with its decision: which service must answer, how sure, and why.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "letter/reading.hpp"

namespace letter {

// One thing that spoke for (weight > 0) or against (< 0) a queue, in log-odds, and where it stands.
struct Evidence {
  std::string kind;   // "tick" | "box" | "word" | "role" | "rule"
  PersonalText what;  // the word or the field's id
  Queue queue = Queue::autre;
  double weight = 0;
  std::uint32_t page = 0;
  Box box;
  bool operator==(const Evidence&) const = default;
};

// What a later letter of the same matter may be recognised by. Values are normalised.
struct FollowUpKey {
  std::string kind;  // "reference" | "member" | "contract" | "file" | "name_birth" | "name_address"
  PersonalText value;
  bool operator==(const FollowUpKey&) const = default;
};

struct SortedLetter {
  ReadLetter read;
  Queue queue = Queue::autre;
  std::optional<Queue> secondary;                   // must be informed; not a second acceptable owner
  Confidence confidence = 0;                        // of `queue`
  std::array<double, queue_count> probabilities{};  // indexed by Queue, sum 1
  bool is_complaint = true;                         // unsure = complaint: the clock runs
  Confidence complaint_confidence = 0;
  bool needs_review = false;       // a person must confirm the sorting before it counts
  std::vector<Reason> reasons;     // why a person is asked
  std::vector<Evidence> evidence;  // strongest first
  std::vector<Evidence> turning;   // the fewest found without which the queue would be `otherwise`
  std::optional<Queue> otherwise;  // set exactly when `turning` is not empty
  std::vector<FollowUpKey> keys;
  std::string model;  // which sorter decided, so that what one got wrong can be looked for; "" = unknown
  bool operator==(const SortedLetter&) const = default;
};

}  // namespace letter
