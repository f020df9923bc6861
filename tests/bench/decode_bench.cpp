// What the walls cost a page: the same file decoded in this process, and in a walled child of it that hands
// back every pixel. This process has the engines loaded, as the reader's has.
//   bench_decode N [FILE...]      without files: an A4 page painted at 300 dpi, in each format
#include <algorithm>
#include <chrono>
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

double ms_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

std::string pixels_of(const std::string& bytes) {
  const auto sheet = page::decode(bytes, 0);
  if (!sheet) return "!" + sheet.error().code;
  const cv::Mat& grey = sheet->raster.grey;
  std::string all;
  all.reserve(grey.total());
  for (int y = 0; y < grey.rows; ++y) all.append(reinterpret_cast<const char*>(grey.ptr(y)), grey.cols);
  return all;
}

std::string walled(const std::function<std::string()>& work) {
  const page::MemoryFile answer;
  page::Job job;
  job.work = [&] { page::put_file(page::descriptor_of_answer, work()); };
  job.answer = answer.fd();
  if (page::run_walled(job) != page::End::done) return "!it died";
  return page::whole_file(answer.fd(), 1u << 30);
}

// False when the two do not see the same, or see nothing.
bool measure(const File& file, int n) {
  std::vector<double> plain, behind;
  std::string outside, inside;
  for (int i = 0; i < n; ++i) {
    plain.push_back(ms_of([&] { outside = pixels_of(file.bytes); }));
    behind.push_back(ms_of([&] { inside = walled([&] { return pixels_of(file.bytes); }); }));
  }
  const bool same = outside == inside;
  const double without = median(plain), with = median(behind);
  std::printf("%-22s %10.1f %10.1f %10.1f   %3d  %s%s\n", file.name.c_str(), without, with, with - without, n,
              same ? "same" : "DIFFERENT", outside.starts_with("!") ? (" " + outside.substr(1)).c_str() : "");
  return same;
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
  std::printf("median ms a page       without      walled       cost     n  pixels\n");
  std::vector<double> empty;
  for (int i = 0; i < n; ++i) empty.push_back(ms_of([] { walled([] { return std::string("x"); }); }));
  std::printf("%-22s %10s %10.1f %10.1f   %3d\n", "a child, nothing done", "-", median(empty), median(empty),
              n);
  bool all_same = true;
  for (const File& file : files) all_same = measure(file, n) && all_same;
  return all_same ? 0 : 1;
}
