// A real disk that writes down what it was asked, and breaks at the nth step that changes something.
#pragma once

#include <string>
#include <vector>

#include "vault/disk.hpp"

namespace vault {

class WatchedDisk final : public Disk {
 public:
  std::vector<std::string> steps;    // "write slip.new", "sync_folder T1-0000001", ...
  std::size_t breaks_at = SIZE_MAX;  // from 0

  std::optional<std::string> read(const std::filesystem::path& file) const override {
    return real_.read(file);
  }
  bool exists(const std::filesystem::path& path) const override { return real_.exists(path); }
  std::vector<std::string> names(const std::filesystem::path& dir) const override { return real_.names(dir); }
  void write_synced(const std::filesystem::path& file, const std::string& bytes, mode_t mode) override {
    step("write " + file.filename().string());
    real_.write_synced(file, bytes, mode);
  }
  void append(const std::filesystem::path& file, const std::string& bytes, bool synced) override {
    step((synced ? "append " : "note ") + file.filename().string());
    real_.append(file, bytes, synced);
  }
  void sync_file(const std::filesystem::path& file) override {
    step("sync_file " + file.filename().string());
    real_.sync_file(file);
  }
  void sync_folder(const std::filesystem::path& dir) override {
    step("sync_folder " + dir.filename().string());
    real_.sync_folder(dir);
  }
  bool make_folder(const std::filesystem::path& dir, mode_t mode) override {
    step("make_folder " + dir.filename().string());
    return real_.make_folder(dir, mode);
  }
  void replace(const std::filesystem::path& from, const std::filesystem::path& to) override {
    step("rename " + to.filename().string());
    real_.replace(from, to);
  }
  Move move(const std::filesystem::path& from, const std::filesystem::path& to) override {
    step("move " + to.filename().string());
    return real_.move(from, to);
  }
  void remove(const std::filesystem::path& file) override {
    step("remove " + file.filename().string());
    real_.remove(file);
  }
  std::unique_ptr<Lock> lock(const std::filesystem::path& file) override { return real_.lock(file); }

 private:
  void step(const std::string& what) {
    if (steps.size() == breaks_at) throw letter::BrokenWorld("the disk broke at: " + what);
    steps.push_back(what);
  }
  SystemDisk real_;
};

}  // namespace vault
