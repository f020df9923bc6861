#include "belt/config.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "belt/disk.hpp"
#include "belt/settings.hpp"
#include "letter/tree.hpp"
#include "letter/when.hpp"

namespace belt {
namespace {

namespace fs = std::filesystem;
using letter::Reason;
using letter::Result;

constexpr const char* usual_file = "/etc/vaguemestre/vaguemestre.toml";
constexpr std::array<const char*, 6> socket_names{"station", "handout", "read", "sorted", "filed", "desk"};

std::string variable(const char* name) {
  const char* text = std::getenv(name);
  return text ? text : "";
}

std::string name_of(const Setting& setting) {
  return setting.section.empty() ? std::string(setting.key)
                                 : std::string(setting.section) + "." + std::string(setting.key);
}

std::string variable_of(const Setting& setting) {
  std::string name = "VAGUEMESTRE_" + name_of(setting);
  for (char& c : name) c = c == '.' ? '_' : (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

// The line on which a key of a section stands; the section's own line or 1 where it is spelled unusually.
std::size_t line_of(const std::string& text, std::string_view section, std::string_view key) {
  std::size_t number = 0, section_line = 1;
  std::string current;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    std::string_view line(text.data() + at, end - at);
    at = end + 1;
    ++number;
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with('[')) {
      current = line.substr(1, line.find_first_of("]#") - 1);
      if (current == section) section_line = number;
    }
    const auto word = line.substr(0, line.find_first_of(" \t="));
    if (current == section && word == key) return number;
    if (section.empty() && current == key && line.starts_with('[')) return number;  // an unknown section
  }
  return section_line;
}

Reason wrong(const std::string& code, const std::string& where, const std::string& fr,
             const std::string& en) {
  return {"config." + code, where + " : " + fr + ".", where + ": " + en + "."};
}

// Every key of the tree into its setting; the first key that is unknown or wrong is the fault.
Result<void> apply_file(const fs::path& file, std::vector<Setting>& settings) {
  const auto text = read_file(file);
  if (!text)
    return tl::unexpected(
        wrong("missing", file.string(), "ce fichier ne peut être lu", "this file cannot be read"));
  const auto tree = letter::parse_toml(*text, file.string());
  if (!tree) return tl::unexpected(Reason{"config.syntax", tree.error().fr, tree.error().en});
  auto one = [&](std::string_view section, const std::string& key,
                 const letter::Tree& value) -> Result<void> {
    const std::string where = file.string() + ":" + std::to_string(line_of(*text, section, key)) + " " +
                              (section.empty() ? key : std::string(section) + "." + key);
    const auto setting = std::ranges::find_if(
        settings, [&](const Setting& s) { return s.section == section && s.key == key; });
    if (setting == settings.end())
      return tl::unexpected(wrong("unknown_key", where, "clé inconnue", "unknown key"));
    if (const auto done = assign(*setting, value); !done)
      return tl::unexpected(wrong(done.error().code, where, done.error().fr, done.error().en));
    return {};
  };
  const auto is_section = [&](const std::string& name) {
    return std::ranges::any_of(settings, [&](const Setting& s) { return s.section == name; });
  };
  for (const auto& [key, value] : tree->fields()) {
    if (!value.is_object() || !is_section(key)) {
      if (const auto done = one("", key, value); !done) return done;
      continue;
    }
    for (const auto& [inner, inner_value] : value.fields())
      if (const auto done = one(key, inner, inner_value); !done) return done;
  }
  return {};
}

Result<void> apply_environment(std::vector<Setting>& settings) {
  for (auto& setting : settings) {
    const std::string name = variable_of(setting);
    const char* text = std::getenv(name.c_str());
    if (text == nullptr) continue;
    if (const auto done = assign_text(setting, text); !done)
      return tl::unexpected(wrong(done.error().code, name, done.error().fr, done.error().en));
  }
  return {};
}

// What no single key can be wrong about.
Result<void> check_together(const Config& config) {
  const auto& limits = config.limits;
  if (limits.silence_ms < 3 * limits.beat_ms)
    return tl::unexpected(wrong("range", "limits.silence_ms",
                                "doit valoir au moins trois fois limits.beat_ms",
                                "must be at least three times limits.beat_ms"));
  if (limits.lease_ms < limits.silence_ms)
    return tl::unexpected(wrong("range", "limits.lease_ms", "doit être au moins limits.silence_ms",
                                "must be at least limits.silence_ms"));
  if (config.tsa != "none" && config.tsa_ca.empty())
    return tl::unexpected(wrong("missing", "tsa_ca", "manque : sans lui aucun jeton ne peut être vérifié",
                                "is missing: without it no token can be checked"));
  return {};
}

fs::path chosen_file(const fs::path& file) {
  if (!file.empty()) return file;
  if (const auto named = variable("VAGUEMESTRE_CONFIG"); !named.empty()) return named;
  std::error_code unreadable;
  return fs::exists(usual_file, unreadable) ? fs::path(usual_file) : fs::path();
}

std::uint64_t fingerprint(std::string_view text) {  // FNV-1a: a name, not a secret
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return sum;
}

}  // namespace

fs::path default_ipc_dir(const fs::path& state_dir) {
  std::size_t longest = 0;
  for (const char* name : socket_names) longest = std::max(longest, std::string_view(name).size());
  const fs::path beside = fs::absolute(state_dir).lexically_normal() / "ipc";
  if (beside.string().size() + 1 + longest <= longest_ipc_path) return beside;
  char tail[32];
  std::snprintf(tail, sizeof tail, "%016llx", static_cast<unsigned long long>(fingerprint(beside.string())));
  return "/tmp/vaguemestre-" + std::to_string(::geteuid()) + "-" + tail;
}

Result<Config> load_config(const fs::path& file, const fs::path& state_dir) {
  Config config;
  auto settings = settings_of(config);
  if (const auto chosen = chosen_file(file); !chosen.empty())
    if (const auto done = apply_file(chosen, settings); !done) return tl::unexpected(done.error());
  if (const auto done = apply_environment(settings); !done) return tl::unexpected(done.error());
  if (const auto done = check_together(config); !done) return tl::unexpected(done.error());
  if (!state_dir.empty()) config.state_dir = state_dir;
  if (config.models_dir.empty()) config.models_dir = variable("VAGUEMESTRE_MODELS");
  if (config.models_dir.empty()) config.models_dir = VAGUEMESTRE_MODELS_DIR;
  if (config.handover_dir.empty()) config.handover_dir = config.state_dir / "handover";
  if (config.medical_key.empty()) {
    const auto state = std::filesystem::absolute(config.state_dir / "x").lexically_normal().parent_path();
    config.medical_key = state.parent_path() / (state.filename().string() + ".medical.key");
  }
  if (config.heads_dir.empty()) config.heads_dir = config.state_dir / "heads";
  if (config.letters_dir.empty()) config.letters_dir = config.models_dir / "letters";
  if (config.ipc_dir.empty()) config.ipc_dir = default_ipc_dir(config.state_dir);
  return config;
}

std::vector<std::string> config_keys() {
  Config config;
  std::vector<std::string> keys;
  for (const auto& setting : settings_of(config)) keys.push_back(name_of(setting));
  return keys;
}

std::string endpoint(const Config& config, const std::string& socket_name) {
  const auto& e = config.endpoints;
  const std::array<const std::string*, socket_names.size()> configured{&e.station, &e.handout, &e.read,
                                                                       &e.sorted,  &e.filed,   &e.desk};
  const auto found = std::ranges::find(socket_names, socket_name);
  ENSURE(found != socket_names.end());
  const auto& given = *configured[static_cast<std::size_t>(found - socket_names.begin())];
  return given.empty() ? "ipc://" + (fs::absolute(config.ipc_dir) / socket_name).string() : given;
}

}  // namespace belt
