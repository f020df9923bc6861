// The NIR is masked on every screen and print but the offline `read` and the field being confirmed.
#pragma once

#include <string>
#include <string_view>

namespace cli {

// Every run in `text` that may be a NIR (13 or 15 characters, spaces and dots between allowed) masked.
std::string nirs_masked(std::string_view text);

// Whether this field of a form holds a NIR.
bool holds_nir(std::string_view field_id);

}  // namespace cli
