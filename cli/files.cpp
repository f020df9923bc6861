#include "cli/files.hpp"

#include <fstream>
#include <system_error>

namespace cli {

namespace fs = std::filesystem;

letter::Result<std::string> load_file(const fs::path& path, std::uint64_t most_bytes) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status))
    return letter::fault("file.absent", "Ce fichier n'existe pas.", "There is no such file.");
  if (!fs::is_regular_file(status))
    return letter::fault("file.kind", "Ce n'est pas un fichier ordinaire.", "This is not a plain file.");
  const auto size = fs::file_size(path, error);
  if (error) return letter::fault("file.unreadable", "Fichier illisible.", "The file cannot be read.");
  if (size > most_bytes)
    return letter::fault("file.too_large", "Fichier trop gros (limits.frame_bytes).",
                         "The file is too large (limits.frame_bytes).");
  std::ifstream in(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size)))
    return letter::fault("file.unreadable", "Fichier illisible.", "The file cannot be read.");
  return bytes;
}

letter::Result<void> save_file(const fs::path& path, const std::string& bytes) {
  const fs::path part = path.string() + ".part";
  std::ofstream file(part, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error;
  if (file) fs::rename(part, path, error);
  if (!file || error) {
    fs::remove(part, error);
    return letter::fault("file.unwritable", "Impossible d'écrire ce fichier.", "The file cannot be written.");
  }
  return {};
}

}  // namespace cli
