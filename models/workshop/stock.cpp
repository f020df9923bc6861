#include "models/workshop/stock.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "letter/result.hpp"
#include "letter/tree.hpp"

namespace workshop {
namespace {

using letter::Tree;

[[noreturn]] void broken(const std::string& name, const std::string& what) {
  throw letter::BrokenWorld("workshop stock, " + name + ": " + what);
}

Tree load(const std::string& name) {
  std::ifstream file(std::filesystem::path(VAGUEMESTRE_MODELS_DIR) / "workshop/stock" / name,
                     std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) broken(name, "cannot be read");
  auto tree = letter::parse_toml(text, name);
  if (!tree) broken(name, tree.error().en);
  return std::move(*tree);
}

std::vector<std::string> texts(const Tree& tree, const std::string& key) {
  std::vector<std::string> all;
  for (const Tree& one : letter::value(tree, key).items()) all.emplace_back(one.text_or(""));
  if (all.empty() || std::find(all.begin(), all.end(), "") != all.end()) broken(key, "needs a list of texts");
  return all;
}

std::vector<Face> faces(const Tree& tree, const std::string& key) {
  std::vector<Face> all;
  for (const Tree& one : letter::value(tree, key).items())
    all.push_back(
        {std::string(letter::value(one, "family").text_or("")), letter::value(one, "scale").number_or(1),
         std::string(letter::value(one, "lacks").text_or("")), letter::value(one, "unseen").flag_or(false),
         static_cast<int>(letter::value(one, "dots").integer_or(0))});
  if (all.empty()) broken(key, "needs faces");
  return all;
}

Writer writer_of(const std::string& word) {
  if (word == "assure") return Writer::assure;
  if (word == "beneficiaire") return Writer::beneficiaire;
  if (word == "mandataire") return Writer::mandataire;
  if (word == "entreprise") return Writer::entreprise;
  broken("writer", word + " is unknown");
}

Story story_of(const Tree& tree, letter::Queue queue, const std::string& file) {
  static constexpr std::array<std::string_view, 10> known{
      "secondary", "writer", "sex", "ages", "medical", "complained", "bare", "subject", "reasons", "words"};
  for (const auto& [key, unused] : tree.fields())
    if (std::find(known.begin(), known.end(), key) == known.end()) broken(file, "unknown key " + key);
  const auto word = [&](const char* key, const char* otherwise) {
    return std::string(letter::value(tree, key).text_or(otherwise));
  };
  Story story;
  story.queue = queue;
  if (const std::string id = word("secondary", ""); !id.empty()) {
    story.secondary = letter::parse_queue(id);
    if (!story.secondary) broken(file, id + " is no queue");
  }
  story.writer = writer_of(word("writer", "assure"));
  story.sex = word("sex", " ").at(0);
  if (const auto& ages = letter::value(tree, "ages").items(); ages.size() == 2) {
    story.youngest = static_cast<int>(ages[0].integer_or(story.youngest));
    story.oldest = static_cast<int>(ages[1].integer_or(story.oldest));
  }
  story.medical = letter::value(tree, "medical").flag_or(false);
  story.complained = letter::value(tree, "complained").flag_or(false);
  story.bare = letter::value(tree, "bare").flag_or(false);
  story.subject = word("subject", "");
  for (const Tree& one : letter::value(tree, "reasons").items()) story.reasons.emplace_back(one.text_or(""));
  story.words = word("words", "");
  while (!story.words.empty() && story.words.back() == '\n') story.words.pop_back();
  if (story.words.empty()) broken(file, "a story without words");
  return story;
}

Writer writer_of_mail(std::string_view who) {
  if (who == "company") return Writer::entreprise;
  if (who == "relative") return Writer::beneficiaire;
  return who == "agent" ? Writer::mandataire : Writer::assure;
}

Story mail_of(const Tree& tree, const std::string& file) {
  const auto queue = letter::parse_queue(std::string(letter::value(tree, "queue").text_or("")));
  if (!queue) broken(file, "a letter without a queue");
  Story story;
  story.queue = *queue;
  story.secondary = letter::parse_queue(std::string(letter::value(tree, "secondary").text_or("")));
  story.writer = writer_of_mail(letter::value(tree, "who").text_or(""));
  story.bare = true;  // it brings its own greeting, if it has any
  story.words = letter::value(tree, "text").text_or("");
  return story;
}

// What lies in folders of its own there is held out.
void add_mail(Stock& stock) {
  std::vector<std::filesystem::path> batches;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(VAGUEMESTRE_MODELS_DIR) / "triage/corpus"))
    if (entry.path().extension() == ".jsonl") batches.push_back(entry.path());
  std::sort(batches.begin(), batches.end());
  for (const auto& batch : batches) {
    std::ifstream file(batch, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
      if (line.empty()) continue;
      const auto tree = letter::parse_json(line);
      if (!tree) broken(batch.filename().string(), tree.error().en);
      const Story story = mail_of(*tree, batch.filename().string());
      stock.stories[static_cast<std::size_t>(story.queue)].push_back(story);
    }
  }
}

}  // namespace

std::vector<Face> among(const std::vector<Face>& faces, Faces wanted) {
  std::vector<Face> found;
  for (const Face& face : faces)
    if (wanted == Faces::any || face.unseen == (wanted == Faces::unseen)) found.push_back(face);
  if (found.empty()) throw letter::BrokenWorld("workshop stock: no such face");
  return found;
}

Stock load_stock(Texts texts_of) {
  const Tree names = load("names.toml");
  Stock stock;
  stock.women = texts(names, "women");
  stock.men = texts(names, "men");
  stock.families = texts(names, "families");
  stock.streets = texts(names, "streets");
  stock.companies = texts(names, "companies");
  stock.greetings = texts(names, "greetings");
  stock.farewells = texts(names, "farewells");
  stock.asides = texts(names, "asides");
  stock.grievances = texts(names, "grievances");
  stock.typed = faces(names, "typed");
  stock.typewriter = faces(names, "typewriter");
  stock.dot = faces(names, "dot");
  stock.hands = faces(names, "hands");
  stock.capitals = faces(names, "capitals");
  for (const Tree& town : letter::value(names, "towns").items()) {
    if (town.items().size() != 3) broken("towns", "name, postcode and INSEE code are needed");
    const auto at = [&](std::size_t i) { return std::string(town.items()[i].text_or("")); };
    stock.towns.push_back({at(0), at(1), at(2)});
  }
  if (stock.towns.empty()) broken("towns", "are missing");
  for (const letter::Queue queue : letter::all_queues) {
    const auto place = static_cast<std::size_t>(queue);
    const std::string id(letter::id(queue)), file = id + ".toml";
    stock.recipients[place] = texts(letter::value(names, "recipients"), id);
    const Tree tree = load(file);
    for (const Tree& one : letter::value(tree, "story").items())
      stock.stories[place].push_back(story_of(one, queue, file));
    if (stock.stories[place].empty()) broken(file, "has no story");
  }
  if (texts_of == Texts::mail) add_mail(stock);
  return stock;
}

}  // namespace workshop
