// Who may speak on which socket: one CURVE key pair an identity, one list of the known.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "letter/result.hpp"

namespace belt {

struct KeyPair {  // Z85 text, 40 characters each
  std::string public_key, secret_key;
};

// A known identity. `user_id()` is "role:name", what ZAP puts on each of its messages.
// Roles: station, ingest, reader (ocr), sorter (classify), router, desk, medical_desk, ops, auditor.
struct Identity {
  std::string role, name;
  std::string public_key;
  std::vector<std::string> queues;  // desk: queue ids it may work on; "*" = all but dossiers_medicaux
  bool revoked = false;
  std::string user_id() const { return role + ":" + name; }
};

// Folder of keys, 0700: NAME.key (0600, secret and public) and known.toml (one table an identity).
// Makes what is missing for an embedded run: ingest, reader, sorter, router, these stations and GUICHET
// (the counter: `submit`), one desk a queue (named by the queue id; dossiers_medicaux as medical_desk), a
// desk "tous" (all ordinary queues), ops. Idempotent; synced before it returns.
void make_keys(const std::filesystem::path& dir, const std::vector<std::string>& stations = {"STATION1"});

// One more identity with a pair of its own, synced before it returns; `identity.public_key` is ignored.
// Faults keys.taken (the name is in the list, or a key file has it), keys.known (an unknown role, a bad name
// or queue, a desk without queues, dossiers_medicaux for other than a medical_desk), keys.no_list.
letter::Result<Identity> add_key(const std::filesystem::path& dir, Identity identity);
// Shuts a key out, at once and for good: daemons read the list anew. Faults keys.no_identity, keys.no_list.
letter::Result<void> revoke_key(const std::filesystem::path& dir, const std::string& user_id);

letter::Result<KeyPair> load_key(const std::filesystem::path& dir, const std::string& user_id);
letter::Result<std::vector<Identity>> load_known(const std::filesystem::path& dir);
std::optional<Identity> find(const std::vector<Identity>& known, const std::string& user_id);

}  // namespace belt
