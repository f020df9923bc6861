// A letter on paper: A4, the address where a window envelope shows it.
#pragma once

#include <string>

#include "letter/text.hpp"

namespace post {

struct Sheet {
  std::string letterhead;        // who writes, some short lines
  letter::PersonalText address;  // at most 6 lines
  letter::PersonalText body;     // paragraphs at line ends; as many pages as it takes
};

// The bytes of a PDF, one page or more. `title` holds no personal data.
std::string pdf(const Sheet& sheet, const std::string& title);

}  // namespace post
