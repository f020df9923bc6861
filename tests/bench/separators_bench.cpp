// The measuring half of `scripts/bench separators`: counts, one line a row, tab between.
//   bench_separators sheets N SEED   painted separators and envelopes, by mishap
//   bench_separators letters N SEED  painted letters, none of them a separator
//   bench_separators files FILE...   pages of files, none of them a separator
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>

#include "models/workshop/mishap.hpp"
#include "models/workshop/specimen.hpp"
#include "page/barcode.hpp"
#include "page/decode.hpp"
#include "tests/page/painted_separators.hpp"

namespace {

// Milliseconds of this process's own time, so that a busy machine does not count.
double timed(const auto& work) {
  const std::clock_t begun = std::clock();
  work();
  return 1000.0 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

struct Row {
  int n = 0, right = 0, doubtful = 0, silent = 0, wrong = 0, baseline = 0, labels = 0, wrong_labels = 0;
  double ms = 0, worst_ms = 0, baseline_ms = 0;
};

void count_separator(const page::Separator& truth, const page::Raster& scan, Row& row) {
  page::SheetMarks marks;
  const double ms = timed([&] { marks = page::sheet_marks(scan); });
  row.ms += ms;
  row.worst_ms = std::max(row.worst_ms, ms);
  ++row.n;
  if (page::is_separator(marks))
    (marks.separator == truth ? row.right : row.wrong) += 1;
  else
    (page::is_doubtful_separator(marks) ? row.doubtful : row.silent) += 1;
  row.baseline_ms += timed([&] { row.baseline += page::read_qr(scan.grey) == page::payload(truth) ? 1 : 0; });
}

void count_label(const std::string& truth, const page::Raster& scan, Row& row) {
  const page::SheetMarks marks = page::sheet_marks(scan);
  row.labels += marks.lrar == std::vector<std::string>{truth} ? 1 : 0;
  row.wrong_labels += !marks.lrar.empty() && marks.lrar != std::vector<std::string>{truth} ? 1 : 0;
}

std::string any_number(workshop::Dice& dice) {
  std::string number = dice.chance(0.5) ? "1A" : "2C";
  for (int i = 0; i < 11; ++i) number += static_cast<char>('0' + dice.below(10));
  return number;
}

void sheets(int n, std::uint64_t seed) {
  const std::vector<double> resolutions{150, 200, 240, 300, 400};
  for (const workshop::Mishap mishap : workshop::all_mishaps) {
    Row row;
    for (int i = 0; i < n; ++i) {
      workshop::Dice dice(seed, static_cast<std::uint64_t>(mishap) * 100000 + static_cast<std::uint64_t>(i));
      const bool fax = mishap == workshop::Mishap::fax;
      const double dpi = fax ? 200 : resolutions[static_cast<std::size_t>(i) % resolutions.size()];
      workshop::Faults faults = workshop::faults_of(mishap, dpi, dice);
      faults.turn_deg = 90 * static_cast<int>(dice.below(4));
      if (mishap != workshop::Mishap::turned) faults.skew_deg = dice.uniform(-5, 5);
      const page::Separator truth = painted::any_separator(dice);
      count_separator(truth, painted::scan_of(painted::separator_page(truth, dpi), faults, dice), row);
      const std::string number = any_number(dice);
      const double module_mm = dice.uniform(0.28, 0.42);
      count_label(number, painted::scan_of(painted::envelope_page(number, dpi, module_mm), faults, dice),
                  row);
    }
    std::cout << workshop::name_of(mishap) << '\t' << row.n << '\t' << row.right << '\t' << row.doubtful
              << '\t' << row.silent << '\t' << row.wrong << '\t' << row.ms / row.n << '\t' << row.worst_ms
              << '\t' << row.baseline << '\t' << row.baseline_ms / row.n << '\t' << row.labels << '\t'
              << row.wrong_labels << std::endl;
  }
}

struct Others {
  int pages = 0, separators = 0, doubtful = 0, forms = 0, numbers = 0;
  double ms = 0, worst_ms = 0;

  void count(const std::string& bytes, const std::string& name) {
    std::uint32_t pages_in_file = 1;
    for (std::uint32_t index = 0; index < pages_in_file; ++index) {
      const auto sheet = page::decode(bytes, index);
      if (!sheet) return;
      pages_in_file = sheet->pages;
      page::SheetMarks marks;
      const double took = timed([&] { marks = page::sheet_marks(sheet->raster); });
      ms += took, worst_ms = std::max(worst_ms, took);
      ++pages;
      separators += page::is_separator(marks) ? 1 : 0;
      doubtful += page::is_doubtful_separator(marks) ? 1 : 0;
      forms += marks.form.has_value() ? 1 : 0;
      numbers += marks.lrar.empty() ? 0 : 1;
      if (page::is_separator(marks) || page::is_doubtful_separator(marks))
        std::cout << "seen\t" << name << '\t' << page::text(marks) << '\n';
    }
  }
  void print(const std::string& word, int forms_painted) const {
    std::cout << word << '\t' << pages << '\t' << separators << '\t' << doubtful << '\t' << forms << '\t'
              << forms_painted << '\t' << numbers << '\t' << (pages ? ms / pages : 0) << '\t' << worst_ms
              << std::endl;
  }
};

void letters(std::uint32_t n, std::uint64_t seed) {
  const auto form = ocr::load_form(std::string(VAGUEMESTRE_MODELS_DIR) + "/forms/reclamation.toml");
  Others others;
  int forms = 0;
  for (std::uint32_t i = 0; i < n && form; ++i) {
    const auto specimen = workshop::paint(*form, seed, i, *letter::parse_day("2026-11-23"));
    forms += specimen.truth.form.empty() ? 0 : 1;
    others.count(specimen.bytes, std::to_string(i));
  }
  others.print("letters", forms);
}

void files(char** begin, char** end) {
  Others others;
  for (; begin != end; ++begin) {
    std::ifstream in(*begin, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    others.count(bytes.str(), *begin);
  }
  others.print("files", -1);
}

}  // namespace

int main(int argc, char** argv) {
  cv::setNumThreads(0);
  if (argc == 4 && !std::strcmp(argv[1], "sheets"))
    sheets(std::atoi(argv[2]), std::strtoull(argv[3], nullptr, 10));
  else if (argc == 4 && !std::strcmp(argv[1], "letters"))
    letters(static_cast<std::uint32_t>(std::atoi(argv[2])), std::strtoull(argv[3], nullptr, 10));
  else if (argc >= 3 && !std::strcmp(argv[1], "files"))
    files(argv + 2, argv + argc);
  else
    return 1;
}
