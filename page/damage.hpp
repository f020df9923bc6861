// Are all pixels there? What decoders pass in silence is checked here, and what they warn of is classed.
#pragma once

#include <cstdint>
#include <string_view>

namespace page {

// The stream holds `bytes` or more, ends where a whole one ends, and its own checksum agrees.
bool deflate_whole(std::string_view stream, std::uint64_t bytes);

// TIFF's and PDF's LZW: no code before its entry, `bytes` or more in all, and then the end code (or,
// from writers that leave it out, exactly `bytes`). `early`: codes widen one entry early, the usual way.
bool lzw_whole(std::string_view stream, std::uint64_t bytes, bool early = true);

enum class Weight {
  note,    // about metadata: no pixel can be missing
  damage,  // about pixels, or not known
};
// `format`: the decoder's own message before its values are filled in; `text`: after.
Weight weigh_tiff_warning(std::string_view format, std::string_view text);
Weight weigh_pdf_warning(std::string_view text);
// All that pdftoppm said, line by line; its errors that are not listed are damage, its warnings are none.
Weight weigh_drawing(std::string_view complaints);

}  // namespace page
