// Painted forms under every mishap, with every kind of mark in their boxes: how many are judged right.
//   bench_ticks --count N --seed S [--each 1] [--cuts DIR]
// Lines: "as people tick|every kind", family, kind, then n right doubtful wrong of ours, and wrong of a plain
// threshold on the share of ink.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include "models/workshop/encode.hpp"
#include "models/workshop/mishap.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/form/align.hpp"
#include "ocr/form/ticks.hpp"
#include "page/decode.hpp"
#include "page/skew.hpp"

namespace {

using letter::TickState;
using workshop::Mark;
using workshop::Mishap;

struct Options {
  std::uint32_t count = 40;  // forms a family
  std::uint64_t seed = 1;
  std::string each;  // "1": every box that is not judged right, told in a line
  std::string cuts;  // a folder for a picture of each of these
};

struct Score {
  int n = 0, right = 0, doubtful = 0, wrong = 0;
  int plain_wrong = 0;  // of the plain threshold, which is never in doubt
  void count(const std::string& truth, TickState ours, bool plain) {
    ++n;
    const std::string said(letter::id(ours));
    right += said == truth, doubtful += said != truth && said == "doubtful";
    wrong += said != truth && said != "doubtful";
    plain_wrong += plain != (truth == "ticked");
  }
};

struct Bench {
  const ocr::Form& form;
  Options options;
  std::map<std::string, Score> scores;  // "regime\tfamily\tkind"
  int forms = 0, not_found = 0, vanished = 0;
  double ms = 0;
  int boxes = 0;
};

// In one box in two nothing, else each kind as often.
std::map<std::string, Mark> every_kind(const ocr::Form& form, workshop::Dice& dice) {
  std::map<std::string, Mark> marks;
  for (const ocr::Element& e : form.elements)
    if (e.kind == ocr::ElementKind::tick)
      marks[e.id] = dice.chance(0.5) ? Mark::none : workshop::all_marks[1 + dice.below(14)];
  return marks;
}

workshop::Order order_of(const Bench& bench, Mishap mishap, std::uint32_t index, bool as_people) {
  workshop::Order order;
  order.seed = bench.options.seed;
  order.index = index * 10 + static_cast<std::uint32_t>(mishap);
  order.arrived = *letter::parse_day("2026-11-23");
  order.on_form = true;
  workshop::Dice dice(bench.options.seed ^ 0x71C5, order.index);
  order.hand = dice.chance(0.8);
  order.dpi = mishap == Mishap::fax || dice.chance(0.5) ? 200 : 300;
  order.scan = workshop::faults_of(mishap, *order.dpi, dice);
  order.file = order.scan->threshold > 0 ? workshop::ScanFile::tiff_g4 : workshop::ScanFile::tiff_grey;
  if (!as_people) order.marks = every_kind(bench.form, dice);
  return order;
}

// How much ink is there in the box on the scan at all, square mm.
double visible_mm2(const workshop::Scan& scan, const ocr::Element& box) {
  const double px_mm = scan.print.px_a_mm;
  std::vector<int> around, within;
  for (double y = box.y - 1.5; y < box.y + box.h + 1.5; y += 1 / px_mm)
    for (double x = box.x - 1.5; x < box.x + box.w + 1.5; x += 1 / px_mm) {
      const workshop::Point at = scan.print.px({x, y});
      const auto px = static_cast<int>(at.x + 0.5), py = static_cast<int>(at.y + 0.5);
      if (px < 0 || py < 0 || px >= scan.raster.width || py >= scan.raster.height) continue;
      const int tone =
          scan.raster.grey[static_cast<std::size_t>(py) * static_cast<std::size_t>(scan.raster.width) +
                           static_cast<std::size_t>(px)];
      around.push_back(tone);
      const double in = std::min({x - box.x, box.x + box.w - x, y - box.y, box.y + box.h - y});
      if (in > 0.4) within.push_back(tone);
    }
  std::sort(around.begin(), around.end());
  const int paper = around.empty() ? 255 : around[around.size() * 9 / 10];
  const auto dark = std::count_if(within.begin(), within.end(), [&](int tone) { return tone < paper - 45; });
  return static_cast<double>(dark) / (px_mm * px_mm);
}

// What a share of ink alone says: the box inside its frame, on the paper's own tone.
bool plainly_ticked(const page::Raster& page, const ocr::Registration& where, const ocr::Element& box) {
  const cv::Mat ink =
      ocr::ink_of(ocr::cut(page, where, {box.x + 0.45, box.y + 0.45, box.w - 0.9, box.h - 0.9}, 8));
  return cv::countNonZero(ink) > 0.04 * static_cast<double>(ink.total());
}

struct Miss {
  const page::Raster& page;
  const ocr::Registration& where;
  const workshop::Order& order;
  const workshop::Specimen& specimen;
  const ocr::Element& box;
  const std::string &kind, &state;
};

void tell(const Bench& bench, const Miss& miss, const ocr::TickSeen& seen) {
  const std::string name = std::to_string(miss.order.index) + "-" + miss.box.id + "-" + miss.kind + "-" +
                           std::string(letter::id(seen.state));
  if (bench.options.each == "1")
    std::printf("# %s: %s (inside %.3f around %.3f) dpi %d threshold %d difficulty %.2f\n", name.c_str(),
                miss.state.c_str(), seen.inside, seen.around, *miss.order.dpi, miss.order.scan->threshold,
                miss.specimen.truth.difficulty);
  if (bench.options.cuts.empty()) return;
  const ocr::Element& e = miss.box;
  const cv::Mat grey = ocr::cut(miss.page, miss.where, {e.x - 6, e.y - 4, e.w + 12, e.h + 8}, 8);
  workshop::Raster raster{grey.cols, grey.rows, 8 * 25.4, {}};
  raster.grey.assign(grey.datastart, grey.dataend);
  std::ofstream(std::filesystem::path(bench.options.cuts) / (name + ".png"), std::ios::binary)
      << workshop::png(raster);
}

void judge_form(Bench& bench, Mishap mishap, std::uint32_t index, bool as_people) {
  const workshop::Order order = order_of(bench, mishap, index, as_people);
  const workshop::Specimen specimen = workshop::paint(bench.form, order);
  const auto sheet = page::decode(specimen.bytes, 0);
  const page::Raster& page = sheet.value().raster;
  const bool wide = page.grey.cols > page.grey.rows;
  const auto where = ocr::align(page, bench.form, page::skew(page::turned(page, wide ? 90 : 0)).deg, wide);
  ++bench.forms;
  if (!where) {
    ++bench.not_found;
    return;
  }
  for (const ocr::Element& e : bench.form.elements) {
    if (e.kind != ocr::ElementKind::tick) continue;
    const auto special = specimen.truth.ticks.find(e.id);
    const std::string state = special != specimen.truth.ticks.end() ? special->second
                              : specimen.truth.boxes.contains(e.id) ? "ticked"
                                                                    : "blank";
    const std::string kind = as_people ? state : std::string(workshop::name_of(order.marks->at(e.id)));
    if (state != "blank" && state != "doubtful" && visible_mm2(specimen.scans.at(0), e) < 0.3) {
      ++bench.vanished;
      continue;
    }
    const auto start = std::clock();
    const ocr::TickSeen seen = ocr::see_tick(page, *where, bench.form, e);
    bench.ms += 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    ++bench.boxes;
    const bool plain = plainly_ticked(page, *where, e);
    const std::string regime = as_people ? "as people tick" : "every kind";
    bench.scores[regime + "\t" + std::string(workshop::name_of(mishap)) + "\t*"].count(state, seen.state,
                                                                                       plain);
    bench.scores[regime + "\t*\t" + kind].count(state, seen.state, plain);
    bench.scores[regime + "\t*\t*"].count(state, seen.state, plain);
    if (letter::id(seen.state) != state) tell(bench, {page, *where, order, specimen, e, kind, state}, seen);
  }
}

Options options_of(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (!std::strcmp(argv[i], "--count")) options.count = static_cast<std::uint32_t>(std::stoul(argv[i + 1]));
    if (!std::strcmp(argv[i], "--seed")) options.seed = std::stoull(argv[i + 1]);
    if (!std::strcmp(argv[i], "--each")) options.each = argv[i + 1];
    if (!std::strcmp(argv[i], "--cuts")) options.cuts = argv[i + 1];
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const auto forms = ocr::load_forms(VAGUEMESTRE_MODELS_DIR);
  Bench bench{forms.value().front(), options_of(argc, argv), {}};
  for (std::uint32_t i = 0; i < bench.options.count; ++i)
    for (const Mishap mishap : workshop::all_mishaps)
      for (const bool as_people : {true, false}) judge_form(bench, mishap, i, as_people);
  for (const auto& [name, s] : bench.scores)
    std::printf("%s\t%d\t%d\t%d\t%d\t%d\n", name.c_str(), s.n, s.right, s.doubtful, s.wrong, s.plain_wrong);
  std::printf("= forms %d, not found %d, marks of which the scan has nothing left %d, ms of 25 boxes %.2f\n",
              bench.forms, bench.not_found, bench.vanished, 25 * bench.ms / std::max(1, bench.boxes));
}
