// A whole running house, and a letter that turns out to be medical: afterwards no file of the house or of its
// station holds a word or a byte of it, and the mail room's key opens nothing of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "cli/registry.hpp"
#include "tests/e2e/house_books.hpp"
#include "tests/e2e/short_letters.hpp"
#include "vault/directory_vault.hpp"

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::size_t long_word = 8;  // letters: too long to stand somewhere by chance

std::vector<std::string> files_with(const fs::path& folder, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::stringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    if (text.str().find(bytes) != std::string::npos) found.push_back(entry.path().string());
  }
  return found;
}

std::vector<std::string> long_words(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream all(text);
  for (std::string word; all >> word;)
    if (word.size() >= long_word && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; }))
      words.push_back(word);
  return words;
}

letter::Answer ask(cli::DeskLine& line, const std::string& verb, const std::string& ref,
                   std::uint64_t fencing = 0, std::map<std::string, std::string> args = {},
                   const std::string& queue = "") {
  letter::Errand errand;
  errand.verb = verb;
  errand.ref = ref;
  errand.queue = queue;
  errand.fencing = fencing;
  errand.args = std::move(args);
  auto answer = cli::granted(line.ask(errand));
  EXPECT_TRUE(answer) << verb << " " << (answer ? "" : answer.error().code);
  return answer ? *answer : letter::Answer{};
}

TEST(Secrecy, OfALetterThatTurnsOutToBeMedicalNothingStaysReadableInTheWholeHouse) {
  e2e::RunningHouse house(1);
  const std::string scan = e2e::short_letter(6);
  house.drop("lettre.tif", scan);
  const auto config = house.config();
  std::vector<letter::CaseRow> rows;
  ASSERT_TRUE(e2e::eventually(60s, [&] {
    const auto all = cli::every_case(config);
    if (all) rows = *all;
    return rows.size() == 1;
  })) << house.log_of("run");
  const std::string ref = rows[0].ref;

  auto desk = cli::DeskLine::to_router(config, "desk:tous");
  ASSERT_TRUE(desk);
  const auto opened = ask(**desk, "open", ref);
  ASSERT_TRUE(opened.file);
  const letter::Letter mail = opened.file->letters.at(0).read.letter;
  const auto words = long_words(opened.file->letters.at(0).read.text.reveal());
  ASSERT_FALSE(words.empty());
  const std::string piece = scan.substr(scan.size() / 2, 48);
  const fs::path place = house.state().parent_path();
  EXPECT_FALSE(files_with(place / "state", words[0]).empty()) << "an ordinary letter stands in the register";
  EXPECT_TRUE(e2e::eventually(10s, [&] { return files_with(place, piece).empty(); }))
      << "a received scan lies about in the clear";

  const auto claimed = ask(**desk, "claim", ref);
  ask(**desk, "reroute", ref, claimed.fencing, {{"reason", "certificat medical"}}, "dossiers_medicaux");
  for (const std::string& word : words)
    EXPECT_EQ(files_with(place, word), std::vector<std::string>{}) << word;
  EXPECT_EQ(files_with(place, piece), std::vector<std::string>{});
  EXPECT_EQ(files_with(place, "certificat medical"), std::vector<std::string>{});
  const vault::DirectoryVault mail_room(house.state() / "vault",
                                        vault::load_mailroom_key(house.state() / "keys").value());
  EXPECT_EQ(mail_room.get(mail, 0).error().code, "vault.no_key");

  auto doctor = cli::DeskLine::to_router(config, "medical_desk:dossiers_medicaux");
  ASSERT_TRUE(doctor);
  const auto seen = ask(**doctor, "open", ref);
  ASSERT_TRUE(seen.file);
  EXPECT_EQ(seen.file->letters.at(0).read.text, opened.file->letters.at(0).read.text);
  EXPECT_EQ(house.stop(), 0);
}

}  // namespace
