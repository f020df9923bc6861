// What a promise needs of a disk: bytes and names that survive a power cut. Every failure is
// BrokenWorld, and a failed sync is never tried again (the kernel may have dropped the bytes).
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "letter/result.hpp"

namespace vault {

struct NewFile {
  std::filesystem::path file;
  std::string bytes;
  mode_t mode = 0600;
};

enum class Move { done, taken, gone };  // taken: the new name exists; gone: the old one does not

// Held by one process for as long as the object lives.
class Lock {
 public:
  Lock() = default;
  virtual ~Lock() = default;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
};

// A port: SystemDisk, and in tests disks that record, fail at the nth step, or lose power.
class Disk {
 public:
  virtual ~Disk() = default;
  virtual std::optional<std::string> read(const std::filesystem::path& file) const = 0;  // nullopt: none
  virtual bool exists(const std::filesystem::path& path) const = 0;
  virtual std::vector<std::string> names(const std::filesystem::path& dir) const = 0;  // sorted; none: empty
  // Makes or empties the file, writes, syncs. `mode` holds whatever the umask says.
  virtual void write_synced(const std::filesystem::path& file, const std::string& bytes, mode_t mode) = 0;
  // The files as above, and these folders' names with them: all synced when it returns, in no order.
  virtual void write_all_synced(const std::vector<NewFile>& files,
                                const std::vector<std::filesystem::path>& folders);
  virtual void append(const std::filesystem::path& file, const std::string& bytes, bool synced) = 0;
  virtual void sync_file(const std::filesystem::path& file) = 0;
  virtual void sync_folder(const std::filesystem::path& dir) = 0;
  virtual bool make_folder(const std::filesystem::path& dir, mode_t mode) = 0;  // false: was there
  virtual void replace(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
  virtual Move move(const std::filesystem::path& from,
                    const std::filesystem::path& to) = 0;      // never replaces
  virtual void remove(const std::filesystem::path& file) = 0;  // none there: nothing
  // Makes the file if need be. BrokenWorld: another has the lock.
  virtual std::unique_ptr<Lock> lock(const std::filesystem::path& file) = 0;
};

class SystemDisk final : public Disk {
 public:
  std::optional<std::string> read(const std::filesystem::path& file) const override;
  bool exists(const std::filesystem::path& path) const override;
  std::vector<std::string> names(const std::filesystem::path& dir) const override;
  void write_synced(const std::filesystem::path& file, const std::string& bytes, mode_t mode) override;
  // Costs hardly more than one sync: one of the whole file system while there is little else to write, else
  // one of each file and folder on many threads, which the file system takes in one commit.
  void write_all_synced(const std::vector<NewFile>& files,
                        const std::vector<std::filesystem::path>& folders) override;
  void append(const std::filesystem::path& file, const std::string& bytes, bool synced) override;
  void sync_file(const std::filesystem::path& file) override;
  void sync_folder(const std::filesystem::path& dir) override;
  bool make_folder(const std::filesystem::path& dir, mode_t mode) override;
  void replace(const std::filesystem::path& from, const std::filesystem::path& to) override;
  Move move(const std::filesystem::path& from, const std::filesystem::path& to) override;
  void remove(const std::filesystem::path& file) override;
  std::unique_ptr<Lock> lock(const std::filesystem::path& file) override;
};

// A temporary file in the same folder, written and synced, renamed over `file`, the folder synced.
void write_durably(Disk& disk, const std::filesystem::path& file, const std::string& bytes,
                   mode_t mode = 0600);
// The folder and every missing parent; each new name synced in the folder that holds it, and its own in any
// case.
void make_folder_durably(Disk& disk, const std::filesystem::path& dir, mode_t mode = 0700);
// Moves without replacing anything; both folders synced when it is done.
Move move_durably(Disk& disk, const std::filesystem::path& from, const std::filesystem::path& to);

// A lock by flock. BrokenWorld when another still has it after `patience_ms`.
class LockFile final : public Lock {
 public:
  explicit LockFile(const std::filesystem::path& file, int patience_ms = 0);
  ~LockFile() override;
  // None: another has it.
  static std::unique_ptr<LockFile> if_free(const std::filesystem::path& file);

 private:
  LockFile() = default;
  int fd_ = -1;
};

}  // namespace vault
