// Who may come in: known.toml as it stands on the disk now, and the roles each ZAP domain takes.
// May be asked from several threads: the ZAP thread and those of the sockets.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "belt/keys.hpp"

namespace belt {

class Doorkeeper {
 public:
  explicit Doorkeeper(std::filesystem::path keys_dir);

  void open(const std::string& domain, const std::vector<std::string>& roles);

  // "role:name" of the key's owner when the domain takes that role and the key is not revoked. While the list
  // cannot be read nobody new comes in.
  std::optional<std::string> admit(const std::string& domain, const std::string& public_key);

  // Everybody who was let in since the start.
  std::set<std::string> admitted();

  // Whether a message on a standing connection may still be heard: its key may have been revoked since. While
  // the list cannot be read the last one that could be counts.
  bool still_admitted(const std::string& domain, const std::string& user_id);

 private:
  struct Version {
    std::int64_t seconds = 0, nanoseconds = 0, bytes = -1;
    std::uint64_t inode = 0;
    bool operator==(const Version&) const = default;
  };
  void reread_if_changed();
  bool takes(const std::string& domain, const Identity& identity) const;

  const std::filesystem::path keys_dir_;
  std::mutex mutex_;
  std::map<std::string, std::vector<std::string>> roles_;
  std::vector<Identity> known_;
  std::set<std::string> admitted_;
  Version version_;
  bool readable_ = false;
};

}  // namespace belt
