// An evaluation as JSON.
#include "cli/evaluation.hpp"
#include "ocr/check/confidence_fit.hpp"

namespace cli {
namespace {

using letter::Tree;

Tree number(std::size_t n) { return Tree(static_cast<std::uint64_t>(n)); }

double per_1000(std::size_t wrong, std::size_t n) {
  return n == 0 ? 0 : 1000.0 * static_cast<double>(wrong) / static_cast<double>(n);
}

Tree tree_of(const Tally& tally) {
  auto tree = Tree::object();
  tree.set("n", number(tally.n)).set("exact", number(tally.right)).set("accepted", number(tally.accepted));
  tree.set("accepted_wrong", number(tally.accepted_wrong));
  tree.set("wrong_per_1000", per_1000(tally.accepted_wrong, tally.accepted));
  tree.set("wrong_per_1000_at_most", 1000 * ocr::upper_bound_90(tally.accepted_wrong, tally.accepted));
  return tree;
}

Tree tree_of(const Share& share) {
  auto tree = Tree::object();
  tree.set("n", number(share.n)).set("right", number(share.part)).set("share", share.value());
  return tree;
}

Tree tree_of(const Risk& risk) {
  auto tree = Tree::object();
  tree.set("bar", risk.bar).set("n", number(risk.n)).set("accepted", number(risk.accepted));
  tree.set("wrong", number(risk.wrong)).set("share", risk.share());
  tree.set("wrong_per_1000", risk.wrong_per_1000());
  return tree;
}

Tree reliability_tree(const Reliability& bins) {
  auto list = Tree::list();
  for (const Bin& bin : bins) {
    if (bin.n == 0) continue;
    const auto n = static_cast<double>(bin.n);
    auto one = Tree::object();
    one.set("n", number(bin.n)).set("said", bin.confidence / n);
    one.set("right", bin.right / n);
    list.push(std::move(one));
  }
  auto tree = Tree::object();
  tree.set("bins", std::move(list)).set("error", calibration_error(bins));
  return tree;
}

Tree certainty_tree(const std::vector<Outcome>& outcomes, int budget) {
  auto curve = Tree::list();
  for (const Risk& risk : risk_curve(outcomes)) curve.push(tree_of(risk));
  auto tree = Tree::object();
  tree.set("curve", std::move(curve))
      .set("at_" + std::to_string(budget) + "_per_1000", tree_of(most_accepted(outcomes, budget)));
  tree.set("reliability", reliability_tree(reliability(outcomes)));
  return tree;
}

Tree tree_of(const TextScore& text) {
  auto tree = Tree::object();
  tree.set("letters", number(text.letters)).set("letters_wrong", number(text.letters_wrong));
  tree.set("words", number(text.words)).set("words_wrong", number(text.words_wrong));
  tree.set("cer", Share{text.letters_wrong, text.letters}.value());
  tree.set("wer", Share{text.words_wrong, text.words}.value());
  return tree;
}

template <class Map>
Tree tree_of_all(const Map& map) {
  auto tree = Tree::object();
  for (const auto& [key, value] : map) tree.set(key, tree_of(value));
  return tree;
}

Tree sorting_tree(const Sorting& sorting) {
  auto confusion = Tree::object();
  for (const auto truly : letter::all_queues) {
    auto row = Tree::object();
    for (const auto said : letter::all_queues)
      row.set(std::string(letter::id(said)),
              number(sorting.confusion[static_cast<std::size_t>(truly)][static_cast<std::size_t>(said)]));
    confusion.set(std::string(letter::id(truly)), std::move(row));
  }
  auto tree = Tree::object();
  tree.set("queue_as_read", tree_of_all(sorting.read))
      .set("queue_by_true_text", tree_of_all(sorting.by_text));
  tree.set("queue", tree_of(sorting.right)).set("macro_f1", sorting.macro_f1());
  tree.set("secondary", tree_of(sorting.secondary)).set("complaint_recall", tree_of(sorting.complaints_kept));
  tree.set("complaint_precision", tree_of(sorting.called_complaints_right));
  tree.set("without_a_person", tree_of(sorting.alone));
  tree.set("by_difficulty", tree_of_all(sorting.by_difficulty)).set("by_hand", tree_of_all(sorting.by_hand));
  tree.set("confusion", std::move(confusion))
      .set("certainty", certainty_tree(sorting.outcomes, queue_budget));
  return tree;
}

Tree counts_tree(const std::map<std::string, std::size_t>& counts) {
  auto tree = Tree::object();
  for (const auto& [key, n] : counts) tree.set(key, number(n));
  return tree;
}

}  // namespace

Tree tree_of(const Evaluation& evaluation) {
  auto certainty = Tree::object();
  for (const auto& [group, outcomes] : evaluation.outcomes)
    certainty.set(group, certainty_tree(outcomes, field_budget));
  auto lines = Tree::object();
  for (const auto& [how, bins] : evaluation.lines) lines.set(how, reliability_tree(bins));
  auto tree = Tree::object();
  tree.set("lines", std::move(lines));
  tree.set("letters", number(evaluation.letters)).set("pages", number(evaluation.pages));
  tree.set("unread", number(evaluation.unread)).set("refused", counts_tree(evaluation.refused));
  tree.set("absent_keys", counts_tree(evaluation.absent)).set("form", tree_of(evaluation.forms));
  tree.set("letter_date", tree_of(evaluation.dates)).set("groups", tree_of_all(evaluation.by_group));
  tree.set("fields", tree_of_all(evaluation.by_field)).set("certainty", std::move(certainty));
  tree.set("sent", tree_of(evaluation.sent));
  tree.set("text", tree_of_all(evaluation.text)).set("sorting", sorting_tree(evaluation.sorting));
  return tree;
}

}  // namespace cli
