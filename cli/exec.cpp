#include "cli/exec.hpp"

#include <unistd.h>

#include "belt/daemon.hpp"

namespace cli {

int become(Front& front, const std::string& name, const std::vector<std::string>& words) {
  std::string path = (front.bin_dir / name).string();
  std::vector<std::string> copies = words;
  std::vector<char*> argv{path.data()};
  for (auto& word : copies) argv.push_back(word.data());
  argv.push_back(nullptr);
  front.out.flush();
  ::execv(path.c_str(), argv.data());
  return fail(front, belt::exit_missing,
              {"exec.missing", "Il manque l'exécutable " + path + ".", path + " is missing."});
}

}  // namespace cli
