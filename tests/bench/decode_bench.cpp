// What the walls cost a page: the same file decoded in this process, and in a walled child of it. This
// process has the engines loaded, as the reader's zygote has.
//   bench_decode N [FILE...]      without files: an A4 page painted at 300 dpi, in each format
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/workshop/encode.hpp"
#include "ocr/read.hpp"
#include "page/decode.hpp"
#include "page/disposable.hpp"
#include "page/memory_file.hpp"
#include "page/walls.hpp"
#include "tests/page/painted.hpp"

namespace {

struct File {
  std::string name, bytes;
};

double cpu_ms(int whose) {
  rusage used{};
  ::getrusage(whose, &used);
  const auto ms = [](const timeval& t) {
    return 1e3 * static_cast<double>(t.tv_sec) + 1e-3 * static_cast<double>(t.tv_usec);
  };
  return ms(used.ru_utime) + ms(used.ru_stime);
}

// Processor time, of this process and of those it has waited for: another's work on this machine does not
// count.
double ms_of(const std::function<void()>& work) {
  const double before = cpu_ms(RUSAGE_SELF) + cpu_ms(RUSAGE_CHILDREN);
  work();
  return cpu_ms(RUSAGE_SELF) + cpu_ms(RUSAGE_CHILDREN) - before;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

// What was seen, in a few bytes: a reader uses the pixels where they are.
std::string sum_of(const std::string& bytes) {
  const auto sheet = page::decode(bytes, 0);
  if (!sheet) return "!" + sheet.error().code;
  std::uint64_t sum = 0;
  const cv::Mat& grey = sheet->raster.grey;
  for (int y = 0; y < grey.rows; ++y)
    for (int x = 0; x < grey.cols; ++x) sum = sum * 31 + *grey.ptr(y, x);
  return std::to_string(grey.cols) + "x" + std::to_string(grey.rows) + " " + std::to_string(sum);
}

std::string pixels_of(const std::string& bytes) {
  const auto sheet = page::decode(bytes, 0);
  if (!sheet) return "!" + sheet.error().code;
  const cv::Mat& grey = sheet->raster.grey;
  return {reinterpret_cast<const char*>(grey.data), grey.total()};
}

std::string walled(const std::function<std::string()>& work) {
  const page::MemoryFile answer;
  page::Job job;
  job.work = [&] { page::put_file(page::descriptor_of_answer, work()); };
  job.room.ms_a_page = 60'000;
  job.answer = answer.fd();
  if (page::run_walled(job) != page::End::done) return "!it died";
  return page::whole_file(answer.fd(), 1u << 30);
}

// False when the two do not see the same.
bool measure(const File& file, int n) {
  std::vector<double> plain, behind, handed;
  std::string outside, inside;
  for (int i = 0; i < n; ++i) {
    plain.push_back(ms_of([&] { outside = sum_of(file.bytes); }));
    behind.push_back(ms_of([&] { inside = walled([&] { return sum_of(file.bytes); }); }));
    handed.push_back(ms_of([&] { walled([&] { return pixels_of(file.bytes); }); }));
  }
  const double without = median(plain), with = median(behind);
  std::printf("%-22s %9.1f %9.1f %9.1f %9.1f %5d  %s%s\n", file.name.c_str(), without, with, with - without,
              median(handed) - without, n, outside == inside ? "same" : "DIFFERENT",
              outside.starts_with("!") ? (" " + outside.substr(1)).c_str() : "");
  return outside == inside;
}

std::string drawn_pdf() {
  workshop::Canvas canvas(workshop::Medium::pdf, 210, 297, 300, "letter");
  for (int line = 0; line < 24; ++line)
    canvas.write({25, 40 + 7.0 * line}, "je conteste le refus de mes indemnités journalières",
                 {"DejaVu Sans", 4.2});
  return canvas.document();
}

std::vector<File> painted_files() {
  const workshop::Raster page = painted::letter_page(300);
  return {{"TIFF G4", workshop::tiff({page}, workshop::TiffKind::g4)},
          {"TIFF LZW grey", workshop::tiff({page}, workshop::TiffKind::grey_lzw)},
          {"PNG grey", workshop::png(page)},
          {"PNG bitonal", workshop::png_bitonal(page)},
          {"JPEG", workshop::jpeg(page, 85)},
          {"PDF, one G4 image", workshop::image_pdf({page}, 0)},
          {"PDF, one JPEG image", workshop::image_pdf({page}, 85)},
          {"PDF, drawn", drawn_pdf()}};
}

}  // namespace

int main(int argc, char** argv) {
  if (const auto missing = page::missing_walls()) {
    std::fprintf(stderr, "%s\n", missing->en.c_str());
    return 3;
  }
  const int n = argc > 1 ? std::max(1, std::atoi(argv[1])) : 20;
  std::vector<File> files;
  for (int i = 2; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    files.push_back({std::filesystem::path(argv[i]).filename().string().substr(0, 22),
                     std::string(std::istreambuf_iterator<char>(in), {})});
  }
  if (files.empty()) files = painted_files();
  const ocr::Engines engines(VAGUEMESTRE_MODELS_DIR);
  std::printf(
      "median processor ms a page; `back`: cost when every pixel is handed back, which no reader does\n");
  std::printf("%-22s %9s %9s %9s %9s %5s  pixels\n", "", "without", "walled", "cost", "back", "n");
  std::vector<double> empty;
  for (int i = 0; i < n; ++i) empty.push_back(ms_of([] { walled([] { return std::string("x"); }); }));
  std::printf("%-22s %9s %9.1f %9.1f %9s %5d\n", "a child, nothing done", "-", median(empty), median(empty),
              "-", n);
  bool all_same = true;
  for (const File& file : files) all_same = measure(file, n) && all_same;
  return all_same ? 0 : 1;
}
