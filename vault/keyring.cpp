#include "vault/keyring.hpp"

#include <sodium.h>

#include <algorithm>
#include <sstream>

#include "vault/disk.hpp"
#include "vault/vault.hpp"

namespace vault {
namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;
constexpr std::size_t chunk_extra = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
const std::string key_mark = "VGMKEY1\n";  // before a wrapped key
const std::string blob_mark = "VGMBLOB1";  // before a blob
const std::string file_mark = "vaguemestre mail-room key 1";

void start() {
  if (sodium_init() < 0) throw letter::BrokenWorld("libsodium does not start");
}

const unsigned char* raw(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

tl::unexpected<letter::Reason> forged() {
  return letter::fault("vault.forged", "Le contenu conservé ne correspond plus à son empreinte.",
                       "The content kept no longer matches its hash.");
}

tl::unexpected<letter::Reason> no_key() {
  return letter::fault("vault.no_key", "Ce courrier est scellé pour un autre service.",
                       "This letter is sealed for another service.");
}

// Made under a name of its own and never over another: daemons that start together end with one file.
void put_once(Disk& disk, const std::filesystem::path& file, const std::string& text) {
  const auto fresh =
      file.parent_path() / ("." + file.filename().string() + "." + hex(fresh_key()).substr(0, 16));
  disk.write_synced(fresh, text, 0600);
  if (disk.move(fresh, file) != Move::done) disk.remove(fresh);
  disk.sync_folder(file.parent_path());
}

void make_pair(Disk& disk, const std::filesystem::path& keys_dir, const std::string& name) {
  start();
  const auto file = keys_dir / name;
  if (disk.exists(file)) return;
  std::string open_half(crypto_box_PUBLICKEYBYTES, '\0');
  std::string secret_half(crypto_box_SECRETKEYBYTES, '\0');
  crypto_box_keypair(raw(open_half), raw(secret_half));
  put_once(disk, file, file_mark + "\npublic " + hex(open_half) + "\nsecret " + hex(secret_half) + "\n");
}

letter::Result<Keyring> load_pair(const std::filesystem::path& file) {
  start();
  const std::string name = file.filename().string();
  const auto text = SystemDisk().read(file);
  if (!text)
    return letter::fault("key.missing", "La clé " + name + " est absente.",
                         "The key " + name + " is missing.");
  std::istringstream lines(*text);
  std::string mark, word, value;
  std::getline(lines, mark);
  Keyring ring;
  while (lines >> word >> value) {
    if (word == "public") ring.public_key = unhex(value);
    if (word == "secret") ring.secret_key = unhex(value);
  }
  const bool whole = ring.secret_key.empty() || ring.secret_key.size() == crypto_box_SECRETKEYBYTES;
  if (mark != file_mark || ring.public_key.size() != crypto_box_PUBLICKEYBYTES || !whole)
    return letter::fault("key.unreadable", "La clé " + name + " est illisible.",
                         "The key " + name + " cannot be read.");
  return ring;
}

}  // namespace

std::string hex(const std::string& bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), raw(bytes), bytes.size());
  out.pop_back();
  return out;
}

std::string unhex(const std::string& text) {
  std::string out(text.size() / 2, '\0');
  std::size_t length = 0;
  if (sodium_hex2bin(raw(out), out.size(), text.data(), text.size(), nullptr, &length, nullptr) != 0)
    return {};
  out.resize(length);
  return out;
}

std::string sha256_hex(const std::string& bytes) {
  start();
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(raw(digest), raw(bytes), bytes.size());
  return hex(digest);
}

std::string short_hash(const std::string& bytes) {
  start();
  std::string digest(16, '\0');
  crypto_generichash(raw(digest), digest.size(), raw(bytes), bytes.size(), nullptr, 0);
  return digest;
}

void make_mailroom_key(const std::filesystem::path& keys_dir) {
  SystemDisk disk;
  make_folder_durably(disk, keys_dir);
  make_pair(disk, keys_dir, "mailroom.key");
}

letter::Result<Keyring> load_mailroom_key(const std::filesystem::path& keys_dir) {
  return load_pair(keys_dir / "mailroom.key");
}

letter::Result<Keyring> mailroom_key_of(const std::filesystem::path& state_dir) {
  const auto keys_dir = state_dir / "keys";
  const SystemDisk disk;  // a full vault is long to list: only where the key is missing is it looked into
  if (!disk.exists(keys_dir / "mailroom.key") && disk.names(state_dir / "vault").empty())
    make_mailroom_key(keys_dir);
  return load_mailroom_key(keys_dir);
}

void make_medical_key(const std::filesystem::path& keys_dir, const std::filesystem::path& secret_file) {
  SystemDisk disk;
  make_folder_durably(disk, keys_dir);
  const auto home = std::filesystem::absolute(secret_file).parent_path();
  const auto open_half = keys_dir / "medical.public", old_place = keys_dir / "medical.key";
  if (disk.exists(old_place) && !disk.exists(secret_file)) {
    disk.write_synced(secret_file, disk.read(old_place).value(), 0600);
    disk.sync_folder(home);
    disk.remove(old_place);
    disk.sync_folder(keys_dir);
  }
  if (disk.exists(open_half) && !disk.exists(secret_file))
    throw letter::BrokenWorld("the medical key is gone, and letters may be closed with it");
  make_pair(disk, home, secret_file.filename().string());
  if (disk.exists(open_half)) return;
  const auto ring = load_pair(secret_file);
  if (!ring) throw letter::BrokenWorld(ring.error().en);
  put_once(disk, open_half, file_mark + "\npublic " + hex(ring->public_key) + "\n");
}

letter::Result<Keyring> load_medical_key(const std::filesystem::path& secret_file) {
  return load_pair(secret_file);
}

letter::Result<Keyring> load_medical_public(const std::filesystem::path& keys_dir) {
  auto ring = load_pair(keys_dir / "medical.public");
  if (ring) ring->secret_key.clear();
  return ring;
}

Keyring public_half(const Keyring& ring) { return Keyring{ring.public_key, ""}; }

std::string fresh_key() {
  start();
  std::string key(crypto_secretstream_xchacha20poly1305_KEYBYTES, '\0');
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string wrap(const std::string& key, const Keyring& ring) {
  start();
  ENSURE(ring.public_key.size() == crypto_box_PUBLICKEYBYTES);
  std::string box(crypto_box_SEALBYTES + key.size(), '\0');
  ENSURE(crypto_box_seal(raw(box), raw(key), key.size(), raw(ring.public_key)) == 0);
  return key_mark + box;
}

letter::Result<std::string> unwrap(const std::string& wrapped, const Keyring& ring) {
  start();
  constexpr std::size_t key_bytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
  if (ring.secret_key.empty() || wrapped.size() != key_mark.size() + crypto_box_SEALBYTES + key_bytes ||
      wrapped.compare(0, key_mark.size(), key_mark) != 0)
    return no_key();
  const std::string box = wrapped.substr(key_mark.size());
  std::string key(key_bytes, '\0');
  if (crypto_box_seal_open(raw(key), raw(box), box.size(), raw(ring.public_key), raw(ring.secret_key)) != 0)
    return no_key();
  return key;
}

std::string close_for(const Keyring& ring, const std::string& plain, const std::string& bound_to) {
  const std::string key = fresh_key();
  return wrap(key, ring) + seal(plain, key, bound_to);
}

letter::Result<std::string> open_with(const Keyring& ring, const std::string& closed,
                                      const std::string& bound_to) {
  const std::size_t wrapped =
      key_mark.size() + crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES;
  const auto key = unwrap(closed.substr(0, wrapped), ring);
  if (!key) return key;
  return unseal(closed.substr(wrapped), *key, bound_to);
}

std::string seal(const std::string& plain, const std::string& key, const std::string& bound_to) {
  start();
  ENSURE(key.size() == crypto_secretstream_xchacha20poly1305_KEYBYTES);
  crypto_secretstream_xchacha20poly1305_state state;
  std::string out = blob_mark + std::string(header_bytes, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&state, raw(out) + blob_mark.size(), raw(key));
  std::size_t at = 0;
  do {
    const std::size_t length = std::min(chunk_bytes, plain.size() - at);
    const bool last = at + length == plain.size();
    const std::size_t place = out.size();
    out.resize(place + length + chunk_extra);
    crypto_secretstream_xchacha20poly1305_push(&state, raw(out) + place, nullptr, raw(plain) + at, length,
                                               raw(bound_to), bound_to.size(),
                                               last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
    at += length;
  } while (at < plain.size());
  sodium_memzero(&state, sizeof state);
  return out;
}

letter::Result<std::string> unseal(const std::string& sealed, const std::string& key,
                                   const std::string& bound_to) {
  start();
  if (key.size() != crypto_secretstream_xchacha20poly1305_KEYBYTES) return no_key();
  std::size_t at = blob_mark.size() + header_bytes;
  if (sealed.size() < at + chunk_extra || sealed.compare(0, blob_mark.size(), blob_mark) != 0)
    return forged();
  crypto_secretstream_xchacha20poly1305_state state;
  if (crypto_secretstream_xchacha20poly1305_init_pull(&state, raw(sealed) + blob_mark.size(), raw(key)) != 0)
    return forged();
  std::string plain;
  unsigned char tag = 0;
  while (at < sealed.size()) {
    const std::size_t length = std::min(chunk_bytes + chunk_extra, sealed.size() - at);
    if (length < chunk_extra || tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) return forged();
    const std::size_t place = plain.size();
    plain.resize(place + length - chunk_extra);
    if (crypto_secretstream_xchacha20poly1305_pull(&state, raw(plain) + place, nullptr, &tag,
                                                   raw(sealed) + at, length, raw(bound_to),
                                                   bound_to.size()) != 0)
      return forged();
    at += length;
  }
  if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) return forged();
  return plain;
}

}  // namespace vault
