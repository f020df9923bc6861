#include "ingest/quality_file.hpp"

#include <algorithm>
#include <cmath>

#include "letter/tree.hpp"

namespace ingest {
namespace {

using letter::Reason;
using letter::Tree;

Tree tree_of(const Reason& reason) {
  return Tree::object().set("code", reason.code).set("fr", reason.fr).set("en", reason.en);
}

bool is_separator(const page::FirstLook& look) { return look.seen && page::is_separator(look.marks); }

bool asks_for_a_look(const page::FirstLook& look) {
  return !is_separator(look) && std::ranges::any_of(look.quality.flaws, page::is_alarm);
}

double rounded(double n, double steps) { return std::round(n * steps) / steps; }

Tree page_tree(std::size_t number, const page::FirstLook& look) {
  Tree alarms = Tree::list(), remarks = Tree::list();
  for (const page::Flaw flaw : look.quality.flaws)
    (page::is_alarm(flaw) ? alarms : remarks).push(tree_of(page::reason(flaw)));
  if (!look.seen) remarks.push(tree_of(look.why_not));
  Tree tree = Tree::object();
  tree.set("page", static_cast<std::int64_t>(number)).set("dpi", rounded(look.quality.dpi, 1));
  tree.set("skew_deg", look.quality.skew_deg ? Tree(rounded(*look.quality.skew_deg, 100)) : Tree());
  tree.set("blank", look.quality.blank);
  tree.set("separator", is_separator(look) ? Tree(page::id(look.marks.separator->type)) : Tree());
  tree.set("alarms", std::move(alarms)).set("remarks", std::move(remarks));
  return tree;
}

Tree letter_tree(const Planned& letter) {
  Tree notes = Tree::list();
  for (const Reason& note : letter.notes) notes.push(tree_of(note));
  Tree tree = Tree::object();
  tree.set("first_page", letter.first + 1).set("pages", letter.pages).set("box", letter::id(letter.box));
  tree.set("arrived_on", letter.arrived_on.ok() ? Tree(letter::iso(letter.arrived_on)) : Tree());
  tree.set("sealed", letter.sealed).set("notes", std::move(notes));
  return tree;
}

}  // namespace

std::string quality_json(const letter::LetterId& claim, const Examined& examined) {
  Tree pages = Tree::list(), letters = Tree::list(), separators = Tree::list();
  for (std::size_t i = 0; i < examined.looks.size(); ++i) pages.push(page_tree(i + 1, examined.looks[i]));
  for (const Planned& letter : examined.stack.letters) letters.push(letter_tree(letter));
  for (const SeparatorSheet& sheet : examined.stack.separators)
    separators.push(Tree::object()
                        .set("page", sheet.page + 1)
                        .set("type", page::id(sheet.type))
                        .set("seq", sheet.seq)
                        .set("expected", sheet.expected)
                        .set("found", sheet.found));
  const bool again = std::ranges::any_of(examined.looks, asks_for_a_look);
  Tree tree = Tree::object();
  tree.set("claim", letter::text(claim)).set("verdict", again ? "look_again" : "good");
  tree.set("pages", std::move(pages)).set("letters", std::move(letters));
  tree.set("separators", std::move(separators));
  return letter::dump_json(tree, 1) + "\n";
}

}  // namespace ingest
