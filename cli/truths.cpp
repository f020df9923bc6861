#include "cli/truths.hpp"

#include <unistd.h>

#include <algorithm>

#include "cli/files.hpp"

namespace cli {
namespace {

constexpr std::uint64_t most_truth_bytes = 1u << 20;

// File names stay out of reasons: a scan's name may be a person's.
letter::Reason numbered(const letter::Reason& why, std::size_t number) {
  const std::string n = std::to_string(number);
  return {why.code, "Vérité n° " + n + " du dossier, par ordre de nom : " + why.fr,
          "Truth no. " + n + " of the folder, by name: " + why.en};
}

letter::Result<KnownScan> known_scan(const std::filesystem::path& file) {
  const auto json = load_file(file, most_truth_bytes);
  if (!json) return tl::unexpected(json.error());
  auto truth = parse_truth(*json);
  if (!truth) return tl::unexpected(truth.error());
  const std::filesystem::path scan = file.parent_path() / truth->file;
  std::error_code failed;
  if (!std::filesystem::is_regular_file(scan, failed))
    return letter::fault("truth.scan", "Le scan dont elle parle n’est pas dans le dossier.",
                         "The scan it speaks of is not in the folder.");
  return KnownScan{scan, std::move(*truth)};
}

}  // namespace

letter::Result<std::vector<KnownScan>> known_scans(const std::filesystem::path& dir) {
  std::error_code failed;
  std::filesystem::directory_iterator entries(dir, failed);
  if (failed)
    return letter::fault("file.absent", "Ce dossier n’existe pas ou n’est pas lisible.",
                         "This folder does not exist or cannot be read.");
  std::vector<std::filesystem::path> files;
  for (const auto& entry : entries)
    if (entry.path().filename().string().ends_with(".truth.json")) files.push_back(entry.path());
  if (files.empty())
    return letter::fault("truth.none", "Ce dossier ne contient aucune vérité (NOM.truth.json).",
                         "This folder holds no truth (NAME.truth.json).");
  std::sort(files.begin(), files.end());
  std::vector<KnownScan> scans;
  for (const auto& file : files) {
    auto scan = known_scan(file);
    if (!scan) return tl::unexpected(numbered(scan.error(), scans.size() + 1));
    scans.push_back(std::move(*scan));
  }
  return scans;
}

std::vector<std::filesystem::path> files_of(const std::vector<KnownScan>& scans) {
  std::vector<std::filesystem::path> files;
  for (const KnownScan& known : scans) files.push_back(known.scan);
  return files;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "vaguemestre-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw letter::BrokenWorld("no temporary folder can be made");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code failed;
  std::filesystem::remove_all(path_, failed);
}

}  // namespace cli
