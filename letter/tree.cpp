#include "letter/tree.hpp"

#include <algorithm>

namespace letter {

Tree& Tree::set(std::string key, Tree value) {
  auto* fields = std::get_if<Fields>(&value_);
  ENSURE(fields != nullptr);
  const auto same = std::ranges::find_if(*fields, [&](const auto& field) { return field.first == key; });
  if (same != fields->end())
    same->second = std::move(value);
  else
    fields->emplace_back(std::move(key), std::move(value));
  return *this;
}

Tree& Tree::push(Tree value) {
  auto* list = std::get_if<List>(&value_);
  ENSURE(list != nullptr);
  list->push_back(std::move(value));
  return *this;
}

const Tree* Tree::find(std::string_view key) const {
  for (const auto& [name, value] : fields())
    if (name == key) return &value;
  return nullptr;
}

const Tree::List& Tree::items() const {
  static const List none;
  const auto* list = std::get_if<List>(&value_);
  return list ? *list : none;
}

const Tree::Fields& Tree::fields() const {
  static const Fields none;
  const auto* fields = std::get_if<Fields>(&value_);
  return fields ? *fields : none;
}

std::string Tree::text_or(std::string_view otherwise) const {
  const auto* text = std::get_if<std::string>(&value_);
  return text ? *text : std::string(otherwise);
}

std::int64_t Tree::integer_or(std::int64_t otherwise) const {
  const auto* integer = std::get_if<std::int64_t>(&value_);
  return integer ? *integer : otherwise;
}

double Tree::number_or(double otherwise) const {
  if (const auto* integer = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*integer);
  const auto* number = std::get_if<double>(&value_);
  return number ? *number : otherwise;
}

bool Tree::flag_or(bool otherwise) const {
  const auto* flag = std::get_if<bool>(&value_);
  return flag ? *flag : otherwise;
}

bool Tree::is_null() const { return std::holds_alternative<std::monostate>(value_); }
bool Tree::is_text() const { return std::holds_alternative<std::string>(value_); }
bool Tree::is_number() const {
  return std::holds_alternative<std::int64_t>(value_) || std::holds_alternative<double>(value_);
}
bool Tree::is_list() const { return std::holds_alternative<List>(value_); }
bool Tree::is_object() const { return std::holds_alternative<Fields>(value_); }

const Tree& value(const Tree& tree, std::string_view key) {
  static const Tree null;
  const Tree* found = tree.find(key);
  return found ? *found : null;
}

}  // namespace letter
