// The mail room's key pair and what is closed with it. The only file beside keyring.cpp's callers that
// knows there is cryptography; only keyring.cpp sees libsodium.
#pragma once

#include <filesystem>
#include <string>

#include "letter/result.hpp"

namespace vault {

// crypto_box key pair, raw bytes, 32 each. Without the secret half one can keep letters, not open them.
struct Keyring {
  std::string public_key;
  std::string secret_key;  // empty: not ours to open
};

// Makes DIR/mailroom.key (0600, synced) unless it is there. BrokenWorld when the disk fails.
void make_mailroom_key(const std::filesystem::path& keys_dir);
// Faults: key.missing, key.unreadable (no key file of ours).
letter::Result<Keyring> load_mailroom_key(const std::filesystem::path& keys_dir);
// The key in STATE/keys, made while STATE/vault holds nothing yet, whichever daemon comes first: a lost key
// is never replaced behind the back of what it closed. Faults and BrokenWorld as above.
letter::Result<Keyring> mailroom_key_of(const std::filesystem::path& state_dir);

// The medical service's pair. What it closes, the mail room cannot open. Its secret half lies outside the
// state folder, so that no copy of the folder opens what is secret; its public half lies with the other keys.
// Makes `secret_file` and KEYS/medical.public unless they are there; KEYS/medical.key, where an earlier
// version made it, moves there. BrokenWorld when the disk fails, and when the secret is gone but its public
// half is not: letters may be closed with it.
void make_medical_key(const std::filesystem::path& keys_dir, const std::filesystem::path& secret_file);
letter::Result<Keyring> load_medical_key(const std::filesystem::path& secret_file);  // as load_mailroom_key
letter::Result<Keyring> load_medical_public(const std::filesystem::path& keys_dir);  // no secret half

Keyring public_half(const Keyring& ring);

// A letter's own key: 32 random bytes.
std::string fresh_key();
// The key in a sealed box that only the ring's secret half opens.
std::string wrap(const std::string& key, const Keyring& ring);
letter::Result<std::string> unwrap(const std::string& wrapped, const Keyring& ring);  // vault.no_key

// Bytes as lower-case hex digits, and back; "" for what is no hex.
std::string hex(const std::string& bytes);
std::string unhex(const std::string& text);

// `plain` so that only the ring's secret half opens it, under a key of its own. `bound_to` as below.
std::string close_for(const Keyring& ring, const std::string& plain, const std::string& bound_to);
// Faults vault.no_key, vault.forged.
letter::Result<std::string> open_with(const Keyring& ring, const std::string& closed,
                                      const std::string& bound_to);

// crypto_secretstream in chunks of 64 KiB, bound to `bound_to` (the letter and the hash), so a blob
// put under another name does not open. Cut, changed or swapped: vault.forged.
std::string seal(const std::string& plain, const std::string& key, const std::string& bound_to);
letter::Result<std::string> unseal(const std::string& sealed, const std::string& key,
                                   const std::string& bound_to);

// 16 bytes of BLAKE2b: tells a whole record from a torn one.
std::string short_hash(const std::string& bytes);

}  // namespace vault
