#include "ocr/check/confidence_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ocr {
namespace {

constexpr std::size_t least_examples = 40;  // for a curve of one's own
constexpr std::size_t least_in_bin = 25, most_bins = 24;

struct Bin {
  double raw = 0;  // sum
  double n = 0, right = 0;
  double share() const { return (right + 0.5) / (n + 1); }
};

void merge(Bin& into, const Bin& bin) { into.raw += bin.raw, into.n += bin.n, into.right += bin.right; }

// Equal scores are one.
std::vector<Bin> steps_of(const std::vector<std::pair<double, double>>& sorted) {
  std::vector<Bin> steps;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i == 0 || sorted[i].first > sorted[i - 1].first) steps.emplace_back();
    merge(steps.back(), {sorted[i].first, 1, sorted[i].second});
  }
  return steps;
}

// Bins of about as many examples each; a score that fills a bin has one of its own.
std::vector<Bin> bins_of(const std::vector<std::pair<double, double>>& sorted) {
  const auto size = static_cast<double>(std::max(least_in_bin, sorted.size() / most_bins));
  std::vector<Bin> bins;
  for (const Bin& step : steps_of(sorted)) {
    if (bins.empty() || bins.back().n >= size || step.n >= size) bins.emplace_back();
    merge(bins.back(), step);
  }
  return bins;
}

using Curves = std::map<std::string, TrustCurve>;

// `but`: the fold left out; -1 = none.
Curves curves_of(const std::vector<TrustExample>& examples, int but) {
  std::map<std::string, std::vector<std::pair<double, double>>> by_kind;
  for (const TrustExample& one : examples)
    if (one.fold != but)
      for (const std::string& kind : one.kinds) by_kind[kind].emplace_back(one.raw, one.right);
  Curves curves;
  for (auto& [kind, readings] : by_kind)
    if (readings.size() >= least_examples) curves[kind] = fit_curve(std::move(readings));
  return curves;
}

double confidence_of(const TrustExample& example, const Curves& curves) {
  for (const std::string& kind : example.kinds)
    if (const auto curve = curves.find(kind); curve != curves.end()) return curve->second.at(example.raw);
  return example.raw;
}

TrustBar bar_of(std::vector<std::pair<double, double>> judged, double wrong_share) {
  std::sort(judged.begin(), judged.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  TrustBar best, so_far;
  best.n = so_far.n = judged.size();
  for (std::size_t i = 0; i < judged.size(); ++i) {
    so_far.bar = judged[i].first;
    ++so_far.accepted, so_far.wrong += judged[i].second < 1;
    const bool last = i + 1 == judged.size() || judged[i + 1].first < so_far.bar;
    // Far over what is allowed: no bar any more, and the bound takes long to compute.
    if (!last ||
        static_cast<double>(so_far.wrong) > 20 + 5 * wrong_share * static_cast<double>(so_far.accepted))
      continue;
    so_far.at_most = upper_bound_90(so_far.wrong, so_far.accepted);
    if (so_far.at_most <= wrong_share) best = so_far;
    if (best.bar > 1) best.at_most = std::min(best.at_most, so_far.at_most);
  }
  return best;
}

}  // namespace

TrustCurve fit_curve(std::vector<std::pair<double, double>> examples) {
  std::sort(examples.begin(), examples.end());
  TrustCurve curve;
  curve.n = examples.size();
  std::vector<Bin> rising;
  for (const Bin& bin : bins_of(examples)) {
    rising.push_back(bin);
    while (rising.size() > 1 && rising[rising.size() - 2].share() >= rising.back().share()) {
      const Bin last = rising.back();
      rising.pop_back();
      merge(rising.back(), last);
    }
  }
  for (const Bin& bin : rising) {
    curve.raw.push_back(bin.raw / bin.n);
    curve.right.push_back(bin.share());
  }
  return curve;
}

TrustFit fit_trust(const std::vector<TrustExample>& examples, double wrong_share) {
  const std::array<Curves, 2> other{curves_of(examples, 0), curves_of(examples, 1)};
  std::map<std::string, std::vector<std::pair<double, double>>> judged;
  for (const TrustExample& one : examples)
    if (!one.group.empty())
      judged[one.group].emplace_back(confidence_of(one, other[static_cast<std::size_t>(one.fold & 1)]),
                                     one.right);
  TrustFit fit;
  fit.table.curves = curves_of(examples, -1);
  for (auto& [group, readings] : judged) {
    fit.bars[group] = bar_of(std::move(readings), wrong_share);
    fit.table.bars[group] = fit.bars[group].bar;
  }
  return fit;
}

}  // namespace ocr
