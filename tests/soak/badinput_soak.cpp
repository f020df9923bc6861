// Every file named on stdin through the station's look and a reader's child, one line of JSON each. See
// badinput.py, which makes bombs, counts and prints.
//   soak_badinput GOOD EVERY < list      GOOD: a letter that is read behind every EVERY-th file
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <unistd.h>

#include "ocr/zygote.hpp"
#include "page/sheets.hpp"

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

letter::Work work_of(const std::string& bytes, std::uint32_t pages, std::uint32_t number) {
  letter::Work work;
  work.letter.id = {"SOAK", number};
  letter::Master master;
  master.sha256 = std::string(64, '0');
  master.bytes = bytes.size();
  master.media_type = "application/pdf";
  master.pages = pages;
  work.letter.masters.push_back(master);
  for (std::uint32_t i = 0; i < pages; ++i) {
    letter::Page page;
    page.index = i;
    work.letter.pages.push_back(page);
  }
  work.masters.push_back(bytes);
  return work;
}

struct Told {
  std::string outcome, code;
  std::size_t pages = 0, seen = 0, damaged = 0;
  double ms = 0;
};

// "read": at least one page was seen; "refused": none, and a note says why; "died": the child did.
Told read(ocr::Zygote& zygote, const std::string& bytes, std::uint32_t pages, std::uint32_t number) {
  Told told;
  const auto start = std::chrono::steady_clock::now();
  const auto result = zygote.read(work_of(bytes, pages, number), ocr::Task::read);
  told.ms = ms_since(start);
  if (!result) {
    told.outcome = "died", told.code = result.error().code;
    return told;
  }
  told.pages = result->letter.pages.size();
  for (const letter::Page& page : result->letter.pages) {
    told.damaged += page.damaged ? 1 : 0;
    told.seen += page.dpi > 0 ? 1 : 0;
    if (page.dpi == 0 && !page.notes.empty() && told.code.empty()) told.code = page.notes.front().code;
  }
  told.outcome = told.seen > 0 ? "read" : "refused";
  return told;
}

void print(const std::string& path, const std::string& station, const Told& told, double good_ms) {
  std::printf(
      "{\"file\": \"%s\", \"station\": \"%s\", \"outcome\": \"%s\", \"code\": \"%s\", \"pages\": %zu, "
      "\"seen\": %zu, "
      "\"damaged\": %zu, \"ms\": %.1f, \"good_ms\": %.1f}\n",
      path.c_str(), station.c_str(), told.outcome.c_str(), told.code.c_str(), told.pages, told.seen,
      told.damaged, told.ms, good_ms);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  if (std::getenv("OMP_THREAD_LIMIT") == nullptr) {
    ::setenv("OMP_THREAD_LIMIT", "1", 1);
    ::execv("/proc/self/exe", argv);
  }
  ocr::Zygote zygote(VAGUEMESTRE_MODELS_DIR);  // 10 s a page
  const std::string good = bytes_of(argv[1]);
  const int every = std::max(1, std::atoi(argv[2]));
  std::uint32_t number = 0;
  for (int i = 0; i < 12; ++i) print("", "", {}, read(zygote, good, 1, ++number).ms);
  int turn = 0;
  for (std::string path; std::getline(std::cin, path); ++turn) {
    const std::string bytes = bytes_of(path);
    const auto start = std::chrono::steady_clock::now();
    const auto sheets = page::count_sheets(bytes);
    const double station_ms = ms_since(start);
    Told told = read(zygote, bytes, sheets ? sheets->pages : 1, ++number);
    told.ms += station_ms;
    const double good_ms = turn % every == 0 ? read(zygote, good, 1, ++number).ms : 0;
    print(path, sheets ? "taken" : sheets.error().code, told, good_ms);
  }
  return 0;
}
