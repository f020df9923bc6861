// Where the register is kept: cases, letters, queues, clocks, journal. A port with two adapters
// (memory_store, sqlite_store) that promises only what PostgreSQL can keep too.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/errand.hpp"
#include "letter/filed.hpp"
#include "router/journal.hpp"

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
  letter::Instant received_at{};  // of its first letter
  letter::Day arrived_on{};
  letter::SentOn sent_on;
  std::optional<letter::Day> first_complaint;  // an earlier written complaint that began the two months
  std::optional<letter::Deadlines> deadlines;
  std::optional<letter::Day> answer_told;       // by when, as a holding letter says; a jour ouvré
  std::string merged_into;                      // case reference, when state == merged
  letter::PostBox box = letter::PostBox::none;  // where its first letter arrived
  std::uint32_t news = 0;  // letters that joined by themselves and were not looked at since
  std::string claimed_by;  // user id, empty = free
  letter::Instant lease_until{};
  std::uint64_t fencing = 0;             // grows with every claim
  bool frozen = false;                   // a legal hold (gel): it is kept whatever its time
  std::optional<letter::Day> purged_on;  // its time was over: nothing but the proof is left
  bool operator==(const Case&) const = default;
};

// Somebody still has something to do: every state but answered, closed, merged and withdrawn.
bool is_open(letter::State state);
// The day by which the next paper must leave: the acknowledgement's while the case is registered, then the
// answer's, or what a holding letter promised instead. None: no clock runs.
std::optional<letter::Day> next_post_by(const Case& value);
// Medical secrecy: the case's queue or secondary is dossiers_medicaux.
bool is_medical(const Case& value);

// What a commit leaves to do where the sheets are. It is kept with what was committed and struck off once
// done, so that no crash forgets it; doing it twice does no harm.
enum class ChoreKind {
  close,           // the letter: the mail room's key shall open it no more
  erase,           // the letter: its keys and sheets go
  erase_handover,  // the case: what was handed over and not fetched goes
};
struct Chore {
  ChoreKind kind = ChoreKind::close;
  std::string of;  // letter id, or case reference
  bool operator==(const Chore&) const = default;
};

// Of a letter, which sheets, when and for which queue: nothing that anybody wrote.
letter::SortedLetter without_words(const letter::SortedLetter& sorted);

// How much paper a case holds.
struct Sheets {
  std::uint32_t letters = 0, pages = 0;
  bool operator==(const Sheets&) const = default;
};

// A case whose letter may belong to another, older case: a desk decides.
struct Proposal {
  letter::CaseRef from, into;
  std::string because;  // what they have in common: "member", "name_birth~" (~: but for a misreading)
  bool operator==(const Proposal&) const = default;
};

// A letter that was sorted without a person, and opened a case.
struct Automatic {
  letter::LetterId id;
  letter::Queue queue = letter::Queue::autre;  // the program's choice
  bool is_complaint = true;
  std::string lead;   // keyed hash of its strongest reason; "" = none
  std::string model;  // which sorter decided
  letter::Instant sorted_at{};
  bool picked = false;  // for a blind check
  std::string held_by;  // who is checking it, until `held_until`
  letter::Instant held_until{};
  std::optional<letter::Instant> checked;
  bool passed = false;  // the person decided the same
  bool operator==(const Automatic&) const = default;
};

// Where the register stands on one day.
struct Standing {
  struct OfQueue {
    std::uint64_t open = 0;
    std::uint64_t late = 0;       // open, next_post_by before that day
    std::uint64_t due_today = 0;  // open, next_post_by on that day
    bool operator==(const OfQueue&) const = default;
  };
  std::map<letter::Queue, OfQueue> queues;  // all nine
  std::uint64_t checks = 0;                 // blind checks that wait for a person
  std::uint64_t cases = 0;                  // ever opened
  std::uint64_t letters = 0;                // ever filed
  bool operator==(const Standing&) const = default;
};

// What one transaction may do. Valid only inside Store::transact.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual std::optional<std::string> case_of(const letter::LetterId& id) = 0;  // reference, if filed
  virtual letter::CaseRef next_ref(int year) = 0;  // 1, 2, 3, ...: no gap, whatever was rolled back
  // As it stands after every change made so far in this transaction.
  virtual std::optional<Case> load(const letter::CaseRef& ref) = 0;
  virtual void save(const Case& value) = 0;  // insert or replace
  virtual void attach(const letter::CaseRef& ref, const letter::SortedLetter& sorted) = 0;
  virtual void move(const letter::LetterId& id, const letter::CaseRef& to) = 0;
  virtual void replace(const letter::SortedLetter& sorted) = 0;  // corrected reading
  virtual std::vector<letter::SortedLetter> letters(const letter::CaseRef& ref) = 0;
  virtual Sheets sheets(const letter::CaseRef& ref) = 0;
  // By what the letter may be recognised (clues.hpp); takes the place of what was noted of it before.
  virtual void note_clues(const letter::LetterId& id, const std::vector<std::string>& clues) = 0;
  // The cases of letters with any of these clues, each once, the latest letters first; of each clue no more
  // than `of_each` letters.
  virtual std::vector<letter::CaseRef> cases_with(const std::vector<std::string>& clues,
                                                  std::size_t of_each) = 0;
  // How the clues were made (clue_mark); "" in a register that has none yet.
  virtual std::string clue_mark() = 0;
  virtual void set_clue_mark(const std::string& mark) = 0;
  virtual void for_each_letter(const std::function<void(const letter::SortedLetter&)>& work) = 0;
  // A pair that was proposed before stays as it is, settled or not.
  virtual void propose(const Proposal& proposal) = 0;
  virtual void settle(const Proposal& proposal, const std::string& answer) = 0;  // "accepted", "refused"
  // Not yet settled, with this case on either side; by `from`, then `into`.
  virtual std::vector<Proposal> proposals(const letter::CaseRef& ref) = 0;
  virtual letter::Event append(const letter::Event& event) = 0;  // seq is given here
  virtual JournalHead journal_head() = 0;  // of all events appended so far, in this transaction too
  virtual std::vector<letter::Event> history(const letter::CaseRef& ref) = 0;
  // Open cases of these queues, nearest `next_post_by` first (no clock: last), then reference. With
  // dossiers_medicaux among them, also the open cases it is secondary of: nobody else may open those.
  virtual std::vector<Case> queue(const std::vector<letter::Queue>& queues, std::size_t limit) = 0;
  virtual std::vector<Case> cases_after(const letter::CaseRef& ref, std::size_t limit) = 0;  // by reference
  // Cases under medical secrecy whose words still stand readable where the register is kept (of an earlier
  // version).
  virtual std::vector<letter::CaseRef> secrets_left_readable() = 0;
  // Chores are added by what makes them due: a letter under medical secrecy, a purge.
  virtual std::vector<Chore> chores(ChoreKind kind, std::size_t limit) = 0;
  virtual void strike_off(const std::vector<Chore>& done) = 0;
  // Saves `value`, whose purged_on is set, and leaves nothing of its letters but which sheets and when, no
  // search key, no check, and of its events nothing that they told.
  virtual void purge(const Case& value) = 0;
  virtual Standing standing(letter::Day today) = 0;
  virtual void save_automatic(const Automatic& one) = 0;  // insert or replace; the letter must be attached
  virtual std::optional<Automatic> automatic(const letter::LetterId& id) = 0;
  virtual std::vector<Automatic> checks_waiting(std::size_t limit) = 0;  // picked and unchecked, oldest first
  // Letters of the same queue, lead and model, this one among them, that were filed after the last one
  // before it that passed its check (from the first, when none did), in order of arrival.
  virtual std::vector<Automatic> same_ground(const Automatic& one, std::size_t limit) = 0;
  // Events of these kinds after `seq`, in order.
  virtual std::vector<letter::Event> events_of(const std::vector<std::string>& verbs, std::uint64_t seq,
                                               std::size_t limit) = 0;
  // How often something happened to any case, in [from, to).
  virtual std::uint64_t count_events(std::string_view verb, letter::Instant from, letter::Instant to) = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  // Runs `work` in one transaction; committed and on stable storage when it returns. An exception
  // rolls back and goes on; a failed commit is BrokenWorld and the process must exit.
  virtual void transact(const std::function<void(Transaction&)>& work) = 0;
};

}  // namespace router
