// From the bytes of a file, or of a folder of pages, to the letters in it: counted, looked at page by page,
// planned and cut. Pure but for the children that look at strangers' bytes, so it may run beside the loop.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ingest/split.hpp"
#include "ingest/stack.hpp"

namespace ingest {

// Looks at every page of a file; page::first_looks, or a test's own.
using Eye = std::function<std::vector<page::FirstLook>(const std::string& bytes, std::uint32_t pages)>;

// How strangers' files are opened.
struct Opening {
  page::FileLimits limits;
  Eye eye;  // none: page::first_looks within the limits
};

struct Examined {
  Stack stack;
  std::vector<page::FirstLook> looks;      // a page each, in order
  std::vector<std::vector<Part>> parts;    // of each letter: the files its pages come in
  std::optional<letter::Reason> hopeless;  // set: no page could be decoded, and nothing is to be sent
};

// Files in the order of their pages; one alone is the usual case.
// Faults: sheets.* of the first file that is wrong.
letter::Result<Examined> examine(const std::vector<std::string>& files, const StackRule& rule,
                                 const Opening& opening);

}  // namespace ingest
