#include "ocr/boxes/towns.hpp"

#include <algorithm>

#include "ocr/model_file.hpp"

namespace ocr {
namespace {

std::vector<std::string> parts_of(std::string_view line) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = line.find(';');
    parts.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return parts;
    line.remove_prefix(end + 1);
  }
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

Towns::Towns(const std::filesystem::path& models_dir) {
  const std::string list = checked_list(models_dir / "towns" / "towns.txt");
  std::string_view left = list;
  while (!left.empty()) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    std::vector<std::string> parts = parts_of(line);
    std::vector<std::string>& towns = by_code_[parts.front()];
    towns.assign(parts.begin() + 1, parts.end());
    for (const std::string& town : towns)
      for (const std::string& written : {town, with(town, "-", " ")}) {
        if (by_length_.size() <= written.size()) by_length_.resize(written.size() + 1);
        by_length_[written.size()].push_back(written);
      }
  }
  for (std::vector<std::string>& names : by_length_) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
  }
}

const std::vector<std::string>& Towns::of_length(std::size_t letters) const {
  static const std::vector<std::string> none;
  return letters < by_length_.size() ? by_length_[letters] : none;
}

const std::vector<std::string>& Towns::at(std::string_view postcode) const {
  static const std::vector<std::string> none;
  const auto found = by_code_.find(std::string(postcode));
  return found == by_code_.end() ? none : found->second;
}

std::vector<std::string> spellings(const std::string& town, std::size_t cells) {
  std::vector<std::string> all{town, with(town, "-", " ")};
  for (const std::string_view word : {"SAINT", "SAINTE"}) {
    const std::string short_word = word == "SAINT" ? "ST" : "STE";
    for (const char gap : {'-', ' '}) {
      const std::string from = std::string(word) + gap, to = short_word + gap;
      for (std::size_t i = 0, n = all.size(); i < n; ++i)
        if (all[i].find(from) != std::string::npos) all.push_back(with(all[i], from, to));
    }
  }
  for (std::string& one : all) {
    if (one.size() > cells) one.resize(cells);
    while (!one.empty() && one.back() == ' ') one.pop_back();
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace ocr
