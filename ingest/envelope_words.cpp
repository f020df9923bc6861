#include "ingest/envelope_words.hpp"

#include <array>

#include "letter/text.hpp"

namespace ingest {
namespace {

using letter::Envelope;

struct DayWord {
  std::string_view fr, en;
  std::optional<letter::Day> Envelope::*said;
};
constexpr std::array<DayWord, 3> day_words{{{"CACHET", "POSTMARK", &Envelope::postmark},
                                            {"DEPOT", "DEPOSIT", &Envelope::deposit},
                                            {"AFFRANCHI", "FRANKING", &Envelope::franking}}};

tl::unexpected<letter::Reason> said_twice() {
  return letter::fault("envelope.twice", "L'enveloppe dit deux choses différentes d'un même mot.",
                       "The envelope says two different things of one word.");
}

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_of_value(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; }

letter::Result<void> set(std::optional<letter::Day>& said, const std::string& value) {
  const auto day = letter::parse_day(value);
  if (!day)
    return letter::fault("envelope.date", "Une date d'envoi s'écrit 2026-11-18 et existe au calendrier.",
                         "A sending date reads 2026-11-18 and is a day of the calendar.");
  if (said && *said != *day) return said_twice();
  said = *day;
  return {};
}

}  // namespace

letter::Result<bool> key(Envelope& envelope, std::string_view word, const std::string& value) {
  const std::string plain = letter::folded(word);
  for (const DayWord& known : day_words) {
    if (plain != known.fr && plain != known.en) continue;
    if (const auto done = set(envelope.*known.said, value); !done) return tl::unexpected(done.error());
    return true;
  }
  if (plain != "LRAR") return false;
  const std::string number = letter::registered_number(value).value_or(value);
  if (!envelope.lrar.empty() && envelope.lrar != number) return said_twice();
  envelope.lrar = number;
  if (const auto doubt = letter::doubt_about({{}, {}, {}, number}, {}, {})) return tl::unexpected(*doubt);
  return true;
}

letter::Result<Envelope> envelope_in(const std::string& file_name) {
  const std::string name = letter::folded(letter::valid_utf8(file_name));
  Envelope found;
  for (std::size_t sign = name.find('='); sign != std::string::npos; sign = name.find('=', sign + 1)) {
    std::size_t begin = sign, end = sign + 1;
    while (begin > 0 && is_letter(name[begin - 1])) --begin;
    while (end < name.size() && is_of_value(name[end])) ++end;
    const auto keyed = key(found, name.substr(begin, sign - begin), name.substr(sign + 1, end - sign - 1));
    if (!keyed) return tl::unexpected(keyed.error());
  }
  return found;
}

}  // namespace ingest
