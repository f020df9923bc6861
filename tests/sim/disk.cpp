#include "tests/sim/disk.hpp"

#include <algorithm>

namespace sim {

namespace fs = std::filesystem;
using letter::BrokenWorld;

// Strikes before the step, but a failing one strikes within it: its effect is there and its sync is not.
void Disk::step() {
  ++steps_;
  failing_ = false;
  if (!armed_) return;
  if (armed_->steps-- > 0) return;
  const Fault fault = armed_->fault;
  armed_.reset();
  if (fault == Fault::kill) throw Killed();
  if (fault == Fault::power) throw PowerCut();
  failing_ = true;
}

Disk::Number Disk::find(const fs::path& path) const {
  Number at = 0;
  for (const fs::path& part : path.relative_path()) {
    const auto place = nodes_[at].names.find(part.string());
    if (place == nodes_[at].names.end()) return nowhere;
    at = place->second;
  }
  return at;
}

Disk::Number Disk::folder_of(const fs::path& path) const {
  const Number folder = find(path.parent_path());
  if (folder == nowhere) throw BrokenWorld("no folder for " + path.string());
  return folder;
}

void Disk::put(std::string& bytes, const Write& write) {
  if (bytes.size() < write.at + write.bytes.size()) bytes.resize(write.at + write.bytes.size(), '\0');
  bytes.replace(write.at, write.bytes.size(), write.bytes);
}

void Disk::change(Number folder, Renaming renaming) {
  for (const auto& [name, node] : renaming)
    if (node == nowhere)
      nodes_[folder].names.erase(name);
    else
      nodes_[folder].names[name] = node;
  nodes_[folder].pending.push_back(std::move(renaming));
}

Disk::Number Disk::made(const fs::path& file) {
  const Number folder = folder_of(file);
  nodes_.emplace_back();
  change(folder, {{file.filename().string(), nodes_.size() - 1}});
  return nodes_.size() - 1;
}

void Disk::sync(Number number, const fs::path& path) {
  step();
  Node& node = nodes_[number];
  if (lies_about && lies_about(path)) return;
  for (const Write& write : node.dirty)
    if (!failing_ || coin()) put(node.durable, write);
  node.dirty.clear();  // when it failed too: the kernel takes the pages for clean from here on
  if (failing_) throw BrokenWorld("fsync failed: " + path.string());
}

void Disk::lose_power() {
  locked_.clear();
  armed_.reset();
  for (Node& node : nodes_) {
    std::ranges::shuffle(node.dirty, chance_);
    for (Write& write : node.dirty) {
      if (coin()) continue;
      if (coin()) write.bytes.resize(chance_() % (write.bytes.size() + 1));
      put(node.durable, write);
    }
    for (const Renaming& renaming : node.pending) {
      if (coin()) continue;
      for (const auto& [name, target] : renaming)
        if (target == nowhere)
          node.durable_names.erase(name);
        else
          node.durable_names[name] = target;
    }
    node.dirty.clear(), node.pending.clear();
    node.cached = node.durable;
    node.names = node.durable_names;
  }
}

std::optional<std::string> Disk::read(const fs::path& file) const {
  const Number node = find(file);
  if (node == nowhere || nodes_[node].is_folder) return std::nullopt;
  return nodes_[node].cached;
}

std::vector<std::string> Disk::names(const fs::path& dir) const {
  std::vector<std::string> found;
  if (const Number folder = find(dir); folder != nowhere)
    for (const auto& [name, node] : nodes_[folder].names) found.push_back(name);
  return found;
}

void Disk::write_synced(const fs::path& file, const std::string& bytes, mode_t) {
  step();
  if (failing_) throw BrokenWorld("no room for " + file.string());
  const Number node = made(file);
  nodes_[node].cached = bytes;
  nodes_[node].dirty.push_back({0, bytes});
  sync(node, file);
}

void Disk::append(const fs::path& file, const std::string& bytes, bool synced) {
  step();
  const Number found = find(file);
  const Number node = found == nowhere ? made(file) : found;
  const std::string written = failing_ ? bytes.substr(0, chance_() % (bytes.size() + 1)) : bytes;
  nodes_[node].dirty.push_back({nodes_[node].cached.size(), written});
  nodes_[node].cached += written;
  if (failing_) throw BrokenWorld("no room for all of " + file.string());
  if (synced) sync(node, file);
}

void Disk::sync_file(const fs::path& file) {
  const Number node = find(file);
  if (node == nowhere) throw BrokenWorld("nothing to sync: " + file.string());
  sync(node, file);
}

void Disk::sync_folder(const fs::path& dir) {
  step();
  const Number folder = find(dir);
  if (folder == nowhere) throw BrokenWorld("no folder to sync: " + dir.string());
  if (lies_about && lies_about(dir)) return;
  if (failing_) throw BrokenWorld("fsync failed: " + dir.string());
  nodes_[folder].durable_names = nodes_[folder].names;
  nodes_[folder].pending.clear();
}

bool Disk::make_folder(const fs::path& dir, mode_t) {
  if (exists(dir)) return false;
  step();
  if (failing_) throw BrokenWorld("no room for the folder " + dir.string());
  nodes_[made(dir)].is_folder = true;
  return true;
}

void Disk::replace(const fs::path& from, const fs::path& to) {
  step();
  const Number node = find(from);
  if (node == nowhere || failing_) throw BrokenWorld("cannot rename to " + to.string());
  const Number source = folder_of(from), target = folder_of(to);
  if (source == target)
    return change(source, {{to.filename().string(), node}, {from.filename().string(), nowhere}});
  change(target, {{to.filename().string(), node}});
  change(source, {{from.filename().string(), nowhere}});
}

vault::Move Disk::move(const fs::path& from, const fs::path& to) {
  if (exists(to)) return vault::Move::taken;
  if (!exists(from)) return vault::Move::gone;
  replace(from, to);
  return vault::Move::done;
}

void Disk::remove(const fs::path& file) {
  if (!exists(file)) return;
  step();
  if (failing_) throw BrokenWorld("cannot remove " + file.string());
  change(folder_of(file), {{file.filename().string(), nowhere}});
}

std::unique_ptr<vault::Lock> Disk::lock(const fs::path& file) {
  struct Held final : vault::Lock {
    Held(std::set<std::string>& all, std::string mine) : locked(all), name(std::move(mine)) {}
    ~Held() override { locked.erase(name); }
    std::set<std::string>& locked;
    std::string name;
  };
  if (!locked_.insert(file.string()).second) throw BrokenWorld("another process holds " + file.string());
  return std::make_unique<Held>(locked_, file.string());
}

}  // namespace sim
