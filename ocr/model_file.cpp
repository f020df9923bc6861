#include "ocr/model_file.hpp"

#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

#include "letter/result.hpp"

namespace ocr {
namespace {

constexpr std::size_t most_entries = 64;
constexpr std::size_t most_letters = 1000;

std::optional<ModelFile::Entry> parse_entry(std::string_view line) {
  ModelFile::Entry entry;
  const auto end_of_name = line.find(' ');
  entry.name = line.substr(0, end_of_name);
  while (end_of_name != std::string_view::npos) {
    line.remove_prefix(std::min(line.find(' '), line.size()));
    if (line.empty()) break;
    line.remove_prefix(1);
    int number = 0;
    const auto parsed = std::from_chars(line.data(), line.data() + line.size(), number);
    if (parsed.ec != std::errc{}) return std::nullopt;
    line.remove_prefix(static_cast<std::size_t>(parsed.ptr - line.data()));
    if (!line.empty() && line.front() != ' ') return std::nullopt;
    entry.numbers.push_back(number);
  }
  return entry;
}

bool checksum_is_right(std::string_view hex, std::string_view numbers) {
  std::uint64_t said = 0;
  const auto parsed = std::from_chars(hex.data(), hex.data() + hex.size(), said, 16);
  return parsed.ec == std::errc{} && parsed.ptr == hex.data() + hex.size() && said == fnv1a(numbers);
}

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

}  // namespace

float from_half(std::uint16_t half) {
  const int exponent = half >> 10 & 31;
  const int fraction = half & 1023;
  const float size = exponent == 0 ? std::ldexp(static_cast<float>(fraction), -24)
                                   : std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
  return half & 0x8000 ? -size : size;
}

std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  return hash;
}

std::optional<ModelFile> ModelFile::open(std::string_view bytes, std::string_view kind) {
  const auto end = bytes.find("\n\n");
  if (end == std::string_view::npos || !bytes.starts_with(kind) || bytes[kind.size()] != '\n')
    return std::nullopt;
  ModelFile file;
  file.rest_ = bytes.substr(end + 2);
  std::string_view header = bytes.substr(kind.size() + 1, end - kind.size());
  bool checked = false;
  while (!header.empty()) {
    const auto line = header.substr(0, header.find('\n'));
    header.remove_prefix(line.size() + 1);
    if (checked || file.entries_.size() > most_entries) return std::nullopt;
    if (line.starts_with("checksum ")) {
      checked = checksum_is_right(line.substr(9), file.rest_);
      if (!checked) return std::nullopt;
      continue;
    }
    auto entry = parse_entry(line);
    if (!entry) return std::nullopt;
    if (entry->name == "letters" && entry->numbers.size() == 1 && entry->numbers[0] > 0)
      file.letters_ = static_cast<std::size_t>(entry->numbers[0]);
    else
      file.entries_.push_back(std::move(*entry));
  }
  if (!checked) return std::nullopt;
  return file;
}

std::optional<std::string_view> ModelFile::bytes(std::size_t count) {
  if (count > rest_.size()) return std::nullopt;
  const auto taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

bool ModelFile::letters(std::u32string& to) {
  if (letters_ == 0 || letters_ > most_letters) return false;
  const auto taken = bytes(4 * letters_);
  if (!taken) return false;
  for (std::size_t i = 0; i < letters_; ++i) to.push_back(little_endian(taken->substr(4 * i, 4)));
  return true;
}

bool ModelFile::halves(std::size_t count, std::vector<float>& to) {
  const auto taken = bytes(2 * count);
  if (!taken) return false;
  for (std::size_t i = 0; i < count; ++i)
    to.push_back(from_half(static_cast<std::uint16_t>(little_endian(taken->substr(2 * i, 2)))));
  return true;
}

bool ModelFile::turned_halves(int rows, int columns, int stride, std::vector<float>& to) {
  std::vector<float> flat;
  if (!halves(static_cast<std::size_t>(rows) * columns, flat)) return false;
  const std::size_t start = to.size();
  to.resize(start + static_cast<std::size_t>(columns) * stride, 0.0F);
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c)
      to[start + static_cast<std::size_t>(c) * stride + r] = flat[static_cast<std::size_t>(r) * columns + c];
  return true;
}

std::string checked_list(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  constexpr std::string_view mark = "checksum ";
  const std::size_t end = bytes.rfind(mark);
  std::uint64_t said = 0;
  if (end != std::string::npos)
    std::from_chars(bytes.data() + end + mark.size(), bytes.data() + bytes.size(), said, 16);
  if (end == std::string::npos || end == 0 || said != fnv1a(std::string_view(bytes).substr(0, end)))
    throw letter::BrokenWorld(file.filename().string() + " is missing or damaged");
  bytes.resize(end);
  return bytes;
}

}  // namespace ocr
