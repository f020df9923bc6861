#include <sstream>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "letter/tree.hpp"

namespace letter {
namespace {

std::string spelled(const toml::node& node) {  // dates and times keep their TOML spelling
  std::ostringstream out;
  node.visit([&](const auto& value) {
    if constexpr (toml::is_date<decltype(value)> || toml::is_time<decltype(value)> ||
                  toml::is_date_time<decltype(value)>)
      out << value.get();
  });
  return out.str();
}

Tree tree_of(const toml::node& node) {
  if (const auto* table = node.as_table()) {
    // toml++ sorts keys; the order of writing is the order of their places in the file.
    std::vector<std::pair<toml::source_position, std::pair<std::string, const toml::node*>>> in_order;
    for (const auto& [key, value] : *table)
      in_order.push_back({key.source().begin, {std::string(key.str()), &value}});
    std::stable_sort(in_order.begin(), in_order.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Tree object = Tree::object();
    for (const auto& [position, field] : in_order) object.set(field.first, tree_of(*field.second));
    return object;
  }
  if (const auto* array = node.as_array()) {
    Tree list = Tree::list();
    for (const auto& item : *array) list.push(tree_of(item));
    return list;
  }
  if (const auto* flag = node.as_boolean()) return flag->get();
  if (const auto* integer = node.as_integer()) return integer->get();
  if (const auto* number = node.as_floating_point()) return number->get();
  if (const auto* text = node.as_string()) return text->get();
  return spelled(node);
}

}  // namespace

Result<Tree> parse_toml(std::string_view text, std::string_view name) {
  const toml::parse_result parsed = toml::parse(text);
  if (parsed) return tree_of(parsed.table());
  const auto& error = parsed.error();
  const std::string where = std::string(name) + ":" + std::to_string(error.source().begin.line) + ":" +
                            std::to_string(error.source().begin.column);
  return fault("toml.syntax", where + " : ce TOML n'est pas valide.",
               where + ": this TOML is not valid (" + std::string(error.description()) + ").");
}

}  // namespace letter
