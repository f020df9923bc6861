// What ties letters and cases together in the register on disk: clues and proposals; and the letters sorted
// without a person. Part of sqlite_store.
#pragma once

#include "router/sqlite_rows.hpp"
#include "router/store.hpp"

namespace router {

// The methods of Transaction of the same names.
class SqliteLinks {
 public:
  explicit SqliteLinks(Statements& statements) : statements_(statements) {}
  void note_clues(const letter::LetterId& id, const std::vector<std::string>& clues);
  std::vector<letter::CaseRef> cases_with(const std::vector<std::string>& clues, std::size_t of_each);
  std::string clue_mark();
  void set_clue_mark(const std::string& mark);
  void forget(const letter::CaseRef& ref);  // its search keys and checks
  void propose(const Proposal& proposal);
  void settle(const Proposal& proposal, const std::string& answer);
  std::vector<Proposal> proposals(const letter::CaseRef& ref);
  void save_automatic(const Automatic& one);
  std::optional<Automatic> automatic(const letter::LetterId& id);
  std::vector<Automatic> checks_waiting(std::size_t limit);
  std::vector<Automatic> same_ground(const Automatic& one, std::size_t limit);

 private:
  std::int64_t arrival_of(const letter::LetterId& id);
  Statements& statements_;
};

}  // namespace router
