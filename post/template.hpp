// Letters as a house writes them: a text with words in braces, that anybody can edit.
//
//   # A line that begins so is a remark.
//   Référence à rappeler : {reference}
//
// A word in braces is replaced by what the case says; a line in which one of them has nothing to say is left
// out, so that a sentence on a line of its own appears only where it is true. Of several empty lines one is
// kept.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "letter/result.hpp"
#include "letter/text.hpp"

namespace post {

// What a template may ask for, and what each says of one case ("" = nothing to say).
using Words = std::map<std::string, letter::PersonalText, std::less<>>;

class Template {
 public:
  // Faults: post.template_word (a word in braces that is not among `known`, with its line),
  // post.template_brace (a brace that does not close), post.template_empty.
  static letter::Result<Template> parse(std::string_view text, const std::vector<std::string>& known);

  letter::PersonalText filled(const Words& words) const;

 private:
  struct Piece {
    std::string text;
    bool is_word = false;
  };
  std::vector<std::vector<Piece>> lines_;
};

}  // namespace post
