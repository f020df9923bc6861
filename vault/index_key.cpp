#include "vault/index_key.hpp"

#include <sodium.h>

#include "vault/disk.hpp"
#include "vault/keyring.hpp"

namespace vault {
namespace {

constexpr std::size_t key_bytes = 32, hash_bytes = 16;
constexpr const char* key_name = "index.key";
const std::string file_mark = "vaguemestre index key 1\n";

const unsigned char* raw(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string as_hex(const std::string& bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), raw(bytes), bytes.size());
  out.pop_back();
  return out;
}

}  // namespace

void make_index_key(const std::filesystem::path& keys_dir) {
  SystemDisk disk;
  make_folder_durably(disk, keys_dir);
  if (!disk.exists(keys_dir / key_name))
    write_durably(disk, keys_dir / key_name, file_mark + as_hex(fresh_key()) + "\n");
}

letter::Result<std::string> load_index_key(const std::filesystem::path& keys_dir) {
  const auto text = SystemDisk().read(keys_dir / key_name);
  if (!text)
    return letter::fault("key.missing", "La clé index.key est absente.", "The key index.key is missing.");
  std::string key(key_bytes, '\0');
  std::size_t length = 0;
  const bool ours = text->starts_with(file_mark);
  const std::string hex = ours ? text->substr(file_mark.size()) : "";
  if (!ours ||
      sodium_hex2bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), hex.data(), hex.size(), "\n",
                     &length, nullptr) != 0 ||
      length != key_bytes)
    return letter::fault("key.unreadable", "La clé index.key est illisible.",
                         "The key index.key cannot be read.");
  return key;
}

std::string keyed_hash(const std::string& bytes, const std::string& key) {
  std::string digest(hash_bytes, '\0');
  const int failed =
      crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(), raw(bytes),
                         bytes.size(), key.empty() ? nullptr : raw(key), key.size());
  ENSURE(failed == 0);
  return digest;
}

}  // namespace vault
