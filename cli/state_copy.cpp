#include "cli/state_copy.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "ingest/manifest.hpp"
#include "ingest/spool.hpp"
#include "router/sqlite_roll.hpp"
#include "vault/disk.hpp"
#include "vault/vault.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using letter::Result;

// Copied before what else there is, the vault last of them.
constexpr std::array<const char*, 4> books{"station", "spool", "register", "vault"};
constexpr std::array<const char*, 2> not_kept{"log", "ipc"};
constexpr int longest_erasing_ms = 60'000;
const fs::path register_file = fs::path("register") / "register.sqlite",
               spool_file = fs::path("spool") / "spool";

bool is_empty_or_absent(const fs::path& dir) {
  std::error_code failed;
  return !fs::exists(dir, failed) || (fs::is_directory(dir, failed) && fs::is_empty(dir, failed));
}

tl::unexpected<letter::Reason> not_empty() {
  return letter::fault("backup.not_empty", "Le dossier de destination n'est pas vide.",
                       "The folder to write to is not empty.");
}

bool is_kept(const fs::path& path) {
  const std::string name = path.filename().string();
  const bool of_sqlite = path.parent_path() == register_file.parent_path() && path != register_file;
  return !name.starts_with(".") && !name.ends_with(".lock") && !of_sqlite;
}

// Below `root`, relative to it, by name.
void add_files(const fs::path& root, const fs::path& below, std::vector<fs::path>& files) {
  for (const std::string& name : vault::SystemDisk().names(root / below)) {
    const fs::path path = below / name;
    const auto status = fs::symlink_status(root / path);
    if (fs::is_directory(status))
      add_files(root, path, files);
    else if (fs::is_regular_file(status) && is_kept(path))
      files.push_back(path);
  }
}

std::vector<fs::path> others_in(const fs::path& state) {
  std::vector<fs::path> names;
  for (const std::string& name : vault::SystemDisk().names(state)) {
    const auto is_name = [&](const char* known) { return name == known; };
    if (std::ranges::none_of(books, is_name) && std::ranges::none_of(not_kept, is_name))
      names.emplace_back(name);
  }
  return names;
}

// Copies files into a folder, many under one sync: without its list the whole is no backup, so none of them
// must last before the others do.
class Copy {
 public:
  explicit Copy(fs::path to) : to_(std::move(to)) { vault::make_folder_durably(disk_, to_); }

  void write(const fs::path& path, std::string bytes) {
    make_folders_of(path);
    count(bytes);
    waiting_bytes_ += bytes.size();
    files_.push_back({to_ / path, std::move(bytes)});
    if (files_.size() >= most_files || waiting_bytes_ >= most_bytes) settle();
  }
  // What was written so far is on stable storage when it returns.
  void settle() {
    disk_.write_all_synced(files_, {folders_.begin(), folders_.end()});
    files_.clear(), folders_.clear();
    waiting_bytes_ = 0;
  }
  void count(const std::string& bytes) { ++copied_.files, copied_.bytes += bytes.size(); }
  // The folders that `path` lies in.
  void make_folders_of(const fs::path& path) {
    fs::path dir = to_;
    for (const fs::path& name : path.parent_path()) {
      folders_.insert(dir);
      dir /= name;
      disk_.make_folder(dir, folder_mode);
    }
    folders_.insert(dir);
  }
  const Copied& copied() const { return copied_; }
  const fs::path& folder() const { return to_; }

 private:
  static constexpr std::size_t most_files = 64, most_bytes = 16 << 20;
  static constexpr mode_t folder_mode = 0700;
  vault::SystemDisk disk_;
  fs::path to_;
  std::vector<vault::NewFile> files_;  // not yet on the disk
  std::set<fs::path> folders_;         // whose names and entries are not
  std::size_t waiting_bytes_ = 0;
  Copied copied_;
};

std::string listed_line(const fs::path& path, const std::string& bytes) {
  return vault::sha256_hex(bytes) + "  " + path.string() + "\n";
}

// A line of the list, or none: the file is gone since its folder was listed and was not meant to stay.
std::string copy_file(const fs::path& state, const fs::path& path, Copy& copy) {
  auto bytes = vault::SystemDisk().read(state / path);
  if (!bytes && fs::exists(state / path)) throw letter::BrokenWorld("cannot read " + (state / path).string());
  if (!bytes) return "";
  std::string line = listed_line(path, *bytes);
  copy.write(path, std::move(*bytes));
  return line;
}

std::string copy_the_register(const fs::path& state, Copy& copy) {
  vault::SystemDisk disk;
  const fs::path to = copy.folder() / register_file;
  copy.make_folders_of(register_file);
  router::copy_register(state / register_file, to);
  fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
  disk.sync_file(to);
  disk.sync_folder(to.parent_path());
  const std::string bytes = *disk.read(to);
  copy.count(bytes);
  return listed_line(register_file, bytes);
}

std::vector<fs::path> journals_in(const fs::path& state) {
  std::vector<fs::path> journals;
  for (const std::string& station : vault::SystemDisk().names(state / "station"))
    journals.push_back(fs::path("station") / station / "journal");
  return journals;
}

// The journals, the spool and the register, which answer for one another: the first two are read before the
// register and again after it (with_later_claims, with_later_letters). The list's lines.
Result<std::string> copy_the_books(const fs::path& state, Copy& copy) {
  const vault::SystemDisk disk;
  const auto bytes_of = [&](const fs::path& path) { return disk.read(state / path).value_or(""); };
  std::map<fs::path, std::string> journals;
  for (const fs::path& journal : journals_in(state)) journals[journal] = bytes_of(journal);
  const std::string spooled = bytes_of(spool_file);
  std::string list;
  if (fs::exists(state / register_file)) list += copy_the_register(state, copy);
  const auto put = [&](const fs::path& path, const std::string& bytes) {
    if (!fs::exists(state / path)) return;
    list += listed_line(path, bytes);
    copy.write(path, bytes);
  };
  const auto letters = ingest::with_later_letters(spooled, bytes_of(spool_file));
  if (!letters) return tl::unexpected(letters.error());
  put(spool_file, *letters);
  for (const fs::path& journal : journals_in(state)) {
    const auto claims = ingest::with_later_claims(journals[journal], bytes_of(journal));
    if (!claims) return tl::unexpected(claims.error());
    put(journal, *claims);
  }
  return list;
}

struct Listed {
  std::string sha256;
  fs::path path;
};

Result<std::vector<Listed>> read_list(const fs::path& from) {
  const auto text = vault::SystemDisk().read(from / list_of_backup);
  if (!text)
    return letter::fault("backup.no_list", "Ce dossier n'est pas une sauvegarde complète : la liste manque.",
                         "This folder is no whole backup: its list is missing.");
  std::vector<Listed> listed;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    constexpr std::size_t hash_length = 64;
    const fs::path path = line.size() > hash_length + 2 ? line.substr(hash_length + 2) : "";
    const bool outside = path.empty() || path.is_absolute() || *path.lexically_normal().begin() == "..";
    listed.push_back({line.substr(0, hash_length), outside ? fs::path() : path});
  }
  return listed;
}

tl::unexpected<letter::Reason> changed(const fs::path& path) {
  return letter::fault("backup.changed",
                       "La sauvegarde est abîmée : " + path.string() + " manque ou a changé.",
                       "The backup is damaged: " + path.string() + " is missing or changed.");
}

}  // namespace

Result<Copied> back_up(const fs::path& state, const fs::path& to) {
  if (!fs::is_directory(state))
    return letter::fault("backup.no_state", "Ce dossier d'état n'existe pas.",
                         "There is no such state folder.");
  if (!is_empty_or_absent(to)) return not_empty();
  // While it is held the router erases nothing: what the register still has must be in the vault that is
  // copied after it.
  const vault::LockFile no_erasing(state / "backup.lock", longest_erasing_ms);
  Copy copy(to);
  auto list = copy_the_books(state, copy);
  if (!list) return tl::unexpected(list.error());
  const std::vector<fs::path> journals = journals_in(state);
  const auto is_copied = [&](const fs::path& path) {
    return path == register_file || path == spool_file || std::ranges::find(journals, path) != journals.end();
  };
  std::vector<fs::path> folders(books.begin(), books.end());
  for (const fs::path& other : others_in(state)) folders.push_back(other);
  for (const fs::path& folder : folders) {
    std::vector<fs::path> files;
    if (fs::is_directory(state / folder))
      add_files(state, folder, files);
    else if (fs::is_regular_file(state / folder) && is_kept(folder))
      files.push_back(folder);
    for (const fs::path& path : files)
      if (!is_copied(path)) *list += copy_file(state, path, copy);
  }
  copy.settle();
  vault::SystemDisk disk;
  vault::write_durably(disk, to / list_of_backup, *list);
  return copy.copied();
}

Result<Copied> restore(const fs::path& from, const fs::path& state) {
  if (!is_empty_or_absent(state)) return not_empty();
  const auto listed = read_list(from);
  if (!listed) return tl::unexpected(listed.error());
  vault::SystemDisk disk;
  const fs::path target = fs::absolute(state).lexically_normal();
  const fs::path half = target.parent_path() / ("." + target.filename().string() + ".restoring");
  std::error_code gone;
  fs::remove_all(half, gone);
  Copy copy(half);
  for (const Listed& file : *listed) {
    auto bytes = file.path.empty() ? std::nullopt : disk.read(from / file.path);
    if (!bytes || vault::sha256_hex(*bytes) != file.sha256) return changed(file.path);
    copy.write(file.path, std::move(*bytes));
  }
  copy.settle();
  fs::remove(target, gone);
  disk.replace(half, target);
  disk.sync_folder(target.parent_path());
  return copy.copied();
}

}  // namespace cli
