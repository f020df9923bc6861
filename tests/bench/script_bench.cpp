// Lines of scans with what tells print from hands, for tests/bench/script.py:
//   bench_script < names of files, one a row > answers
// An answer is one row for each line of each page, tab between: the file's number (from 0), page, place from
// top to bottom (0..1), signs of its strokes (with commas), what print's reader reads and how sure it is,
// what the reader of hands reads and how sure it is, processor milliseconds of cutting (of the whole page),
// of the signs, of either reader, and the line's length in heights of its small letters.
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "ocr/fields.hpp"
#include "ocr/lined_box.hpp"
#include "ocr/lines/lines.hpp"
#include "ocr/lines/script.hpp"
#include "ocr/sight.hpp"
#include "page/one_thread.hpp"
#include "page/skew.hpp"

namespace {

double now_ms() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1000.0 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

struct Engines {
  ocr::Print print;
  ocr::Hand hand{VAGUEMESTRE_MODELS_DIR};
};

void tell(int file, unsigned page, const page::Raster& raster, Engines& engines) {
  const double start = now_ms();
  const auto rows = ocr::cut_rows(ocr::no_finer_than(raster, ocr::lines_dpi));
  const double cut = now_ms();
  for (const ocr::Row& row : rows) {
    const double begun = now_ms();
    const ocr::ScriptSigns signs = ocr::signs_of(row);
    const double seen = now_ms();
    const auto print = engines.print.text(row.grey, ocr::lines_dpi);
    const double read = now_ms();
    const auto hand = engines.hand.line(row.grey);
    const double done = now_ms();
    std::printf("%d\t%u\t%.3f\t", file, page,
                static_cast<double>(row.box.y) * ocr::lines_dpi /
                    (raster.grey.rows * std::max(raster.dpi, ocr::lines_dpi)));
    for (const double sign : signs) std::printf("%.4f,", sign);
    std::printf("\t%s\t%.4f\t%s\t%.4f\t%.1f\t%.2f\t%.1f\t%.1f\t%.1f\n", print.text.c_str(), print.confidence,
                hand.text.c_str(), hand.confidence, cut - start, seen - begun, read - seen, done - read,
                row.ink.cols / row.ink_core);
  }
}

void tell_page(int file, const letter::Page& facts, const ocr::Sight& sight, Engines& engines) {
  if (sight.raster.grey.empty() || facts.blank) return;
  if (!sight.form) {
    const double skew = facts.skew_confidence >= page::skew_sure ? facts.skew_deg : 0;
    return tell(file, facts.index, page::straighten(sight.raster, facts.turn_deg, skew).raster, engines);
  }
  for (const ocr::Element& element : sight.form->elements)
    if (element.kind == ocr::ElementKind::text_lines)
      tell(file, facts.index, ocr::writing_in({sight.raster, sight.where, *sight.form, 0}, element).raster,
           engines);
}

}  // namespace

int main(int, char** words) {
  page::begin_again_with_one_thread(words);
  cv::setNumThreads(0);
  const auto forms = ocr::load_forms(VAGUEMESTRE_MODELS_DIR);
  if (!forms) return 2;
  Engines engines;
  int file = 0;
  for (std::string name; std::getline(std::cin, name); ++file) {
    std::ifstream in(name, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::uint32_t pages = 1;
    for (std::uint32_t index = 0; index < pages; ++index) {
      letter::Page facts;
      facts.index = index;
      ocr::Sight sight = ocr::see_page(facts, {bytes}, *forms, pages);
      ocr::settle_turn(facts, sight, {engines.hand, engines.print}, std::nullopt);
      tell_page(file, facts, sight, engines);
    }
  }
}
