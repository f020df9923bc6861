// Reading a scan here and now, with no daemon running.
#pragma once

#include "cli/command.hpp"
#include "letter/wire.hpp"
#include "ocr/zygote.hpp"

namespace cli {

// A letter of one file, as a station would have made it. Faults: file.*, page.*, pdf.* and their like.
letter::Result<letter::Work> work_of(const std::filesystem::path& file, const belt::Config& config,
                                     letter::Instant now);

ocr::ReadLimits read_limits(const belt::Config& config);

// Nothing when strangers' files may be decoded here: walls stand, or the settings do without them, which a
// warning says on stderr. Else walls.*.
std::optional<letter::Reason> unwalled(const belt::Config& config, Front& front);

// belt::exit_* for such a fault.
int exit_code_for(const letter::Reason& reason);

}  // namespace cli
