// The truth of a specimen as its JSON file says it.
#include "letter/tree.hpp"
#include "models/workshop/specimen.hpp"

namespace workshop {
namespace {

using letter::Tree;

Tree list_of(const std::vector<std::string>& texts) {
  Tree list = Tree::list();
  for (const std::string& text : texts) list.push(Tree(text));
  return list;
}

Tree tree_of(const LetterParts& parts) {
  Tree tree = Tree::object();
  tree.set("sender", list_of(parts.sender)).set("recipient", list_of(parts.recipient));
  for (const auto& [key, text] : {std::pair<const char*, const std::string&>{"box", parts.box},
                                  {"place", parts.place},
                                  {"date", parts.date},
                                  {"object", parts.object},
                                  {"member", parts.member},
                                  {"contract", parts.contract},
                                  {"nir", parts.nir},
                                  {"file", parts.file},
                                  {"phone", parts.phone},
                                  {"email", parts.email},
                                  {"iban", parts.iban},
                                  {"siret", parts.siret}})
    if (!text.empty()) tree.set(key, text);
  if (!parts.enclosures.empty()) tree.set("enclosures", list_of(parts.enclosures));
  return tree;
}

Tree text_or_null(const std::string& text) { return text.empty() ? Tree() : Tree(text); }

}  // namespace

std::string truth_json(const Truth& truth) {
  Tree boxes = Tree::object(), ticks = Tree::object(), pages = Tree::list();
  for (const auto& [id, text] : truth.boxes) boxes.set(id, text == "true" ? Tree(true) : Tree(text));
  for (const auto& [id, state] : truth.ticks) ticks.set(id, state);
  for (const PageTruth& page : truth.pages) {
    Tree one = Tree::object();
    one.set("skew_deg", page.skew_deg).set("turn_deg", page.turn_deg);
    pages.push(one);
  }
  Tree all = Tree::object();
  all.set("file", truth.file).set("form", text_or_null(truth.form)).set("queue", letter::id(truth.queue));
  all.set("secondary", truth.secondary ? Tree(letter::id(*truth.secondary)) : Tree());
  all.set("is_complaint", truth.is_complaint).set("hand", truth.hand).set("boxes", boxes).set("ticks", ticks);
  all.set("text", truth.text).set("letter_date", text_or_null(truth.letter_date));
  all.set("signature", truth.is_signed).set("faces", list_of(truth.faces)).set("unseen", truth.unseen);
  all.set("medium", id(truth.manner)).set("paper", truth.paper).set("difficulty", truth.difficulty);
  all.set("texts", truth.texts == Texts::mail ? "mail" : "stock");
  if (truth.letter) all.set("letter", tree_of(*truth.letter));
  if (truth.envelope) {
    Tree envelope = Tree::object();
    envelope.set("postmark", text_or_null(truth.postmark)).set("registered", text_or_null(truth.registered));
    envelope.set("franking", text_or_null(truth.franking)).set("deposit", text_or_null(truth.deposit));
    all.set("envelope", envelope);
  }
  all.set("pages", pages);
  return letter::dump_json(all, 2) + "\n";
}

}  // namespace workshop
