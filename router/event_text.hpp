// How the details of an event stand in the register: one JSON object of texts.
#pragma once

#include <map>
#include <string>

namespace router {

using Details = std::map<std::string, std::string>;

std::string written(const Details& what);
Details unwritten(const std::string& json);  // BrokenWorld when `written` did not write it

}  // namespace router
