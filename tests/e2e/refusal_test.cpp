// On a kernel that cannot wall in strangers' files, nothing starts that would touch them.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "tests/page/behind_walls.hpp"

namespace {

std::string empty_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "vaguemestre-refusal-XXXXXX").string();
  return ::mkdtemp(name.data());
}

// A program's exit code there, with `--state` an empty folder.
int started(const std::string& program, std::vector<std::string> words) {
  const std::string path = std::string(VAGUEMESTRE_BIN_DIR) + "/" + program, state = empty_folder();
  words.insert(words.begin(), path);
  words.insert(words.end(), {"--state", state});
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int code = behind_walls::exit_code_without_landlock([&] {
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int fd : {0, 1, 2}) ::dup2(nothing, fd);
    ::execv(path.c_str(), argv.data());
  });
  std::filesystem::remove_all(state);
  return code;
}

class Refusal : public testing::Test {
 protected:
  void SetUp() override {
    if (page::missing_walls()) GTEST_SKIP() << "this kernel has none to take away";
  }
};

TEST_F(Refusal, TheReaderDoesNotStartWithoutWalls) { EXPECT_EQ(started("vaguemestre-ocr", {}), 78); }

TEST_F(Refusal, TheReaderStartsWithoutWallsWhenTold) {
  EXPECT_EQ(started("vaguemestre-ocr", {"--insecure"}), 6);  // it goes on to look for its keys
}

TEST_F(Refusal, TheHouseDoesNotRunWithoutWalls) { EXPECT_EQ(started("vaguemestre", {"run"}), 3); }

}  // namespace
