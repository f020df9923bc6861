#include "belt/doorkeeper.hpp"

#include <sys/stat.h>

#include <algorithm>

namespace belt {

Doorkeeper::Doorkeeper(std::filesystem::path keys_dir) : keys_dir_(std::move(keys_dir)) {}

void Doorkeeper::open(const std::string& domain, const std::vector<std::string>& roles) {
  const std::lock_guard lock(mutex_);
  roles_[domain] = roles;
}

std::optional<std::string> Doorkeeper::admit(const std::string& domain, const std::string& public_key) {
  const std::lock_guard lock(mutex_);
  reread_if_changed();
  if (!readable_) return std::nullopt;
  const auto found = std::ranges::find(known_, public_key, &Identity::public_key);
  if (found == known_.end() || !takes(domain, *found)) return std::nullopt;
  admitted_.insert(found->user_id());
  return found->user_id();
}

std::set<std::string> Doorkeeper::admitted() {
  const std::lock_guard lock(mutex_);
  return admitted_;
}

bool Doorkeeper::still_admitted(const std::string& domain, const std::string& user_id) {
  const std::lock_guard lock(mutex_);
  reread_if_changed();
  const auto identity = find(known_, user_id);
  return identity && takes(domain, *identity);
}

void Doorkeeper::reread_if_changed() {
  struct stat now {};
  Version version;
  if (::stat((keys_dir_ / "known.toml").c_str(), &now) == 0)
    version = {now.st_mtim.tv_sec, now.st_mtim.tv_nsec, now.st_size, now.st_ino};
  if (version == version_) return;
  version_ = version;
  auto list = load_known(keys_dir_);
  readable_ = list.has_value();
  if (list) known_ = std::move(*list);
}

bool Doorkeeper::takes(const std::string& domain, const Identity& identity) const {
  const auto roles = roles_.find(domain);
  return roles != roles_.end() && !identity.revoked && std::ranges::count(roles->second, identity.role) > 0;
}

}  // namespace belt
