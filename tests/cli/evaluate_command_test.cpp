// `vaguemestre evaluate` and `vaguemestre train confidence`, as a person runs them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "belt/daemon.hpp"
#include "cli/truths.hpp"
#include "letter/tree.hpp"
#include "ocr/check/confidence.hpp"
#include "stage.hpp"

namespace {

const letter::Tree& group(const letter::Tree& tree, const std::string& name) {
  return letter::value(letter::value(tree, "groups"), name);
}

// The executable itself: it starts again with one thread, which a test cannot.
TEST(EvaluateCommand, PaintsReadsAndScores) {
  const cli::TemporaryFolder folder;
  const auto told = folder.path() / "told.json";
  const std::string command = "'" VAGUEMESTRE_BIN_DIR
                              "/vaguemestre' evaluate --painted 2 --seed 5 --readers 2 --json > '" +
                              told.string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::ifstream file(told);
  const std::string json((std::istreambuf_iterator<char>(file)), {});
  const auto tree = letter::parse_json(json);
  ASSERT_TRUE(tree) << json;
  EXPECT_EQ(letter::value(*tree, "letters").integer_or(0), 2);
  EXPECT_EQ(letter::value(*tree, "unread").integer_or(-1), 0);
  // The first of this seed is a form filled by hand.
  EXPECT_GE(letter::value(group(*tree, "hand tick"), "n").integer_or(0), 20);
}

TEST(EvaluateCommand, AScanThatIsNoneIsCountedAsUnread) {
  const cli::TemporaryFolder folder;
  std::ofstream(folder.path() / "a.tif") << "this is no scan";
  std::ofstream(folder.path() / "a.truth.json") << R"({"file": "a.tif", "text": "ma rente"})";
  Stage stage;
  ASSERT_EQ(stage.run({"evaluate", folder.path().string(), "--json"}), belt::exit_ok);
  const auto tree = letter::parse_json(stage.out.str());
  EXPECT_EQ(letter::value(*tree, "unread").integer_or(0), 1);
}

TEST(EvaluateCommand, UnknownFacesAreAWrongUse) {
  Stage stage;
  EXPECT_EQ(stage.run({"evaluate", "--painted", "1", "--faces", "famous"}), belt::exit_usage);
}

TEST(TrainConfidence, NeedsAFolder) {
  Stage stage;
  EXPECT_EQ(stage.run({"train", "confidence"}), belt::exit_usage);
}

TEST(TrainConfidence, ThePublishedTableIsWhole) {
  const auto table = ocr::load_trust(VAGUEMESTRE_SOURCE_DIR "/models");
  ASSERT_TRUE(table) << table.error().en;
  for (const auto& [kind, curve] : table->curves)
    EXPECT_TRUE(std::is_sorted(curve.right.begin(), curve.right.end())) << kind;
}

}  // namespace
