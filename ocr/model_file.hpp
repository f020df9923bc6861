// The frame of the handwriting models' files: a text header, an empty line, then numbers. The header is a
// name with a version, lines "word number...", and last "checksum" (FNV-1a 64 of all after the empty line).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocr {

class ModelFile {
 public:
  struct Entry {
    std::string name;
    std::vector<int> numbers;
  };
  // nullopt unless it begins with `kind` and the checksum is right. The bytes must outlive it.
  static std::optional<ModelFile> open(std::string_view bytes, std::string_view kind);

  const std::vector<Entry>& entries() const { return entries_; }  // without "letters" and "checksum"
  // What follows, in order; false when there is not so much. Numbers are little-endian, appended to `to`.
  bool letters(std::u32string& to);  // as many as "letters" says, 4 bytes each
  bool halves(std::size_t count, std::vector<float>& to);
  // [rows][columns] in the file; [columns][stride] in `to`.
  bool turned_halves(int rows, int columns, int stride, std::vector<float>& to);
  std::optional<std::string_view> bytes(std::size_t count);
  bool at_end() const { return rest_.empty(); }

 private:
  std::vector<Entry> entries_;
  std::size_t letters_ = 0;
  std::string_view rest_;
};

float from_half(std::uint16_t half);
std::uint64_t fnv1a(std::string_view bytes);

// The lines of a list whose last one is "checksum" and fnv1a of all before it, without that one. BrokenWorld
// when the file is missing or damaged.
std::string checked_list(const std::filesystem::path& file);

}  // namespace ocr
