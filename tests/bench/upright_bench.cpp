// What scripts/bench upright runs: pages turned four ways, each seen as a reader sees it.
//   bench_upright measure DIR [EVERY]  pages of DIR/truth.csv, every EVERY-th
//   bench_upright forms N SEED                  painted forms
// Prints a line for each turned page: file, what truth.csv says of it, true turn, turn found, state, form or
// free, ms.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "letter/result.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/sight.hpp"
#include "page/decode.hpp"
#include "page/leptonica.hpp"

namespace {

namespace fs = std::filesystem;

struct Reader {
  std::vector<ocr::Form> forms;
  ocr::Hand hand{VAGUEMESTRE_MODELS_DIR};
  ocr::Print print;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// The four ways of one page that lies upright.
void see_turned(const std::string& name, const std::string& note, const page::Raster& upright,
                Reader& reader) {
  for (const int turn : {0, 90, 180, 270}) {
    const std::string master = page::write_png(page::turned(upright, 360 - turn));
    const std::clock_t start = std::clock();
    letter::Page facts;
    std::uint32_t pages = 1;
    ocr::Sight sight = ocr::see_page(facts, {master}, reader.forms, pages);
    const bool blank = facts.blank;
    if (!blank) ocr::settle_turn(facts, sight, {reader.hand, reader.print}, std::nullopt);
    const double ms = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    const char* state = sight.turn_known ? "decided" : blank ? "blank" : "undecided";
    std::printf("%s\t%s\t%d\t%d\t%s\t%s\t%.1f\n", name.c_str(), note.c_str(), turn, facts.turn_deg, state,
                sight.form ? "form" : "free", ms);
    std::fflush(stdout);
  }
}

void measure(const fs::path& dir, std::size_t every, Reader& reader) {
  std::ifstream truth(dir / "truth.csv");
  std::string line;
  std::getline(truth, line);
  for (std::size_t i = 0; std::getline(truth, line); ++i) {
    if (i % every != 0) continue;
    const std::string file = line.substr(0, line.find(','));
    const auto sheet = page::decode(bytes_of(dir / file), 0);
    if (!sheet) continue;
    see_turned(file, line.find("free hand") == std::string::npos ? "" : "free handwriting", sheet->raster,
               reader);
  }
}

void forms(std::uint32_t count, std::uint64_t seed, Reader& reader) {
  for (std::uint32_t i = 0; i < count; ++i) {
    workshop::Order order;
    order.seed = seed, order.index = i;
    order.arrived = letter::Day{std::chrono::year{2026} / 3 / 16};
    order.on_form = true;
    order.turn_deg = 0;
    const auto sheet = page::decode(workshop::paint(reader.forms.front(), order).bytes, 0);
    if (sheet) see_turned("form_" + std::to_string(i), "painted form", sheet->raster, reader);
  }
}

}  // namespace

int main(int argc, char** argv) {
  cv::setNumThreads(0);
  const std::vector<std::string> words(argv + 1, argv + argc);
  auto known = ocr::load_forms(VAGUEMESTRE_MODELS_DIR);
  if (!known || known->empty()) throw letter::BrokenWorld("no forms");
  Reader reader{std::move(*known)};
  if (words.size() >= 2 && words[0] == "measure") {
    measure(words[1], words.size() > 2 ? std::stoul(words[2]) : 1, reader);
  } else if (words.size() == 3 && words[0] == "forms") {
    forms(static_cast<std::uint32_t>(std::stoul(words[1])), std::stoull(words[2]), reader);
  } else {
    std::cerr << "bench_upright measure DIR [EVERY] | forms N SEED\n";
    return 2;
  }
  return 0;
}
