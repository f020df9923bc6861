#include "cli/complaint_counts.hpp"

#include "cli/table.hpp"
#include "letter/filed.hpp"

namespace cli {

using letter::Tree;

namespace {

struct DelayName {
  const char *id, *fr, *en;
};
constexpr std::array<DelayName, 4> delays{{{"open_in_time", "en cours, dans le délai", "open, in time"},
                                           {"open_late", "en cours, hors délai", "open, late"},
                                           {"answered_in_time", "répondu dans le délai", "answered in time"},
                                           {"answered_late", "répondu hors délai", "answered late"}}};

Delay delay_of(const RegisterLine& line, letter::Day today) {
  const auto due = letter::parse_day(line.at("answer_due")), sent = letter::parse_day(line.at("answer_sent"));
  const bool in_time = sent.value_or(today) <= due.value();
  if (sent) return in_time ? Delay::answered_in_time : Delay::answered_late;
  return in_time ? Delay::open_in_time : Delay::open_late;
}

bool counts(const RegisterLine& line) {
  return line.at("state") != letter::id(letter::State::merged) && letter::parse_day(line.at("answer_due"));
}

// "délai, refus" is two reasons of one case; "" is one value too.
std::vector<std::string> each_of(const std::string& values) {
  constexpr std::string_view between = ", ";
  std::vector<std::string> all;
  for (std::size_t start = 0;;) {
    const std::size_t end = values.find(between, start);
    all.push_back(values.substr(start, end - start));
    if (end == std::string::npos) return all;
    start = end + between.size();
  }
}

Tree tree_of_counts(const std::map<std::string, std::uint64_t>& values) {
  auto tree = Tree::object();
  for (const auto& [value, count] : values) tree.set(value, count);
  return tree;
}

}  // namespace

ComplaintCounts complaint_counts(const std::vector<RegisterLine>& lines, letter::Day today) {
  ComplaintCounts found;
  for (const RegisterLine& line : lines) {
    if (!counts(line)) continue;
    ++found.total;
    ++found.delay.at(static_cast<std::size_t>(delay_of(line, today)));
    for (const std::string& value : each_of(line.at("product"))) ++found.product[value];
    for (const std::string& value : each_of(line.at("reason"))) ++found.reason[value];
    for (const std::string& value : each_of(line.at("outcome"))) ++found.outcome[value];
  }
  return found;
}

std::string text_of(const ComplaintCounts& counts, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&rows](const std::string& heading, const std::map<std::string, std::uint64_t>& values) {
    for (const auto& [value, count] : values)
      rows.push_back({heading, value.empty() ? "-" : value, std::to_string(count)});
  };
  add(front.tell("Produit", "Product"), counts.product);
  add(front.tell("Motif", "Reason"), counts.reason);
  add(front.tell("Issue", "Outcome"), counts.outcome);
  for (std::size_t i = 0; i < delays.size(); ++i)
    if (counts.delay.at(i) > 0)
      rows.push_back({front.tell("Délai", "Delay"), front.tell(delays.at(i).fr, delays.at(i).en),
                      std::to_string(counts.delay.at(i))});
  rows.push_back({"Total", "", std::to_string(counts.total)});
  return table({{front.tell("Par", "By")},
                {front.tell("Valeur", "Value")},
                {front.tell("Dossiers", "Cases"), Side::right}},
               rows);
}

Tree tree_of(const ComplaintCounts& counts) {
  auto by_delay = Tree::object();
  for (std::size_t i = 0; i < delays.size(); ++i) by_delay.set(delays.at(i).id, counts.delay.at(i));
  auto tree = Tree::object();
  tree.set("product", tree_of_counts(counts.product)).set("reason", tree_of_counts(counts.reason));
  tree.set("outcome", tree_of_counts(counts.outcome)).set("delay", std::move(by_delay));
  tree.set("total", counts.total);
  return tree;
}

}  // namespace cli
