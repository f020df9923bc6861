#include "vault/directory_vault.hpp"

#include <cstdio>

#include "vault/slip.hpp"

namespace vault {
namespace {

constexpr const char* key_name = "key.mailroom";
constexpr const char* medical_name = "key.medical";
constexpr const char* slip_name = "slip";
const std::string unnamed_before = ".", unnamed_after = ".new";

std::string bound_to(const letter::LetterId& id, const std::string& sha256) {
  return letter::text(id) + ":" + sha256;
}

tl::unexpected<letter::Reason> absent() {
  return letter::fault("vault.absent", "Ce document n'est pas dans le coffre.",
                       "This document is not in the vault.");
}

tl::unexpected<letter::Reason> no_key() {
  return letter::fault("vault.no_key", "Ce courrier est scellé pour un autre service.",
                       "This letter is sealed for another service.");
}

std::string thousand(const letter::LetterId& id) {
  char text[16];
  std::snprintf(text, sizeof text, "%04u", id.number / 1000);
  return text;
}

}  // namespace

DirectoryVault::DirectoryVault(std::filesystem::path root, Keyring ring, std::shared_ptr<Disk> disk,
                               Keyring medical)
    : root_(std::move(root)), ring_(std::move(ring)), medical_(std::move(medical)), disk_(std::move(disk)) {}

DirectoryVault::Lock DirectoryVault::lock_of(const letter::Letter& letter) const {
  if (letter.sealed && !medical_.public_key.empty()) return {medical_name, medical_};
  return {key_name, ring_};
}

// A letter closed for others: its slip came last, so all of it is there. It is synced, not looked into.
void DirectoryVault::sync_unopened(const std::filesystem::path& dir, const letter::Letter& letter) {
  for (const letter::Master& master : letter.masters) {
    if (!disk_->exists(dir / (master.sha256 + ".blob")))
      throw letter::BrokenWorld("vault: a blob of " + letter::text(letter.id) + " is gone");
    disk_->sync_file(dir / (master.sha256 + ".blob"));
  }
  disk_->sync_file(dir / medical_name);
  disk_->sync_file(dir / slip_name);
  disk_->sync_folder(dir);
}

std::filesystem::path DirectoryVault::folder(const letter::LetterId& id) const {
  return root_ / id.station / thousand(id) / letter::text(id);
}

// Nobody looks for this name: a crash leaves nothing that could be taken for a letter.
std::filesystem::path DirectoryVault::unnamed(const letter::LetterId& id) const {
  return root_ / id.station / thousand(id) / (unnamed_before + letter::text(id) + unnamed_after);
}

std::filesystem::path DirectoryVault::where(const letter::LetterId& id) const {
  const auto named = folder(id);
  return disk_->exists(named) || !disk_->exists(unnamed(id)) ? named : unnamed(id);
}

// A folder that exists may be one whose name a crash kept from the disk, so it is synced once a life.
void DirectoryVault::secure_folder(const std::filesystem::path& dir) {
  if (dir.empty() || dir == dir.parent_path() || secured_.contains(dir)) return;
  secure_folder(dir.parent_path());
  const bool ours = dir == root_ || dir.string().starts_with(root_.string() + "/");
  if (!ours && disk_->exists(dir)) return;  // above the vault and there before it: not ours to sync
  disk_->make_folder(dir, 0700);
  if (!dir.parent_path().empty()) disk_->sync_folder(dir.parent_path());
  secured_.insert(dir);
}

// The key this letter's blobs are closed with: the one that is there, or a fresh one, kept first, so
// that no blob ever lies on the disk without the key that opens it.
letter::Result<std::string> DirectoryVault::letter_key(const std::filesystem::path& dir, const Lock& lock,
                                                       bool had_slip) {
  if (const auto wrapped = disk_->read(dir / lock.name)) {
    if (auto key = unwrap(*wrapped, lock.ring)) {
      disk_->sync_file(dir / lock.name);
      return *key;
    }
    if (!lock.ring.secret_key.empty())
      throw letter::BrokenWorld("vault: " + dir.filename().string() + " is closed with another key");
  }
  // No slip means that no receipt was ever given, so what little is there may be begun anew.
  if (had_slip) return no_key();
  for (const std::string& name : disk_->names(dir)) disk_->remove(dir / name);
  std::string key = fresh_key();
  write_durably(*disk_, dir / lock.name, wrap(key, lock.ring));
  return key;
}

void DirectoryVault::keep_blob(const std::filesystem::path& file, const std::string& plain,
                               const std::string& key, const letter::LetterId& id,
                               const std::string& sha256) {
  const auto there = disk_->read(file);
  if (!there) {
    write_durably(*disk_, file, seal(plain, key, bound_to(id, sha256)));
    return;
  }
  const auto opened = unseal(*there, key, bound_to(id, sha256));
  if (!opened || sha256_hex(*opened) != sha256)
    throw letter::BrokenWorld("vault: a blob of " + letter::text(id) + " is not what its name says");
  disk_->sync_file(file);
  disk_->sync_folder(file.parent_path());
}

std::vector<letter::Result<letter::Instant>> DirectoryVault::put_all(const std::vector<Parcel>& parcels) {
  std::vector<letter::Result<letter::Instant>> stamps;
  Staged staged;
  for (const Parcel& parcel : parcels) {
    ENSURE(parcel.masters.size() == parcel.letter.masters.size());
    if (disk_->exists(folder(parcel.letter.id))) {
      stamps.push_back(put_again(parcel));
    } else {
      stage(parcel, staged);
      stamps.push_back(parcel.letter.received_at);
    }
  }
  if (!staged.files.empty()) name(staged);
  return stamps;
}

void DirectoryVault::stage(const Parcel& parcel, Staged& staged) {
  const letter::Letter& letter = parcel.letter;
  const auto dir = unnamed(letter.id);
  secure_folder(dir.parent_path());
  if (!disk_->make_folder(dir, 0700))
    for (const std::string& left : disk_->names(dir)) disk_->remove(dir / left);
  const Lock lock = lock_of(letter);
  const std::string key = fresh_key();
  staged.files.push_back({dir / lock.name, wrap(key, lock.ring)});
  for (std::size_t i = 0; i < parcel.masters.size(); ++i) {
    const std::string& sha256 = letter.masters[i].sha256;
    ENSURE(sha256_hex(parcel.masters[i]) == sha256);
    staged.files.push_back(
        {dir / (sha256 + ".blob"), seal(parcel.masters[i], key, bound_to(letter.id, sha256))});
  }
  staged.files.push_back({dir / slip_name, slip_json({letter.id, letter.received_at, letter.masters}), 0400});
  staged.letters.push_back(letter.id);
}

void DirectoryVault::name(const Staged& staged) {
  std::vector<std::filesystem::path> folders;
  std::set<std::filesystem::path> places;
  for (const letter::LetterId& id : staged.letters) {
    folders.push_back(unnamed(id));
    places.insert(folders.back().parent_path());
  }
  folders.insert(folders.end(), places.begin(), places.end());
  disk_->write_all_synced(staged.files, folders);
  for (const letter::LetterId& id : staged.letters) disk_->replace(unnamed(id), folder(id));
}

void DirectoryVault::name_again(const std::function<bool(const letter::LetterId&)>& is_known) {
  for (const std::string& station : disk_->names(root_))
    for (const std::string& block : disk_->names(root_ / station))
      for (const std::string& name : disk_->names(root_ / station / block)) {
        if (!name.starts_with(unnamed_before) || !name.ends_with(unnamed_after)) continue;
        const auto id = letter::parse_letter_id(
            name.substr(unnamed_before.size(), name.size() - unnamed_before.size() - unnamed_after.size()));
        if (!id || !is_known(*id) || disk_->exists(folder(*id))) continue;
        disk_->replace(unnamed(*id), folder(*id));
        disk_->sync_folder(root_ / station / block);
      }
}

bool DirectoryVault::holds(const letter::LetterId& id) const { return disk_->exists(where(id) / slip_name); }

// Its folder is there: from a receipt that never arrived, or from a crash before one.
letter::Result<letter::Instant> DirectoryVault::put_again(const Parcel& parcel) {
  const letter::Letter& letter = parcel.letter;
  const auto dir = folder(letter.id);
  const auto there = disk_->read(dir / slip_name);
  letter::Instant received_at = letter.received_at;
  if (there) {
    const auto first = parse_slip(*there);
    if (!first) throw letter::BrokenWorld("vault: the slip of " + letter::text(letter.id) + " is no slip");
    if (first->masters != letter.masters)
      return letter::fault("vault.other_content", "Ce numéro est déjà celui d'un autre courrier.",
                           "This number already belongs to another letter.");
    received_at = first->received_at;
  }
  secure_folder(dir.parent_path());
  disk_->sync_folder(dir.parent_path());
  const Lock lock = lock_of(letter);
  const bool closed_since = !letter.sealed && !disk_->exists(dir / key_name);
  if (there && (lock.ring.secret_key.empty() || closed_since) && disk_->exists(dir / medical_name)) {
    sync_unopened(dir, letter);
    return received_at;
  }
  const auto key = letter_key(dir, lock, there.has_value());
  if (!key) return tl::unexpected(key.error());
  for (std::size_t i = 0; i < parcel.masters.size(); ++i) {
    const std::string& sha256 = letter.masters[i].sha256;
    ENSURE(sha256_hex(parcel.masters[i]) == sha256);
    keep_blob(dir / (sha256 + ".blob"), parcel.masters[i], *key, letter.id, sha256);
  }
  if (there) {
    disk_->sync_file(dir / slip_name);
    disk_->sync_folder(dir);
  } else {
    write_durably(*disk_, dir / slip_name, slip_json({letter.id, letter.received_at, letter.masters}), 0400);
  }
  return received_at;
}

void DirectoryVault::close_to_mailroom(const letter::LetterId& id) {
  const auto dir = where(id);
  const auto wrapped = disk_->read(dir / key_name);
  if (!wrapped) return;
  const auto key = unwrap(*wrapped, ring_);
  if (!key || medical_.public_key.empty())
    throw letter::BrokenWorld("vault: " + letter::text(id) + " cannot be closed to the mail room");
  // First the new lock, durably; then the old one goes. A crash between leaves both, and the next try ends
  // it.
  write_durably(*disk_, dir / medical_name, wrap(*key, medical_), 0400);
  disk_->remove(dir / key_name);
  disk_->sync_folder(dir);
}

void DirectoryVault::erase(const letter::LetterId& id) {
  for (const auto& dir : {folder(id), unnamed(id)}) {
    if (!disk_->exists(dir)) continue;
    disk_->remove(dir / key_name);
    disk_->remove(dir / medical_name);
    disk_->sync_folder(dir);
    for (const std::string& name : disk_->names(dir)) disk_->remove(dir / name);
    disk_->sync_folder(dir);
  }
}

letter::Result<std::string> DirectoryVault::get(const letter::Letter& letter, std::uint32_t index) const {
  if (index >= letter.masters.size()) return absent();
  const auto dir = where(letter.id);
  const std::string& sha256 = letter.masters[index].sha256;
  const auto sealed = disk_->read(dir / (sha256 + ".blob"));
  if (!sealed) return absent();
  const auto for_mail_room = disk_->read(dir / key_name);
  const auto wrapped = for_mail_room ? for_mail_room : disk_->read(dir / medical_name);
  if (!wrapped) return no_key();
  const auto key = unwrap(*wrapped, for_mail_room ? ring_ : medical_);
  if (!key) return tl::unexpected(key.error());
  auto plain = unseal(*sealed, *key, bound_to(letter.id, sha256));
  if (plain && sha256_hex(*plain) != sha256)
    return letter::fault("vault.forged", "Le contenu conservé ne correspond plus à son empreinte.",
                         "The content kept no longer matches its hash.");
  return plain;
}

std::vector<letter::LetterId> DirectoryVault::list() const {
  std::vector<letter::LetterId> found;
  for (const std::string& station : disk_->names(root_))
    for (const std::string& block : disk_->names(root_ / station))
      for (const std::string& name : disk_->names(root_ / station / block)) {
        const auto id = letter::parse_letter_id(name);
        if (id && disk_->exists(root_ / station / block / name / slip_name)) found.push_back(*id);
      }
  return found;
}

}  // namespace vault
