// A line typed at a desk, taken apart.
#pragma once

#include <string>
#include <string_view>

namespace cli {

struct SplitWords {
  std::string first;  // folded: "RÉPONDRE" and "repondre" are "REPONDRE"
  std::string rest;   // as typed, without the spaces around it
};
SplitWords split_words(std::string_view line);

std::string lower(std::string_view ascii);

}  // namespace cli
