#include <charconv>

#include "belt/daemon.hpp"
#include "cli/command.hpp"
#include "cli/files.hpp"

namespace cli {

bool Arguments::has(const std::string& name) const { return values_.contains(name); }

std::string Arguments::text(const std::string& name, const std::string& otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? otherwise : found->second.back();
}

std::vector<std::string> Arguments::texts(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::uint64_t Arguments::whole(const std::string& name, std::uint64_t otherwise) const {
  const std::string said = text(name);
  std::uint64_t n = otherwise;
  std::from_chars(said.data(), said.data() + said.size(), n);
  return n;
}

double Arguments::decimal(const std::string& name, double otherwise) const {
  const std::string said = text(name);
  double n = otherwise;
  std::from_chars(said.data(), said.data() + said.size(), n);
  return n;
}

std::optional<letter::Day> Arguments::day(const std::string& name) const {
  return letter::parse_day(text(name));
}

Option insecure_option() {
  return {"--insecure", Kind::flag, "", "même si le noyau ne peut isoler les fichiers d'inconnus",
          "even where the kernel cannot wall in strangers' files"};
}

Option config_option() {
  return {"--config", Kind::path, "FICHIER",
          "réglages TOML (défaut : VAGUEMESTRE_CONFIG, puis /etc/vaguemestre)",
          "settings in TOML (default: VAGUEMESTRE_CONFIG, then /etc/vaguemestre)"};
}

Option state_option() {
  return {"--state", Kind::path, "DOSSIER", "dossier d'état : clés, coffre, registre, journaux",
          "state folder: keys, vault, register, logs"};
}

Option out_option() {
  return {"--out", Kind::path, "FICHIER", "fichier à écrire (défaut : la sortie)",
          "file to write (default: standard output)"};
}

int put_out(const Arguments& arguments, Front& front, const std::string& text) {
  if (!arguments.has("--out")) {
    front.out << text;
    return belt::exit_ok;
  }
  const auto saved = save_file(arguments.text("--out"), text);
  return saved ? belt::exit_ok : fail(front, belt::exit_file_access, saved.error());
}

Option json_option() {
  return {"--json", Kind::flag, "", "le résultat en JSON, pour un programme",
          "the result as JSON, for a program"};
}

letter::Result<belt::Config> settings(const Arguments& arguments) {
  std::filesystem::path state;
  if (arguments.has("--state"))
    state = std::filesystem::absolute(arguments.text("--state")).lexically_normal();
  auto config = belt::load_config(arguments.text("--config"), state);
  if (config && arguments.has("--insecure")) config->insecure = true;
  return config;
}

}  // namespace cli
