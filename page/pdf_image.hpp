// An image of a PDF: the scanner's own pixels where no renderer is needed, and whether they are all there.
#pragma once

#include <optional>
#include <qpdf/QPDFObjectHandle.hh>

#include "letter/result.hpp"
#include "page/leptonica.hpp"

namespace page {

// None for what only a renderer understands. Faults: page.*, jpeg.broken, tiff.broken.
std::optional<letter::Result<Flat>> pixels_of(QPDFObjectHandle image, std::uint64_t decoded_bytes);

// For an image that a renderer draws: false when its stream is cut or altered as far as we can tell (DCT,
// fax group 4, Flate and LZW are looked at; JPEG 2000 and JBIG2 are believed).
bool image_whole(QPDFObjectHandle image);

// The stream's decoded bytes, or none when they are more than `most` or cannot be decoded.
std::optional<std::string> stream_bytes(QPDFObjectHandle stream, std::uint64_t most);

// A whole number of a dictionary, or `otherwise`.
int number_of(QPDFObjectHandle dict, const std::string& key, int otherwise);

}  // namespace page
