#include "router/sqlite_chores.hpp"

#include <array>

namespace router {

namespace {

std::string_view id(ChoreKind kind) {
  constexpr std::array<std::string_view, 3> ids{"close", "erase", "erase_handover"};
  return ids.at(static_cast<std::size_t>(kind));
}

}  // namespace

void SqliteChores::add(const Chore& chore) {
  Prepared write(statements_, "INSERT OR IGNORE INTO chores (kind, of) VALUES (?, ?)");
  Binder(write).text(id(chore.kind)).text(chore.of);
  write.exec();
}

std::vector<Chore> SqliteChores::waiting(ChoreKind kind, std::size_t limit) {
  Prepared ask(statements_, "SELECT of FROM chores WHERE kind = ? ORDER BY of LIMIT ?");
  Binder(ask).text(id(kind)).number(static_cast<std::int64_t>(limit));
  std::vector<Chore> found;
  while (ask.executeStep()) found.push_back({kind, Row(ask).text()});
  return found;
}

void SqliteChores::strike_off(const std::vector<Chore>& done) {
  for (const Chore& chore : done) {
    Prepared write(statements_, "DELETE FROM chores WHERE kind = ? AND of = ?");
    Binder(write).text(id(chore.kind)).text(chore.of);
    write.exec();
  }
}

}  // namespace router
