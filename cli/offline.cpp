#include "cli/offline.hpp"

#include <poll.h>

#include <algorithm>
#include <memory>

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
  return {limits.read_ms_a_page, limits.pages_a_letter, limits.child_bytes, limits.decoded_bytes,
          config.members};
}

namespace {

// One zygote and the letter it has under way, or why there is none.
class OneReader {
 public:
  explicit OneReader(const Reading& reading)
      : config_(reading.config),
        zygote_(reading.load
                    ? std::make_unique<ocr::Zygote>(reading.load, read_limits(reading.config))
                    : std::make_unique<ocr::Zygote>(reading.config.models_dir, read_limits(reading.config))) {
  }

  void begin(const std::filesystem::path& file, letter::Instant now) {
    const auto work = work_of(file, config_, now);
    refused_ = work ? std::nullopt : std::optional(work.error());
    if (work) zygote_->begin(*work, ocr::Task::read);
  }
  letter::Result<letter::ReadLetter> end() {
    if (refused_) return tl::unexpected(*refused_);
    for (;;) {
      pollfd wait{zygote_->fd(), POLLIN, 0};
      ::poll(&wait, 1, -1);
      if (auto read = zygote_->poll()) return std::move(*read);
    }
  }

 private:
  const belt::Config& config_;
  std::unique_ptr<ocr::Zygote> zygote_;
  std::optional<letter::Reason> refused_;
};

}  // namespace

Option readers_option() {
  return {"--readers", Kind::whole, "N", "combien de lecteurs à la fois (défaut : 1)",
          "how many readers at a time (default: 1)"};
}

void read_each(const std::vector<std::filesystem::path>& files, const Reading& reading, letter::Instant now,
               const Told& told) {
  std::vector<OneReader> readers;
  for (std::size_t i = 0; i < std::min(files.size(), std::max<std::size_t>(1, reading.readers)); ++i) {
    readers.emplace_back(reading);
    readers.back().begin(files[i], now);
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    OneReader& reader = readers[i % readers.size()];
    const auto read = reader.end();
    if (const std::size_t next = i + readers.size(); next < files.size()) reader.begin(files[next], now);
    told(i, read);
  }
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
