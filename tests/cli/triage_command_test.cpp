// `vaguemestre triage`, as a person runs it.
#include <gtest/gtest.h>

#include <filesystem>

#include "belt/daemon.hpp"
#include "classify/choice.hpp"
#include "cli/truths.hpp"
#include "stage.hpp"

namespace {

namespace fs = std::filesystem;

// A state with one candidate: a copy of the program's own model.
class TriageCommand : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path own = fs::path(VAGUEMESTRE_SOURCE_DIR) / "models/triage";
    fs::create_directories(classify::candidates_dir(folder_.path()) / "copy");
    for (const char* file : {"words.model", "proof.txt", "rules.toml", "concepts.toml"})
      fs::copy_file(own / file, classify::candidates_dir(folder_.path()) / "copy" / file);
  }
  std::string state() const { return folder_.path().string(); }
  Stage stage_;

 private:
  cli::TemporaryFolder folder_;
};

TEST_F(TriageCommand, TellsWhichModelIsInUse) {
  ASSERT_EQ(stage_.run({"triage", "list", "--state", state()}), belt::exit_ok);
  EXPECT_NE(stage_.out.str().find("*  -"), std::string::npos) << stage_.out.str();
}

TEST_F(TriageCommand, SwitchesACandidateOn) {
  ASSERT_EQ(stage_.run({"triage", "switch", "copy", "--state", state()}), belt::exit_ok);
  EXPECT_EQ(classify::chosen_name(state()), "copy");
}

TEST_F(TriageCommand, SwitchesBackToTheProgramsOwn) {
  ASSERT_EQ(stage_.run({"triage", "switch", "copy", "--state", state()}), belt::exit_ok);
  ASSERT_EQ(stage_.run({"triage", "switch", "-", "--state", state()}), belt::exit_ok);
  EXPECT_EQ(classify::chosen_name(state()), "");
}

TEST_F(TriageCommand, AModelIsAsGoodAsItsCopy) {
  ASSERT_EQ(stage_.run({"triage", "compare", "-", "copy", "--state", state()}), belt::exit_ok);
  EXPECT_EQ(stage_.out.str().find("mieux"), std::string::npos) << stage_.out.str();
  EXPECT_EQ(stage_.out.str().find("moins bien"), std::string::npos) << stage_.out.str();
}

TEST_F(TriageCommand, ComparingTakesTwo) {
  EXPECT_EQ(stage_.run({"triage", "compare", "copy", "--state", state()}), belt::exit_usage);
}

TEST_F(TriageCommand, AnUnknownWordIsAWrongUse) {
  EXPECT_EQ(stage_.run({"triage", "improve", "--state", state()}), belt::exit_usage);
}

}  // namespace
