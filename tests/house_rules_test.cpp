// The architecture as a test: who may include whom, how long things may be, what no stage may do.
// CONTRIBUTING.md gives the reason of each rule.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longest_file = 400;
constexpr std::size_t longest_function = 60;

struct Source {
  std::string path;  // relative to the repository
  std::string room;  // its folder: "ocr", "models/workshop"
  std::vector<std::string> lines;
  bool is_main() const { return path.ends_with("main.cpp"); }
};

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Source> sources() {
  const fs::path root = VAGUEMESTRE_SOURCE_DIR;
  std::vector<Source> found;
  for (const char* room : {"letter", "belt", "vault", "page", "ingest", "ocr", "classify", "router", "post",
                           "tsa", "models/workshop", "cli", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      std::ifstream in(entry.path());
      std::stringstream text;
      text << in.rdbuf();
      found.push_back({fs::relative(entry.path(), root).string(), room, split_lines(text.str())});
    }
  }
  return found;
}

// Comments and literals blanked, so that braces and words in them do not count. Lines are kept.
std::string code_only(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  enum { code, line_comment, block_comment, string, character, raw } state = code;
  std::string raw_end;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    auto blank = [&] {
      if (text[i] != '\n') text[i] = ' ';
    };
    switch (state) {
      case code:
        if (c == '/' && next == '/')
          state = line_comment, blank();
        else if (c == '/' && next == '*')
          state = block_comment, blank();
        else if (c == 'R' && next == '"' &&
                 (i == 0 || !std::isalnum(static_cast<unsigned char>(text[i - 1])))) {
          raw_end = ")" + text.substr(i + 2, text.find('(', i) - i - 2) + "\"";
          state = raw, blank();
        } else if (c == '"')
          state = string, blank();
        else if (c == '\'' && (i == 0 || !std::isalnum(static_cast<unsigned char>(text[i - 1]))))
          state = character, blank();
        break;
      case line_comment:
        if (c == '\n')
          state = code;
        else
          blank();
        break;
      case block_comment:
        if (c == '*' && next == '/') {
          blank();
          ++i;
          state = code;
        }
        blank();
        break;
      case string:
      case character:
        if (c == '\\') {
          blank();
          ++i;
        } else if (c == (state == string ? '"' : '\''))
          state = code;
        blank();
        break;
      case raw:
        if (text.compare(i, raw_end.size(), raw_end) == 0) {
          for (std::size_t k = 0; k + 1 < raw_end.size(); ++k, ++i) blank();
          state = code;
        }
        blank();
        break;
    }
  }
  return text;
}

struct Function {
  std::size_t line = 0, length = 0;
};

// Bodies that open in a namespace or class after a parameter list.
std::vector<Function> functions(const std::string& code) {
  struct Scope {
    char kind;
    std::size_t line;
  };  // n = namespace or class, f = function, o = other
  std::vector<Scope> scopes;
  std::vector<Function> found;
  std::string head;
  std::size_t line = 1;
  static const std::regex type_head(R"(\b(namespace|class|struct|union|enum|extern)\b)");
  for (const char c : code) {
    if (c == '\n') ++line;
    if (c == '{') {
      const bool outside =
          std::all_of(scopes.begin(), scopes.end(), [](const Scope& s) { return s.kind == 'n'; });
      const bool has_list = head.find('(') != std::string::npos;
      const char kind = !outside ? 'o' : has_list ? 'f' : std::regex_search(head, type_head) ? 'n' : 'o';
      scopes.push_back({kind, line});
      head.clear();
    } else if (c == '}') {
      if (!scopes.empty()) {
        if (scopes.back().kind == 'f') found.push_back({scopes.back().line, line - scopes.back().line + 1});
        scopes.pop_back();
      }
      head.clear();
    } else if (c == ';') {
      head.clear();
    } else {
      head += c;
    }
  }
  return found;
}

const std::map<std::string, std::set<std::string>>& may_include() {
  static const std::map<std::string, std::set<std::string>> rules{
      {"letter", {"letter"}},
      {"belt", {"belt", "letter"}},
      {"vault", {"vault", "letter"}},
      {"page", {"page", "letter"}},
      {"ingest", {"ingest", "letter", "page", "vault"}},
      {"ocr", {"ocr", "letter", "page", "vault"}},
      {"classify", {"classify", "letter"}},
      {"router", {"router", "letter", "vault"}},
      {"tsa", {"tsa", "letter", "vault"}},
      {"post", {"post", "letter", "models/workshop/canvas.hpp"}},
      {"models/workshop", {"models/workshop", "letter", "page", "ocr/form/form.hpp"}},
  };
  return rules;
}

std::vector<std::string> forbidden_includes(const Source& source) {
  static const std::regex include(R"re(^\s*#include "([^"]+)")re");
  const auto rule = may_include().find(source.room);
  std::vector<std::string> found;
  if (rule == may_include().end()) return found;  // cli and tests see every room
  for (const auto& line : source.lines) {
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    const std::string path = match[1];
    if (path == "letter.pb.h" && source.path.starts_with("letter/wire")) continue;
    const bool allowed = std::any_of(rule->second.begin(), rule->second.end(), [&](const std::string& room) {
      return path == room || path.starts_with(room + "/");
    });
    const bool main_on_the_belt = source.is_main() && path.starts_with("belt/");
    if (!allowed && !main_on_the_belt) found.push_back(source.path + " includes " + path);
  }
  return found;
}

// Which files may see an outside library: where it is spelled, and nowhere else.
const std::map<std::string, std::string>& library_homes() {
  static const std::map<std::string, std::string> homes{
      {"<zmq", "^(tests/)?belt/"},
      {"<sodium", "^(vault|belt)/"},
      {"<openssl/", "^tsa/"},
      {"<SQLiteCpp", "^router/sqlite_|^router/schema|^tests/router/"},
      {"<sqlite3", "^router/sqlite_|^router/schema|^tests/router/"},
      {"<tesseract/", "^ocr/lines/print"},
      {"<nlohmann/", "^letter/tree_json.cpp$"},
      {"<toml++/", "^letter/tree_toml.cpp$"},
      {"<CLI/", "^cli/"},
      {"<ZXing/", "^page/barcode|^tests/"},
      {"<jpeglib", "^page/jpeg.cpp$"},
      {"<zlib", "^page/damage.cpp$"},
      {"<qpdf/", "^(page|ingest|tests)/"},
      {"<google/protobuf", "^letter/wire"},
      {"<unicode/", "^letter/text.cpp$"},
      {"<cairo", "^models/workshop/"},
      {"<pango", "^models/workshop/"},
      {"<qrencode", "^models/workshop/"},
      {"<leptonica/", "^(page|ocr/lines/print|models/workshop|tests)"},
      {"<opencv2/", "^(page|ocr|models/workshop|tests)/"},
      {"<linux/seccomp", "^page/walls.cpp$|^tests/page/"},
      {"<linux/landlock", "^page/walls.cpp$"},
      {"<date/", "^letter/when.cpp$"},
  };
  return homes;
}

TEST(HouseRules, FoldersIncludeOnlyWhatTheyMay) {
  for (const auto& source : sources())
    for (const auto& violation : forbidden_includes(source)) ADD_FAILURE() << violation;
}

TEST(HouseRules, AnIncludeOfAnotherStageIsFound) {
  const Source planted{"ocr/read.cpp", "ocr", {"#include \"classify/sort.hpp\""}};
  EXPECT_EQ(forbidden_includes(planted).size(), 1u);
}

TEST(HouseRules, AStageThatSeesTheBeltIsFound) {
  const Source planted{"ocr/read.cpp", "ocr", {"#include \"belt/socket.hpp\""}};
  EXPECT_EQ(forbidden_includes(planted).size(), 1u);
}

TEST(HouseRules, OutsideLibrariesStayAtHome) {
  for (const auto& source : sources()) {
    for (const auto& [spelling, home] : library_homes()) {
      const bool seen = std::any_of(source.lines.begin(), source.lines.end(), [&](const std::string& line) {
        return line.starts_with("#include " + spelling);
      });
      if (seen && !std::regex_search(source.path, std::regex(home)))
        ADD_FAILURE() << source.path << " sees " << spelling << ">, which lives in " << home;
    }
  }
}

TEST(HouseRules, FilesFitInOnesHead) {
  for (const auto& source : sources()) EXPECT_LE(source.lines.size(), longest_file) << source.path;
}

TEST(HouseRules, FunctionsFitOnAScreen) {
  for (const auto& source : sources())
    for (const auto& function : functions(code_only(source.lines)))
      EXPECT_LE(function.length, longest_function) << source.path << ":" << function.line;
}

TEST(HouseRules, ALongFunctionIsFound) {
  std::string planted = "namespace a {\nint f(int x) {\n";
  for (int i = 0; i < 70; ++i) planted += "  if (x) { x = '{'; } // {\n";
  planted += "}\n}\n";
  const auto found = functions(code_only(split_lines(planted)));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].length, 72u);
}

TEST(HouseRules, NamesSayWhatAThingIs) {
  const std::regex vague(R"((manager|helper|util|common|data|info|process|handle))", std::regex::icase);
  for (const auto& source : sources())
    EXPECT_FALSE(std::regex_search(fs::path(source.path).stem().string(), vague)) << source.path;
}

TEST(HouseRules, OnlyMainsReadAClockOrRollDice) {
  const std::regex clock(
      R"((system_clock|steady_clock)::now|\b(gettimeofday|clock_gettime|random_device)\b|\b(time|rand)\s*\(\s*(NULL|nullptr|0)?\s*\))");
  const std::set<std::string> stages{"letter",   "vault",  "page",   "ocr",
                                     "classify", "router", "ingest", "post"};
  for (const auto& source : sources()) {
    if (!stages.contains(source.room) || source.is_main()) continue;
    const auto lines = split_lines(code_only(source.lines));
    for (std::size_t i = 0; i < lines.size(); ++i)
      EXPECT_FALSE(std::regex_search(lines[i], clock)) << source.path << ":" << i + 1;
  }
}

TEST(HouseRules, NoStageLocks) {
  const std::regex locks(R"(std::(recursive_|shared_)?mutex|std::(scoped_lock|unique_lock|lock_guard))");
  for (const auto& source : sources()) {
    if (source.room == "belt" || source.room == "tests") continue;
    const auto code = code_only(source.lines);
    EXPECT_FALSE(std::regex_search(code, locks)) << source.path;
  }
}

TEST(HouseRules, NoPathOfAMachine) {
  const std::regex machine(
      "/wo"
      "rk/|/ho"
      "me/");
  for (const auto& source : sources())
    for (const auto& line : source.lines)
      EXPECT_FALSE(std::regex_search(line, machine)) << source.path << ": " << line;
}

}  // namespace
