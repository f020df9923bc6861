// The journal as a chain: every event carries the digest of what it says and a link over that digest and the
// link before it. What one event says can be purged (secrecy) without breaking the chain; who, when, which
// case and in what order cannot be changed, cut out or put in without every later link being wrong. The last
// link, kept elsewhere, proves that nothing was cut from the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/result.hpp"
#include "letter/when.hpp"
#include "router/event_text.hpp"

namespace router {

// One event as it stands in a register.
struct JournalRow {
  std::uint64_t seq = 0;  // 1, 2, 3, ...
  std::int64_t at_ms = 0;
  std::string case_ref, who, verb;
  std::string what;    // as `written`; "" = purged
  std::string digest;  // SHA-256 of `what`, 64 hex digits
  std::string
      link;  // SHA-256 over the link before, seq, at_ms, case_ref, who, verb and digest, each with its length
  bool operator==(const JournalRow&) const = default;
};

// The end of a chain; seq 0 and an empty link: no event yet.
struct JournalHead {
  std::uint64_t seq = 0;
  std::string link;
  bool operator==(const JournalHead&) const = default;
};

// A head as a file that is kept elsewhere: {"seq", "link", "at"}. Fault audit.no_head: the text is none.
std::string head_json(const JournalHead& head, letter::Instant now);
letter::Result<JournalHead> read_head(const std::string& text);

// `row` with digest and link, as the event that follows `head`.
JournalRow chained(JournalRow row, const JournalHead& head);

enum class Flaw {
  payload,  // what an event says is not what was written
  link,     // an event was changed, or the one before it is not the one that was there
  order,    // a number is missing, twice or out of its place
  head,     // the chain does not hold the head that was exported: its end was cut, or it is another chain
};
std::string_view id(Flaw);

struct Finding {
  std::uint64_t seq = 0;  // of the first event that is wrong; of the head that is missing
  Flaw flaw = Flaw::link;
  bool operator==(const Finding&) const = default;
};

// Walks a chain from its first event and stops at the first flaw.
class ChainCheck {
 public:
  // `exported`: heads that the chain must hold.
  explicit ChainCheck(std::vector<JournalHead> exported = {});
  void look_at(const JournalRow& row);
  // After the last row.
  std::optional<Finding> finding() const;
  const JournalHead& head() const { return head_; }
  std::uint64_t purged() const { return purged_; }

 private:
  std::vector<JournalHead> unseen_;  // exported heads that were not met yet, the next one last
  JournalHead head_;
  std::optional<Finding> found_;
  std::uint64_t purged_ = 0;
};

}  // namespace router
