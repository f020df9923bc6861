#include "cli/commands.hpp"

namespace cli {
namespace {

int version(const Arguments&, Front& front) {
  front.out << "vaguemestre " VAGUEMESTRE_VERSION "\n";
  return belt::exit_ok;
}

}  // namespace

Command version_command() {
  return {"version", "dit la version", "tells the version", "vaguemestre version", {}, version};
}

}  // namespace cli
