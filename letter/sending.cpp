#include "letter/sending.hpp"

#include <algorithm>
#include <array>

namespace letter {
namespace {

struct BasisNames {
  SentBasis basis;
  std::string_view id, french;
};

constexpr std::array<BasisNames, 6> bases{
    {{SentBasis::desk, "desk", "Date retenue par un gestionnaire"},
     {SentBasis::lrar_deposit, "lrar_deposit", "Dépôt du recommandé"},
     {SentBasis::postmark, "postmark", "Cachet de la poste"},
     {SentBasis::franking, "franking", "Machine à affranchir"},
     {SentBasis::written, "written", "Date écrite sur le courrier"},
     {SentBasis::arrival_minus_3, "arrival_minus_3", "Arrivée moins 3 jours ouvrables"}}};

const BasisNames& names_of(SentBasis basis) {
  const auto found = std::ranges::find(bases, basis, &BasisNames::basis);
  ENSURE(found != bases.end());
  return *found;
}

constexpr std::size_t number_length = 13;

// What each sign is: 'A' a letter, '0' a digit.
std::string shape_of(const std::string& number) {
  std::string shape;
  for (const char c : number) shape += c >= '0' && c <= '9' ? '0' : c >= 'A' && c <= 'Z' ? 'A' : '?';
  return shape;
}

// UPU S10: eight digits weighted, the ninth is their key.
bool has_s10_key(const std::string& number) {
  constexpr std::array<int, 8> weights{8, 6, 4, 2, 3, 5, 9, 7};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights.at(i) * (number[2 + i] - '0');
  const int left = 11 - sum % 11;
  return number[10] - '0' == (left == 10 ? 0 : left == 11 ? 5 : left);
}

std::optional<Reason> doubt_about(Day day, Day arrived_on, Day today) {
  using std::chrono::sys_days;
  if (day > today)
    return Reason{"envelope.future", "Cette date est dans le futur : " + french(day) + ".",
                  "This date lies in the future: " + iso(day) + "."};
  if (day > arrived_on)
    return Reason{
        "envelope.after_arrival",
        "Une lettre n'est pas envoyée après son arrivée : " + french(day) + ", arrivée le " +
            french(arrived_on) + ".",
        "A letter is not sent after it arrived: " + iso(day) + ", arrived " + iso(arrived_on) + "."};
  if (sys_days{day} < sys_days{arrived_on} - std::chrono::days{longest_way_days})
    return Reason{"envelope.too_old",
                  "Cette date a plus de " + std::to_string(longest_way_days) + " jours : " + french(day) +
                      ". Si elle est juste, envoyer sans elle et la donner au bureau (« date »).",
                  "This date is more than " + std::to_string(longest_way_days) + " days old: " + iso(day) +
                      ". If it is right, send without it and give it at the desk (\"sent\")."};
  return std::nullopt;
}

}  // namespace

std::string_view id(SentBasis basis) { return names_of(basis).id; }

std::string_view french(SentBasis basis) { return names_of(basis).french; }

std::optional<SentBasis> parse_sent_basis(std::string_view text) {
  for (const auto& known : bases)
    if (known.id == text) return known.basis;
  return std::nullopt;
}

std::string_view id(Source source) {
  constexpr std::array<std::string_view, 3> ids{"keyed", "read", "reckoned"};
  return ids.at(static_cast<std::size_t>(source));
}

std::optional<Source> parse_source(std::string_view text) {
  for (const auto source : {Source::keyed, Source::read, Source::reckoned})
    if (id(source) == text) return source;
  return std::nullopt;
}

std::string_view id(Fate fate) {
  constexpr std::array<std::string_view, 6> ids{"kept",   "outranked",     "later",
                                                "unsure", "after_arrival", "too_old"};
  return ids.at(static_cast<std::size_t>(fate));
}

std::optional<Fate> parse_fate(std::string_view text) {
  for (const auto fate :
       {Fate::kept, Fate::outranked, Fate::later, Fate::unsure, Fate::after_arrival, Fate::too_old})
    if (id(fate) == text) return fate;
  return std::nullopt;
}

std::optional<std::string> registered_number(std::string_view keyed) {
  std::string number;
  for (const char c : keyed)
    if (c != ' ') number += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (number.size() != number_length) return std::nullopt;
  const std::string shape = shape_of(number);
  const bool is_ours = shape == "0A00000000000", is_abroad = shape == "AA000000000AA" && has_s10_key(number);
  return is_ours || is_abroad ? std::optional(number) : std::nullopt;
}

std::optional<Reason> doubt_about(const Envelope& keyed, Day arrived_on, Day today) {
  for (const auto& day : {keyed.deposit, keyed.postmark, keyed.franking})
    if (day)
      if (auto doubt = doubt_about(*day, arrived_on.ok() ? arrived_on : today, today)) return doubt;
  if (!keyed.lrar.empty() && registered_number(keyed.lrar) != keyed.lrar)
    return Reason{"envelope.lrar",
                  "Un numéro de recommandé a 13 signes : « 1A 123 456 7890 1 », ou « RR123456785DE ».",
                  "A registered letter's number has 13 signs: \"1A 123 456 7890 1\", or \"RR123456785DE\"."};
  return std::nullopt;
}

}  // namespace letter
