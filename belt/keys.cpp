#include "belt/keys.hpp"

#include <zmq.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "belt/disk.hpp"
#include "letter/service.hpp"
#include "letter/tree.hpp"

namespace belt {
namespace {

namespace fs = std::filesystem;
using letter::BrokenWorld;
using letter::Result;
using letter::Tree;

constexpr std::array<std::string_view, 9> roles{"station", "ingest",       "reader", "sorter", "router",
                                                "desk",    "medical_desk", "ops",    "auditor"};
constexpr std::size_t key_length = 40;

// Names become file names.
bool is_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

KeyPair new_pair() {
  char public_key[key_length + 1], secret_key[key_length + 1];
  if (zmq_curve_keypair(public_key, secret_key) != 0) throw BrokenWorld("this libzmq has no CURVE");
  return {public_key, secret_key};
}

fs::path key_file(const fs::path& dir, const std::string& name) { return dir / (name + ".key"); }

std::string quoted(const std::string& text) {
  return letter::dump_json(Tree(text));
}  // JSON text is TOML text

std::string written(const Identity& identity, const KeyPair& pair) {
  return "role = " + quoted(identity.role) + "\nname = " + quoted(identity.name) +
         "\npublic_key = " + quoted(pair.public_key) + "\nsecret_key = " + quoted(pair.secret_key) + "\n";
}

std::string written(const std::vector<Identity>& known) {
  std::string text =
      "# Who may speak on the sockets of this mail room. One table an identity; `revoked = true` shuts a "
      "key\n"
      "# out at once, the daemons need no restart. queues: queue ids, or \"*\" = all but "
      "dossiers_medicaux.\n";
  for (const auto& identity : known) {
    text += "\n[[identity]]\nrole = " + quoted(identity.role) + "\nname = " + quoted(identity.name) +
            "\npublic_key = " + quoted(identity.public_key) + "\nqueues = [";
    for (std::size_t i = 0; i < identity.queues.size(); ++i)
      text += (i ? ", " : "") + quoted(identity.queues[i]);
    text += std::string("]\nrevoked = ") + (identity.revoked ? "true" : "false") + "\n";
  }
  return text;
}

std::vector<Identity> embedded_identities(const std::vector<std::string>& stations) {
  std::vector<Identity> wanted;
  auto add = [&](std::string role, std::string name, std::vector<std::string> queues = {}) {
    wanted.push_back({std::move(role), std::move(name), "", std::move(queues), false});
  };
  for (const char* role : {"ingest", "reader", "sorter", "router"}) add(role, role);
  for (const auto& station : stations) add("station", station);
  if (std::ranges::find(stations, "GUICHET") == stations.end()) add("station", "GUICHET");
  for (const auto queue : letter::all_queues) {
    const std::string name(letter::id(queue));
    add(queue == letter::Queue::dossiers_medicaux ? "medical_desk" : "desk", name, {name});
  }
  add("desk", "tous", {"*"});
  add("ops", "ops");
  add("auditor", "registre");
  return wanted;
}

letter::Reason wrong_list(const std::string& what_fr, const std::string& what_en) {
  return {"keys.known", "La liste des clés (known.toml) est incorrecte : " + what_fr + ".",
          "The list of keys (known.toml) is wrong: " + what_en + "."};
}

bool is_list_of_queues(const std::vector<std::string>& queues) {
  return std::ranges::all_of(queues,
                             [](const auto& q) { return q == "*" || letter::parse_queue(q).has_value(); });
}

letter::Reason not_made(const std::string& what_fr, const std::string& what_en) {
  return {"keys.not_made", "Aucune clé n'a été créée : " + what_fr + ".",
          "No key was made: " + what_en + "."};
}

// How a wrong identity is told: as one of the list, or as one that is asked for.
using Telling = letter::Reason (*)(const std::string& what_fr, const std::string& what_en);

std::optional<letter::Reason> fault_of(const Identity& identity, Telling tell) {
  if (std::ranges::find(roles, identity.role) == roles.end()) return tell("rôle inconnu", "unknown role");
  if (!is_name(identity.name)) return tell("nom incorrect", "bad name");
  if (identity.public_key.size() != key_length) return tell("clé publique incorrecte", "bad public key");
  if (!is_list_of_queues(identity.queues)) return tell("bannette inconnue", "unknown queue");
  return std::nullopt;
}

Result<Identity> identity_of(const Tree& table) {
  Identity identity{value(table, "role").text_or(""),
                    value(table, "name").text_or(""),
                    value(table, "public_key").text_or(""),
                    {},
                    false};
  for (const auto& queue : value(table, "queues").items()) identity.queues.push_back(queue.text_or(""));
  // Whatever is not plainly `revoked = false` shuts the key out.
  identity.revoked = table.find("revoked") != nullptr && value(table, "revoked").flag_or(true);
  if (const auto wrong = fault_of(identity, wrong_list)) return tl::unexpected(*wrong);
  return identity;
}

// The pair in an existing key file, a new one otherwise.
KeyPair pair_for(const fs::path& dir, const Identity& identity) {
  if (const auto found = load_key(dir, identity.user_id())) return *found;
  const KeyPair pair = new_pair();
  write_synced(key_file(dir, identity.name), written(identity, pair));
  return pair;
}

}  // namespace

Result<KeyPair> load_key(const fs::path& dir, const std::string& user_id) {
  const auto missing =
      letter::fault("keys.missing", "Aucune clé pour « " + user_id + " » dans ce dossier de clés.",
                    "No key for \"" + user_id + "\" in this folder of keys.");
  const auto colon = user_id.find(':');
  if (colon == std::string::npos || !is_name(user_id.substr(colon + 1))) return missing;
  const auto text = read_file(key_file(dir, user_id.substr(colon + 1)));
  if (!text) return missing;
  const auto tree = letter::parse_toml(*text, "key");
  if (!tree || value(*tree, "role").text_or("") != user_id.substr(0, colon)) return missing;
  KeyPair pair{value(*tree, "public_key").text_or(""), value(*tree, "secret_key").text_or("")};
  if (pair.public_key.size() != key_length || pair.secret_key.size() != key_length) return missing;
  return pair;
}

Result<std::vector<Identity>> load_known(const fs::path& dir) {
  const auto text = read_file(dir / "known.toml");
  if (!text)
    return letter::fault("keys.no_list", "La liste des clés (known.toml) est introuvable.",
                         "The list of keys (known.toml) cannot be read.");
  const auto tree = letter::parse_toml(*text, "known.toml");
  if (!tree) return tl::unexpected(tree.error());
  std::vector<Identity> known;
  for (const auto& table : value(*tree, "identity").items()) {
    auto identity = identity_of(table);
    if (!identity) return tl::unexpected(identity.error());
    const auto same = [&](const Identity& other) {
      return other.name == identity->name || other.public_key == identity->public_key;
    };
    if (std::ranges::any_of(known, same))
      return tl::unexpected(wrong_list("nom ou clé en double", "a name or a key stands twice"));
    known.push_back(std::move(*identity));
  }
  return known;
}

std::optional<Identity> find(const std::vector<Identity>& known, const std::string& user_id) {
  const auto found = std::ranges::find_if(known, [&](const auto& one) { return one.user_id() == user_id; });
  return found == known.end() ? std::nullopt : std::optional(*found);
}

Result<Identity> add_key(const fs::path& dir, Identity identity) {
  auto known = load_known(dir);
  if (!known) return tl::unexpected(known.error());
  const KeyPair pair = new_pair();
  identity.public_key = pair.public_key;
  if (const auto wrong = fault_of(identity, not_made)) return tl::unexpected(*wrong);
  const bool medical = std::ranges::count(identity.queues, "dossiers_medicaux") > 0;
  if (identity.role == "desk" && (identity.queues.empty() || medical))
    return tl::unexpected(not_made("un bureau a ses bannettes (--queue), et jamais dossiers_medicaux",
                                   "a desk has its queues (--queue), and never dossiers_medicaux"));
  const bool taken =
      std::ranges::any_of(*known, [&](const Identity& one) { return one.name == identity.name; });
  if (taken || fs::exists(key_file(dir, identity.name)))
    return letter::fault("keys.taken", "Ce nom a déjà une clé, valable ou révoquée.",
                         "This name has a key already, valid or revoked.");
  write_synced(key_file(dir, identity.name), written(identity, pair));
  known->push_back(identity);
  write_synced(dir / "known.toml", written(*known));
  return identity;
}

Result<void> revoke_key(const fs::path& dir, const std::string& user_id) {
  auto known = load_known(dir);
  if (!known) return tl::unexpected(known.error());
  const auto found =
      std::ranges::find_if(*known, [&](const Identity& one) { return one.user_id() == user_id; });
  if (found == known->end())
    return letter::fault("keys.no_identity", "La liste ne connaît pas cette identité (rôle:nom).",
                         "The list does not know this identity (role:name).");
  found->revoked = true;
  write_synced(dir / "known.toml", written(*known));
  return {};
}

void make_keys(const fs::path& dir, const std::vector<std::string>& stations) {
  own_folder(dir);
  std::vector<Identity> known;
  if (fs::exists(dir / "known.toml")) {
    auto found = load_known(dir);
    if (!found) throw BrokenWorld(found.error().en);
    known = std::move(*found);
  }
  const std::string before = written(known);
  for (auto& wanted : embedded_identities(stations)) {
    wanted.public_key = pair_for(dir, wanted).public_key;
    const auto same =
        std::ranges::find_if(known, [&](const auto& one) { return one.user_id() == wanted.user_id(); });
    if (same == known.end())
      known.push_back(wanted);
    else
      same->public_key = wanted.public_key;  // its queues and its being revoked are for people to change
  }
  if (written(known) != before || !fs::exists(dir / "known.toml"))
    write_synced(dir / "known.toml", written(known));
}

}  // namespace belt
