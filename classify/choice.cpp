#include "classify/choice.hpp"

#include <algorithm>
#include <fstream>

#include "classify/sort.hpp"

namespace classify {
namespace {

std::filesystem::path choice_file(const std::filesystem::path& state_dir) {
  return candidates_dir(state_dir) / "chosen";
}

// A name is a folder in candidates_dir and nothing else.
bool is_name(const std::string& name) {
  return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace

std::filesystem::path candidates_dir(const std::filesystem::path& state_dir) { return state_dir / "triage"; }

std::string chosen_name(const std::filesystem::path& state_dir) {
  std::ifstream in(choice_file(state_dir));
  std::string name;
  std::getline(in, name);
  return name;
}

std::filesystem::path chosen_model(const std::filesystem::path& models_dir,
                                   const std::filesystem::path& state_dir) {
  const std::string name = chosen_name(state_dir);
  if (name.empty()) return models_dir / "triage";
  const auto dir = candidates_dir(state_dir) / name;
  if (!is_name(name) || !std::filesystem::is_directory(dir))
    throw letter::BrokenWorld("the chosen triage model is gone: " + dir.string());
  return dir;
}

std::vector<std::string> candidates(const std::filesystem::path& state_dir) {
  std::error_code error;
  std::vector<std::string> names;
  for (std::filesystem::directory_iterator it(candidates_dir(state_dir), error), end; !error && it != end;
       it.increment(error)) {
    if (std::filesystem::exists(it->path() / "words.model")) names.push_back(it->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

letter::Result<void> choose(const std::filesystem::path& state_dir, const std::string& name) {
  const auto dir = candidates_dir(state_dir);
  if (!name.empty()) {
    if (!is_name(name) || !std::filesystem::is_directory(dir / name))
      return letter::fault("triage.unknown", "Il n'y a pas de modèle candidat de ce nom.",
                           "There is no candidate model of that name.");
    try {
      const Triage loaded(dir / name);
    } catch (const letter::BrokenWorld& broken) {
      return letter::fault("triage.damaged", "Ce modèle candidat ne se charge pas.",
                           "This candidate model cannot be loaded.");
    }
  }
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  const auto part = dir / "chosen.part";
  std::ofstream out(part, std::ios::trunc);
  out << name << "\n";
  out.close();
  if (out) std::filesystem::rename(part, choice_file(state_dir), error);
  if (!out || error)
    return letter::fault("triage.write", "Le choix du modèle n'a pas pu être écrit.",
                         "The choice of the model could not be written.");
  return {};
}

}  // namespace classify
