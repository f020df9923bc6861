// A disk in memory that behaves as badly as disks may: what was not synced is dropped, torn or reordered when
// the power goes; a sync that fails drops its pages and leaves them readable until then.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "vault/disk.hpp"

namespace sim {

// kill: the process that did the step is gone, the machine goes on. power: the machine is off. fail: the step
// answers with an error (BrokenWorld), a sync after it has lost its pages.
enum class Fault { kill, power, fail };
struct Killed {};
struct PowerCut {};

class Disk final : public vault::Disk {
 public:
  explicit Disk(std::uint64_t seed) : chance_(seed) { nodes_.emplace_back().is_folder = true; }

  // The fault strikes at the nth step from now that changes something; 0: the next one.
  void arm(Fault fault, std::uint64_t steps) { armed_ = {fault, steps}; }
  void disarm() { armed_.reset(); }
  bool armed() const { return armed_.has_value(); }
  std::uint64_t steps() const { return steps_; }
  // What stands on the platters after the power came back.
  void lose_power();
  // A planted bug: syncs of such a path report success and do nothing.
  std::function<bool(const std::filesystem::path&)> lies_about;

  std::optional<std::string> read(const std::filesystem::path& file) const override;
  bool exists(const std::filesystem::path& path) const override { return find(path) != nowhere; }
  std::vector<std::string> names(const std::filesystem::path& dir) const override;
  void write_synced(const std::filesystem::path& file, const std::string& bytes, mode_t mode) override;
  void append(const std::filesystem::path& file, const std::string& bytes, bool synced) override;
  void sync_file(const std::filesystem::path& file) override;
  void sync_folder(const std::filesystem::path& dir) override;
  bool make_folder(const std::filesystem::path& dir, mode_t mode) override;
  void replace(const std::filesystem::path& from, const std::filesystem::path& to) override;
  vault::Move move(const std::filesystem::path& from, const std::filesystem::path& to) override;
  void remove(const std::filesystem::path& file) override;
  std::unique_ptr<vault::Lock> lock(const std::filesystem::path& file) override;

 private:
  using Number = std::size_t;  // of a node
  static constexpr Number nowhere = SIZE_MAX;
  using Names = std::map<std::string, Number>;
  // Bytes at a place of a file, not on the platters yet.
  struct Write {
    std::size_t at;
    std::string bytes;
  };
  // One change of a folder, whole or not at all: names and what they stand for then.
  using Renaming = std::vector<std::pair<std::string, Number>>;
  struct Node {
    bool is_folder = false;
    std::string cached, durable;
    std::vector<Write> dirty;
    Names names, durable_names;
    std::vector<Renaming> pending;
  };

  void step();
  void sync(Number node, const std::filesystem::path& path);
  void change(Number folder, Renaming renaming);
  Number find(const std::filesystem::path& path) const;
  Number folder_of(const std::filesystem::path& path) const;  // BrokenWorld: none
  Number made(const std::filesystem::path& file);
  static void put(std::string& bytes, const Write& write);
  bool coin() { return (chance_() & 1u) != 0; }

  struct Armed {
    Fault fault;
    std::uint64_t steps;
  };
  std::vector<Node> nodes_;  // the first is the root
  std::optional<Armed> armed_;
  bool failing_ = false;
  std::uint64_t steps_ = 0;
  std::mt19937_64 chance_;
  std::set<std::string> locked_;
};

}  // namespace sim
