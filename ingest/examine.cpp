#include "ingest/examine.hpp"

#include <algorithm>

namespace ingest {
namespace {

using letter::Result;
using page::SheetRange;

struct CountedFile {
  const std::string* bytes = nullptr;
  page::Sheets sheets;
  std::uint32_t first = 0;  // its first page's place in the stack
};

// The pages of [first, first + pages) that lie in the file, counted from the file's own first page.
SheetRange share_of(const CountedFile& file, const Planned& letter) {
  const std::uint32_t from = std::max(file.first, letter.first);
  const std::uint32_t to = std::min(file.first + file.sheets.pages, letter.first + letter.pages);
  return from < to ? SheetRange{from - file.first, to - from} : SheetRange{};
}

// Cuts one file for all letters that have pages in it.
Result<void> deal_out(const CountedFile& file, Examined& examined, const page::FileLimits& limits) {
  std::vector<SheetRange> ranges;
  std::vector<std::size_t> owners;
  for (std::size_t i = 0; i < examined.stack.letters.size(); ++i) {
    const SheetRange range = share_of(file, examined.stack.letters[i]);
    if (range.pages == 0) continue;
    ranges.push_back(range);
    owners.push_back(i);
  }
  auto parts = split(*file.bytes, file.sheets, ranges, limits);
  if (!parts) return tl::unexpected(parts.error());
  for (std::size_t i = 0; i < owners.size(); ++i) examined.parts[owners[i]].push_back(std::move((*parts)[i]));
  return {};
}

Result<std::vector<CountedFile>> counted(const std::vector<std::string>& files,
                                         const page::FileLimits& limits) {
  std::vector<CountedFile> all;
  std::uint32_t pages = 0;
  for (const std::string& bytes : files) {
    const auto sheets = page::count_sheets(bytes, limits);
    if (!sheets) return tl::unexpected(sheets.error());
    all.push_back({&bytes, *sheets, pages});
    pages += sheets->pages;
  }
  return all;
}

std::vector<page::FirstLook> looks_at(const CountedFile& file, const Opening& opening) {
  return opening.eye ? opening.eye(*file.bytes, file.sheets.pages)
                     : page::first_looks(*file.bytes, file.sheets.pages, opening.limits);
}

}  // namespace

Result<Examined> examine(const std::vector<std::string>& files, const StackRule& rule,
                         const Opening& opening) {
  const auto all = counted(files, opening.limits);
  if (!all) return tl::unexpected(all.error());
  Examined examined;
  for (const CountedFile& file : *all)
    for (page::FirstLook& look : looks_at(file, opening)) examined.looks.push_back(std::move(look));
  const auto seen = [](const page::FirstLook& look) { return look.seen; };
  if (!examined.looks.empty() && std::ranges::none_of(examined.looks, seen)) {
    examined.hopeless = examined.looks.front().why_not;
    return examined;
  }
  examined.stack = plan(examined.looks, rule);
  examined.parts.resize(examined.stack.letters.size());
  for (const CountedFile& file : *all)
    if (const auto dealt = deal_out(file, examined, opening.limits); !dealt)
      return tl::unexpected(dealt.error());
  for (std::size_t i = 0; i < examined.parts.size(); ++i)
    examined.stack.letters[i].files = static_cast<std::uint32_t>(examined.parts[i].size());
  return examined;
}

}  // namespace ingest
