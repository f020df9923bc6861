// A strict reading of fax group 4 (ITU-T T.6) that keeps no pixel: does every row end exactly at the
// width, and does the strip end where its rows do? Decoders pass much damage in the middle in silence.
#pragma once

#include <cstdint>
#include <string_view>

namespace page {

struct G4Strip {
  std::uint32_t width = 0, rows = 0;
  bool low_bit_first = false;  // TIFF's FillOrder 2
  bool byte_aligned = false;   // PDF's EncodedByteAlign: every row begins on a byte
};

enum class G4End {
  whole,   // all rows, then the end mark (EOFB)
  bare,    // all rows and nothing but padding after them: some writers leave the mark out
  broken,  // an impossible code, a row too long or too short, rows missing, data left over
};

struct G4Verdict {
  G4End end = G4End::broken;
  std::uint32_t rows = 0;     // that were read before the end or the break
  std::uint32_t unusual = 0;  // codes that are legal where T.6 prescribes another one
  std::uint32_t before = 0;   // codes read before the first unusual one
};

// Total: any bytes, any sides up to 65,535. Time goes with the bytes, whatever the sides claim.
G4Verdict check_g4(std::string_view bytes, const G4Strip& strip);

}  // namespace page
