#include "post/template.hpp"

#include <algorithm>

namespace post {

using letter::Result;

namespace {

Result<void> unknown_word(const std::string& word, std::size_t line) {
  const std::string where = std::to_string(line);
  return letter::fault("post.template_word",
                       "Le modèle demande {" + word + "}, que rien ne remplit (ligne " + where + ").",
                       "The template asks for {" + word + "}, which nothing fills (line " + where + ").");
}

}  // namespace

Result<Template> Template::parse(std::string_view text, const std::vector<std::string>& known) {
  Template made;
  std::size_t number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string_view line = text.substr(start, end - start);
    start = end + 1;
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.starts_with('#')) continue;
    std::vector<Piece>& pieces = made.lines_.emplace_back();
    while (!line.empty()) {
      const std::size_t open = line.find('{');
      if (open != 0) pieces.push_back({std::string(line.substr(0, open)), false});
      if (open == std::string_view::npos) break;
      const std::size_t close = line.find('}', open);
      if (close == std::string_view::npos)
        return letter::fault("post.template_brace",
                             "Une accolade n'est pas fermée (ligne " + std::to_string(number) + ").",
                             "A brace is not closed (line " + std::to_string(number) + ").");
      const std::string word(line.substr(open + 1, close - open - 1));
      if (std::ranges::find(known, word) == known.end())
        return tl::unexpected(unknown_word(word, number).error());
      pieces.push_back({word, true});
      line.remove_prefix(close + 1);
    }
  }
  if (made.lines_.empty())
    return letter::fault("post.template_empty", "Le modèle de lettre est vide.",
                         "The letter's template is empty.");
  return made;
}

letter::PersonalText Template::filled(const Words& words) const {
  std::string text;
  for (const auto& pieces : lines_) {
    std::string line;
    bool silent = false;
    for (const Piece& piece : pieces) {
      if (!piece.is_word) {
        line += piece.text;
        continue;
      }
      const auto found = words.find(piece.text);
      const std::string said = found == words.end() ? "" : found->second.reveal();
      silent = silent || said.empty();
      line += said;
    }
    if (silent || (line.empty() && (text.empty() || text.ends_with("\n\n")))) continue;
    text += line + "\n";
  }
  return letter::PersonalText(text);
}

}  // namespace post
