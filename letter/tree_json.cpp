#include <cmath>
#include <nlohmann/json.hpp>

#include "letter/text.hpp"
#include "letter/tree.hpp"

namespace letter {
namespace {

using Json = nlohmann::ordered_json;

constexpr int deepest = 64;  // nesting beyond this is an attack on the stack, not a document

bool too_deep(const Json& json, int depth) {
  if (!json.is_structured()) return false;
  if (depth >= deepest) return true;
  for (const auto& item : json)
    if (too_deep(item, depth + 1)) return true;
  return false;
}

Tree tree_of(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean:
      return json.get<bool>();
    case Json::value_t::number_integer:
      return json.get<std::int64_t>();
    case Json::value_t::number_unsigned:
      if (json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) return json.get<double>();
      return json.get<std::int64_t>();
    case Json::value_t::number_float:
      return json.get<double>();
    case Json::value_t::string:
      return json.get<std::string>();
    case Json::value_t::array: {
      Tree list = Tree::list();
      for (const auto& item : json) list.push(tree_of(item));
      return list;
    }
    case Json::value_t::object: {
      Tree object = Tree::object();
      for (const auto& [key, item] : json.items()) object.set(key, tree_of(item));
      return object;
    }
    default:
      return {};
  }
}

}  // namespace

Result<Tree> parse_json(std::string_view text) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    const std::string at = std::to_string(error.byte);
    return fault("json.syntax", "Ce JSON n'est pas valide (octet " + at + ").",
                 "This JSON is not valid (byte " + at + ").");
  } catch (const nlohmann::json::exception&) {
    return fault("json.value", "Ce JSON contient une valeur hors limites.",
                 "This JSON holds a value out of range.");
  }
  if (too_deep(json, 0))
    return fault("json.depth", "Ce JSON est trop imbriqué.", "This JSON is nested too deeply.");
  return tree_of(json);
}

std::string dump_json(const Tree& tree, int indent) {
  struct Writer {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(bool v) const { return v; }
    Json operator()(std::int64_t v) const { return v; }
    Json operator()(double v) const { return std::isfinite(v) ? Json(v) : Json(nullptr); }
    Json operator()(const std::string& v) const { return valid_utf8(v); }
    Json operator()(const Tree::List& v) const {
      Json list = Json::array();
      for (const auto& item : v) list.push_back(std::visit(*this, item.value_));
      return list;
    }
    Json operator()(const Tree::Fields& v) const {
      Json object = Json::object();
      for (const auto& [key, item] : v) object[valid_utf8(key)] = std::visit(*this, item.value_);
      return object;
    }
  };
  return std::visit(Writer{}, tree.value_).dump(indent);
}

}  // namespace letter
