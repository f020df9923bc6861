// What tests/bench/cells.py prints: boxed fields of painted forms, read by the house and by print's engine.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "models/workshop/mishap.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/boxes/boxes.hpp"
#include "ocr/check/confidence.hpp"
#include "ocr/fields.hpp"
#include "ocr/lined_box.hpp"
#include "ocr/sight.hpp"
#include "page/decode.hpp"

namespace {

struct Options {
  std::uint32_t count = 40;
  std::uint64_t seed = 20261123;
  bool hand = true, typed = true, each = false, baseline = true, seen = false, dump = false;
  std::string pictures;                  // file that every cell's picture goes to
  std::vector<workshop::Face> families;  // to paint in, one after another
};

struct Tally {
  int n = 0, exact = 0, accepted = 0, wrong = 0, engine = 0, engine_n = 0, letters = 0, letters_wrong = 0;
};

// Processor time: the machine may have other work.
double ms_now() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::string without_spaces(const std::string& text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' '; });
  return out;
}

// The written cells side by side as one line of text, as close as printed letters stand; one empty cell or
// more between them is a space.
cv::Mat composed(const ocr::Comb& comb) {
  constexpr double letter_gap_mm = 0.9, word_gap_mm = 3.0, quiet_mm = 1.2;
  const auto px = [](double mm) { return static_cast<int>(std::lround(mm * ocr::cells_px_mm)); };
  int width = 2 * px(quiet_mm);
  for (const ocr::Cell& cell : comb.cells)
    if (cell.inked) width += cell.ink.width + px(word_gap_mm);
  const int height = comb.strip.rows + 2 * px(quiet_mm);
  const cv::Mat clean = ocr::on_white(comb.strip);
  cv::Mat line(height, width, CV_8U, cv::Scalar(255));
  int x = px(quiet_mm);
  bool begun = false, gap = false;
  for (const ocr::Cell& cell : comb.cells) {
    if (!cell.inked) {
      gap = begun;
      continue;
    }
    if (begun) x += px(gap ? word_gap_mm : letter_gap_mm);
    gap = false, begun = true;
    const cv::Rect column =
        cv::Rect(cell.ink.x - 1, 0, cell.ink.width + 2, comb.strip.rows) & cv::Rect({}, comb.strip.size());
    clean(column).copyTo(line(cv::Rect(x, px(quiet_mm), column.width, column.height)));
    x += column.width;
  }
  return line(cv::Rect(0, 0, std::min(width, x + px(quiet_mm)), height)).clone();
}

// What print's engine makes of the same strip: the comb's letters as one line, by its own white list.
std::string by_engine(const ocr::Element& element, const ocr::Comb& comb, ocr::Print& print) {
  std::string allowed;
  for (std::uint32_t cell = 1; cell <= element.cell_x.size(); ++cell)
    for (const char c : ocr::cell_letters(element, cell))
      if (c != ' ' && allowed.find(c) == std::string::npos) allowed.push_back(c);
  return print.line(composed(comb), allowed);
}

struct Bench {
  explicit Bench(const Options& wanted)
      : options(wanted), boxes(VAGUEMESTRE_MODELS_DIR), hand(VAGUEMESTRE_MODELS_DIR) {
    auto loaded = ocr::load_forms(VAGUEMESTRE_MODELS_DIR);
    if (!loaded) throw std::runtime_error(loaded.error().en);
    forms = std::move(*loaded);
    auto table = ocr::load_trust(VAGUEMESTRE_MODELS_DIR);
    if (!table) throw std::runtime_error(table.error().en);
    trust = std::move(*table);
  }

  workshop::Order order_of(std::uint32_t index, bool by_hand) const {
    static constexpr workshop::Mishap mishaps[] = {workshop::Mishap::none,   workshop::Mishap::none,
                                                   workshop::Mishap::turned, workshop::Mishap::stretched,
                                                   workshop::Mishap::wobbly, workshop::Mishap::copied};
    workshop::Order order;
    order.seed = options.seed, order.index = index;
    order.arrived = letter::Day{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};
    order.on_form = true, order.hand = by_hand;
    order.faces = options.seen ? workshop::Faces::seen : workshop::Faces::unseen;
    order.dpi = index % 3 == 0 ? 200 : 300;
    workshop::Dice dice(options.seed * 31, index);
    order.scan = workshop::faults_of(mishaps[(index + index / 97) % std::size(mishaps)], *order.dpi, dice);
    order.file = order.scan->threshold > 0 ? workshop::ScanFile::tiff_g4 : workshop::ScanFile::jpeg;
    if (!options.families.empty()) order.face = options.families[index % options.families.size()];
    if (!options.pictures.empty() && dice.chance(0.5)) order.scan.reset(), order.file.reset();
    return order;
  }

  void page(std::uint32_t index, bool by_hand) {
    now = index;
    const workshop::Specimen specimen = workshop::paint(forms[0], order_of(index, by_hand));
    std::uint32_t pages = 1;
    letter::Page facts;
    ocr::Sight sight = ocr::see_page(facts, {specimen.bytes}, forms, pages);
    if (!sight.form) {
      ++lost;
      return;
    }
    const ocr::FormPage form_page{sight.raster, sight.where, *sight.form, 0,
                                  order_of(index, by_hand).arrived};
    const double start = ms_now();
    std::vector<ocr::Comb> combs;
    std::vector<ocr::BoxRead> read;
    for (const ocr::Element& element : sight.form->elements) {
      if (element.kind != ocr::ElementKind::comb) continue;
      combs.push_back(ocr::cut_comb(sight.raster, sight.where, element));
      const double net_start = ms_now();
      read.push_back(boxes.read(element, combs.back()));
      net_ms += ms_now() - net_start;
      for (const ocr::Cell& cell : combs.back().cells) cells += cell.inked;
    }
    ocr::settle_all(read, boxes, form_page.latest);
    ms.push_back(ms_now() - start);
    const bool seen_hand = ocr::baseline_stray_mm(combs) > ocr::hand_from_mm;
    told_right += seen_hand == by_hand, ++told;
    for (std::size_t i = 0; i < read.size(); ++i) field(specimen, read[i], combs[i], by_hand, seen_hand);
  }

  void field(const workshop::Specimen& specimen, const ocr::BoxRead& box, const ocr::Comb& comb, bool by_hand,
             bool seen_hand) {
    const auto found = specimen.truth.boxes.find(box.element->id);
    const std::string truth = found == specimen.truth.boxes.end() ? "" : found->second;
    const std::string& text = box.settled.text;
    if (truth.empty() && text.empty()) return;  // nothing there, nothing read: no merit
    letter::Field as_field;
    as_field.id = box.element->id;
    as_field.how = seen_hand ? letter::How::hand : letter::How::typed;
    as_field.text = letter::PersonalText(text);
    as_field.confidence = box.settled.score, as_field.repaired = box.settled.repaired;
    as_field.notes = box.settled.notes;
    ocr::judge(as_field, box.element, trust);
    Tally& tally = tallies[by_hand ? "hand" : "typed"][box.element->id];
    const bool right = text == truth;
    const bool accepted = as_field.verdict == letter::Verdict::accepted;
    ++tally.n, tally.exact += right, tally.accepted += accepted, tally.wrong += accepted && !right;
    if (const std::string own = ocr::favourite(box.cells); own.size() == truth.size())
      for (std::size_t i = 0; i < own.size(); ++i) ++tally.letters, tally.letters_wrong += own[i] != truth[i];
    keep_pictures(truth, comb, by_hand);
    if (options.baseline) {
      ++tally.engine_n;
      tally.engine += without_spaces(by_engine(*box.element, comb, print)) == without_spaces(truth);
    }
    if (options.each && !right)
      std::printf("  %-5s %u %-15s %s | read '%s' (strokes '%s') score %.3f %s| truth '%s' %s\n",
                  by_hand ? "hand" : "typed", now, box.element->id.c_str(),
                  specimen.truth.faces.at(0).c_str(), text.c_str(), ocr::favourite(box.cells).c_str(),
                  box.settled.score, accepted ? "ACCEPTED " : "", truth.c_str(),
                  box.settled.repaired ? "repaired" : "");
    if (options.dump)
      std::printf("dump %s %s %.6f %.6f %d\n", by_hand ? "hand" : "typed", box.element->id.c_str(),
                  box.settled.score, ocr::probability(box.strokes, text), right);
  }

  // For training: of each cell with ink its letter, 'h' or 't', and cell_side x cell_side px.
  void keep_pictures(const std::string& truth, const ocr::Comb& comb, bool by_hand) {
    if (options.pictures.empty() || comb.filled() != truth.size()) return;
    if (!kept.is_open()) kept.open(options.pictures, std::ios::binary);
    for (std::size_t i = 0; i < truth.size(); ++i) {
      if (!comb.cells[i].inked || truth[i] == ' ') continue;
      const cv::Mat picture = ocr::cell_picture(comb, i);
      kept << truth[i] << (by_hand ? 'h' : 't');
      kept.write(reinterpret_cast<const char*>(picture.data), ocr::cell_side * ocr::cell_side);
    }
  }

  void print_all() const {
    for (const auto& [how, fields] : tallies) {
      Tally sum;
      std::printf(
          "%s, faces that no training saw: n, exact %%, accepted %%, wrong per 1,000 accepted, cells wrong "
          "%%, "
          "print's engine exact %%\n",
          how.c_str());
      for (const auto& [id, t] : fields) {
        line(id, t);
        sum.n += t.n, sum.exact += t.exact, sum.accepted += t.accepted, sum.wrong += t.wrong;
        sum.engine += t.engine, sum.engine_n += t.engine_n;
        sum.letters += t.letters, sum.letters_wrong += t.letters_wrong;
      }
      line("together", sum);
    }
    std::vector<double> sorted = ms;
    std::sort(sorted.begin(), sorted.end());
    if (!sorted.empty())
      std::printf(
          "ms a form for all its boxed fields: median %.1f, worst %.1f (n = %zu); the net: %.3f ms a cell "
          "(%d cells with ink)\n",
          sorted[sorted.size() / 2], sorted.back(), sorted.size(), cells ? net_ms / cells : 0, cells);
    std::printf("typed or written told right: %d of %d forms; forms not found: %d\n", told_right, told, lost);
  }

  static void line(const std::string& name, const Tally& t) {
    const auto percent = [](int part, int of) { return of ? 100.0 * part / of : 0.0; };
    std::printf("  %-15s %5d %7.1f %7.1f %7.1f (%d) %7.2f %7.1f\n", name.c_str(), t.n, percent(t.exact, t.n),
                percent(t.accepted, t.n), t.accepted ? 1000.0 * t.wrong / t.accepted : 0.0, t.wrong,
                percent(t.letters_wrong, t.letters), percent(t.engine, t.engine_n));
  }

  Options options;
  std::vector<ocr::Form> forms;
  ocr::TrustTable trust;
  ocr::Boxes boxes;
  ocr::Hand hand;
  ocr::Print print;
  std::map<std::string, std::map<std::string, Tally>> tallies;
  std::ofstream kept;
  std::vector<double> ms;
  double net_ms = 0;
  std::uint32_t now = 0;  // index of the form that is read
  int cells = 0, told = 0, told_right = 0, lost = 0;
};

// Lines "family;scale": faces beyond the stock's, to learn from.
std::vector<workshop::Face> families_of(const std::string& file) {
  std::vector<workshop::Face> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (const std::size_t end = line.find(';'); end != std::string::npos) {
      workshop::Face face;
      face.family = line.substr(0, end), face.scale = std::stod(line.substr(end + 1));
      out.push_back(face);
    }
  if (out.empty()) throw std::runtime_error("no families in " + file);
  return out;
}

Options options_of(int argc, char** argv) {
  Options out;
  const std::vector<std::string> words(argv + 1, argv + argc);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto next = [&] { return i + 1 < words.size() ? words[++i] : throw std::runtime_error(words[i]); };
    if (words[i] == "--each")
      out.each = true;
    else if (words[i] == "--dump")
      out.dump = true;
    else if (words[i] == "--hand")
      out.typed = false;
    else if (words[i] == "--typed")
      out.hand = false;
    else if (words[i] == "--seen")
      out.seen = true;
    else if (words[i] == "--alone")
      out.baseline = false;
    else if (words[i] == "--pictures")
      out.pictures = next();
    else if (words[i] == "--families")
      out.families = families_of(next());
    else if (words[i] == "--count")
      out.count = static_cast<std::uint32_t>(std::stoul(next()));
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
    Bench bench(options_of(argc, argv));
    for (std::uint32_t i = 0; i < bench.options.count; ++i)
      for (const bool by_hand : {false, true})
        if (by_hand ? bench.options.hand : bench.options.typed) bench.page(i, by_hand);
    bench.print_all();
  } catch (const std::exception& e) {
    std::cerr << "cells: " << e.what() << "\n";
    return 2;
  }
}
