// The measuring half of `scripts/bench quality`: lines of what was seen, tab between.
//   bench_quality painted N SEED   fault, flaws found (comma between), ms, mean grey
//   bench_quality files FILE...    name, flaws, ms, mean grey
// ms: processor time of page::first_look, of this process and its child.
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include "models/workshop/encode.hpp"
#include "models/workshop/specimen.hpp"
#include "page/decode.hpp"
#include "page/first_look.hpp"

namespace {

using workshop::Faults;

double used_ms(int who) {
  rusage used{};
  ::getrusage(who, &used);
  const auto ms = [](const timeval& t) {
    return 1000.0 * static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1000.0;
  };
  return ms(used.ru_utime) + ms(used.ru_stime);
}
double used_ms() { return used_ms(RUSAGE_SELF) + used_ms(RUSAGE_CHILDREN); }

void print(const std::string& name, const std::string& bytes) {
  const double before = used_ms();
  const page::FirstLook look = page::first_look(bytes, 0);
  const double ms = used_ms() - before;
  const auto sheet = page::decode(bytes, 0);
  std::string flaws;
  for (const page::Flaw flaw : look.quality.flaws)
    flaws += (flaws.empty() ? "" : ",") + std::string(id(flaw));
  std::cout << name << '\t' << flaws << '\t' << ms << '\t' << (sheet ? cv::mean(sheet->raster.grey)[0] : 0)
            << std::endl;
}

// What each row paints: a good page, and pages with one fault that an operator should be told of.
struct Spoilt {
  const char* name;
  double skew_deg, paper;
  int threshold, dpi;
  double corner_mm, lid;
  double ink;  // 1 = as printed; 0.15 = hardly there
};
constexpr Spoilt rows[] = {{"good", 0, 250, 0, 300, 0, 255, 1},
                           {"good", 2, 225, 0, 200, 0, 255, 1},
                           {"good", -6, 250, 150, 300, 0, 255, 1},
                           {"good", 0.7, 250, 128, 200, 0, 255, 1},
                           {"too_dark", 0.5, 110, 0, 300, 0, 255, 1},
                           {"too_dark", 0.5, 110, 128, 300, 0, 255, 1},
                           {"too_light", 0.5, 250, 0, 300, 0, 255, .15},
                           {"cut_corner", 0.5, 250, 0, 300, 25, 30, 1},
                           {"cut_corner", 1, 250, 128, 200, 12, 30, 1},
                           {"skewed", 18, 250, 0, 300, 0, 255, 1},
                           {"skewed", -28, 250, 128, 200, 0, 255, 1},
                           {"low_resolution", 0, 250, 0, 150, 0, 255, 1},
                           {"low_resolution", 1, 250, 128, 100, 0, 255, 1}};

std::string painted(const ocr::Form& form, const Spoilt& spoilt, std::uint64_t seed, std::uint32_t index) {
  workshop::Order order;
  order.seed = seed;
  order.index = index;
  order.arrived = letter::Day{std::chrono::year{2026} / 11 / 23};
  order.dpi = spoilt.dpi;
  order.file = workshop::ScanFile::tiff_grey;
  Faults faults;
  faults.skew_deg = spoilt.skew_deg;
  faults.paper = spoilt.paper;
  faults.threshold = spoilt.threshold;
  faults.noise = 4;
  faults.lid = spoilt.lid;
  faults.cropped = true;
  faults.cut_corner = {static_cast<workshop::Corner>(index % 4), spoilt.corner_mm};
  order.scan = faults;
  auto specimen = workshop::paint(form, order);
  if (spoilt.ink == 1) return specimen.bytes;
  workshop::Raster page = specimen.scans.at(0).raster;
  for (auto& grey : page.grey) grey = static_cast<unsigned char>(255 - (255 - grey) * spoilt.ink);
  return workshop::tiff({page}, workshop::TiffKind::grey_lzw);
}

std::string read_file(const char* name) {
  std::ifstream in(name, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "files") {
    for (int i = 2; i < argc; ++i) print(argv[i], read_file(argv[i]));
    return 0;
  }
  if (what != "painted" || argc != 4) return 2;
  const auto form = ocr::load_form(std::string(VAGUEMESTRE_MODELS_DIR) + "/forms/reclamation.toml").value();
  const auto count = static_cast<std::uint32_t>(std::stoul(argv[2]));
  for (const Spoilt& spoilt : rows)
    for (std::uint32_t i = 0; i < count; ++i)
      print(spoilt.name, painted(form, spoilt, std::stoull(argv[3]), i));
  return 0;
}
