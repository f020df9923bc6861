#include "cli/offline.hpp"

#include "belt/daemon.hpp"
#include "cli/files.hpp"
#include "page/sheets.hpp"
#include "page/walls.hpp"
#include "vault/vault.hpp"

namespace cli {

letter::Result<letter::Work> work_of(const std::filesystem::path& file, const belt::Config& config,
                                     letter::Instant now) {
  auto bytes = load_file(file, config.limits.frame_bytes);
  if (!bytes) return tl::unexpected(bytes.error());
  const belt::Limits& limits = config.limits;
  const auto sheets =
      page::count_sheets(*bytes, {limits.decode_ms, limits.decoded_bytes, limits.child_bytes});
  if (!sheets) return tl::unexpected(sheets.error());
  letter::Work work;
  work.letter.id = {"LOCAL", 1};
  work.letter.received_at = now;
  work.letter.arrived_on = letter::paris_day(now);
  work.letter.masters.push_back(
      {vault::sha256_hex(*bytes), bytes->size(), sheets->media_type, sheets->pages});
  for (std::uint32_t i = 0; i < sheets->pages; ++i) {
    letter::Page page;
    page.index = i;
    work.letter.pages.push_back(page);
  }
  work.masters.push_back(std::move(*bytes));
  return work;
}

ocr::ReadLimits read_limits(const belt::Config& config) {
  const belt::Limits& limits = config.limits;
  return {limits.read_ms_a_page, limits.pages_a_letter, limits.child_bytes, limits.decoded_bytes};
}

std::optional<letter::Reason> unwalled(const belt::Config& config, Front& front) {
  const auto missing = page::missing_walls();
  if (!missing || !config.insecure) return missing;
  front.err << front.tell("Attention : ", "Warning: ") << front.tell(missing->fr, missing->en) << "\n";
  return std::nullopt;
}

int exit_code_for(const letter::Reason& reason) {
  if (reason.code.starts_with("config.")) return belt::exit_config;
  if (reason.code.starts_with("usage.")) return belt::exit_usage;
  if (reason.code.starts_with("walls.")) return belt::exit_missing;
  const bool access = reason.code == "file.absent" || reason.code == "file.unreadable" ||
                      reason.code == "specimen.unwritable";
  return access ? belt::exit_file_access : belt::exit_bad_input;
}

}  // namespace cli
