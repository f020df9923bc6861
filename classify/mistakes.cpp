#include "classify/mistakes.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <sstream>

#include "classify/draw.hpp"
#include "letter/text.hpp"

namespace classify {
namespace {

constexpr std::string_view title = "vaguemestre-mistakes 1";
constexpr std::size_t longest_slip = 8;
constexpr double most_wrong = 0.5, most_lost = 0.6;  // of a worse text no words are left to learn from
constexpr std::size_t line_length = 60;
constexpr std::size_t quantiles = 20;

// By the share of the way through the list, not by a number of its own: what has been taught stays as it is.
double drawn(const std::vector<double>& list, Draw& draw) {
  return list[static_cast<std::size_t>(draw.unit() * static_cast<double>(list.size()))];
}

// Spaces and "nothing" need a sign in a file whose columns are parted by spaces.
std::string shown(const std::string& letters) {
  std::string out = letters.empty() ? "~" : letters;
  std::replace(out.begin(), out.end(), ' ', '_');
  return out;
}
std::string meant(std::string word) {
  if (word == "~") return "";
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

double share_wrong(char letter, const std::map<std::string, std::uint32_t>& read_as) {
  double all = 0, right = 0;
  for (const auto& [read, count] : read_as) {
    all += count;
    right += read == std::string(1, letter) ? count : 0;
  }
  return all > 0 ? 1 - right / all : 0;
}

// Something else than the letter itself, as often as it was read for it; `at` is 0..1.
std::string slip(char letter, const std::map<std::string, std::uint32_t>& read_as, double at) {
  const std::string itself(1, letter);
  double all = 0;
  for (const auto& [read, count] : read_as) all += read == itself ? 0 : count;
  at *= all;
  for (const auto& [read, count] : read_as) {
    if (read == itself) continue;
    at -= count;
    if (at < 0) return read;
  }
  return itself;
}

double mean_of(const std::vector<double>& shares) {
  return shares.empty()
             ? 0
             : std::accumulate(shares.begin(), shares.end(), 0.0) / static_cast<double>(shares.size());
}

// What is left of a text of which a drawn share of lines was not read; one line always is.
std::string without_lines(const std::string& text, const Habit& habit, Draw& draw) {
  if (habit.lost.empty()) return text;
  const double share = std::min(most_lost, drawn(habit.lost, draw));
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += line_length)
    if (draw.unit() >= share) out += text.substr(at, line_length);
  return out.empty() ? text.substr(0, line_length) : out;
}

// The shares in order, twenty of them however many texts were measured.
std::vector<double> in_quantiles(std::vector<double> shares) {
  std::sort(shares.begin(), shares.end());
  if (shares.size() <= quantiles) return shares;
  std::vector<double> out;
  for (std::size_t q = 0; q < quantiles; ++q)
    out.push_back(shares[(2 * q + 1) * shares.size() / (2 * quantiles)]);
  return out;
}

void dump_shares(const std::string& name, const std::vector<double>& shares, std::string& out) {
  for (const double share : in_quantiles(shares)) {
    char row[16];
    std::snprintf(row, sizeof row, " %.4f\n", share);
    out += name + row;
  }
}

void dump(const std::string& name, const Habit& habit, std::string& out) {
  dump_shares(name + " share", habit.shares, out);
  dump_shares(name + " lost", habit.lost, out);
  for (const auto& [letter, read_as] : habit.read_as)
    for (const auto& [read, count] : read_as)
      out +=
          name + " " + shown(std::string(1, letter)) + " " + shown(read) + " " + std::to_string(count) + "\n";
}

}  // namespace

void note(Habit& habit, const Laid& laid) {
  std::size_t letters = 0, wrong = 0, lost = 0;
  for (std::size_t i = 0; i < laid.size();) {
    const auto lost_or_invented = [&](std::size_t at) {
      return at < laid.size() && (laid[at].first == 0 || laid[at].second == 0);
    };
    std::size_t run = i;
    while (lost_or_invented(run)) ++run;
    if (run - i > longest_slip) {
      for (; i < run; ++i) lost += laid[i].first != 0;
      continue;
    }
    const auto [written, read] = laid[i];
    if (written == 0) {  // an invented letter without one before it
      ++wrong, ++i;
      continue;
    }
    std::string found = read == 0 ? "" : std::string(1, read);
    ++i;
    if (i < laid.size() && laid[i].first == 0 && !lost_or_invented(i + 1)) found += laid[i++].second;
    ++habit.read_as[written][found];
    ++letters;
    wrong += found != std::string(1, written);
  }
  const auto share_of = [](std::size_t part, std::size_t all) {
    return std::min(1.0, static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(1, all)));
  };
  if (letters > 0) habit.shares.push_back(share_of(wrong, letters));
  if (letters + lost > 0) habit.lost.push_back(share_of(lost, letters + lost));
}

std::string misread(std::string_view text, const Habit& habit, std::uint64_t seed) {
  Draw draw(seed);
  const double mean = mean_of(habit.shares);
  if (mean <= 0) return std::string(text);
  const double times = std::min(most_wrong, drawn(habit.shares, draw)) / mean;
  std::string out;
  for (const char letter : without_lines(letter::folded(text), habit, draw)) {
    const auto known = habit.read_as.find(letter);
    const double wrong = known == habit.read_as.end() ? 0 : share_wrong(letter, known->second);
    const double at = draw.unit();
    if (draw.unit() >= wrong * times)
      out += letter;
    else
      out += slip(letter, known->second, at);
  }
  return out;
}

std::string dump_mistakes(const Mistakes& mistakes) {
  std::string out = std::string(title) + "\n";
  dump("typed", mistakes.typed, out);
  dump("hand", mistakes.hand, out);
  return out;
}

letter::Result<Mistakes> parse_mistakes(std::string_view bytes) {
  const auto bad = [] {
    return letter::fault("mistakes.format", "Le relevé des erreurs de lecture est mal formé.",
                         "The record of reading mistakes is badly formed.");
  };
  std::istringstream in{std::string(bytes)};
  std::string line;
  std::getline(in, line);
  if (line != title) return bad();
  Mistakes mistakes;
  while (std::getline(in, line)) {
    std::istringstream row(line);
    std::string name, letter, read;
    row >> name >> letter >> read;
    if (!row || (name != "typed" && name != "hand")) return bad();
    Habit& habit = name == "hand" ? mistakes.hand : mistakes.typed;
    if (letter == "share" || letter == "lost") {
      (letter == "lost" ? habit.lost : habit.shares).push_back(std::strtod(read.c_str(), nullptr));
      continue;
    }
    std::uint32_t count = 0;
    const std::string written = meant(letter);
    if (!(row >> count) || written.size() != 1) return bad();
    habit.read_as[written.front()][meant(read)] += count;
  }
  return mistakes;
}

}  // namespace classify
