// The real executable, as a shell script meets it.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "belt/daemon.hpp"
#include "letter/tree.hpp"

namespace {

namespace fs = std::filesystem;

struct Ran {
  int code = -1;
  std::string out;
};

// `words` go through a shell; with `2>&1` in them stderr is told too.
Ran vaguemestre(const std::string& words) {
  Ran ran;
  FILE* pipe = ::popen(("'" VAGUEMESTRE_BIN_DIR "/vaguemestre' " + words).c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    ran.out.append(buffer.data(), n);
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) ran.code = WEXITSTATUS(status);
  return ran;
}

class FrontCommand : public testing::Test {
 protected:
  FrontCommand() {
    std::string pattern = (fs::temp_directory_path() / "front-XXXXXX").string();
    dir = ::mkdtemp(pattern.data());
  }
  ~FrontCommand() override { fs::remove_all(dir); }
  fs::path dir;
};

TEST_F(FrontCommand, DoneIsZero) { EXPECT_EQ(vaguemestre("version").code, belt::exit_ok); }

TEST_F(FrontCommand, HelpIsZeroAndOnStdout) {
  const auto ran = vaguemestre("clock --help 2>/dev/null");
  EXPECT_EQ(ran.code, belt::exit_ok);
  EXPECT_NE(ran.out.find("Exemple :"), std::string::npos);
}

TEST_F(FrontCommand, NoCommandIsAWrongUse) { EXPECT_EQ(vaguemestre("2>/dev/null").code, belt::exit_usage); }

TEST_F(FrontCommand, AnUnknownOptionIsAWrongUse) {
  EXPECT_EQ(vaguemestre("clock --nope 2>/dev/null").code, belt::exit_usage);
}

TEST_F(FrontCommand, ErrorsGoToStderrWithTheirCode) {
  EXPECT_EQ(vaguemestre("fly 2>/dev/null").out, "");
  EXPECT_NE(vaguemestre("fly 2>&1").out.find("[usage.command]"), std::string::npos);
}

TEST_F(FrontCommand, SpeaksEnglishWhenAsked) {
  EXPECT_NE(vaguemestre("fly --lang en 2>&1").out.find("Unknown command"), std::string::npos);
}

TEST_F(FrontCommand, SpeaksEnglishWhenTheSettingsSaySo) {
  std::ofstream(dir / "c.toml") << "lang = \"en\"\n";
  EXPECT_NE(
      vaguemestre("clock --sent 2026-11-23 --config " + (dir / "c.toml").string()).out.find("Answer due on"),
      std::string::npos);
}

TEST_F(FrontCommand, WrongSettingsAreNine) {
  std::ofstream(dir / "c.toml") << "colour = \"blue\"\n";
  EXPECT_EQ(vaguemestre("check-config --config " + (dir / "c.toml").string() + " 2>/dev/null").code,
            belt::exit_config);
}

TEST_F(FrontCommand, AStateFolderWithoutKeysIsThree) {
  EXPECT_EQ(vaguemestre("status --state " + dir.string() + " 2>/dev/null").code, belt::exit_missing);
}

TEST_F(FrontCommand, AFalseReferenceIsABadInput) {
  EXPECT_EQ(vaguemestre("case 2026-0000001-00 --state " + dir.string() + " 2>/dev/null").code,
            belt::exit_bad_input);
}

TEST_F(FrontCommand, AnAbsentScanIsFive) {
  EXPECT_EQ(vaguemestre("read " + (dir / "none.tif").string() + " 2>/dev/null").code, belt::exit_file_access);
}

TEST_F(FrontCommand, AScanThatIsNoneIsABadInputWithItsReasonInTheJson) {
  std::ofstream(dir / "a.tif") << "this is no scan";
  const auto ran = vaguemestre("read --json " + (dir / "a.tif").string() + " 2>/dev/null");
  EXPECT_EQ(ran.code, belt::exit_bad_input);
  const auto tree = letter::parse_json(ran.out);
  ASSERT_TRUE(tree.has_value()) << ran.out;
  EXPECT_TRUE(letter::value(*tree, "pages").is_list());
  EXPECT_EQ(letter::value(*tree, "reasons").items().size(), 1u);
}

TEST_F(FrontCommand, TheDeployedSettingsAreRight) {
  const auto ran =
      vaguemestre("check-config --config " VAGUEMESTRE_SOURCE_DIR "/deploy/vaguemestre.toml 2>&1");
  EXPECT_EQ(ran.code, belt::exit_ok) << ran.out;
}

TEST_F(FrontCommand, WhatCheckConfigPrintsIsSettingsAgain) {
  const auto first = vaguemestre("check-config --state " + dir.string());
  std::ofstream(dir / "c.toml") << first.out;
  EXPECT_EQ(vaguemestre("check-config --config " + (dir / "c.toml").string()).out, first.out);
}

TEST_F(FrontCommand, TheBlankFormPrintsAsPdf) {
  EXPECT_EQ(vaguemestre("form blank reclamation --out " + (dir / "f.pdf").string()).code, belt::exit_ok);
  std::ifstream file(dir / "f.pdf");
  std::string start(5, '\0');
  file.read(start.data(), 5);
  EXPECT_EQ(start, "%PDF-");
}

TEST_F(FrontCommand, ThePageOfAPrintedFormIsSeenStraight) {
  vaguemestre("form blank reclamation --dpi 150 --out " + (dir / "f.png").string());
  const auto tree = letter::parse_json(vaguemestre("page --json " + (dir / "f.png").string()).out);
  ASSERT_TRUE(tree.has_value());
  const auto& pages = letter::value(*tree, "pages").items();
  ASSERT_EQ(pages.size(), 1u);
  EXPECT_EQ(letter::value(pages[0], "turn_deg").integer_or(-1), 0);
  EXPECT_NEAR(letter::value(pages[0], "dpi").number_or(0), 150, 1);
}

TEST_F(FrontCommand, APdfIsReadWithItsForm) {
  vaguemestre("form blank reclamation --out " + (dir / "f.pdf").string());
  const auto ran = vaguemestre("read --json " + (dir / "f.pdf").string());
  EXPECT_EQ(ran.code, belt::exit_ok);
  const auto tree = letter::parse_json(ran.out);
  ASSERT_TRUE(tree.has_value());
  EXPECT_EQ(letter::value(*tree, "form").text_or(""), "reclamation");
}

}  // namespace
