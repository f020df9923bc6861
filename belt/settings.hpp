// The settings as a table: which key goes where, of what kind, within which bounds. Private to the belt.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "belt/config.hpp"
#include "letter/tree.hpp"

namespace belt {

// Linux takes 107 characters for the name of a socket; libzmq needs some of them.
inline constexpr std::size_t longest_ipc_path = 100;

using Slot = std::variant<std::filesystem::path*, std::string*, bool*, std::uint32_t*, std::uint64_t*,
                          double*, std::vector<std::string>*>;

struct Setting {
  std::string_view section, key;
  Slot slot;                                   // into the Config it was made for
  double low = 0, high = 0;                    // numbers: both included
  bool (*fits)(const std::string&) = nullptr;  // texts, and each item of a list
};

std::vector<Setting> settings_of(Config& config);

// The value into its slot. Faults: code "kind" or "range", and what was expected.
letter::Result<void> assign(const Setting& setting, const letter::Tree& value);
// The same from a variable of the environment; lists are separated by commas.
letter::Result<void> assign_text(const Setting& setting, const std::string& text);

}  // namespace belt
