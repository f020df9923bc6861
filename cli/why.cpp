#include "cli/why.hpp"

#include "cli/field_words.hpp"
#include "cli/mask.hpp"
#include "cli/table.hpp"

namespace cli {
namespace {

constexpr std::size_t shown_at_most = 8;

// "p. 2, 31 % 44 %": where on its page, from the left and from the top. Ticks say it by their id.
std::string place_of(const letter::Evidence& one) {
  if (one.box == letter::Box{}) return "";
  return "p. " + std::to_string(one.page + 1) + ", " + percent(one.box.x) + " " + percent(one.box.y);
}

std::string turning_line(const letter::SortedLetter& sorted, const Front& front) {
  if (!sorted.otherwise) return "";
  std::string without;
  for (const auto& one : sorted.turning)
    without += (without.empty() ? "« " : ", « ") + printable(nirs_masked(one.what.reveal())) + " »";
  const std::string queue(letter::id(*sorted.otherwise));
  return front.tell("Sans " + without + ", ce serait " + queue + ".\n",
                    "Without " + without + " it would be " + queue + ".\n");
}

}  // namespace

std::string why_text(const letter::SortedLetter& sorted, const Front& front) {
  if (sorted.evidence.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : sorted.evidence) {
    if (rows.size() == shown_at_most) break;
    rows.push_back({evidence_word(one.kind, front), nirs_masked(one.what.reveal()),
                    std::string(letter::id(one.queue)), decimals(one.weight), place_of(one)});
  }
  return table({{front.tell("Indice", "Evidence")},
                {front.tell("Quoi", "What"), Side::left, 40},
                {front.tell("Bannette", "Queue")},
                {front.tell("Poids", "Weight"), Side::right},
                {front.tell("Où", "Where")}},
               rows) +
         turning_line(sorted, front);
}

}  // namespace cli
