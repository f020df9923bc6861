#include "ocr/boxes/lexicon.hpp"

#include <string_view>

#include "ocr/model_file.hpp"

namespace ocr {

Lexicon::Lexicon(const std::filesystem::path& models_dir) {
  const auto add = [&](WordKind kind, std::string_view word) {
    auto& lengths = by_length_.at(static_cast<std::size_t>(kind));
    if (lengths.size() <= word.size()) lengths.resize(word.size() + 1);
    lengths[word.size()].emplace_back(word);
  };
  const std::string list = checked_list(models_dir / "words" / "words.txt");
  std::string_view left = list;
  while (!left.empty()) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    const std::size_t end = line.find(';');
    if (end == std::string_view::npos) continue;
    const std::string_view word = line.substr(0, end), kinds = line.substr(end + 1);
    const bool given = kinds.find('g') != std::string_view::npos;
    if (given) add(WordKind::given, word);
    if (given || kinds.find('f') != std::string_view::npos) add(WordKind::family, word);
    add(WordKind::word, word);
  }
}

const std::vector<std::string>& Lexicon::of(WordKind kind, std::size_t letters) const {
  static const std::vector<std::string> none;
  const auto& lengths = by_length_.at(static_cast<std::size_t>(kind));
  return letters < lengths.size() ? lengths[letters] : none;
}

}  // namespace ocr
