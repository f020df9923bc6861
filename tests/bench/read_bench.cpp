// Reads scans as a reader does once its engines are warm, for tests/bench/read.py:
//   bench_read < names of files, one a row > answers
// An answer is one row: processor milliseconds of reading (from the file's bytes to the reading), pages,
// form, rows typed, rows by hand, lines one after the other with U+241E between them.
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "ocr/read.hpp"
#include "page/one_thread.hpp"

namespace {

double now_ms() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1000.0 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

std::string bytes_of(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

letter::ReadLetter read_file(const std::string& bytes, const ocr::Engines& engines) {
  letter::Letter letter;
  letter.masters.push_back({"", bytes.size(), "", 1});
  return ocr::read(letter, {bytes}, engines);
}

}  // namespace

int main(int, char** words) {
  page::begin_again_with_one_thread(words);
  const ocr::Engines engines(VAGUEMESTRE_MODELS_DIR);
  bool warm = false;
  for (std::string name; std::getline(std::cin, name);) {
    const std::string bytes = bytes_of(name);
    if (!warm) read_file(bytes, engines);
    warm = true;
    const double start = now_ms();
    const letter::ReadLetter read = read_file(bytes, engines);
    const double took = now_ms() - start;
    int typed = 0, hand = 0;
    std::string text;
    for (const letter::Line& line : read.lines) {
      ++(line.how == letter::How::hand ? hand : typed);
      text += line.text.reveal() + "\u241e";
    }
    std::cout << took << '\t' << read.letter.pages.size() << '\t' << read.form << '\t' << typed << '\t'
              << hand << '\t' << text << std::endl;
  }
}
