// `vaguemestre handovers`: the folders themselves are the list.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "belt/daemon.hpp"
#include "tests/cli/stage.hpp"
#include "tests/router/temp_folder.hpp"

namespace {

namespace fs = std::filesystem;

struct HandOverList : testing::Test {
  made::TempFolder state;
  Stage stage;
  const std::string ref = letter::text(letter::CaseRef{2026, 1});

  void hand_over(bool with_page) const {
    const fs::path folder = state.path() / "handover" / ref;
    fs::create_directories(folder);
    std::ofstream(folder / "handover.json")
        << R"({"case": ")" << ref
        << R"(", "handed_over_at": "2026-11-23T09:00:00.000Z", "by": "desk:tous", "service": "frais_sante",)"
        << R"( "letters": [{"id": "LYON1-0000001", "files": [{"file": "LYON1-0000001-1.tif"}]}]})";
    if (with_page) std::ofstream(folder / "LYON1-0000001-1.tif") << "page";
  }
  int list() { return stage.run({"handovers", "--state", state.path().string(), "--json"}); }
};

TEST_F(HandOverList, ShowsWhatLeft) {
  hand_over(true);
  ASSERT_EQ(list(), belt::exit_ok);
  EXPECT_NE(stage.out.str().find(ref), std::string::npos);
  EXPECT_NE(stage.out.str().find("\"whole\":true"), std::string::npos);
}

TEST_F(HandOverList, SaysWhenAPageIsMissing) {
  hand_over(false);
  list();
  EXPECT_NE(stage.out.str().find("\"whole\":false"), std::string::npos);
}

TEST_F(HandOverList, LeavesOutWhatIsNotFinished) {
  fs::create_directories(state.path() / "handover" / ("." + ref + ".part"));
  ASSERT_EQ(list(), belt::exit_ok);
  EXPECT_EQ(stage.out.str(), "[]\n");
}

TEST_F(HandOverList, WithoutItsFolderIsAnError) { EXPECT_EQ(list(), belt::exit_file_access); }

}  // namespace
