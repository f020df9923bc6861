// `vaguemestre`, the front command. Only here is a clock read.
#include <algorithm>
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "belt/daemon.hpp"
#include "cli/command.hpp"
#include "page/one_thread.hpp"

namespace {

std::string word_after(const std::vector<std::string>& words, const std::string& option) {
  const auto found = std::find(words.begin(), words.end(), option);
  return found == words.end() || found + 1 == words.end() ? "" : *(found + 1);
}

// Needed before the words are understood, because what is wrong with them is said in it.
std::string language(const std::vector<std::string>& words) {
  const std::string asked = word_after(words, "--lang");
  if (asked == "fr" || asked == "en") return asked;
  const auto config = belt::load_config(word_after(words, "--config"));
  return config ? config->lang : "fr";
}

int front(const std::vector<std::string>& words, cli::Front& front) {
  const auto parsed = cli::parse(words, cli::commands());
  if (!parsed) return cli::fail(front, belt::exit_usage, parsed.error());
  if (parsed->help || parsed->command == nullptr) {
    const auto text =
        parsed->command ? cli::help(*parsed->command, front.lang) : cli::help(cli::commands(), front.lang);
    (parsed->help ? front.out : front.err) << text;
    return parsed->help ? belt::exit_ok : belt::exit_usage;
  }
  return parsed->command->go(parsed->arguments, front);
}

}  // namespace

int main(int argc, char** argv) {
  page::begin_again_with_one_thread(argv);
  std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto bin_dir = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  cli::Front world{language(words), std::cout, std::cerr, belt::now_utc, bin_dir};
  try {
    const int code = front(words, world);
    std::cout.flush();
    if (!std::cout && code == belt::exit_ok) return belt::exit_file_access;
    return code;
  } catch (const letter::BrokenWorld& broken) {
    return cli::fail(world, belt::exit_broken, {"broken", broken.what(), broken.what()});
  } catch (const std::exception&) {
    return cli::fail(world, belt::exit_broken,
                     {"broken.unexpected", "Panne imprévue.", "Unexpected breakage."});
  }
}
