#include <gtest/gtest.h>

#include "cli/command.hpp"
#include "cli/table.hpp"

namespace {

TEST(Help, EveryCommandShowsAnExampleInBothLanguages) {
  for (const auto& command : cli::commands()) {
    EXPECT_NE(cli::help(command, "fr").find("Exemple :\n  vaguemestre " + command.name), std::string::npos)
        << command.name;
    EXPECT_NE(cli::help(command, "en").find("Example:\n  vaguemestre " + command.name), std::string::npos)
        << command.name;
  }
}

TEST(Help, EveryExampleIsUnderstood) {
  for (const auto& command : cli::commands()) {
    std::vector<std::string> words;
    std::string word;
    bool quoted = false;
    for (const char c : command.example + " ") {
      if (c == '"')
        quoted = !quoted;
      else if (c != ' ' || quoted)
        word += c;
      else
        words.push_back(std::exchange(word, ""));
    }
    words.erase(words.begin());
    const auto parsed = cli::parse(words, cli::commands());
    EXPECT_TRUE(parsed.has_value()) << command.example << ": " << (parsed ? "" : parsed.error().fr);
  }
}

TEST(Help, EveryOptionIsTranslated) {
  for (const auto& command : cli::commands()) {
    EXPECT_FALSE(command.fr.empty() || command.en.empty()) << command.name;
    for (const auto& option : command.options)
      EXPECT_FALSE(option.fr.empty() || option.en.empty() || option.fr == option.en)
          << command.name << option.name;
  }
}

TEST(Help, EnglishHelpHasEnglishPlaceholders) {
  for (const auto& command : cli::commands()) {
    const auto text = cli::help(command, "en");
    for (const char* french : {"FICHIER", "DOSSIER", "BANNETTE", "BOITE", "AAAA", "IDENTITE", " NOM "})
      EXPECT_EQ(text.find(french), std::string::npos) << command.name << ": " << french;
  }
}

TEST(Help, TheListNamesEveryCommand) {
  for (const auto& command : cli::commands())
    EXPECT_NE(cli::help(cli::commands(), "fr").find("\n  " + command.name + " "), std::string::npos)
        << command.name;
}

TEST(Help, SaysTheExitCodes) {
  EXPECT_NE(cli::help(cli::commands(), "en").find("4 no answer"), std::string::npos);
}

}  // namespace
