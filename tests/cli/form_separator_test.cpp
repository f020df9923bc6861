// `vaguemestre form separator`: what it prints is a separator to whoever scans it.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "belt/daemon.hpp"
#include "page/decode.hpp"
#include "page/separator.hpp"

namespace {

namespace fs = std::filesystem;

class FormSeparator : public testing::Test {
 protected:
  FormSeparator() {
    std::string pattern = (fs::temp_directory_path() / "separator-XXXXXX").string();
    dir = ::mkdtemp(pattern.data());
  }
  ~FormSeparator() override { fs::remove_all(dir); }

  int print(const std::string& words, const std::string& name = "s.pdf") const {
    const std::string line = "'" VAGUEMESTRE_BIN_DIR "/vaguemestre' form separator " + words + " --out '" +
                             (dir / name).string() + "' 2>/dev/null";
    return WEXITSTATUS(std::system(line.c_str()));
  }
  page::SheetMarks page_marks(std::uint32_t index) const {
    std::ifstream file(dir / "s.pdf", std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    const auto sheet = page::decode(bytes.str(), index);
    return sheet ? page::sheet_marks(sheet->raster) : page::SheetMarks{};
  }
  fs::path dir;
};

TEST_F(FormSeparator, ABatchHeaderSaysAllThatWasAsked) {
  ASSERT_EQ(print("--type BATCH --box 'TSA 20202' --date 2026-11-23 --count 40"), belt::exit_ok);
  const page::SheetMarks marks = page_marks(0);
  EXPECT_TRUE(page::is_separator(marks));
  EXPECT_EQ(marks.separator, (page::Separator{page::SeparatorType::batch, letter::PostBox::tsa_20202, "0001",
                                              letter::parse_day("2026-11-23"), 40}));
}

TEST_F(FormSeparator, CopiesAreNumberedOn) {
  ASSERT_EQ(print("--type doc --copies 2 --seq 0041"), belt::exit_ok);
  EXPECT_EQ(page_marks(1).separator, (page::Separator{page::SeparatorType::doc, {}, "0042", {}, {}}));
}

TEST_F(FormSeparator, ACountOnASheetOfALetterIsAWrongUse) {
  EXPECT_EQ(print("--type DOC --count 40"), belt::exit_usage);
}

TEST_F(FormSeparator, AnUnknownTypeIsAWrongUse) { EXPECT_EQ(print("--type BOX"), belt::exit_usage); }

TEST_F(FormSeparator, OnlyPdfIsPrinted) { EXPECT_EQ(print("--type DOC", "s.png"), belt::exit_usage); }

}  // namespace
