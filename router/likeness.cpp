#include "router/likeness.hpp"

#include <algorithm>
#include <array>

namespace router {
namespace {

constexpr double confused = 0.4, thin = 0.4, stroke = 0.8, different = 1.0;
constexpr double misread_share = 0.15, most_misread = 2.5;

// Letters of one group look alike on a worn print or in a quick hand.
constexpr std::array<std::string_view, 11> lookalikes{"OQD0C", "IL1JT", "UV",  "MNWH", "CGE6", "AO",
                                                      "RKPB8", "S5",    "Z27", "FTE",  "49A"};

double cost_of_reading(char one, char other) {
  if (one == other) return 0;
  const bool alike = std::ranges::any_of(lookalikes, [=](std::string_view group) {
    return group.find(one) != std::string_view::npos && group.find(other) != std::string_view::npos;
  });
  return alike ? confused : different;
}

double cost_of_losing(char c) {
  return std::string_view(" '-.I1L").find(c) == std::string_view::npos ? stroke : thin;
}

bool is_civility(std::string_view word) {
  constexpr std::array<std::string_view, 10> civilities{
      "M", "MR", "MME", "MLLE", "MONSIEUR", "MADAME", "MADEMOISELLE", "DR", "DOCTEUR", "MAITRE"};
  return std::ranges::find(civilities, word) != civilities.end();
}

// One sound or shape a letter; '\0' is dropped.
char shape(char c) {
  constexpr std::array<std::string_view, 9> alike{"KCGQ", "NMW", "TD2", "PB8", "SZX5", "FV", "LJ", "R", ""};
  for (const std::string_view group : alike)
    if (group.find(c) != std::string_view::npos) return group.front();
  return '\0';
}

bool is_vowel(char c) { return std::string_view("AEIOUY01H").find(c) != std::string_view::npos; }

std::string skeleton_of_word(std::string word) {
  for (const auto& [from, to] : {std::pair{"PH", "F"}, {"RN", "M"}, {"VV", "W"}, {"CH", "S"}})
    for (auto at = word.find(from); at != std::string::npos; at = word.find(from, at + 1))
      word.replace(at, 2, to);
  std::string out;
  for (const char c : word) {
    const char one = is_vowel(c) ? (out.empty() ? 'A' : '\0') : shape(c);
    if (one != '\0' && (out.empty() || out.back() != one)) out.push_back(one);
  }
  return out;
}

}  // namespace

double reading_distance(std::string_view one, std::string_view other) {
  std::vector<double> row(other.size() + 1);
  for (std::size_t j = 0; j < other.size(); ++j) row[j + 1] = row[j] + cost_of_losing(other[j]);
  for (const char c : one) {
    double diagonal = row[0];
    row[0] += cost_of_losing(c);
    for (std::size_t j = 0; j < other.size(); ++j) {
      const double best = std::min({diagonal + cost_of_reading(c, other[j]), row[j + 1] + cost_of_losing(c),
                                    row[j] + cost_of_losing(other[j])});
      diagonal = row[j + 1];
      row[j + 1] = best;
    }
  }
  return row.back();
}

bool nearly_same(std::string_view one, std::string_view other) {
  const auto longer = static_cast<double>(std::max(one.size(), other.size()));
  return reading_distance(one, other) <= std::min(most_misread, misread_share * longer);
}

std::vector<std::string> name_words(std::string_view folded) {
  std::vector<std::string> words(1);
  for (const char c : folded) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) {
      words.back().push_back(c);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  std::erase_if(words, [](const std::string& word) { return word.empty() || is_civility(word); });
  std::ranges::sort(words);
  return words;
}

std::string person(std::string_view folded) {
  std::string all;
  for (const std::string& word : name_words(folded)) all += (all.empty() ? "" : " ") + word;
  return all;
}

std::string skeleton(std::string_view person) {
  std::vector<std::string> bones;
  for (const std::string& word : name_words(person)) bones.push_back(skeleton_of_word(word));
  std::erase(bones, "");
  std::ranges::sort(bones);
  std::string all;
  for (const std::string& bone : bones) all += (all.empty() ? "" : " ") + bone;
  return all;
}

}  // namespace router
