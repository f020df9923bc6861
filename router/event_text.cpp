#include "router/event_text.hpp"

#include "letter/tree.hpp"

namespace router {

std::string written(const Details& what) {
  letter::Tree tree = letter::Tree::object();
  for (const auto& [key, value] : what) tree.set(key, value);
  return letter::dump_json(tree);
}

Details unwritten(const std::string& json) {
  const auto tree = letter::parse_json(json);
  if (!tree || !tree->is_object()) throw letter::BrokenWorld("an event of the register cannot be read");
  Details what;
  for (const auto& [key, value] : tree->fields()) what[key] = value.text_or("");
  return what;
}

}  // namespace router
