// `vaguemestre keys`: who may speak on the sockets of a state folder. Public halves only are ever shown.
#include "belt/keys.hpp"

#include "cli/commands.hpp"
#include "cli/places.hpp"
#include "cli/table.hpp"

namespace cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

int list(const belt::Config& config, Front& front) {
  const auto known = belt::load_known(keys_dir(config));
  if (!known) return fail(front, belt::exit_missing, known.error());
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : *known)
    rows.push_back({one.user_id(), joined(one.queues),
                    one.revoked ? front.tell("révoquée", "revoked") : front.tell("valable", "valid"),
                    one.public_key});
  front.out << table({{front.tell("Identité", "Identity")},
                      {front.tell("Bannettes", "Queues")},
                      {front.tell("État", "State")},
                      {front.tell("Clé publique", "Public key")}},
                     rows);
  return belt::exit_ok;
}

// "role:name" in two.
std::optional<belt::Identity> identity_named(const std::string& user_id) {
  const auto colon = user_id.find(':');
  if (colon == std::string::npos) return std::nullopt;
  belt::Identity identity;
  identity.role = user_id.substr(0, colon);
  identity.name = user_id.substr(colon + 1);
  return identity;
}

int make(const belt::Config& config, belt::Identity identity, const Arguments& arguments, Front& front) {
  identity.queues = arguments.texts("--queue");
  const auto added = belt::add_key(keys_dir(config), identity);
  if (!added) return fail(front, belt::exit_bad_input, added.error());
  front.out << added->user_id() << front.tell(" : clé dans ", ": its key is ")
            << (keys_dir(config) / (added->name + ".key")).string()
            << front.tell(" (à remettre de la main à la main), publique ",
                          " (hand it over yourself), public ")
            << added->public_key << "\n";
  return belt::exit_ok;
}

int revoke(const belt::Config& config, const std::string& user_id, Front& front) {
  const auto revoked = belt::revoke_key(keys_dir(config), user_id);
  if (!revoked) return fail(front, belt::exit_bad_input, revoked.error());
  front.out << user_id << front.tell(" : révoquée, dès maintenant.\n", ": revoked, from now on.\n");
  return belt::exit_ok;
}

int keys(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const std::string action = arguments.text("ACTION", "list"), user_id = arguments.text("WHO");
  if (action == "list" && user_id.empty()) return list(*config, front);
  const auto identity = identity_named(user_id);
  if (action == "new" && identity) return make(*config, *identity, arguments, front);
  if (action == "revoke" && identity) return revoke(*config, user_id, front);
  return fail(
      front, belt::exit_usage,
      {"usage.keys", "Il faut `keys list`, `keys new ROLE:NOM [--queue BANNETTE]` ou `keys revoke ROLE:NOM`.",
       "Use `keys list`, `keys new ROLE:NAME [--queue QUEUE]` or `keys revoke ROLE:NAME`."});
}

}  // namespace

Command keys_command() {
  return {"keys",
          "les identités connues (stations, démons, bureaux) : lister, créer, révoquer",
          "the known identities (stations, daemons, desks): list, make, revoke",
          "vaguemestre keys new desk:martin --queue frais_sante --queue autre --state ./etat",
          {{"ACTION", Kind::text, "", "list (défaut), new ou revoke", "list (default), new or revoke"},
           {"WHO", Kind::text, "", "rôle:nom ; rôles : station reader sorter desk medical_desk ops auditor",
            "role:name; roles: station reader sorter desk medical_desk ops auditor"},
           {"--queue", Kind::text, "BANNETTE", "bannette de ce bureau, « * » pour toutes les ordinaires",
            "a queue of this desk, \"*\" for all the ordinary ones", false, true},
           state_option(),
           config_option()},
          keys};
}

}  // namespace cli
