#include "ocr/hand/beam.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ocr {
namespace {

constexpr char32_t space = 0x20;
constexpr double never = -std::numeric_limits<double>::infinity();
constexpr std::uint32_t nobody = 0xFFFFFFFF;

// A text as the path from the root of a tree of texts. Probabilities are scaled by the same factor at a step.
struct Node {
  std::uint32_t parent = nobody, child = nobody, sibling = nobody;
  int letter = 0;  // the net's index
  int step = 0;    // where its letter is likeliest so far
  float step_log_p = -1e30F;
  double model = 0;  // the letter model's word on the whole text, weighted, with the bonus
  LettersModel::Past past{};
  double blank = 0, spoken = 0;            // ends in a blank, ends in its letter
  double next_blank = 0, next_spoken = 0;  // the same after the step under way
  bool next_known = false;
  double log_score = 0;
};

class Search {
 public:
  Search(const LettersModel* model, const std::vector<int>& in_model, const BeamRules& rules)
      : model_(model), in_model_(in_model), rules_(rules) {
    nodes_.reserve(4096);
    Node root;
    root.blank = 1;
    if (model_) root.past = model_->start();
    nodes_.push_back(root);
    kept_ = {0};
  }

  void step(const float* log_p, const std::vector<int>& candidates, int number) {
    next_.clear();
    p_.assign(candidates.size(), 0.0);
    float likeliest = log_p[0];
    for (std::size_t k = 0; k < candidates.size(); ++k) {
      p_[k] = std::exp(static_cast<double>(log_p[candidates[k]]));
      likeliest = std::max(likeliest, log_p[candidates[k]]);
    }
    // Whatever ends further than this behind what the best text can become is not worth its letter's look-up.
    const double least = nodes_[kept_.front()].log_score + likeliest - rules_.reach;
    const double blank = std::exp(static_cast<double>(log_p[0]));
    for (const std::uint32_t i : kept_) {
      stay(i, log_p, blank, number);
      const double all = nodes_[i].blank + nodes_[i].spoken;
      for (std::size_t k = 0; k < candidates.size(); ++k) {
        const int letter = candidates[k];
        const double from = letter == nodes_[i].letter && i != 0 ? nodes_[i].blank : all;
        if (from <= 0 || nodes_[i].log_score + log_p[letter] + rules_.letter_bonus < least) continue;
        const std::uint32_t longer = with(i, letter);
        touch(longer);
        nodes_[longer].next_spoken += from * p_[k];
        note_step(longer, log_p, number);
      }
    }
    keep_best();
  }

  const std::vector<std::uint32_t>& kept() const { return kept_; }
  const Node& node(std::uint32_t i) const { return nodes_[i]; }
  double scale() const { return log_scale_; }
  // What the model says of the text ending here.
  double ending(const Node& node) const {
    if (!model_) return 0;
    LettersModel::Past past = node.past;
    return rules_.model_weight * model_->follow(past, model_->index(space));
  }

 private:
  void stay(std::uint32_t i, const float* log_p, double blank, int number) {
    touch(i);
    Node& node = nodes_[i];
    node.next_blank += (node.blank + node.spoken) * blank;
    if (i == 0) return;
    if (node.spoken > 0) node.next_spoken += node.spoken * std::exp(static_cast<double>(log_p[node.letter]));
    note_step(i, log_p, number);
  }

  void touch(std::uint32_t i) {
    Node& node = nodes_[i];
    if (node.next_known) return;
    node.next_known = true;
    node.next_blank = node.next_spoken = 0;
    next_.push_back(i);
  }

  void note_step(std::uint32_t i, const float* log_p, int number) {
    Node& node = nodes_[i];
    if (log_p[node.letter] <= node.step_log_p) return;
    node.step_log_p = log_p[node.letter];
    node.step = number;
  }

  std::uint32_t with(std::uint32_t i, int letter) {
    for (std::uint32_t c = nodes_[i].child; c != nobody; c = nodes_[c].sibling)
      if (nodes_[c].letter == letter) return c;
    Node longer;
    longer.parent = i;
    longer.sibling = nodes_[i].child;
    longer.letter = letter;
    longer.past = nodes_[i].past;
    longer.model = nodes_[i].model + rules_.letter_bonus;
    if (model_)
      longer.model +=
          rules_.model_weight * model_->follow(longer.past, in_model_[static_cast<std::size_t>(letter)]);
    nodes_.push_back(longer);
    nodes_[i].child = static_cast<std::uint32_t>(nodes_.size() - 1);
    return nodes_[i].child;
  }

  void keep_best() {
    double most = std::numeric_limits<double>::min();
    for (const std::uint32_t i : next_) most = std::max(most, nodes_[i].next_blank + nodes_[i].next_spoken);
    for (const std::uint32_t i : next_) {
      Node& node = nodes_[i];
      node.blank = node.next_blank / most;
      node.spoken = node.next_spoken / most;
      node.next_known = false;
    }
    log_scale_ += std::log(most);
    ranked_.clear();
    for (const std::uint32_t i : next_) {
      Node& node = nodes_[i];
      node.log_score = std::log(node.blank + node.spoken) + node.model;
      ranked_.emplace_back(-node.log_score, i);
    }
    const auto many = std::min(ranked_.size(), static_cast<std::size_t>(rules_.width));
    std::partial_sort(ranked_.begin(), ranked_.begin() + static_cast<std::ptrdiff_t>(many), ranked_.end());
    kept_.clear();
    for (std::size_t k = 0; k < many; ++k) kept_.push_back(ranked_[k].second);
  }

  const LettersModel* model_;
  const std::vector<int>& in_model_;
  const BeamRules& rules_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> kept_, next_;
  std::vector<std::pair<double, std::uint32_t>> ranked_;
  std::vector<double> p_;  // of the candidates at the step under way
  double log_scale_ = 0;
};

struct Ending {
  std::u32string text;
  std::vector<std::uint32_t> nodes;  // of each letter
  double log_score = never;
  double share = 0;
};

// Which letters of `best` stand in `other` too, by the cheapest alignment.
std::vector<bool> agreeing(const std::u32string& best, const std::u32string& other) {
  const std::size_t wide = other.size() + 1;
  std::vector<std::uint16_t> cost((best.size() + 1) * wide);
  for (std::size_t j = 0; j < wide; ++j) cost[j] = static_cast<std::uint16_t>(j);
  for (std::size_t i = 1; i <= best.size(); ++i) {
    cost[i * wide] = static_cast<std::uint16_t>(i);
    for (std::size_t j = 1; j < wide; ++j) {
      const int change = cost[(i - 1) * wide + j - 1] + (best[i - 1] != other[j - 1]);
      const int gap = std::min(cost[(i - 1) * wide + j], cost[i * wide + j - 1]) + 1;
      cost[i * wide + j] = static_cast<std::uint16_t>(std::min(change, gap));
    }
  }
  std::vector<bool> same(best.size(), false);
  for (std::size_t i = best.size(), j = other.size(); i > 0 && j > 0;) {
    const std::uint16_t here = cost[i * wide + j];
    const bool equal = best[i - 1] == other[j - 1];
    if (here == cost[(i - 1) * wide + j - 1] + (equal ? 0 : 1)) {
      same[i - 1] = equal;
      --i, --j;
    } else if (here == cost[(i - 1) * wide + j] + 1) {
      --i;
    } else {
      --j;
    }
  }
  return same;
}

std::vector<Ending> endings(const Search& search, const std::u32string& net_letters) {
  std::vector<Ending> all;
  for (const std::uint32_t last : search.kept()) {
    Ending ending;
    const Node& node = search.node(last);
    ending.log_score = node.log_score + search.scale() + search.ending(node);
    for (std::uint32_t i = last; i != 0; i = search.node(i).parent) {
      ending.text += net_letters[static_cast<std::size_t>(search.node(i).letter) - 1];
      ending.nodes.push_back(i);
    }
    while (!ending.text.empty() && ending.text.back() == space)
      ending.text.pop_back(), ending.nodes.pop_back();
    std::reverse(ending.text.begin(), ending.text.end());
    std::reverse(ending.nodes.begin(), ending.nodes.end());
    while (!ending.text.empty() && ending.text.back() == space)
      ending.text.pop_back(), ending.nodes.pop_back();
    all.push_back(std::move(ending));
  }
  std::sort(all.begin(), all.end(),
            [](const Ending& a, const Ending& b) { return a.log_score > b.log_score; });
  std::vector<Ending> different;
  for (Ending& ending : all)
    if (std::none_of(different.begin(), different.end(),
                     [&](const Ending& d) { return d.text == ending.text; }))
      different.push_back(std::move(ending));
  return different;
}

void share_out(std::vector<Ending>& all, double sharpness) {
  double sum = 0;
  for (Ending& ending : all)
    sum += ending.share = std::exp((ending.log_score - all.front().log_score) * sharpness);
  for (Ending& ending : all) ending.share /= sum;
}

}  // namespace

Beam::Beam(const std::u32string& net_letters, const LettersModel* model)
    : net_letters_(net_letters), model_(model), in_model_(net_letters.size() + 1, LettersModel::no_letter) {
  for (std::size_t i = 0; model && i < net_letters.size(); ++i)
    in_model_[i + 1] = model->index(net_letters[i]);
}

BeamAnswer Beam::search(const HandScores& scores, const BeamRules& rules) const {
  ENSURE(scores.width == static_cast<int>(net_letters_.size()) + 1 && rules.width > 0);
  std::vector<int> allowed;
  for (int k = 1; k < scores.width; ++k)
    if (rules.allowed.empty() ||
        rules.allowed.find(net_letters_[static_cast<std::size_t>(k) - 1]) != std::u32string::npos)
      allowed.push_back(k);
  Search search(model_, in_model_, rules);
  std::vector<int> candidates;
  for (int t = 0; t < scores.steps; ++t) {
    const float* log_p = scores.at(t);
    candidates.clear();
    for (const int k : allowed)
      if (log_p[k] > rules.letter_floor) candidates.push_back(k);
    search.step(log_p, candidates, t);
  }
  auto all = endings(search, net_letters_);
  share_out(all, rules.sharpness);
  BeamAnswer answer;
  if (all.front().text.empty() && all.size() == 1) return answer;
  const Ending& best = all.front();
  std::vector<double> agreed(best.text.size(), 0.0);
  for (const Ending& ending : all) {
    const auto same = agreeing(best.text, ending.text);
    for (std::size_t i = 0; i < same.size(); ++i) agreed[i] += same[i] ? ending.share : 0.0;
    answer.texts.push_back({ending.text, ending.log_score, ending.share});
  }
  for (std::size_t i = 0; i < best.text.size(); ++i) {
    const Node& node = search.node(best.nodes[i]);
    answer.letters.push_back(
        {best.text[i], std::min(agreed[i], 1.0), std::exp(static_cast<double>(node.step_log_p)), node.step});
  }
  // A letter may be likeliest once more where the same letter comes again: it is not beyond its neighbour.
  for (std::size_t i = answer.letters.size(); i-- > 1;)
    answer.letters[i - 1].step = std::min(answer.letters[i - 1].step, answer.letters[i].step);
  return answer;
}

std::u32string greedy_text(const HandScores& scores, const std::u32string& net_letters) {
  std::u32string text;
  std::ptrdiff_t last = 0;
  for (int t = 0; t < scores.steps; ++t) {
    const std::ptrdiff_t best = std::max_element(scores.at(t), scores.at(t) + scores.width) - scores.at(t);
    if (best != 0 && best != last) text += net_letters[static_cast<std::size_t>(best) - 1];
    last = best;
  }
  const auto first = text.find_first_not_of(space);
  if (first == std::u32string::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace ocr
