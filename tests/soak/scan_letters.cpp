// scan_letters FOLDER FROM COUNT: so many short typed letters, each put into a hot folder under its name at
// once, as a good scanner does.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/e2e/short_letters.hpp"

namespace fs = std::filesystem;

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "scan_letters FOLDER FROM COUNT\n");
    return 1;
  }
  const fs::path hot = argv[1];
  const int from = std::atoi(argv[2]), count = std::atoi(argv[3]);
  for (int number = from; number < from + count; ++number) {
    const std::string name = "scan-" + std::to_string(number) + ".tif";
    const fs::path half = hot / ("." + name + ".part");
    std::ofstream(half, std::ios::binary) << e2e::short_letter(number);
    fs::rename(half, hot / name);
  }
  return 0;
}
