#include "letter/result.hpp"

#include <cstdio>
#include <cstdlib>

namespace letter {

void ensure_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: a bug: this does not hold: %s\n", file, line, condition);
  std::abort();
}

}  // namespace letter
