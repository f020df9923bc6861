// What tests/bench/cells.py prints: boxed fields of painted forms, read by the house and by print's engine.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "letter/tree.hpp"
#include "models/workshop/mishap.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/boxes/boxes.hpp"
#include "ocr/boxes/evidence.hpp"
#include "ocr/check/confidence.hpp"
#include "ocr/check/confidence_fit.hpp"
#include "ocr/fields.hpp"
#include "ocr/lined_box.hpp"
#include "ocr/sight.hpp"
#include "page/decode.hpp"

namespace {

struct Options {
  std::uint32_t count = 40;
  std::uint64_t seed = 20261123;
  int nirs = 0;  // go on until so many of a hand have been read
  bool hand = true, typed = true, each = false, baseline = true, seen = false, dump = false;
  std::vector<std::filesystem::path> folders;  // scans with their truths, instead of painted ones
  letter::Day arrived{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};
  std::string evidence;                     // file that what speaks for and against each field is added to
  std::string pictures;                     // file that every cell's picture goes to
  std::vector<workshop::Face> families;     // to paint in, one after another
  std::optional<workshop::Manner> machine;  // by which all that is not written by hand is
};

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.filename().string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// A scan and what stands in its boxes.
struct Known {
  std::string bytes;
  std::map<std::string, std::string> boxes;
  std::string face;
  bool hand = false;
  std::uint32_t index = 0;
};

struct Tally {
  int n = 0, exact = 0, accepted = 0, wrong = 0, engine = 0, engine_n = 0, letters = 0, letters_wrong = 0;
};

// Processor time: the machine may have other work.
double ms_now() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
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
  explicit Bench(const Options& wanted) : options(wanted) {
    auto loaded = ocr::load_forms(VAGUEMESTRE_MODELS_DIR);
    if (!loaded) throw std::runtime_error(loaded.error().en);
    forms = std::move(*loaded);
    auto table = ocr::load_trust(VAGUEMESTRE_MODELS_DIR);
    if (!table) throw std::runtime_error(table.error().en);
    trust = std::move(*table);
  }

  workshop::Order order_of(std::uint32_t index, bool by_hand) const {
    constexpr auto ordinary = workshop::ordinary_mishaps;
    workshop::Order order;
    order.seed = options.seed, order.index = index;
    order.arrived = options.arrived;
    order.on_form = true, order.hand = by_hand;
    if (!by_hand) order.manner = options.machine;
    order.faces = options.seen ? workshop::Faces::seen : workshop::Faces::unseen;
    order.dpi = index % 3 == 0 ? 200 : 300;
    workshop::Dice dice(options.seed * 31, index);
    order.scan = workshop::faults_of(ordinary[(index + index / 97) % ordinary.size()], *order.dpi, dice);
    order.file = order.scan->threshold > 0 ? workshop::ScanFile::tiff_g4 : workshop::ScanFile::jpeg;
    if (!options.families.empty()) order.face = options.families[index % options.families.size()];
    if (!options.pictures.empty() && dice.chance(0.5)) order.scan.reset(), order.file.reset();
    return order;
  }

  void painted(std::uint32_t index, bool by_hand) {
    const workshop::Specimen specimen = workshop::paint(forms[0], order_of(index, by_hand));
    page({specimen.bytes, specimen.truth.boxes, specimen.truth.faces.at(0), by_hand, index});
  }

  void folder(const std::filesystem::path& dir) {
    std::vector<std::filesystem::path> truths;
    for (const auto& entry : std::filesystem::directory_iterator(dir))
      if (entry.path().filename().string().ends_with(".truth.json")) truths.push_back(entry.path());
    std::sort(truths.begin(), truths.end());
    for (std::uint32_t i = 0; i < truths.size() && i < options.count; ++i) file(truths[i], i);
  }

  // A scan whose truth lies beside it.
  void file(const std::filesystem::path& truth_file, std::uint32_t index) {
    const auto truth = letter::parse_json(bytes_of(truth_file));
    if (!truth) throw std::runtime_error(truth_file.filename().string() + ": " + truth.error().en);
    if (letter::value(*truth, "form").text_or("").empty()) return;
    Known known{bytes_of(truth_file.parent_path() / letter::value(*truth, "file").text_or("")),
                {},
                "",
                letter::value(*truth, "hand").flag_or(false),
                index};
    for (const auto& [id, text] : letter::value(*truth, "boxes").fields())
      if (text.is_text()) known.boxes[id] = text.text_or("");
    for (const letter::Tree& face : letter::value(*truth, "faces").items())
      if (known.face.empty()) known.face = face.text_or("");
    if (known.hand ? options.hand : options.typed) page(known);
  }

  void page(const Known& known) {
    now = known.index;
    std::uint32_t pages = 1;
    letter::Page facts;
    ocr::Sight sight = ocr::see_page(facts, {known.bytes}, forms, pages);
    if (!sight.form) {
      ++lost;
      return;
    }
    const ocr::FormPage form_page{sight.raster, sight.where, *sight.form, 0, options.arrived};
    const double start = ms_now();
    std::vector<ocr::Comb> combs;
    std::vector<ocr::BoxRead> read;
    for (const ocr::Element& element : sight.form->elements) {
      if (element.kind != ocr::ElementKind::comb) continue;
      combs.push_back(ocr::cut_comb(sight.raster, sight.where, element));
      read.emplace_back().element = &element;
      for (const ocr::Cell& cell : combs.back().cells) cells += cell.inked;
    }
    const bool seen_hand = ocr::baseline_stray_mm(combs) > ocr::hand_from_mm;
    net_ms -= ms_now();
    for (std::size_t i = 0; i < combs.size(); ++i)
      read[i] = boxes.read(*read[i].element, combs[i], seen_hand);
    net_ms += ms_now();
    ocr::settle_all(read, boxes, form_page.latest);
    ++told, told_right += seen_hand == known.hand;
    keep_evidence(known, read, seen_hand);
    ocr::make_sure(read, boxes, seen_hand);
    ms.push_back(ms_now() - start);
    for (std::size_t i = 0; i < read.size(); ++i) field(known, read[i], combs[i], seen_hand);
  }

  // For training: a line a field that is written or was read: how, face, scan, field, right?, evidence.
  void keep_evidence(const Known& known, const std::vector<ocr::BoxRead>& read, bool seen_hand) {
    if (options.evidence.empty()) return;
    if (!evidence.is_open()) evidence.open(options.evidence, std::ios::app);
    const std::vector<ocr::Evidence> all = ocr::evidence_of(read, boxes.spelling(), seen_hand);
    for (std::size_t i = 0; i < read.size(); ++i) {
      if (read[i].cells.empty()) continue;
      const auto found = known.boxes.find(read[i].element->id);
      const bool right = found != known.boxes.end() && found->second == read[i].settled.text;
      evidence << (known.hand ? "hand" : "typed") << '\t' << known.face << '\t' << known.index << '\t'
               << read[i].element->id << '\t' << right;
      for (const double one : all[i]) evidence << '\t' << one;
      evidence << '\n';
    }
  }

  void field(const Known& known, const ocr::BoxRead& box, const ocr::Comb& comb, bool seen_hand) {
    const bool by_hand = known.hand;
    const auto found = known.boxes.find(box.element->id);
    const std::string truth = found == known.boxes.end() ? "" : found->second;
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
                  by_hand ? "hand" : "typed", now, box.element->id.c_str(), known.face.c_str(), text.c_str(),
                  ocr::favourite(box.cells).c_str(), box.settled.score, accepted ? "ACCEPTED " : "",
                  truth.c_str(), box.settled.repaired ? "repaired" : "");
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

  bool enough() const { return options.nirs > 0 && tally("hand", "NIR").n >= options.nirs; }

  Tally tally(const std::string& how, const std::string& id) const {
    const auto fields = tallies.find(how);
    if (fields == tallies.end()) return {};
    const auto found = fields->second.find(id);
    return found == fields->second.end() ? Tally{} : found->second;
  }

  // Beside what the house must reach.
  void print_musts() const {
    const auto sum = [&](const std::string& how) {
      Tally all;
      const auto fields = tallies.find(how);
      if (fields == tallies.end()) return all;
      for (const auto& [id, t] : fields->second)
        all.n += t.n, all.exact += t.exact, all.accepted += t.accepted, all.wrong += t.wrong;
      return all;
    };
    const auto one = [](const char* what, const Tally& t, const char* must) {
      if (t.n == 0) return;
      std::printf(
          "  %-22s n = %5d: exact %5.1f %%, accepted %5.1f %%, wrong of accepted %d (%.1f per 1,000, at most "
          "%.1f with 90 %% sureness); must: %s\n",
          what, t.n, 100.0 * t.exact / t.n, 100.0 * t.accepted / t.n, t.wrong,
          t.accepted ? 1000.0 * t.wrong / t.accepted : 0.0,
          t.accepted ? 1000 * ocr::upper_bound_90(static_cast<std::size_t>(t.wrong),
                                                  static_cast<std::size_t>(t.accepted))
                     : 0.0,
          must);
    };
    std::printf("musts\n");
    one("typed boxed fields", sum("typed"), "98 % exact");
    one("handwritten ones", sum("hand"), "75 % accepted, at most 2 per 1,000 wrong");
    one("NIR by hand", tally("hand", "NIR"), "85 % accepted, 0 wrong in 500");
    one("NIR typed", tally("typed", "NIR"), "none of its own");
  }

  void print_all() const {
    for (const auto& [how, fields] : tallies) {
      Tally sum;
      std::printf(
          "%s, faces that no training saw: n, exact %%, accepted %%, wrong per 1,000 accepted, "
          "cells wrong %%, print's engine exact %%\n",
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
  ocr::Boxes boxes{VAGUEMESTRE_MODELS_DIR};
  ocr::Hand hand{VAGUEMESTRE_MODELS_DIR};
  ocr::Print print;
  std::map<std::string, std::map<std::string, Tally>> tallies;
  std::ofstream kept, evidence;
  std::vector<double> ms;
  double net_ms = 0;
  std::uint32_t now = 0;  // index of the form that is read
  int cells = 0, told = 0, told_right = 0, lost = 0;
};

std::vector<workshop::Face> families_of(const std::string& file) {
  auto found = workshop::load_families(file);
  if (!found) throw std::runtime_error(found.error().en);
  return std::move(*found);
}

Options options_of(int argc, char** argv) {
  Options out;
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::map<std::string, bool*> flags{
      {"--each", &out.each}, {"--dump", &out.dump}, {"--seen", &out.seen}};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto next = [&] { return i + 1 < words.size() ? words[++i] : throw std::runtime_error(words[i]); };
    if (const auto flag = flags.find(words[i]); flag != flags.end())
      *flag->second = true;
    else if (words[i] == "--hand")
      out.typed = false;
    else if (words[i] == "--machine")
      out.machine = workshop::manner_of(next()), out.hand = false;
    else if (words[i] == "--typed")
      out.hand = false;
    else if (words[i] == "--alone")
      out.baseline = false;
    else if (words[i] == "--nirs")
      out.nirs = std::stoi(next()), out.typed = out.baseline = false, out.count = 100'000;
    else if (words[i] == "--evidence")
      out.evidence = next();
    else if (words[i] == "--pictures")
      out.pictures = next();
    else if (words[i] == "--families")
      out.families = families_of(next());
    else if (words[i] == "--count")
      out.count = static_cast<std::uint32_t>(std::stoul(next()));
    else if (words[i] == "--seed")
      out.seed = std::stoull(next());
    else if (!words[i].starts_with("--"))
      out.folders.emplace_back(words[i]);
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
    for (const auto& folder : bench.options.folders) bench.folder(folder);
    for (std::uint32_t i = 0; bench.options.folders.empty() && i < bench.options.count && !bench.enough();
         ++i)
      for (const bool by_hand : {false, true})
        if (!bench.enough() && (by_hand ? bench.options.hand : bench.options.typed))
          bench.painted(i, by_hand);
    bench.print_all();
    bench.print_musts();
  } catch (const std::exception& e) {
    std::cerr << "cells: " << e.what() << "\n";
    return 2;
  }
}
