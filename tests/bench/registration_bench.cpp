// Painted forms under every mishap: how far off their field corners are found, and how fast.
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "models/workshop/mishap.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/form/align.hpp"
#include "page/decode.hpp"
#include "page/skew.hpp"
#include "tests/bench/corner_squares.hpp"

namespace {

using workshop::Mishap;

struct Options {
  std::uint32_t count = 200, letters = 60;
  std::uint64_t seed = 1;
  std::vector<std::string> not_forms;
  bool each = false;
};

// Off the truth at the field corners, px at 300 dpi.
struct Error {
  double mean = 0, worst = 0;
};

struct Outcome {
  std::optional<Error> ours, squares;
  bool wrong_turn = false;
  double score = 0, align_ms = 0, skew_ms = 0;
};

struct Seen {
  std::optional<ocr::Registration> where;
  double align_ms = 0, skew_ms = 0;
};

// Of the processor: other programs of the machine do not count.
double ms_since(std::clock_t start) {
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// As ocr/sight.cpp does it.
Seen look(const page::Raster& page, const ocr::Form& form) {
  Seen seen;
  const bool wide = page.grey.cols > page.grey.rows;
  const auto start = std::clock();
  const double skew = page::skew(page::turned(page, wide ? 90 : 0)).deg;
  seen.skew_ms = ms_since(start);
  seen.where = ocr::align(page, form, skew, wide);
  seen.align_ms = ms_since(start) - seen.skew_ms;
  return seen;
}

std::vector<cv::Point2d> field_corners(const ocr::Form& form) {
  std::vector<cv::Point2d> all;
  for (const ocr::Element& e : form.elements) {
    if (e.kind == ocr::ElementKind::anchor || e.kind == ocr::ElementKind::anchor_hollow ||
        e.kind == ocr::ElementKind::qr)
      continue;
    for (const double x : {e.x, e.x + e.w})
      for (const double y : {e.y, e.y + e.h}) all.emplace_back(x, y);
  }
  return all;
}

// The truth, in pixels of the page as decoded (a fax is stretched there).
struct Truth {
  const workshop::Scan& scan;
  const page::Raster& page;
  cv::Point2d px(const cv::Point2d& mm) const {
    const workshop::Point at = scan.print.px({mm.x, mm.y});
    const double down = static_cast<double>(page.grey.rows) / scan.raster.height;
    return {at.x, (at.y + 0.5) * down - 0.5};
  }
};

template <class Map>
Error error_of(const Truth& truth, const ocr::Form& form, Map map) {
  Error error;
  const auto corners = field_corners(form);
  for (const cv::Point2d& mm : corners) {
    const double off = cv::norm(map(mm) - truth.px(mm)) * 300 / truth.page.dpi;
    error.mean += off / static_cast<double>(corners.size());
    error.worst = std::max(error.worst, off);
  }
  return error;
}

workshop::Order order_of(std::uint32_t index, const Options& options, bool on_form) {
  workshop::Order order;
  order.seed = options.seed, order.index = index;
  order.arrived = *letter::parse_day("2026-11-23");
  order.on_form = on_form;
  workshop::Dice dice(options.seed ^ (on_form ? 0xF0A3 : 0x1E77E2), index);
  const Mishap mishap = workshop::all_mishaps[index % workshop::all_mishaps.size()];
  const std::vector<int> usual{300, 300, 300, 200, 200, 400, 150};
  order.dpi = mishap == Mishap::fax ? 200 : dice.pick(usual);
  order.scan = workshop::faults_of(mishap, *order.dpi, dice);
  order.file = order.scan->threshold > 0 ? workshop::ScanFile::tiff_g4 : workshop::ScanFile::jpeg;
  return order;
}

Outcome measure(const workshop::Specimen& specimen, const ocr::Form& form) {
  const auto sheet = page::decode(specimen.bytes, 0);
  if (!sheet) throw std::runtime_error(sheet.error().en);
  const page::Raster& page = sheet->raster;
  const Truth truth{specimen.scans.at(0), page};
  Outcome out;
  const Seen seen = look(page, form);
  out.align_ms = seen.align_ms, out.skew_ms = seen.skew_ms;
  if (seen.where) {
    out.ours = error_of(truth, form, [&](const cv::Point2d& mm) { return seen.where->px(mm.x, mm.y); });
    out.wrong_turn = seen.where->turn_deg() != specimen.truth.pages.at(0).turn_deg;
    out.score = seen.where->score;
  }
  if (const auto map = bench::by_corner_squares(page, form))
    out.squares = error_of(
        truth, form, [&](const cv::Point2d& mm) { return cv::Point2d(*map * cv::Vec3d(mm.x, mm.y, 1)); });
  return out;
}

double middle(std::vector<double> all) {
  if (all.empty()) return 0;
  std::nth_element(all.begin(), all.begin() + all.size() / 2, all.end());
  return all[all.size() / 2];
}

struct Tally {
  int n = 0, found = 0, wrong_turn = 0, near = 0;
  double mean = 0, worst = 0;
  void count(const std::optional<Error>& error) {
    ++n;
    if (!error) return;
    ++found, mean += error->mean, worst = std::max(worst, error->worst), near += error->worst <= 3;
  }
  double mean_px() const { return found ? mean / found : 0; }
  double near_percent() const { return n ? 100.0 * near / n : 0; }
};

struct Family {
  Tally ours, squares;
  std::vector<double> ms;
  void add(const Outcome& one) {
    ours.count(one.ours), squares.count(one.squares), ours.wrong_turn += one.wrong_turn;
    ms.push_back(one.align_ms);
  }
  void print(const std::string& name) const {
    std::printf("%-10s %4d %5d %6d %9.3f %8.1f %8.2f %6.0f   | %5d %8.2f %8.1f %8.1f\n", name.c_str(), ours.n,
                ours.found, ours.wrong_turn, ours.mean_px(), ours.near_percent(), ours.worst, middle(ms),
                squares.found, squares.mean_px(), squares.near_percent(), squares.worst);
  }
};

void forms(const ocr::Form& form, const Options& options) {
  std::map<Mishap, Family> families;
  Family every, but_fax;
  std::vector<double> skew_ms, ms_300;
  for (std::uint32_t i = 0; i < options.count; ++i) {
    const workshop::Order order = order_of(i, options, true);
    const Mishap mishap = workshop::all_mishaps[i % workshop::all_mishaps.size()];
    const Outcome one = measure(workshop::paint(form, order), form);
    families[mishap].add(one), every.add(one), skew_ms.push_back(one.skew_ms);
    if (mishap != Mishap::fax) but_fax.add(one);
    if (*order.dpi == 300) ms_300.push_back(one.align_ms);
    if (options.each)
      std::printf("%4u %-10s %3d dpi %-8s skew %6.2f  %s mean %6.3f worst %7.2f  score %.2f  %4.0f ms%s\n", i,
                  std::string(name_of(mishap)).c_str(), *order.dpi,
                  order.scan->threshold ? "two-tone" : "grey", order.scan->skew_deg,
                  one.ours ? "found" : "NOT  ", one.ours ? one.ours->mean : 0, one.ours ? one.ours->worst : 0,
                  one.score, one.align_ms, one.wrong_turn ? " WRONG TURN" : "");
  }
  std::printf(
      "errors at the field corners in px at 300 dpi (1.5 mm = 17.7 px); ms: median of one registration, "
      "processor time of one core\n");
  std::printf("%-10s %4s %5s %6s %9s %8s %8s %6s   | corner squares alone, affine\n", "mishap", "n", "found",
              "turned", "mean", "<= 3 px", "worst", "ms");
  std::printf("%-10s %4s %5s %6s %9s %8s %8s %6s   | %5s %8s %8s %8s\n", "", "", "", "wrong", "", "%", "", "",
              "found", "mean", "<= 3 %", "worst");
  for (const auto& [mishap, family] : families) family.print(std::string(name_of(mishap)));
  but_fax.print("but fax");
  every.print("together");
  std::printf("registration at 300 dpi: %.0f ms (n = %zu); its first guess, page::skew: %.1f ms, all pages\n",
              middle(ms_300), ms_300.size(), middle(skew_ms));
}

void free_letters(const ocr::Form& form, const Options& options) {
  std::uint32_t pages = 0, taken = 0;
  std::vector<double> ms;
  for (std::uint32_t i = 0; i < options.letters; ++i) {
    const workshop::Specimen letter = workshop::paint(form, order_of(i, options, false));
    for (std::uint32_t p = 0; p < letter.scans.size(); ++p) {
      const auto sheet = page::decode(letter.bytes, p);
      if (!sheet) continue;
      const Seen seen = look(sheet->raster, form);
      ++pages, taken += seen.where.has_value(), ms.push_back(seen.align_ms);
    }
  }
  std::printf("free letters taken for the form: %u of %u pages (%u letters); %.0f ms\n", taken, pages,
              options.letters, middle(ms));
}

void not_forms(const ocr::Form& form, const std::string& dir) {
  int pages = 0, taken = 0, unread = 0;
  std::vector<double> ms;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(dir))
    if (entry.is_regular_file() && entry.path().extension() != ".csv") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::uint32_t of = 1;
    for (std::uint32_t p = 0; p < of; ++p) {
      const auto sheet = page::decode(bytes, p);
      if (!sheet) {
        ++unread;
        break;
      }
      of = sheet->pages;
      const Seen seen = look(sheet->raster, form);
      ++pages, ms.push_back(seen.align_ms);
      if (!seen.where) continue;
      ++taken;
      std::printf("  taken for the form: %s page %u, score %.2f\n", file.filename().c_str(), p + 1,
                  seen.where->score);
    }
  }
  std::printf("%s: taken for the form: %d of %d pages (%d files unread); %.0f ms\n", dir.c_str(), taken,
              pages, unread, middle(ms));
}

Options options_of(int argc, char** argv) {
  Options out;
  const std::vector<std::string> words(argv + 1, argv + argc);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto next = [&] { return i + 1 < words.size() ? words[++i] : throw std::runtime_error(words[i]); };
    if (words[i] == "--each")
      out.each = true;
    else if (words[i] == "--not-forms")
      out.not_forms.push_back(next());
    else if (words[i] == "--count")
      out.count = static_cast<std::uint32_t>(std::stoul(next()));
    else if (words[i] == "--letters")
      out.letters = static_cast<std::uint32_t>(std::stoul(next()));
    else if (words[i] == "--seed")
      out.seed = std::stoull(next());
    else
      throw std::runtime_error("unknown: " + words[i]);
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    cv::setNumThreads(0);
    const Options options = options_of(argc, argv);
    const auto loaded = ocr::load_forms(VAGUEMESTRE_MODELS_DIR);
    if (!loaded) throw std::runtime_error(loaded.error().en);
    const ocr::Form& form = loaded->front();
    if (options.count > 0) forms(form, options);
    if (options.letters > 0) free_letters(form, options);
    for (const std::string& dir : options.not_forms) not_forms(form, dir);
  } catch (const std::exception& e) {
    std::cerr << "registration: " << e.what() << "\n";
    return 2;
  }
}
