#include "page/pdf_sheets.hpp"

#define POINTERHOLDER_TRANSITION 4  // plain std::shared_ptr

#include <algorithm>
#include <cstring>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "page/disposable.hpp"
#include "page/sheets.hpp"

namespace page {
namespace {

using letter::Result;
using Answer = Result<std::string>;

void open(QPDF& pdf, const std::string& bytes) {
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("submission", bytes.data(), bytes.size());
}

// Runs in the child, where libqpdf's exceptions become faults.
Answer guarded(const std::function<Answer()>& work) {
  try {
    return work();
  } catch (const QPDFExc& error) {
    return sheets_fault(error.getErrorCode() == qpdf_e_password ? "locked" : "broken");
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    return sheets_fault("broken");
  }
}

std::string part(const std::vector<QPDFPageObjectHelper>& pages, std::size_t first, std::size_t count) {
  QPDF out;
  out.setSuppressWarnings(true);
  out.emptyPDF();
  QPDFPageDocumentHelper target(out);
  for (std::size_t i = first; i < first + count; ++i) target.addPage(pages[i], false);
  QPDFWriter writer(out);
  writer.setOutputMemory();
  writer.setDeterministicID(true);  // the same pages are the same bytes when a batch is cut again
  writer.setStreamDataMode(qpdf_s_preserve);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
}

// A length of 8 bytes before each part.
std::string framed(const std::string& bytes) {
  const std::uint64_t length = bytes.size();
  std::string out(sizeof length, '\0');
  std::memcpy(out.data(), &length, sizeof length);
  return out + bytes;
}

}  // namespace

Result<std::uint32_t> count_pdf(const std::string& bytes, const FileLimits& limits) {
  const auto answer = in_child(
      [&] {
        return guarded([&]() -> Answer {
          QPDF pdf;
          open(pdf, bytes);
          const std::size_t pages = pdf.getAllPages().size();
          if (pages == 0 || pages > max_pages) return sheets_fault("pages");
          return std::to_string(pages);
        });
      },
      sheets_fault("broken").value(), room_for(limits));
  if (!answer) return tl::unexpected(answer.error());
  const bool digits = !answer->empty() && answer->size() < 4 &&
                      std::ranges::all_of(*answer, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return sheets_fault("broken");
  return static_cast<std::uint32_t>(std::stoul(*answer));
}

Result<std::vector<std::string>> cut_pdf(const std::string& bytes, const std::vector<SheetRange>& ranges,
                                         const FileLimits& limits) {
  const auto answer = in_child(
      [&] {
        return guarded([&]() -> Answer {
          QPDF pdf;
          open(pdf, bytes);
          const auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
          std::string all;
          for (const SheetRange& range : ranges) {
            if (range.pages == 0 || std::size_t{range.first} + range.pages > pages.size())
              return sheets_fault("broken");
            all += framed(part(pages, range.first, range.pages));
          }
          return all;
        });
      },
      sheets_fault("broken").value(), room_for(limits));
  if (!answer) return tl::unexpected(answer.error());
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < answer->size();) {
    std::uint64_t length = 0;
    if (answer->size() - at < sizeof length) return sheets_fault("broken");
    std::memcpy(&length, answer->data() + at, sizeof length);
    at += sizeof length;
    if (answer->size() - at < length) return sheets_fault("broken");
    parts.push_back(answer->substr(at, static_cast<std::size_t>(length)));
    at += static_cast<std::size_t>(length);
  }
  if (parts.size() != ranges.size()) return sheets_fault("broken");
  return parts;
}

}  // namespace page
