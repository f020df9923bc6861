// The tables of the register, as the steps that made them. `PRAGMA user_version` says how many of the
// steps a file has seen; a step that was ever released is never changed, only followed by another.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace router {

// Step n brings a file from user_version n to n + 1.
std::span<const std::string_view> schema_steps();

// The columns of `cases` in the order that sqlite_store binds and reads them: "year, number, ...".
std::string case_columns();
// One statement that inserts a case or replaces its columns.
std::string save_case_sql();

}  // namespace router
