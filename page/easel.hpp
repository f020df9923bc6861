// Where pdftoppm draws for somebody else: three files in memory, a PDF in, pixels and complaints out.
// A walled child cannot start pdftoppm. It inherits the three files, puts the PDF into the first, and asks
// its parent, who starts pdftoppm behind walls of its own. All that the asker can say is an Order.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "page/memory_file.hpp"

namespace page {

inline constexpr std::uint32_t drawing_ms = 10'000;

struct Order {
  std::uint32_t page = 0;   // from 1; 0 = nothing to draw: another page begins (disposable.hpp)
  std::uint32_t dpi = 0;    // 20 to 600
  std::uint64_t bytes = 0;  // how much of the first file is the PDF
};

class Easel {
 public:
  // Starts pdftoppm on the order. -1: no such order is taken, or there is no pdftoppm. BrokenWorld: no
  // process can be made.
  pid_t start(const Order& order) const;
  int pdf() const { return pdf_.fd(); }
  int pixels() const { return pixels_.fd(); }
  int complaints() const { return complaints_.fd(); }

 private:
  MemoryFile pdf_, pixels_, complaints_;
};

}  // namespace page
