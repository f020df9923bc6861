// What is still to be done where the sheets are, as the register on disk keeps it. Part of sqlite_store.
#pragma once

#include "router/sqlite_rows.hpp"
#include "router/store.hpp"

namespace router {

class SqliteChores {
 public:
  explicit SqliteChores(Statements& statements) : statements_(statements) {}
  void add(const Chore& chore);  // there already: nothing
  std::vector<Chore> waiting(ChoreKind kind, std::size_t limit);
  void strike_off(const std::vector<Chore>& done);

 private:
  Statements& statements_;
};

}  // namespace router
