// Desks decide, the sorter learns from it as a candidate, a person switches it on and back: all as a user
// does it, with a house that runs.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "belt/daemon.hpp"
#include "classify/choice.hpp"
#include "classify/sort.hpp"
#include "cli/registry.hpp"
#include "tests/e2e/running_house.hpp"
#include "tests/e2e/short_letters.hpp"

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A house in which every letter sorted alone is checked, and a small corpus to learn from in seconds.
class Learning : public testing::Test {
 protected:
  Learning() {
    fs::create_directories(dir_ / "corpus");
    std::ofstream(dir_ / "house.toml") << "blind_check_one_in = 1\nsort_wrong_per_1000 = 500\n";
    ::setenv("VAGUEMESTRE_CONFIG", (dir_ / "house.toml").c_str(), 1);
    const fs::path own = fs::path(VAGUEMESTRE_SOURCE_DIR) / "models/triage";
    for (const char* file : {"rules.toml", "concepts.toml", "formulas.toml", "mistakes.txt"})
      fs::copy_file(own / file, dir_ / file);
    for (const char* batch : {"a.jsonl", "c.jsonl"})
      fs::copy_file(own / "corpus" / batch, dir_ / "corpus" / batch);
    house_ = std::make_unique<e2e::RunningHouse>(1);
  }
  ~Learning() override {
    house_.reset();
    ::unsetenv("VAGUEMESTRE_CONFIG");
    fs::remove_all(dir_);
  }

  // Exit code; what it prints is in `said`.
  int vaguemestre(const std::string& words, const std::string& typed = "") {
    const fs::path out = dir_ / "out";
    const std::string line = "printf '" + typed + "' | " VAGUEMESTRE_BIN_DIR "/vaguemestre " + words +
                             " --state " + house_->state().string() + " >" + out.string() + " 2>&1";
    const int code = std::system(line.c_str());
    said = text_of(out);
    return code;
  }
  // Drops one letter; what it was sorted by, "" when it never came.
  std::string model_of_letter(int number) {
    const auto config = house_->config();
    house_->drop("lettre-" + std::to_string(number) + ".tif", e2e::short_letter(number));
    std::string model;
    cli::EitherDesk desk(config);
    const auto is_filed = [&] {
      const auto rows = cli::every_case(config);
      for (const auto& row : rows ? *rows : std::vector<letter::CaseRow>{}) {
        const auto file = desk.open(row.ref);
        for (const auto& sorted : file ? file->letters : std::vector<letter::SortedLetter>{})
          if (seen_.insert(letter::text(sorted.read.letter.id)).second) model = sorted.model;
      }
      return !model.empty();
    };
    e2e::eventually(60s, is_filed);
    return model;
  }
  // The sorter reads the choice when it starts.
  void restart_sorter() {
    const pid_t killed = house_->kill_one("classify");
    e2e::eventually(10s, [&] {
      const auto now = house_->daemons("classify");
      return !now.empty() && now.front() != killed;
    });
  }
  std::string queue_of_first() const {
    const auto rows = cli::every_case(house_->config());
    return rows && !rows->empty() ? rows->front().queue : "";
  }

  fs::path dir_ = fs::temp_directory_path() / ("learning-" + std::to_string(::getpid()));
  std::unique_ptr<e2e::RunningHouse> house_;
  std::string said;

 private:
  std::set<std::string> seen_;
};

TEST_F(Learning, WhatDesksDecideIsTaughtComparedSwitchedOnAndBack) {
  const std::string own = classify::Triage(fs::path(VAGUEMESTRE_SOURCE_DIR) / "models/triage").id();
  ASSERT_EQ(model_of_letter(0), own);

  ASSERT_EQ(vaguemestre("desk --queue autre --as desk:tous", "controler\\n9\\nquitter\\n"), 0) << said;
  ASSERT_EQ(queue_of_first(), "autre") << said;
  ASSERT_EQ(vaguemestre("desk --queue autre", "suivant\\nreaffecter frais_sante lunettes\\nquitter\\n"), 0)
      << said;
  ASSERT_EQ(queue_of_first(), "frais_sante") << said;

  const std::string decided = (dir_ / "corrections.jsonl").string();
  ASSERT_EQ(vaguemestre("corrections --out " + decided), 0) << said;
  EXPECT_NE(text_of(decided).find("\"decided_queue\":\"frais_sante\""), std::string::npos)
      << text_of(decided);

  ASSERT_EQ(
      vaguemestre("train triage --with-corrections " + decided + " --corpus " + (dir_ / "corpus").string()),
      0)
      << said;
  const auto candidates = classify::candidates(house_->state());
  ASSERT_EQ(candidates.size(), 1U) << said;
  EXPECT_EQ(vaguemestre("triage compare - " + candidates.front()), 0) << said;
  EXPECT_NE(said.find("entreprise"), std::string::npos) << "no line a queue";

  ASSERT_EQ(vaguemestre("triage switch " + candidates.front()), 0) << said;
  restart_sorter();
  const auto candidate =
      classify::Triage(classify::candidates_dir(house_->state()) / candidates.front()).id();
  EXPECT_NE(candidate, own);
  EXPECT_EQ(model_of_letter(1), candidate);

  ASSERT_EQ(vaguemestre("triage switch -"), 0) << said;
  restart_sorter();
  EXPECT_EQ(model_of_letter(2), own);
}

}  // namespace
