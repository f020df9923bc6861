#include "router/journal.hpp"

#include <algorithm>
#include <array>

#include "letter/tree.hpp"
#include "vault/vault.hpp"

namespace router {

namespace {

constexpr std::size_t link_length = 64;  // hex digits of SHA-256

// Length before each part: no two different events have the same text.
std::string linked_text(const JournalRow& row, const JournalHead& before) {
  std::string text;
  for (const std::string& part : {before.link, std::to_string(row.seq), std::to_string(row.at_ms),
                                  row.case_ref, row.who, row.verb, row.digest})
    text += std::to_string(part.size()) + ":" + part;
  return text;
}

}  // namespace

std::string head_json(const JournalHead& head, letter::Instant now) {
  auto tree = letter::Tree::object();
  tree.set("seq", head.seq).set("link", head.link).set("at", letter::iso(now));
  return letter::dump_json(tree) + "\n";
}

letter::Result<JournalHead> read_head(const std::string& text) {
  const auto tree = letter::parse_json(text);
  JournalHead head;
  if (tree && tree->is_object()) {
    head.seq = static_cast<std::uint64_t>(letter::value(*tree, "seq").number_or(0));
    head.link = letter::value(*tree, "link").text_or("");
  }
  if (head.seq == 0 || head.link.size() != link_length)
    return letter::fault("audit.no_head", "Ce fichier n'est pas une tête de journal.",
                         "This file is no journal head.");
  return head;
}

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

ChainCheck::ChainCheck(std::vector<JournalHead> exported) : unseen_(std::move(exported)) {
  std::erase_if(unseen_, [](const JournalHead& head) { return head.seq == 0; });
  std::ranges::sort(unseen_, std::ranges::greater{}, &JournalHead::seq);
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
    while (!unseen_.empty() && unseen_.back() == head_) unseen_.pop_back();
  }
}

std::optional<Finding> ChainCheck::finding() const {
  if (found_) return found_;
  if (unseen_.empty()) return std::nullopt;
  return Finding{unseen_.back().seq, Flaw::head};
}

}  // namespace router
