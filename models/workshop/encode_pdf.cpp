#include <cstdio>

#include "models/workshop/encode.hpp"
#include "models/workshop/g4.hpp"

namespace workshop {
namespace {

// Numbers its objects in the order they are begun, and remembers where they stand.
class PdfWriter {
 public:
  std::string bytes = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";

  void object(const std::string& body) {
    starts_.push_back(bytes.size());
    bytes += std::to_string(starts_.size()) + " 0 obj\n" + body + "\nendobj\n";
  }
  void stream(const std::string& dictionary, const std::string& content) {
    object("<< " + dictionary + " /Length " + std::to_string(content.size()) + " >>\nstream\n" + content +
           "\nendstream");
  }
  std::string finished() {
    const std::size_t table = bytes.size();
    bytes += "xref\n0 " + std::to_string(starts_.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t start : starts_) {
      char line[32];
      std::snprintf(line, sizeof line, "%010zu 00000 n \n", start);
      bytes += line;
    }
    bytes += "trailer\n<< /Size " + std::to_string(starts_.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
             std::to_string(table) + "\n%%EOF\n";
    return std::move(bytes);
  }

 private:
  std::vector<std::size_t> starts_;
};

std::string points(int pixels, double dpi) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", pixels * 72.0 / dpi);
  return text;
}

std::string image_dictionary(const Raster& page, bool bitonal) {
  const std::string size = "/Width " + std::to_string(page.width) + " /Height " + std::to_string(page.height);
  const std::string image = "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray " + size;
  if (!bitonal) return image + " /BitsPerComponent 8 /Filter /DCTDecode";
  return image + " /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns " +
         std::to_string(page.width) + " /Rows " + std::to_string(page.height) + " >>";
}

}  // namespace

std::string image_pdf(const std::vector<Raster>& pages, int quality) {
  // Objects 1 and 2 are the catalogue and the list of pages; then three a page.
  const auto number = [](std::size_t page, int part) {
    return std::to_string(3 + 3 * page + static_cast<std::size_t>(part));
  };
  PdfWriter pdf;
  pdf.object("<< /Type /Catalog /Pages 2 0 R >>");
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) kids += number(i, 0) + " 0 R ";
  pdf.object("<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [ " + kids + "] >>");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const Raster& page = pages[i];
    const std::string w = points(page.width, page.dpi), h = points(page.height, page.dpi);
    pdf.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + w + " " + h + "] /Contents " + number(i, 1) +
               " 0 R /Resources << /XObject << /Scan " + number(i, 2) + " 0 R >> >> >>");
    pdf.stream("", "q " + w + " 0 0 " + h + " 0 0 cm /Scan Do Q");
    const bool bitonal = quality == 0;
    pdf.stream(image_dictionary(page, bitonal), bitonal ? g4_strip(page) : jpeg(page, quality));
  }
  return pdf.finished();
}

}  // namespace workshop
