// What an event says may be erased (secrecy, the end of a case's time) and the chain still holds. So the
// journal itself must say why: a later event of the same case that erases. Whoever blanks an event by hand
// has none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "router/journal.hpp"

namespace router {

// Fed with every row of a chain, in order.
class ErasureCheck {
 public:
  void look_at(const JournalRow& row);
  // After the last row: the first event that was erased and that nothing says why.
  std::optional<std::uint64_t> unexplained() const;

 private:
  std::map<std::string, std::uint64_t> erased_;  // case reference -> its first one not explained yet
};

}  // namespace router
