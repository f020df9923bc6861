// The folders a scanner and its operator see: the hot folder with work/, done/YYYY-MM-DD/ and failed/.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "letter/letter.hpp"
#include "vault/disk.hpp"

namespace ingest {

class Tray {
 public:
  // Makes the three folders, as readable as the hot folder itself. BrokenWorld: no such folder.
  Tray(std::filesystem::path hot, std::shared_ptr<vault::Disk> disk);

  // A file of a stranger, read without following links. nullopt: it is gone.
  // Faults: station.unreadable (no right to, no plain file), sheets.too_large.
  static std::optional<letter::Result<std::string>> read(const std::filesystem::path& file);

  std::filesystem::path hot(const std::string& name) const { return hot_ / name; }
  std::filesystem::path work(const std::string& name) const { return hot_ / "work" / name; }
  std::vector<std::string> at_work() const;

  // None of these replaces a file; a name that is taken becomes "name-2.tif", "name-3.tif", ...
  vault::Move claim(const std::string& name, const std::string& work_name);
  void give_back(const std::string& work_name, const std::string& name);
  void to_done(const std::string& work_name, const std::string& name, letter::Day day);
  void to_failed(const std::string& work_name, const std::string& name, const std::string& why);

  void keep(const std::string& work_name, const std::string& bytes);
  void remove(const std::string& work_name);

 private:
  void put(const std::string& work_name, const std::filesystem::path& dir, const std::string& name);

  std::filesystem::path hot_;
  std::shared_ptr<vault::Disk> disk_;
  mode_t folder_mode_ = 0700;
};

// "name.tif" and 2: "name-2.tif".
std::string numbered(const std::string& name, unsigned n);

}  // namespace ingest
