// Where the register is kept: cases, letters, queues, clocks, journal. A port with two adapters
// (memory_store, sqlite_store) that promises only what PostgreSQL can keep too.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "letter/errand.hpp"
#include "letter/filed.hpp"

namespace router {

// A case as the register holds it.
struct Case {
  letter::CaseRef ref;
  letter::Queue queue = letter::Queue::autre;
  std::optional<letter::Queue> secondary;
  letter::State state = letter::State::registered;
  bool is_complaint = true;
  bool needs_review = false;
  letter::Confidence confidence = 0;
  letter::PersonalText complainant;
  letter::Instant received_at{};   // of its first letter
  letter::Day arrived_on{};
  letter::SentOn sent_on;
  std::optional<letter::Deadlines> deadlines;
  std::string merged_into;         // case reference, when state == merged
  std::string claimed_by;          // user id, empty = free
  letter::Instant lease_until{};
  std::uint64_t fencing = 0;       // grows with every claim
  bool operator==(const Case&) const = default;
};

// What one transaction may do. Valid only inside Store::transact.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual std::optional<std::string> case_of(const letter::LetterId& id) = 0;  // reference, if filed
  virtual letter::CaseRef next_ref(int year) = 0;
  virtual std::optional<Case> load(const letter::CaseRef& ref) = 0;
  virtual void save(const Case& value) = 0;                                     // insert or replace
  virtual void attach(const letter::CaseRef& ref, const letter::SortedLetter& sorted) = 0;
  virtual void move(const letter::LetterId& id, const letter::CaseRef& to) = 0;
  virtual void replace(const letter::SortedLetter& sorted) = 0;                 // corrected reading
  virtual std::vector<letter::SortedLetter> letters(const letter::CaseRef& ref) = 0;
  virtual letter::Event append(const letter::Event& event) = 0;                 // seq is given here
  virtual std::vector<letter::Event> history(const letter::CaseRef& ref) = 0;
  // Open cases of these queues, nearest ack or answer `post_by` first, then reference.
  virtual std::vector<Case> queue(const std::vector<letter::Queue>& queues, std::size_t limit) = 0;
  virtual std::vector<Case> all(std::size_t limit) = 0;                         // by reference
};

class Store {
 public:
  virtual ~Store() = default;
  // Runs `work` in one transaction; committed and on stable storage when it returns. An exception
  // rolls back and goes on; a failed commit is BrokenWorld and the process must exit.
  virtual void transact(const std::function<void(Transaction&)>& work) = 0;
};

}  // namespace router
