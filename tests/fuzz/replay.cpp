// Runs a fuzz target over a folder of files, and over seeded changes of them for two seconds: what ctest
// does without libFuzzer. The preset "fuzz" builds the same targets for libFuzzer.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

constexpr std::chrono::seconds patience{2};
constexpr int most_changes = 20'000;

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// A few bytes changed, moved, doubled, cut or taken from another file.
std::string changed(const std::vector<std::string>& corpus, std::mt19937& dice) {
  std::string out = corpus[dice() % corpus.size()];
  static const std::vector<std::string> spice{std::string(4, '\0'), "\xff\xff\xff\xff", "\x7f\xff\xff\xff",
                                              std::string("\x01\0\0\0", 4), "\xff\xd8\xff\xda"};
  for (unsigned i = 0; i <= dice() % 4; ++i) {
    const std::size_t at = out.empty() ? 0 : dice() % out.size(), length = dice() % 9;
    switch (dice() % 6) {
      case 0:
        if (!out.empty()) out[at] = static_cast<char>(dice());
        break;
      case 1:
        if (!out.empty()) out[at] = static_cast<char>(out[at] ^ (1 << dice() % 8));
        break;
      case 2:
        out.erase(at, length);
        break;
      case 3:
        out.insert(at, out.substr(at, length));
        break;
      case 4: {
        const std::string& other = corpus[dice() % corpus.size()];
        out.replace(at, length,
                    other.substr(std::min<std::size_t>(dice() % (other.size() + 1), other.size()), length));
        break;
      }
      default:
        out.replace(at, 4, spice[dice() % spice.size()]);
        break;
    }
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  if (argc > 1)
    for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
      if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::fputs("no corpus: name a folder of files\n", stderr);
    return 2;
  }
  std::vector<std::string> corpus;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    run(corpus.back());
  }
  run("");
  std::mt19937 dice(2026);
  int changes = 0;
  for (const auto end = std::chrono::steady_clock::now() + patience;
       changes < most_changes && std::chrono::steady_clock::now() < end; ++changes)
    run(changed(corpus, dice));
  std::printf("%zu files and %d changes of them\n", corpus.size(), changes);
  return 0;
}
