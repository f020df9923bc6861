#include "router/sqlite_secrets.hpp"

#include <algorithm>

#include "letter/wire.hpp"
#include "router/case_text.hpp"

namespace router {

using letter::BrokenWorld;
using letter::CaseRef;
using letter::Event;
using letter::SortedLetter;

namespace {

constexpr const char* slip_type = "letter.sorted/1";

SortedLetter unslipped(const std::string& slip) {
  auto sorted = letter::decode_sorted({slip_type, slip});
  if (!sorted) throw BrokenWorld("a slip of the register cannot be read: " + sorted.error().code);
  return std::move(*sorted);
}

std::string slipped(const SortedLetter& sorted) { return letter::encode(sorted).at(1); }

const std::string secret_cases = "(queue = 'dossiers_medicaux' OR secondary = 'dossiers_medicaux')";

std::string bound_to(const SortedLetter& sorted) { return "letter " + letter::text(sorted.read.letter.id); }
std::string bound_to(const CaseRef& ref) { return "case " + letter::text(ref); }

}  // namespace

bool SqliteSecrets::is_secret(const CaseRef& ref) {
  if (medical_.public_key.empty()) return false;
  Prepared ask(statements_, "SELECT queue, secondary, purged_on FROM cases WHERE year = ? AND number = ?");
  Binder(ask).ref(ref);
  if (!ask.executeStep()) return false;
  Row row(ask);
  const std::string medical(letter::id(letter::Queue::dossiers_medicaux));
  const bool owned = row.text() == medical, informed = row.text() == medical;
  return (owned || informed) && row.text().empty();
}

std::vector<CaseRef> SqliteSecrets::left_readable() {
  std::vector<CaseRef> found;
  if (medical_.public_key.empty()) return found;
  Prepared ask(statements_, "SELECT year, number FROM cases WHERE " + secret_cases +
                                " AND closed_name = x'' AND purged_on = ''");
  while (ask.executeStep()) found.push_back(Row(ask).ref());
  return found;
}

std::string SqliteSecrets::closed_name(const Case& value) const {
  return vault::close_for(medical_, value.complainant.reveal(), bound_to(value.ref));
}

letter::PersonalText SqliteSecrets::opened_name(const CaseRef& ref, const std::string& closed) const {
  const auto name = vault::open_with(medical_, closed, bound_to(ref));
  return letter::PersonalText(name.value_or(""));
}

SqliteSecrets::Slip SqliteSecrets::slip_of(const SortedLetter& sorted, bool secret) const {
  if (!secret) return {slipped(sorted), ""};
  return {slipped(without_words(sorted)), vault::close_for(medical_, slipped(sorted), bound_to(sorted))};
}

SortedLetter SqliteSecrets::letter_in(const Slip& row) const {
  SortedLetter known = unslipped(row.slip);
  if (row.closed.empty()) return known;
  const auto whole = vault::open_with(medical_, row.closed, bound_to(known));
  if (whole) return unslipped(*whole);
  if (whole.error().code == "vault.forged") throw BrokenWorld("a closed letter of the register was changed");
  return known;
}

Event SqliteSecrets::closed(Event event) const {
  if (!holds_words(event.what)) return event;
  const auto ref = letter::parse_case_ref(event.case_ref);
  ENSURE(ref.has_value());
  Details words;
  for (const char* name : worded)
    if (const auto told = event.what.extract(name); !told.empty()) words[name] = told.mapped();
  event.what["closed"] = vault::hex(vault::close_for(medical_, written(words), bound_to(*ref)));
  return event;
}

Event SqliteSecrets::opened(Event event) const {
  const auto found = event.what.find("closed");
  const auto ref = letter::parse_case_ref(event.case_ref);
  if (found == event.what.end() || !ref) return event;
  const auto words = vault::open_with(medical_, vault::unhex(found->second), bound_to(*ref));
  event.what.erase(found);
  if (words)
    event.what.merge(unwritten(*words));
  else
    event.what["purged"] = "yes";
  return event;
}

SqliteSecrets::Closed SqliteSecrets::follow(const CaseRef& ref, bool secret) {
  if (medical_.public_key.empty()) return {};
  if (secret) return close_letters(ref);
  open_letters(ref);
  return {};
}

SqliteSecrets::Closed SqliteSecrets::close_letters(const CaseRef& ref) {
  std::vector<std::pair<std::int64_t, std::string>> readable;
  {
    Prepared ask(statements_,
                 "SELECT arrival, slip FROM letters WHERE year = ? AND number = ? AND length(closed) = 0");
    Binder(ask).ref(ref);
    while (ask.executeStep()) {
      Row row(ask);
      const std::int64_t arrival = row.number();
      readable.emplace_back(arrival, row.text());
    }
  }
  Closed done;
  for (const auto& [arrival, slip] : readable) {
    const SortedLetter sorted = unslipped(slip);
    const Slip closed = slip_of(sorted, true);
    Prepared write(statements_, "UPDATE letters SET slip = ?, closed = ? WHERE arrival = ?");
    Binder(write).blob(closed.slip).blob(closed.closed).number(arrival);
    write.exec();
    Prepared forget(statements_, "DELETE FROM clues WHERE arrival = ?");
    Binder(forget).number(arrival);
    forget.exec();
    Prepared hide(statements_, "UPDATE automatic SET lead = randomblob(length(lead)) WHERE arrival = ?");
    Binder(hide).number(arrival);
    hide.exec();
    done.letters.push_back(sorted.read.letter.id);
  }
  done.events = purge_told(ref);
  return done;
}

// What stands closed is one detail of another name, so that it stays.
bool SqliteSecrets::purge_told(const CaseRef& ref) {
  std::string told;
  for (const std::string name : worded)
    told += (told.empty() ? "" : " OR ") + ("what LIKE '%\"" + name + "\"%'");
  Prepared purge(statements_, "UPDATE events SET what = '' WHERE case_ref = ? AND (" + told + ")");
  Binder(purge).text(letter::text(ref));
  return purge.exec() > 0;
}

void SqliteSecrets::open_letters(const CaseRef& ref) {
  if (medical_.secret_key.empty()) return;
  std::vector<std::pair<std::int64_t, Slip>> closed;
  {
    Prepared ask(
        statements_,
        "SELECT arrival, slip, closed FROM letters WHERE year = ? AND number = ? AND length(closed) > 0");
    Binder(ask).ref(ref);
    while (ask.executeStep()) {
      Row row(ask);
      const std::int64_t arrival = row.number();
      std::string slip = row.text();
      closed.push_back({arrival, {std::move(slip), row.text()}});
    }
  }
  for (const auto& [arrival, row] : closed) {
    Prepared write(statements_, "UPDATE letters SET slip = ?, closed = x'' WHERE arrival = ?");
    Binder(write).blob(slipped(letter_in(row))).number(arrival);
    write.exec();
  }
}

}  // namespace router
