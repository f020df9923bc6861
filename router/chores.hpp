// Carries out what a commit left to do where the sheets are (Chore). Called after a commit and at each start.
#pragma once

#include <filesystem>

#include "router/hand_over.hpp"
#include "vault/directory_vault.hpp"

namespace router {

class Chores {
 public:
  // Nothing is erased while another holds `backup_lock`: a backup copies the register before the vault, and
  // what the one still has must be found in the other.
  Chores(Store& store, vault::DirectoryVault& vault, HandOverPlaces places, std::filesystem::path backup_lock)
      : store_(store), vault_(vault), places_(std::move(places)), backup_lock_(std::move(backup_lock)) {}
  // All that waits. False: some must wait on, for a backup; call again. BrokenWorld when the vault's disk
  // fails.
  bool carry_out();

 private:
  void all_of(ChoreKind kind);
  void carry_out(const Chore& chore);
  Store& store_;
  vault::DirectoryVault& vault_;
  HandOverPlaces places_;
  std::filesystem::path backup_lock_;
};

}  // namespace router
