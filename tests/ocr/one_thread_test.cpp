// The tests read as the reader does: OMP_THREAD_LIMIT=1 from before libgomp is loaded. Whoever starts them
// without gets them started again with it.
#include "page/one_thread.hpp"

namespace {

__attribute__((constructor)) void start_with_one_thread(int, char** argv, char**) {
  page::begin_again_with_one_thread(argv);
}

}  // namespace
