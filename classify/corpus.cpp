#include "classify/corpus.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>

#include "classify/prose.hpp"
#include "classify/words.hpp"
#include "letter/tree.hpp"

namespace classify {
namespace {

using letter::Queue;
using letter::Tree;

auto bad_line(const std::string& file, std::size_t line) {
  const std::string where = file + ":" + std::to_string(line);
  return letter::fault("corpus.line", "Lettre d'apprentissage mal formée : " + where,
                       "Badly formed training letter: " + where);
}

template <std::size_t n>
bool is_one_of(const std::string& text, const std::array<std::string_view, n>& allowed) {
  return std::find(allowed.begin(), allowed.end(), text) != allowed.end();
}

std::string_view tick_field(Queue queue) {
  switch (queue) {
    case Queue::incapacite_invalidite:
      return "OBJ_INCAP_INVAL";
    case Queue::deces_rente_dependance:
      return "OBJ_DECES_RENTE_DEP";
    case Queue::designation_beneficiaires:
      return "OBJ_BENEFICIAIRES";
    case Queue::frais_sante:
      return "OBJ_SANTE";
    case Queue::dossiers_medicaux:
      return "OBJ_MEDICAL";
    default:
      return "OBJ_ENTREPRISE";
  }
}

std::optional<Example> example_of(const Tree& tree, const std::string& batch) {
  constexpr std::array<std::string_view, 6> writers{"insured", "relative", "agent",
                                                    "company", "outsider", "mediator"};
  constexpr std::array<std::string_view, 3> difficulties{"plain", "ambiguous", "adversarial"};
  Example out;
  out.batch = batch;
  out.id = value(tree, "id").text_or("");
  out.text = value(tree, "text").text_or("");
  out.who = value(tree, "who").text_or("");
  out.difficulty = value(tree, "difficulty").text_or("");
  const auto queue = letter::parse_queue(value(tree, "queue").text_or(""));
  const auto box = letter::parse_post_box(value(tree, "box").text_or(""));
  if (!queue || !box || out.id.empty() || out.text.empty()) return std::nullopt;
  if (!is_one_of(out.who, writers) || !is_one_of(out.difficulty, difficulties)) return std::nullopt;
  out.queue = *queue;
  out.box = *box;
  if (const Tree& second = value(tree, "secondary"); !second.is_null()) {
    out.secondary = letter::parse_queue(second.text_or(""));
    if (!out.secondary || out.secondary == out.queue) return std::nullopt;
  }
  for (const Tree& tick : value(tree, "ticks").items()) {
    const auto ticked = letter::parse_queue(tick.text_or(""));
    if (!ticked) return std::nullopt;
    out.ticks.push_back(*ticked);
  }
  out.is_complaint = value(tree, "is_complaint").flag_or(true);
  // The policy's convention: only non_reclamation is no complaint.
  if (out.is_complaint == (out.queue == Queue::non_reclamation)) return std::nullopt;
  return out;
}

// Ticks are written as queues, or as the form's field ids.
std::optional<Queue> ticked_queue(const std::string& written) {
  if (const auto queue = letter::parse_queue(written)) return queue;
  for (const Queue queue : letter::all_queues) {
    if (tick_field(queue) == written) return queue;
  }
  return std::nullopt;
}

// What a person decided is the truth, whatever the sorter had said. Nobody noted who wrote.
std::optional<Example> correction_of(const Tree& tree, const std::string& batch) {
  Example out;
  out.batch = batch;
  out.id = value(tree, "id").text_or("");
  out.text = value(tree, "text").text_or("");
  out.difficulty = "plain";
  out.automatic = value(tree, "automatic").flag_or(false);
  const auto queue = letter::parse_queue(value(tree, "decided_queue").text_or(""));
  const auto box = letter::parse_post_box(value(tree, "box").text_or(""));
  if (!queue || !box || out.id.empty()) return std::nullopt;
  out.queue = *queue;
  out.box = *box;
  out.is_complaint = out.queue != Queue::non_reclamation;
  out.secondary = letter::parse_queue(value(tree, "decided_secondary").text_or(""));
  if (out.is_complaint && !value(tree, "decided_complaint").flag_or(true)) {
    out.secondary = out.queue;  // a plain request to that service
    out.queue = Queue::non_reclamation;
    out.is_complaint = false;
  }
  if (out.secondary == out.queue) out.secondary.reset();
  // Reroutes and reviews are of letters that went wrong or were unsure: only blind checks are drawn by lot.
  out.drill = value(tree, "source").text_or("") != "blind_check";
  for (const Tree& tick : value(tree, "ticks").items()) {
    if (const auto ticked = ticked_queue(tick.text_or(""))) out.ticks.push_back(*ticked);
  }
  return out;
}

using Parser = std::optional<Example> (*)(const Tree& tree, const std::string& batch);

// The file's bytes; its letters are added to `corpus`.
letter::Result<std::string> add_file(const std::filesystem::path& path, Parser parse, Corpus& corpus,
                                     std::set<std::string>& ids) {
  const std::string bytes = bytes_of(path);
  std::size_t number = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string line = bytes.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.empty()) continue;
    const auto tree = letter::parse_json(line);
    const auto example = tree ? parse(*tree, path.stem().string()) : std::nullopt;
    if (!example) return bad_line(path.filename().string(), number);
    if (!ids.insert(example->id).second) {
      if (parse == correction_of) {  // the desk's last word holds
        std::erase_if(corpus.examples, [&](const Example& one) { return one.id == example->id; });
        corpus.examples.push_back(*example);
        continue;
      }
      return letter::fault("corpus.twice", "Identifiant en double : " + example->id,
                           "Id used twice: " + example->id);
    }
    corpus.examples.push_back(*example);
  }
  return bytes;
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& dir) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it(dir, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".jsonl") files.push_back(it->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::set<std::string> four_grams(std::string_view text) {
  const Words words = words_of(text);
  std::set<std::string> grams;
  for (std::size_t i = 0; i + 4 <= words.size(); ++i) {
    grams.insert(words[i].text + " " + words[i + 1].text + " " + words[i + 2].text + " " + words[i + 3].text);
  }
  return grams;
}

}  // namespace

letter::Result<Corpus> load_corpus(const std::filesystem::path& corpus_dir) {
  Corpus corpus;
  std::set<std::string> ids;
  std::uint64_t sum = checksum("");
  for (const auto& dir : {corpus_dir, drills_dir(corpus_dir)}) {
    for (const auto& file : files_of(dir)) {
      const std::size_t before = corpus.examples.size();
      const auto bytes = add_file(file, example_of, corpus, ids);
      if (!bytes) return tl::unexpected<letter::Reason>(bytes.error());
      for (std::size_t i = before; i < corpus.examples.size(); ++i)
        corpus.examples[i].drill = dir != corpus_dir;
      sum = checksum(*bytes, sum);
    }
  }
  if (corpus.examples.empty()) {
    return letter::fault("corpus.missing", "Aucune lettre d'apprentissage.", "No training letters.");
  }
  corpus.checksum = hex(sum);
  return corpus;
}

letter::Result<Corpus> load_corrections(const std::filesystem::path& file) {
  Corpus corpus;
  std::set<std::string> ids;
  const auto bytes = add_file(file, correction_of, corpus, ids);
  if (!bytes) return tl::unexpected<letter::Reason>(bytes.error());
  std::erase_if(corpus.examples, [](const Example& one) { return one.text.empty(); });
  corpus.checksum = hex(checksum(*bytes));
  return corpus;
}

std::filesystem::path drills_dir(const std::filesystem::path& corpus_dir) { return corpus_dir / "drills"; }

std::filesystem::path held_out_dir(const std::filesystem::path& corpus_dir) {
  return corpus_dir / "held-out";
}

letter::ReadLetter as_read(const Example& example) {
  letter::ReadLetter read;
  read.letter.box = example.box;
  read.text = letter::PersonalText(example.text);
  read.full_text = read.text;
  if (example.ticks.empty()) return read;
  read.form = "reclamation";
  for (const Queue queue : example.ticks) {
    letter::Field field;
    field.id = std::string(tick_field(queue));
    field.how = letter::How::tick;
    field.tick = letter::TickState::ticked;
    field.confidence = 1;
    field.verdict = letter::Verdict::accepted;
    read.fields.push_back(std::move(field));
  }
  return read;
}

double likeness(std::string_view one, std::string_view other) {
  const std::set<std::string> a = four_grams(one), b = four_grams(other);
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  const std::size_t all = a.size() + b.size() - both.size();
  return all == 0 ? 0.0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace classify
