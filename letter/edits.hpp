// How far two readings are apart.
#pragma once

#include <algorithm>
#include <cstddef>

namespace letter {

// Letters (or words) to put in, leave out or replace. `row`: room for to.size() + 1 counts, whatever it
// holds.
template <class Sequence, class Row>
std::size_t edits(const Sequence& from, const Sequence& to, Row& row) {
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[to.size()];
}

}  // namespace letter
