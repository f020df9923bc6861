#include "vault/slip.hpp"

#include "letter/tree.hpp"

namespace vault {
namespace {

using letter::Tree;

tl::unexpected<letter::Reason> no_slip() {
  return letter::fault("vault.slip", "La fiche de ce courrier est illisible.",
                       "This letter's slip cannot be read.");
}

Tree master_tree(const letter::Master& master) {
  Tree tree = Tree::object();
  tree.set("sha256", master.sha256).set("bytes", master.bytes);
  tree.set("media_type", master.media_type).set("pages", master.pages);
  return tree;
}

letter::Master read_master(const Tree& tree) {
  return {letter::value(tree, "sha256").text_or(""),
          static_cast<std::uint64_t>(letter::value(tree, "bytes").integer_or(0)),
          letter::value(tree, "media_type").text_or(""),
          static_cast<std::uint32_t>(letter::value(tree, "pages").integer_or(0))};
}

}  // namespace

std::string slip_json(const Slip& slip) {
  Tree masters = Tree::list();
  for (const letter::Master& master : slip.masters) masters.push(master_tree(master));
  Tree tree = Tree::object();
  tree.set("id", letter::text(slip.id)).set("station", slip.id.station);
  tree.set("received_at", letter::iso(slip.received_at)).set("masters", std::move(masters));
  return letter::dump_json(tree, 2) + "\n";
}

letter::Result<Slip> parse_slip(const std::string& json) {
  const auto tree = letter::parse_json(json);
  if (!tree) return no_slip();
  const auto id = letter::parse_letter_id(letter::value(*tree, "id").text_or(""));
  const auto received = letter::parse_instant(letter::value(*tree, "received_at").text_or(""));
  if (!id || !received) return no_slip();
  Slip slip{*id, *received, {}};
  for (const Tree& master : letter::value(*tree, "masters").items())
    slip.masters.push_back(read_master(master));
  if (slip.masters.empty()) return no_slip();
  return slip;
}

}  // namespace vault
