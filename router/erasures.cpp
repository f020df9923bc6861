#include "router/erasures.hpp"

#include <algorithm>

namespace router {

void ErasureCheck::look_at(const JournalRow& row) {
  if (row.what.empty())
    erased_.try_emplace(row.case_ref, row.seq);
  else if (row.verb == "purged" || row.verb == "made_secret")
    erased_.erase(row.case_ref);
}

std::optional<std::uint64_t> ErasureCheck::unexplained() const {
  const auto first = std::ranges::min_element(erased_, {}, [](const auto& one) { return one.second; });
  return first == erased_.end() ? std::nullopt : std::optional(first->second);
}

}  // namespace router
