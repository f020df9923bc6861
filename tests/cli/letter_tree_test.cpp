#include "cli/letter_tree.hpp"

#include <gtest/gtest.h>

namespace {

using letter::PersonalText;

letter::SortedLetter painted() {
  letter::SortedLetter sorted;
  auto& read = sorted.read;
  read.letter.id = {"LOCAL", 1};
  letter::Page page;
  page.dpi = 300;
  page.skew_deg = 1.5;
  page.turn_deg = 180;
  page.notes = {{"tiff.private_tag", "f", "e"}};
  read.letter.pages = {page};
  read.form = "reclamation";
  letter::Field nir;
  nir.id = "NIR";
  nir.text = PersonalText("295105912345642");
  nir.box = {0.1, 0.2, 0.3, 0.4};
  letter::Field tick;
  tick.id = "OBJ_SANTE";
  tick.how = letter::How::tick;
  tick.tick = letter::TickState::ticked;
  read.fields = {nir, tick};
  read.text = PersonalText("Bonjour");
  sorted.queue = letter::Queue::frais_sante;
  sorted.probabilities[static_cast<std::size_t>(letter::Queue::frais_sante)] = 1;
  return sorted;
}

std::vector<std::string> keys_of(const letter::Tree& tree) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : tree.fields()) keys.push_back(key);
  return keys;
}

TEST(ReadJson, HasTheNamesOfTheIssue) {
  EXPECT_EQ(
      keys_of(cli::tree_of(painted(), cli::Nir::shown)),
      (std::vector<std::string>{"form", "pages", "fields", "text", "full_text", "lines", "queue", "secondary",
                                "confidence", "probabilities", "is_complaint", "needs_review", "reasons",
                                "evidence", "turning", "otherwise", "letter_date"}));
}

TEST(ReadJson, APageHasItsFacts) {
  const auto pages = cli::pages_tree(painted().read.letter);
  EXPECT_EQ(keys_of(pages.items().at(0)),
            (std::vector<std::string>{"dpi", "skew_deg", "skew_confidence", "turn_deg", "blank", "damaged",
                                      "notes", "width_px", "height_px"}));
}

TEST(ReadJson, AFieldHasATextAndAPlace) {
  const auto fields = cli::fields_tree(painted().read, cli::Nir::shown);
  EXPECT_EQ(keys_of(letter::value(fields, "NIR")),
            (std::vector<std::string>{"text", "confidence", "verdict", "how", "repaired", "page", "box"}));
}

TEST(ReadJson, ATickHasAStateAndNoText) {
  const auto fields = cli::fields_tree(painted().read, cli::Nir::shown);
  EXPECT_EQ(letter::value(letter::value(fields, "OBJ_SANTE"), "state").text_or(""), "ticked");
  EXPECT_EQ(letter::value(fields, "OBJ_SANTE").find("text"), nullptr);
}

TEST(ReadJson, ABoxIsFourNumbers) {
  const auto fields = cli::fields_tree(painted().read, cli::Nir::shown);
  const auto& box = letter::value(letter::value(fields, "NIR"), "box").items();
  ASSERT_EQ(box.size(), 4u);
  EXPECT_DOUBLE_EQ(box[3].number_or(0), 0.4);
}

TEST(ReadJson, AFreeLetterHasANullForm) {
  auto sorted = painted();
  sorted.read.form.clear();
  EXPECT_TRUE(letter::value(cli::tree_of(sorted, cli::Nir::shown), "form").is_null());
}

TEST(ReadJson, HoldsAllNineProbabilities) {
  const auto tree = cli::tree_of(painted(), cli::Nir::shown);
  EXPECT_EQ(letter::value(tree, "probabilities").fields().size(), letter::queue_count);
}

TEST(ReadJson, ReasonsTellWhatThePagesNoted) {
  const auto tree = cli::tree_of(painted(), cli::Nir::shown);
  EXPECT_EQ(letter::value(letter::value(tree, "reasons").items().at(0), "code").text_or(""),
            "tiff.private_tag");
}

TEST(ReadJson, TheOfflineReadShowsTheNir) {
  const auto fields = cli::fields_tree(painted().read, cli::Nir::shown);
  EXPECT_EQ(letter::value(letter::value(fields, "NIR"), "text").text_or(""), "295105912345642");
}

TEST(CaseJson, MasksTheNir) {
  letter::CaseFile file;
  file.letters = {painted()};
  EXPECT_EQ(letter::dump_json(cli::tree_of(file)).find("12345642"), std::string::npos);
}

}  // namespace
