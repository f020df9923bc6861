// Reading a scan here and now, with no daemon running.
#pragma once

#include <functional>

#include "cli/command.hpp"
#include "letter/wire.hpp"
#include "ocr/zygote.hpp"

namespace cli {

// A letter of one file, as a station would have made it. Faults: file.*, page.*, pdf.* and their like.
letter::Result<letter::Work> work_of(const std::filesystem::path& file, const belt::Config& config,
                                     letter::Instant now);

ocr::ReadLimits read_limits(const belt::Config& config);

// What reads: how it is loaded and what it may take.
struct Reading {
  const belt::Config& config;
  ocr::Zygote::Load load;  // none: as `vaguemestre read`
  std::size_t readers = 1;
};
Option readers_option();  // --readers
// Reads each file, `readers` of them at a time, and tells each result in the order of the files.
using Told = std::function<void(std::size_t, const letter::Result<letter::ReadLetter>&)>;
void read_each(const std::vector<std::filesystem::path>& files, const Reading& reading, letter::Instant now,
               const Told& told);

// Nothing when strangers' files may be decoded here: walls stand, or the settings do without them, which a
// warning says on stderr. Else walls.*.
std::optional<letter::Reason> unwalled(const belt::Config& config, Front& front);

// belt::exit_* for such a fault.
int exit_code_for(const letter::Reason& reason);

}  // namespace cli
