// What sorting a letter costs in processor time: the letters set apart, each sorted several times, one
// thread.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "classify/corpus.hpp"
#include "classify/sort.hpp"

// sorting_bench MODELS/triage: prints letters, milliseconds a letter, of the slowest letter.
int main(int argc, char** argv) {
  if (argc != 2) return EXIT_FAILURE;
  const std::filesystem::path dir = argv[1];
  const classify::Triage triage(dir);
  const auto letters = classify::load_corpus(classify::held_out_dir(dir / "corpus"));
  if (!letters) return EXIT_FAILURE;
  constexpr int times = 5;
  double all = 0, slowest = 0;
  for (const auto& one : letters->examples) {
    const auto read = classify::as_read(one);
    const std::clock_t begin = std::clock();
    for (int i = 0; i < times; ++i)
      if (classify::sort(read, triage, {}).model.empty()) return EXIT_FAILURE;
    const double took = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / times;
    all += took;
    slowest = std::max(slowest, took);
  }
  const auto n = static_cast<double>(letters->examples.size());
  std::printf("letters %.0f\nms_a_letter %.3f\nms_slowest %.3f\n", n, all / n, slowest);
  return EXIT_SUCCESS;
}
