// The folders a scanner and its operator see: the hot folder with sealed/ (closed envelopes go in there),
// work/, done/YYYY-MM-DD/ and failed/.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "letter/letter.hpp"
#include "vault/disk.hpp"

namespace ingest {

// Folders of the tray's own: none of them is a stack of pages.
bool is_of_the_tray(const std::string& name);

class Tray {
 public:
  // Makes the folders, as readable as the hot folder itself. BrokenWorld: no such folder.
  Tray(std::filesystem::path hot, std::shared_ptr<vault::Disk> disk);

  // A file of a stranger, read without following links. nullopt: it is gone.
  // Faults: station.unreadable (no right to, no plain file), sheets.too_large.
  static std::optional<letter::Result<std::string>> read(const std::filesystem::path& file);
  // The same for a folder of pages: its files in the order of their names, "2.tif" before "10.tif". A plain
  // file is a list of one. Faults: also station.empty_folder, and sheets.too_large for 256 MiB in all.
  static std::optional<letter::Result<std::vector<std::string>>> read_all(const std::filesystem::path& path);

  std::filesystem::path hot(const std::string& name) const { return hot_ / name; }
  std::filesystem::path work(const std::string& name) const { return hot_ / "work" / name; }
  std::vector<std::string> at_work() const;

  // None of these replaces a file; a name that is taken becomes "name-2.tif", "name-3.tif", ... `name` is
  // where it lay below the hot folder ("scan.tif", "sealed/scan.tif").
  vault::Move claim(const std::string& name, const std::string& work_name);
  void give_back(const std::string& work_name, const std::string& name);
  // They give the path it has then; empty: it was gone from work/ already.
  std::filesystem::path to_done(const std::string& work_name, const std::string& name, letter::Day day);
  // The file or folder goes for good. Gives the path it would have had in done/.
  std::filesystem::path discard(const std::string& work_name, const std::string& name, letter::Day day);
  // Removes what was put into done/ before `before`, but what was seen of its pages (FILE.quality.json).
  void sweep_done(letter::Instant before);
  std::filesystem::path to_failed(const std::string& work_name, const std::string& name,
                                  const std::string& why);
  // Puts `work_name` beside a file that was put away, as FILE + `ending`.
  void beside(const std::string& work_name, const std::filesystem::path& file, const std::string& ending);

  void keep(const std::string& work_name, const std::string& bytes);
  void remove(const std::string& work_name);

 private:
  std::filesystem::path done_folder(letter::Day day);
  std::filesystem::path put(const std::string& work_name, const std::filesystem::path& dir,
                            const std::string& name);

  std::filesystem::path hot_, done_today_;
  std::shared_ptr<vault::Disk> disk_;
  mode_t folder_mode_ = 0700;
};

// Whether page file `a` comes before `b`: numbers in names count as numbers.
bool comes_before(const std::string& a, const std::string& b);

// "name.tif" and 2: "name-2.tif".
std::string numbered(const std::string& name, unsigned n);

}  // namespace ingest
