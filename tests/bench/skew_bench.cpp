// What scripts/bench skew runs: every page by every method, a line each; skew.py makes figures of it.
//   bench_skew measure DIR       DIR/truth.csv lists pages and their skew; prints tab-separated lines
//   bench_skew paint N SEED DIR  paints N pages of known skew, with such a truth.csv
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>

#include "letter/result.hpp"
#include "models/workshop/dice.hpp"
#include "models/workshop/specimen.hpp"
#include "page/decode.hpp"
#include "page/leptonica.hpp"
#include "page/skew.hpp"

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) cells.emplace_back();
    if (c != '"' && (c != ',' || quoted) && c != '\r') cells.back() += c;
  }
  return cells;
}

std::vector<std::map<std::string, std::string>> table(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> heads = cells_of(line);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cells_of(line);
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < cells.size() && i < heads.size(); ++i) row[heads[i]] = cells[i];
    rows.push_back(row);
  }
  return rows;
}

struct Answer {
  double deg = 0, confidence = 0;
};

// One core's own time, in ms: what others do on this machine counts little. The middle of three.
template <class Method>
void timed(const std::string& file, const char* name, Method method) {
  std::vector<double> times;
  Answer answer;
  for (int i = 0; i < 3; ++i) {
    const std::clock_t start = std::clock();
    answer = method();
    times.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::sort(times.begin(), times.end());
  std::printf("%s\t%s\t%.4f\t%.3f\t%.3f\n", file.c_str(), name, answer.deg, answer.confidence, times[1]);
}

struct PixFree {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixFree>;

// The page as Leptonica wants it: one bit a pixel, at the resolution it has.
PixPtr two_tones(const page::Raster& raster) {
  const cv::Mat black = page::ink(raster);
  PixPtr pix(pixCreate(black.cols, black.rows, 1));
  for (int y = 0; y < black.rows; ++y)
    for (int x = 0; x < black.cols; ++x)
      if (black.at<uchar>(y, x) != 0) pixSetPixel(pix.get(), x, y, 1);
  return pix;
}

struct Search {
  const char* name;
  int sweep, search;
  float step;
};

void measure(const fs::path& dir) {
  setMsgSeverity(L_SEVERITY_NONE);
  for (const auto& row : table(dir / "truth.csv")) {
    const std::string file = row.at("file");
    auto sheet = page::decode(bytes_of(dir / file), 0);
    if (!sheet) {
      std::printf("%s\tunread\t0\t0\t0\n", file.c_str());
      continue;
    }
    timed(file, "page::skew", [&] {
      const page::Skew skew = page::skew(sheet->raster);
      return Answer{skew.deg, skew.confidence};
    });
    const PixPtr pix = two_tones(sheet->raster);
    for (const Search& how :
         {Search{"leptonica 4,1 step 0.5", 4, 1, 0.5F}, {"leptonica 4,2 step 1", 4, 2, 1}})
      timed(file, how.name, [&] {
        float deg = 0, confidence = 0;
        if (pixFindSkewSweepAndSearch(pix.get(), &deg, &confidence, how.sweep, how.search, 16, how.step,
                                      0.01F) != 0)
          return Answer{};
        return Answer{-static_cast<double>(deg), confidence};
      });
    std::fflush(stdout);
  }
}

void paint(std::uint32_t count, std::uint64_t seed, const fs::path& dir) {
  const auto forms = ocr::load_forms(VAGUEMESTRE_MODELS_DIR);
  if (!forms || forms->empty()) throw letter::BrokenWorld("no forms");
  fs::create_directories(dir);
  std::ofstream truth(dir / "truth.csv");
  truth << "file,base,kind,mode,dpi,gt,w,h,bilevel,note\n";
  const std::vector<int> resolutions{300, 200, 150, 400, 600, 300};
  workshop::Dice dice(seed, 0x5ce3);
  for (std::uint32_t i = 0; i < count; ++i) {
    workshop::Order order;
    order.seed = seed, order.index = i;
    order.arrived = letter::Day{std::chrono::year{2026} / 3 / 16};
    order.on_form = i % 3 == 0;
    order.hand = i % 3 == 2;
    order.turn_deg = 0;
    order.skew_deg = std::round(dice.uniform(-15, 15) * 1000) / 1000;
    order.dpi = resolutions[i % resolutions.size()];
    const bool grey = dice.chance(0.3);
    order.file = grey ? workshop::ScanFile::tiff_grey : workshop::ScanFile::tiff_g4;
    const workshop::Specimen made = workshop::paint(forms->front(), order);
    const auto sheet = page::decode(made.bytes, 0);
    if (!sheet) throw letter::BrokenWorld("a painted page cannot be read");
    const char* kind = i % 3 == 0 ? "form" : i % 3 == 1 ? "typed" : "hand";
    const std::string file = "painted_" + std::to_string(i) + ".png";
    std::ofstream(dir / file, std::ios::binary) << page::write_png(sheet->raster);
    truth << file << ',' << kind << ',' << kind << ",painted," << *order.dpi << ','
          << made.truth.pages.at(0).skew_deg << ',' << sheet->raster.grey.cols << ','
          << sheet->raster.grey.rows << ',' << sheet->raster.bilevel
          << (i % 3 == 2 ? ",free handwriting\n" : ",\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  cv::setNumThreads(0);
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 2 && words[0] == "measure") {
    measure(words[1]);
  } else if (words.size() == 4 && words[0] == "paint") {
    paint(static_cast<std::uint32_t>(std::stoul(words[1])), std::stoull(words[2]), words[3]);
  } else {
    std::cerr << "bench_skew measure DIR | paint N SEED DIR\n";
    return 2;
  }
  return 0;
}
