// `vaguemestre keys`: who may speak on the sockets of a state folder. Public halves only.
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

int keys(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto known = belt::load_known(keys_dir(*config));
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

}  // namespace

Command keys_command() {
  return {"keys",
          "liste les identités connues (stations, démons, bureaux)",
          "lists the known identities (stations, daemons, desks)",
          "vaguemestre keys --state ./etat",
          {state_option(), config_option()},
          keys};
}

}  // namespace cli
