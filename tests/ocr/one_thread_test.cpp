// The tests read as the reader does: OMP_THREAD_LIMIT=1 from before libgomp is loaded. Whoever starts them
// without gets them started again with it.
#include <unistd.h>

#include <cstdlib>

namespace {

__attribute__((constructor)) void start_with_one_thread(int, char** argv, char**) {
  if (std::getenv("OMP_THREAD_LIMIT") != nullptr) return;
  ::setenv("OMP_THREAD_LIMIT", "1", 1);
  ::execv("/proc/self/exe", argv);
}

}  // namespace
