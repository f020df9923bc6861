// The postcodes of France and their towns (models/towns). A postcode that is not among them may be a CEDEX:
// a list for doubt and for help, never for refusal.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ocr {

class Towns {
 public:
  // models_dir/towns/towns.txt. BrokenWorld when it is missing or damaged.
  explicit Towns(const std::filesystem::path& models_dir);
  // Capitals without accents, the largest town first; empty for a code that no town has.
  const std::vector<std::string>& at(std::string_view postcode) const;
  // Every name as people write it into cells of its own length, with hyphens or with spaces; each once.
  const std::vector<std::string>& of_length(std::size_t letters) const;

  // Every such name, by length.
  const std::vector<std::vector<std::string>>& all() const { return by_length_; }

 private:
  std::unordered_map<std::string, std::vector<std::string>> by_code_;
  std::vector<std::vector<std::string>> by_length_;
};

// The ways in which people write a town into `cells` cells: SAINT or ST, hyphens or spaces, its end cut off.
std::vector<std::string> spellings(const std::string& town, std::size_t cells);

}  // namespace ocr
