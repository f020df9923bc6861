#include "ocr/hand/letters_model.hpp"

#include <algorithm>
#include <cstring>
#include <numbers>
#include <utility>

#include "ocr/model_file.hpp"

namespace ocr {
namespace {

constexpr char32_t space = 0x20;
constexpr double nats_a_step = std::numbers::ln2 / 10;  // costs are tenths of a bit
constexpr int back_zero = 128;                          // backing off can also give probability back
constexpr double unknown_log_p = -14.0;

bool take(ModelFile& file, std::size_t count, std::vector<std::uint8_t>& to) {
  const auto bytes = file.bytes(count);
  if (bytes) to.assign(bytes->begin(), bytes->end());
  return bytes.has_value();
}

// Number of children of each run -> where each one's begin.
std::vector<std::uint32_t> running_sum(const std::vector<std::uint8_t>& counts) {
  std::vector<std::uint32_t> first{0};
  for (const std::uint8_t count : counts) first.push_back(first.back() + count);
  return first;
}

}  // namespace

letter::Result<LettersModel> LettersModel::parse(std::string_view bytes) {
  const auto refused = letter::fault("hand.model", "Le fichier du modèle de lettres n’est pas lisible.",
                                     "The letter model's file cannot be read.");
  auto file = ModelFile::open(bytes, "vaguemestre-letters 1");
  LettersModel model;
  if (!file || !file->letters(model.letters_) ||
      !std::is_sorted(model.letters_.begin(), model.letters_.end()))
    return refused;
  const auto& entries = file->entries();
  if (entries.empty() || entries.size() > longest_run) return refused;
  for (std::size_t n = 0; n < entries.size(); ++n) {
    if (entries[n].name != "level" || entries[n].numbers.size() != 1 || entries[n].numbers[0] < 0)
      return refused;
    const auto runs = static_cast<std::size_t>(entries[n].numbers[0]);
    if (n > 0) {
      std::vector<std::uint8_t> counts;
      if (!take(*file, model.levels_.back().letter.size(), counts)) return refused;
      model.levels_.back().first_child = running_sum(counts);
      if (model.levels_.back().first_child.back() != runs) return refused;
    }
    Level level;
    if (!take(*file, runs, level.letter) || !take(*file, runs, level.cost)) return refused;
    if (n + 1 < entries.size() && !take(*file, runs, level.back)) return refused;
    model.levels_.push_back(std::move(level));
  }
  const auto& single = model.levels_.front().letter;  // every letter, in order: its index is its place
  if (!file->at_end() || single.size() != model.letters_.size() || single.size() > 255) return refused;
  for (std::size_t i = 0; i < single.size(); ++i)
    if (single[i] != i) return refused;
  return model;
}

int LettersModel::index(char32_t letter) const {
  const auto found = std::lower_bound(letters_.begin(), letters_.end(), letter);
  return found != letters_.end() && *found == letter ? static_cast<int>(found - letters_.begin()) : no_letter;
}

LettersModel::Past LettersModel::start() const {
  Past past;
  past.run.fill(none);
  if (const int before = index(space); before != no_letter) past.run[0] = static_cast<std::uint32_t>(before);
  return past;
}

std::uint32_t LettersModel::child(std::size_t length, std::uint32_t run, int letter) const {
  const Level& level = levels_[length - 1];
  const std::uint32_t first = level.first_child[run], count = level.first_child[run + 1] - first;
  const std::uint8_t* letters = levels_[length].letter.data();
  const void* found = std::memchr(letters + first, letter, count);
  return found ? static_cast<std::uint32_t>(static_cast<const std::uint8_t*>(found) - letters) : none;
}

double LettersModel::follow(Past& past, int letter) const {
  Past next;
  next.run.fill(none);
  if (letter == no_letter) {
    past = next;
    return unknown_log_p;
  }
  int cost = 0;
  bool known = false;
  for (std::size_t length = levels_.size() - 1; length > 0; --length) {
    const std::uint32_t run = past.run[length - 1];
    if (run == none) continue;
    const std::uint32_t longer = child(length, run, letter);
    if (longer != none && length < levels_.size() - 1) next.run[length] = longer;
    if (known) continue;
    known = longer != none;
    cost += known ? levels_[length].cost[longer] : levels_[length - 1].back[run] - back_zero;
  }
  if (!known) cost += levels_[0].cost[static_cast<std::size_t>(letter)];
  next.run[0] = static_cast<std::uint32_t>(letter);
  past = next;
  return -cost * nats_a_step;
}

}  // namespace ocr
