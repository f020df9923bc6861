// The NIR is masked on every screen and print but the offline `read` and the field being confirmed.
#pragma once

#include <string>
#include <string_view>

namespace cli {

// Every run in `text` that may be a NIR (13 to 15 characters, spaces and dots between allowed) masked. Case
// references, ISO dates and right SIRET numbers stay.
std::string nirs_masked(std::string_view text);

// What a screen may show of a field that was read.
std::string field_masked(std::string_view field_id, const std::string& text);

}  // namespace cli
