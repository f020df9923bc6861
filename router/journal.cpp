#include "router/journal.hpp"

#include <array>

#include "vault/vault.hpp"

namespace router {

namespace {

// Length before each part: no two different events have the same text.
std::string linked_text(const JournalRow& row, const JournalHead& before) {
  std::string text;
  for (const std::string& part : {before.link, std::to_string(row.seq), std::to_string(row.at_ms),
                                  row.case_ref, row.who, row.verb, row.digest})
    text += std::to_string(part.size()) + ":" + part;
  return text;
}

}  // namespace

JournalRow chained(JournalRow row, const JournalHead& head) {
  row.seq = head.seq + 1;
  row.digest = vault::sha256_hex(row.what);
  row.link = vault::sha256_hex(linked_text(row, head));
  return row;
}

std::string_view id(Flaw flaw) {
  constexpr std::array<std::string_view, 4> ids{"payload", "link", "order", "head"};
  return ids.at(static_cast<std::size_t>(flaw));
}

void ChainCheck::look_at(const JournalRow& row) {
  if (found_) return;
  if (row.seq != head_.seq + 1) {
    found_ = {head_.seq + 1, Flaw::order};
  } else if (!row.what.empty() && row.digest != vault::sha256_hex(row.what)) {
    found_ = {row.seq, Flaw::payload};
  } else if (row.link != vault::sha256_hex(linked_text(row, head_))) {
    found_ = {row.seq, Flaw::link};
  } else {
    head_ = {row.seq, row.link};
    purged_ += row.what.empty();
    exported_seen_ = exported_seen_ || head_ == exported_;
  }
}

std::optional<Finding> ChainCheck::finding() const {
  if (found_) return found_;
  if (exported_ && exported_->seq > 0 && !exported_seen_) return Finding{exported_->seq, Flaw::head};
  return std::nullopt;
}

}  // namespace router
