// The register on disk: one SQLite file in WAL mode, synchronous FULL. Belongs to one thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "router/store.hpp"
#include "vault/keyring.hpp"

namespace router {

class SqliteStore : public Store {
 public:
  // Opens or makes `file` and its folder, brings its tables up to date, and moves the whole write-ahead
  // log into the file before anything is answered: rows of a commit that failed may still stand in the
  // page cache and must not be believed. BrokenWorld: cannot be opened, made by a newer program,
  // cannot be synced, still
  // busy after `patience`.
  // `medical`: what is under medical secrecy is closed with it (sqlite_secrets.hpp); none: nothing is closed.
  explicit SqliteStore(const std::filesystem::path& file, vault::Keyring medical = {},
                       std::chrono::milliseconds patience = std::chrono::milliseconds{5'000});
  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;
  void transact(const std::function<void(Transaction&)>& work) override;

 private:
  struct Connection;
  class Changes;
  std::unique_ptr<Connection> connection_;
};

}  // namespace router
