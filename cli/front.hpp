// What every command of the front command is given, and how one says what went wrong.
#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

#include "letter/result.hpp"
#include "letter/when.hpp"

namespace cli {

struct Front {
  std::string lang;                      // "fr" | "en"
  std::ostream& out;                     // results
  std::ostream& err;                     // all the rest
  std::function<letter::Instant()> now;  // the only clock
  std::filesystem::path bin_dir;         // where this executable and the daemons lie

  const std::string& tell(const std::string& fr, const std::string& en) const {
    return lang == "en" ? en : fr;
  }
};

// The reason's sentence and code on stderr; gives `exit_code` back, for `return fail(...)`.
int fail(Front& front, int exit_code, const letter::Reason& reason);

}  // namespace cli
