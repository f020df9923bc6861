#include "cli/front.hpp"

namespace cli {

int fail(Front& front, int exit_code, const letter::Reason& reason) {
  front.err << "vaguemestre: " << front.tell(reason.fr, reason.en) << " [" << reason.code << "]\n";
  return exit_code;
}

}  // namespace cli
