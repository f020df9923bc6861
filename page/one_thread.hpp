// Tesseract is nearly twice as quick with one OpenMP thread, and a walled reader may not make a second one.
// libgomp looks at OMP_THREAD_LIMIT only when it is loaded, which is before main.
#pragma once

#include <unistd.h>

#include <cstdlib>

namespace page {

// Starts this program again with that limit unless it has one. When that fails, it goes on.
inline void begin_again_with_one_thread(char** argv) {
  if (std::getenv("OMP_THREAD_LIMIT") != nullptr) return;
  ::setenv("OMP_THREAD_LIMIT", "1", 1);
  ::execv("/proc/self/exe", argv);
}

}  // namespace page
