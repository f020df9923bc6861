// A folder a letter: ROOT/STATION/NUMBER÷1000/ID/ with key.mailroom (of a sealed letter: key.medical),
// SHA256.blob, slip.
// docs/decisions/0002-spool-and-vault.md says what each holds and in which order it is written.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>

#include "vault/disk.hpp"
#include "vault/keyring.hpp"
#include "vault/vault.hpp"

namespace vault {

class DirectoryVault final : public Vault {
 public:
  // A ring without its secret half: `put` works for letters that are new here, `get` is vault.no_key.
  // `medical`: what sealed letters are closed with instead; none: they are like any other.
  DirectoryVault(std::filesystem::path root, Keyring ring,
                 std::shared_ptr<Disk> disk = std::make_shared<SystemDisk>(), Keyring medical = {});

  // New letters: all their files, the folders they are written in and the places of these are synced
  // together, then each folder takes its name. That name needs no sync of its own: see `name_again`. What has
  // its name already is looked at and synced letter by letter.
  std::vector<letter::Result<letter::Instant>> put_all(const std::vector<Parcel>& parcels) override;
  letter::Result<std::string> get(const letter::Letter& letter, std::uint32_t index) const override;
  std::vector<letter::LetterId> list() const override;
  // Whether a letter that somebody took in is here, the power cut after it or not.
  bool holds(const letter::LetterId& id) const;

  // Gives the letters that are known to somebody the names that a power cut took from their whole folders.
  // Before the first put of a life.
  void name_again(const std::function<bool(const letter::LetterId&)>& is_known);

  // Hands a letter to the medical service: from its return on, on stable storage, the mail room's key opens
  // nothing of it. What is closed already stays so; a letter that is not here changes nothing. BrokenWorld
  // without the mail room's secret half or the medical public one.
  void close_to_mailroom(const letter::LetterId& id);

  // The end of a letter's time: its keys first, so that from then on nobody opens it, then its sheets and its
  // slip, on stable storage. Only the empty folder stays. What is gone already stays so.
  void erase(const letter::LetterId& id);

  std::filesystem::path folder(const letter::LetterId& id) const;

 private:
  std::filesystem::path unnamed(const letter::LetterId& id) const;
  std::filesystem::path where(const letter::LetterId& id) const;  // with its name, or still without
  void secure_folder(const std::filesystem::path& dir);
  struct Lock {
    const char* name;
    const Keyring& ring;
  };
  Lock lock_of(const letter::Letter& letter) const;
  // What is written of new letters before any of them has its name.
  struct Staged {
    std::vector<NewFile> files;
    std::vector<letter::LetterId> letters;
  };
  void stage(const Parcel& parcel, Staged& staged);
  void name(const Staged& staged);
  letter::Result<letter::Instant> put_again(const Parcel& parcel);
  void sync_unopened(const std::filesystem::path& dir, const letter::Letter& letter);
  letter::Result<std::string> letter_key(const std::filesystem::path& dir, const Lock& lock, bool had_slip);
  void keep_blob(const std::filesystem::path& file, const std::string& plain, const std::string& key,
                 const letter::LetterId& id, const std::string& sha256);

  std::filesystem::path root_;
  Keyring ring_, medical_;
  std::shared_ptr<Disk> disk_;
  std::set<std::filesystem::path> secured_;  // folders whose names this life of the process has synced
};

}  // namespace vault
