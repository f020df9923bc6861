#include "letter/filed.hpp"

#include <cstdio>

namespace letter {
namespace {

struct StateNames {
  State state;
  std::string_view id, french;
};

constexpr std::array<StateNames, 9> states{
    {{State::registered, "registered", "Enregistré"},
     {State::acknowledged, "acknowledged", "Accusé de réception envoyé"},
     {State::holding, "holding", "Réponse d'attente envoyée"},
     {State::answered, "answered", "Répondu"},
     {State::closed, "closed", "Clos"},
     {State::requalified, "requalified", "Requalifié en demande"},
     {State::redirected, "redirected", "Transmis à un autre organisme"},
     {State::merged, "merged", "Joint à un autre dossier"},
     {State::withdrawn, "withdrawn", "Retiré par l'auteur"}}};

std::uint64_t key_of(const CaseRef& ref) {
  return 97 - (static_cast<std::uint64_t>(ref.year) * 10'000'000 + ref.number) % 97;
}

// The number that `digits` spells in full, or nullopt.
std::optional<std::uint32_t> number(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

}  // namespace

std::string text(const CaseRef& ref) {
  ENSURE(ref.year >= 0 && ref.year <= 9999 && ref.number <= 9'999'999);
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%07u-%02u", ref.year, ref.number, static_cast<unsigned>(key_of(ref)));
  return out;
}

std::optional<CaseRef> parse_case_ref(std::string_view text) {
  if (text.size() != 15 || text[4] != '-' || text[12] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4)), serial = number(text.substr(5, 7)),
             key = number(text.substr(13));
  if (!year || !serial || !key || *serial == 0) return std::nullopt;
  const CaseRef ref{static_cast<int>(*year), *serial};
  if (key_of(ref) != *key) return std::nullopt;
  return ref;
}

std::string_view id(State state) {
  for (const auto& known : states)
    if (known.state == state) return known.id;
  ENSURE(false);
  return "";
}

std::string_view french(State state) {
  for (const auto& known : states)
    if (known.state == state) return known.french;
  ENSURE(false);
  return "";
}

std::optional<State> parse_state(std::string_view text) {
  for (const auto& known : states)
    if (known.id == text) return known.state;
  return std::nullopt;
}

std::string_view id(Ending ending) {
  constexpr std::array<std::string_view, 4> ids{"favorable", "partiel", "defavorable", "sans_objet"};
  return ids.at(static_cast<std::size_t>(ending));
}

std::optional<Ending> parse_ending(std::string_view text) {
  for (const auto ending : {Ending::favorable, Ending::partiel, Ending::defavorable, Ending::sans_objet})
    if (id(ending) == text) return ending;
  return std::nullopt;
}

std::string_view id(Outgoing kind) {
  constexpr std::array<std::string_view, 3> ids{"acknowledgement", "redirection", "holding"};
  return ids.at(static_cast<std::size_t>(kind));
}

std::string_view french(Outgoing kind) {
  constexpr std::array<std::string_view, 3> names{"Accusé de réception", "Avis de transmission",
                                                  "Lettre d'attente"};
  return names.at(static_cast<std::size_t>(kind));
}

std::optional<Outgoing> parse_outgoing(std::string_view text) {
  for (const auto kind : {Outgoing::acknowledgement, Outgoing::redirection, Outgoing::holding})
    if (id(kind) == text) return kind;
  return std::nullopt;
}

std::optional<Outgoing> due_letter(State state, Queue queue, bool promised) {
  if (state == State::registered) return Outgoing::acknowledgement;
  if (state == State::acknowledged && queue == Queue::frais_sante) return Outgoing::redirection;
  const bool told = state == State::acknowledged || state == State::redirected;
  if (told && promised) return Outgoing::holding;
  return std::nullopt;
}

}  // namespace letter
