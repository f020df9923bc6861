// A document as a tree of values, so that TOML and JSON are each seen by one .cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "letter/result.hpp"

namespace letter {

class Tree {
 public:
  using List = std::vector<Tree>;
  using Fields = std::vector<std::pair<std::string, Tree>>;  // keeps the order of writing

  Tree() = default;  // null
  Tree(bool v) : value_(v) {}
  Tree(int v) : value_(static_cast<std::int64_t>(v)) {}
  Tree(std::int64_t v) : value_(v) {}
  Tree(std::uint64_t v) : value_(static_cast<std::int64_t>(v)) {}
  Tree(std::uint32_t v) : value_(static_cast<std::int64_t>(v)) {}
  Tree(double v) : value_(v) {}
  Tree(std::string v) : value_(std::move(v)) {}
  Tree(std::string_view v) : value_(std::string(v)) {}
  Tree(const char* v) : value_(std::string(v)) {}
  static Tree object() { return Tree(Fields{}); }
  static Tree list() { return Tree(List{}); }

  // Building: `set` on an object (replaces an existing key), `push` on a list.
  Tree& set(std::string key, Tree value);
  Tree& push(Tree value);

  // Reading: never throws; a missing key or another kind gives null or the default.
  const Tree* find(std::string_view key) const;  // a field of an object, or null
  const List& items() const;                     // empty when not a list
  const Fields& fields() const;                  // empty when not an object
  std::string text_or(std::string_view otherwise) const;
  std::int64_t integer_or(std::int64_t otherwise) const;
  double number_or(double otherwise) const;  // integers count as numbers
  bool flag_or(bool otherwise) const;
  bool is_null() const, is_text() const, is_number() const, is_list() const, is_object() const;
  bool operator==(const Tree&) const = default;

 private:
  explicit Tree(Fields v) : value_(std::move(v)) {}
  explicit Tree(List v) : value_(std::move(v)) {}
  friend Result<Tree> parse_json(std::string_view);
  friend Result<Tree> parse_toml(std::string_view, std::string_view);
  friend std::string dump_json(const Tree&, int);
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Fields> value_;
};

// Shorthand for reading a nested key: value(tree, "a") or null tree.
const Tree& value(const Tree& tree, std::string_view key);

Result<Tree> parse_json(std::string_view text);                         // json.* faults
Result<Tree> parse_toml(std::string_view text, std::string_view name);  // toml.*; says line, column
// indent < 0: one line. Texts that are not UTF-8 are made so; non-finite numbers become null.
std::string dump_json(const Tree& tree, int indent = -1);

}  // namespace letter
