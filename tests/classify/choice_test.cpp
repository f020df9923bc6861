// Which model sorts is a person's choice, kept in one file, checked before it is made.
#include "classify/choice.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "letter/result.hpp"

namespace {

namespace fs = std::filesystem;

class Choice : public testing::Test {
 protected:
  void SetUp() override {
    state_ = fs::temp_directory_path() / ("vaguemestre-choice-" + std::to_string(::getpid()));
    fs::create_directories(classify::candidates_dir(state_) / "new");
  }
  void TearDown() override { fs::remove_all(state_); }
  // A copy of the program's own model, as a candidate.
  void make_candidate() {
    for (const char* file : {"words.model", "proof.txt", "rules.toml", "concepts.toml"})
      fs::copy_file(models_ / "triage" / file, classify::candidates_dir(state_) / "new" / file);
  }
  fs::path state_, models_ = VAGUEMESTRE_MODELS_DIR;
};

TEST_F(Choice, IsTheProgramsOwnModelAtFirst) {
  EXPECT_EQ(classify::chosen_model(models_, state_), models_ / "triage");
}

TEST_F(Choice, IsTheCandidateThatWasSwitchedOn) {
  make_candidate();
  ASSERT_TRUE(classify::choose(state_, "new"));
  EXPECT_EQ(classify::chosen_model(models_, state_), classify::candidates_dir(state_) / "new");
}

TEST_F(Choice, CanBeTakenBack) {
  make_candidate();
  ASSERT_TRUE(classify::choose(state_, "new"));
  ASSERT_TRUE(classify::choose(state_, ""));
  EXPECT_EQ(classify::chosen_model(models_, state_), models_ / "triage");
}

TEST_F(Choice, OfAModelThatIsNotThereIsRefused) {
  EXPECT_EQ(classify::choose(state_, "other").error().code, "triage.unknown");
}

TEST_F(Choice, OfAPathIsRefused) {
  EXPECT_EQ(classify::choose(state_, "../triage/new").error().code, "triage.unknown");
}

TEST_F(Choice, OfADamagedModelIsRefusedAndTheOldOneStays) {
  make_candidate();
  std::ofstream(classify::candidates_dir(state_) / "new" / "words.model", std::ios::app) << "x";
  EXPECT_EQ(classify::choose(state_, "new").error().code, "triage.damaged");
  EXPECT_EQ(classify::chosen_name(state_), "");
}

TEST_F(Choice, OfAModelThatIsGoneLaterStopsTheSorter) {
  make_candidate();
  ASSERT_TRUE(classify::choose(state_, "new"));
  fs::remove_all(classify::candidates_dir(state_) / "new");
  EXPECT_THROW(classify::chosen_model(models_, state_), letter::BrokenWorld);
}

TEST_F(Choice, CandidatesAreTheFoldersThatHoldAModel) {
  EXPECT_TRUE(classify::candidates(state_).empty());
  make_candidate();
  EXPECT_EQ(classify::candidates(state_), std::vector<std::string>{"new"});
}

}  // namespace
