// PDF pages: the scanner's own pixels where a page is one image (libqpdf), drawn by pdftoppm else.
// pdf.cpp reads, pdf_page.cpp writes.
#pragma once

#include <string>
#include <vector>

#include "letter/result.hpp"
#include "page/leptonica.hpp"

namespace page {

struct PdfPage {
  Flat flat;
  std::vector<letter::Reason> notes;
  std::uint32_t pages = 1;  // of the file
};

// Faults: pdf.broken, pdf.locked, pdf.empty, page.absent, page.too_large, pdf.not_drawn.
letter::Result<PdfPage> read_pdf(const std::string& bytes, std::uint32_t index, std::uint64_t decoded_bytes);

// One page, physically as large as the raster's dpi says. No file is made on the way (pdf_page.cpp).
std::string write_pdf_page(const Raster& raster);

// Several one-page PDFs as one.
std::string join_pdf(const std::vector<std::string>& pages);

}  // namespace page
