#include "router/sqlite_roll.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace router {

using letter::BrokenWorld;

std::vector<RollLine> read_roll(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return {};
  std::vector<RollLine> lines;
  try {
    const SQLite::Database db(file, SQLite::OPEN_READONLY, 5000);
    SQLite::Statement ask(db,
                          "SELECT letters.id, letters.year, letters.number, letters.pages, cases.state, "
                          "cases.purged_on <> '' FROM letters "
                          "JOIN cases USING (year, number) ORDER BY arrival");
    while (ask.executeStep()) {
      const auto id = letter::parse_letter_id(ask.getColumn(0).getString());
      const auto state = letter::parse_state(ask.getColumn(4).getString());
      if (!id || !state)
        throw BrokenWorld("the register holds a letter that no version of this program writes");
      lines.push_back({*id,
                       {ask.getColumn(1).getInt(), static_cast<std::uint32_t>(ask.getColumn(2).getInt())},
                       static_cast<std::uint32_t>(ask.getColumn(3).getInt()),
                       *state,
                       ask.getColumn(5).getInt() != 0});
    }
  } catch (const SQLite::Exception& e) {
    throw BrokenWorld("the register cannot be read: " + std::string(e.what()));
  }
  return lines;
}

void copy_register(const std::filesystem::path& file, const std::filesystem::path& to) {
  try {
    const SQLite::Database db(file, SQLite::OPEN_READONLY, 5000);
    SQLite::Statement copy(db, "VACUUM INTO ?");
    copy.bind(1, to.string());
    copy.exec();
  } catch (const SQLite::Exception& e) {
    throw BrokenWorld("the register cannot be copied: " + std::string(e.what()));
  }
}

}  // namespace router
