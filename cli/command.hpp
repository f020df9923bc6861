// A command as data: its words, its options, its help, and what it does. One table of these is all that
// the parser and the help know.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "belt/config.hpp"
#include "cli/front.hpp"
#include "letter/result.hpp"

namespace cli {

enum class Kind { flag, text, path, whole, decimal, day, post_box, queue };

struct Option {
  std::string name;  // "--box"; without dashes ("FILE") it is known by its place
  Kind kind = Kind::text;
  std::string shows;  // what the help shows for its value: "DIR"
  std::string fr, en;
  bool required = false, many = false;
};

// What was typed, checked against the kinds of its options.
class Arguments {
 public:
  using Values = std::map<std::string, std::vector<std::string>>;
  Arguments() = default;
  explicit Arguments(Values values) : values_(std::move(values)) {}
  bool has(const std::string& name) const;
  std::string text(const std::string& name, const std::string& otherwise = "") const;
  std::vector<std::string> texts(const std::string& name) const;
  std::uint64_t whole(const std::string& name, std::uint64_t otherwise) const;
  double decimal(const std::string& name, double otherwise) const;
  std::optional<letter::Day> day(const std::string& name) const;

 private:
  Values values_;
};

struct Command {
  std::string name;
  std::string fr, en;  // one line
  std::string example;
  std::vector<Option> options;
  int (*go)(const Arguments&, Front&) = nullptr;
};

const std::vector<Command>& commands();

// Options that several commands share.
Option config_option();
Option insecure_option();  // as the setting `insecure`
Option state_option();
Option json_option();
Option out_option();  // --out FILE

// The settings a command works under: --config, VAGUEMESTRE_*, then --state.
letter::Result<belt::Config> settings(const Arguments& arguments);

// A result where --out wants it, else on standard output; gives the exit code.
int put_out(const Arguments& arguments, Front& front, const std::string& text);

struct Parsed {
  const Command* command = nullptr;  // null: no command was named
  bool help = false;
  Arguments arguments;
};
// `words` without the program's name. Faults "usage.*".
letter::Result<Parsed> parse(const std::vector<std::string>& words, const std::vector<Command>& known);

std::string help(const std::vector<Command>& known, const std::string& lang);
std::string help(const Command& command, const std::string& lang);

}  // namespace cli
