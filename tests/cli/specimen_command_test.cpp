// `vaguemestre specimen`, as a person runs it.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "belt/daemon.hpp"
#include "cli/truths.hpp"
#include "letter/tree.hpp"
#include "stage.hpp"

namespace {

// What the truth of the one letter that is painted by this tool says it was written with; "" where none is.
std::string medium_by(const std::string& tool) {
  const cli::TemporaryFolder folder;
  Stage stage;
  if (stage.run({"specimen", "--out", folder.path().string(), "--count", "1", "--only", "letter", "--by",
                 tool}) != belt::exit_ok)
    return "";
  std::ifstream file(folder.path() / "specimen-0001.truth.json");
  const auto truth = letter::parse_json(std::string(std::istreambuf_iterator<char>(file), {}));
  return truth ? letter::value(*truth, "medium").text_or("") : "";
}

TEST(SpecimenCommand, PaintsWithTheMachineThatIsAskedFor) {
  EXPECT_EQ(medium_by("typewriter"), "typewriter");
  EXPECT_EQ(medium_by("dot"), "dot");
  EXPECT_EQ(medium_by("hand"), "hand");
}

TEST(SpecimenCommand, AToolThatNobodyKnowsIsAWrongUse) {
  Stage stage;
  EXPECT_EQ(stage.run({"specimen", "--out", "/nowhere", "--count", "1", "--by", "quill"}), belt::exit_usage);
}

}  // namespace
