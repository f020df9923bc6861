// First names, family names and words of French (models/words), as people write them into boxes: a list for
// doubt and for help, never for refusal.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace ocr {

enum class WordKind { given, family, word };

class Lexicon {
 public:
  Lexicon() = default;  // knows nothing
  // models_dir/words/words.txt. BrokenWorld when it is missing or damaged.
  explicit Lexicon(const std::filesystem::path& models_dir);
  // Words of that kind with so many letters, capitals without accents, in the order of the alphabet. First
  // names are family names too, and all names are words.
  const std::vector<std::string>& of(WordKind kind, std::size_t letters) const;

 private:
  std::array<std::vector<std::vector<std::string>>, 3> by_length_;
};

}  // namespace ocr
