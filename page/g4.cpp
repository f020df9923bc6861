#include "page/g4.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

namespace page {
namespace {

// ITU-T T.4, tables 2 and 3: runs of 0 to 63, then of 64, 128, ... 1728.
constexpr const char* white_codes =
    "00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 "
    "101010 101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 "
    "00000010 00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 "
    "00101001 00101010 00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011 "
    "01010100 01010101 00100100 00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010 "
    "00110011 00110100 "
    "11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 "
    "011010010 011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 "
    "010011000 010011001 010011010 011000 010011011";
constexpr const char* black_codes =
    "0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 "
    "000011000 0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 "
    "00000010111 00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 000001101001 "
    "000001101010 000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 "
    "000011010111 000001101100 000001101101 000011011010 000011011011 000001010100 000001010101 "
    "000001010110 000001010111 000001100100 000001100101 000001010010 000001010011 000000100100 "
    "000000110111 000000111000 000000100111 000000101000 000001011000 000001011001 000000101011 "
    "000000101100 000001011010 000001100110 000001100111 "
    "0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 "
    "0000001101100 0000001101101 0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 "
    "0000001110011 0000001110100 0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 "
    "0000001010100 0000001010101 0000001011010 0000001011011 0000001100100 0000001100101";
// Runs of 1792, 1856, ... 2560, the same for both colours.
constexpr const char* long_codes =
    "00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 000000010101 000000010110 "
    "000000010111 000000011100 000000011101 000000011110 000000011111";

constexpr int code_bits = 13;  // of the longest code

struct Run {
  std::int16_t length = -1;  // px; -1 = no such code
  std::uint8_t bits = 0;
};
using Runs = std::array<Run, 1 << code_bits>;

void enter(Runs& runs, const std::string& code, int length) {
  const std::size_t free = code_bits - code.size(), first = std::stoul(code, nullptr, 2) << free;
  std::fill_n(runs.begin() + first, std::size_t{1} << free,
              Run{static_cast<std::int16_t>(length), static_cast<std::uint8_t>(code.size())});
}

Runs runs_of(const char* codes) {
  Runs runs{};
  std::istringstream own(codes), shared(long_codes);
  std::string code;
  for (int i = 0; own >> code; ++i) enter(runs, code, i < 64 ? i : (i - 63) * 64);
  for (int length = 1792; shared >> code; length += 64) enter(runs, code, length);
  return runs;
}

const Runs& runs_of(bool black) {
  static const std::array<Runs, 2> both{runs_of(white_codes), runs_of(black_codes)};
  return both[black ? 1 : 0];
}

class Bits {
 public:
  Bits(std::string_view bytes, bool low_bit_first) : bytes_(bytes), low_bit_first_(low_bit_first) {}
  // The next `count` <= 24 bits, zeros behind the end.
  unsigned peek(int count) const {
    unsigned long long window = 0;
    for (std::size_t i = 0; i < 5; ++i) window = window << 8 | octet(at_ / 8 + i);
    return static_cast<unsigned>(window >> (40 - at_ % 8 - static_cast<unsigned>(count)) &
                                 ((1ULL << count) - 1));
  }
  void skip(int count) { at_ += static_cast<std::size_t>(count); }
  void align() { at_ = (at_ + 7) / 8 * 8; }
  bool past_end() const { return at_ > bytes_.size() * 8; }
  // What fills the last byte, and zeros up to the end.
  bool only_padding_left() const {
    if (at_ + 8 > bytes_.size() * 8) return true;
    const std::size_t whole = std::min((at_ + 7) / 8, bytes_.size());
    const bool rest =
        at_ % 8 == 0 || at_ / 8 >= bytes_.size() || (octet(at_ / 8) & ((1U << (8 - at_ % 8)) - 1)) == 0;
    return rest && bytes_.find_first_not_of('\0', whole) == std::string_view::npos;
  }

 private:
  unsigned octet(std::size_t i) const {
    if (i >= bytes_.size()) return 0;
    unsigned v = static_cast<unsigned char>(bytes_[i]);
    if (!low_bit_first_) return v;
    v = (v & 0x0f) << 4 | v >> 4;
    v = (v & 0x33) << 2 | (v & 0xcc) >> 2;
    return (v & 0x55) << 1 | (v & 0xaa) >> 1;
  }
  std::string_view bytes_;
  bool low_bit_first_;
  std::size_t at_ = 0;  // in bits
};

enum class Mode { vertical, horizontal, pass, none };
struct Code {
  Mode mode = Mode::none;
  int shift = 0;  // of a vertical code
  int bits = 0;
};

Code next_code(const Bits& bits) {
  const unsigned v = bits.peek(7);
  if (v >> 6 == 1) return {Mode::vertical, 0, 1};
  if (v >> 4 == 0b011) return {Mode::vertical, 1, 3};
  if (v >> 4 == 0b010) return {Mode::vertical, -1, 3};
  if (v >> 4 == 0b001) return {Mode::horizontal, 0, 3};
  if (v >> 3 == 0b0001) return {Mode::pass, 0, 4};
  if (v >> 1 == 0b000011) return {Mode::vertical, 2, 6};
  if (v >> 1 == 0b000010) return {Mode::vertical, -2, 6};
  if (v == 0b0000011) return {Mode::vertical, 3, 7};
  if (v == 0b0000010) return {Mode::vertical, -3, 7};
  return {};  // the end mark, uncompressed mode (which nobody writes), or nonsense
}

// A run of one colour; -1 when its codes are none.
int read_run(Bits& bits, bool black) {
  int length = 0;
  for (;;) {
    const Run run = runs_of(black)[bits.peek(code_bits)];
    if (run.length < 0 || bits.past_end()) return -1;
    bits.skip(run.bits);
    length += run.length;
    if (run.length < 64) return length;
    if (length > 1 << 17) return -1;
  }
}

class Page {
 public:
  Page(const G4Strip& strip) : width_(static_cast<int>(std::min(strip.width, 65'535U))) {}

  // False when the row breaks.
  bool read_row(Bits& bits, G4Verdict& verdict) {
    row_.clear();
    above_ = 0, at_ = 0, black_ = false, begun_ = false;
    while (at_ < width_) {
      const Code code = next_code(bits);
      if (code.mode == Mode::none || bits.past_end()) return false;
      bits.skip(code.bits);
      if (!step(code, bits, verdict)) return false;
      begun_ = true;
      if (verdict.unusual == 0) ++verdict.before;
    }
    reference_.swap(row_);
    return true;
  }

 private:
  int edge_above(std::size_t i) const { return i < reference_.size() ? reference_[i] : width_; }

  // b1: the first edge above, right of a0, that begins the other colour.
  void find_above() {
    const auto left = [&](std::size_t i) { return begun_ ? edge_above(i) <= at_ : false; };
    while (above_ > 0 && !left(above_ - 1)) --above_;
    while (above_ < reference_.size() && (left(above_) || (above_ % 2 == 1) != black_)) ++above_;
  }

  bool step(const Code& code, Bits& bits, G4Verdict& verdict) {
    find_above();
    const int first = edge_above(above_), second = edge_above(above_ + 1);
    if (code.mode == Mode::pass) {
      if (second >= width_) return false;  // T.6: only an edge left of a1 is passed
      at_ = second;
      return true;
    }
    if (code.mode == Mode::vertical) {
      // A white row begins with a black run of no length only at the edge itself.
      const int edge = first + code.shift;
      if (edge < at_ || edge > width_ || (begun_ && edge == at_ && edge < width_)) return false;
      verdict.unusual += second < edge ? 1 : 0;
      turn_at(edge);
      return true;
    }
    const int one = read_run(bits, black_), two = one < 0 ? -1 : read_run(bits, !black_);
    const int edge = at_ + one;
    if (two < 0 || edge + two > width_ || (begun_ && one == 0) || (two == 0 && edge < width_)) return false;
    verdict.unusual += second < edge || std::abs(edge - first) <= 3 ? 1 : 0;
    turn_at(edge), turn_at(edge + two);
    return true;
  }

  void turn_at(int edge) {
    row_.push_back(edge);
    at_ = edge;
    black_ = !black_;
  }

  int width_;
  std::vector<int> reference_, row_;  // where the colour changes; a white row has no edge above it
  std::size_t above_ = 0;             // in reference_
  int at_ = 0;                        // a0
  bool black_ = false, begun_ = false;
};

G4End end_of(const Bits& bits) {
  if (bits.peek(24) == 0x001001) return G4End::whole;
  return bits.only_padding_left() && !bits.past_end() ? G4End::bare : G4End::broken;
}

}  // namespace

G4Verdict check_g4(std::string_view bytes, const G4Strip& strip) {
  G4Verdict verdict;
  Bits bits(bytes, strip.low_bit_first);
  Page page(strip);
  for (; verdict.rows < strip.rows; ++verdict.rows) {
    if (strip.byte_aligned) bits.align();
    if (!page.read_row(bits, verdict) || bits.past_end()) return verdict;
  }
  if (strip.byte_aligned && bits.peek(24) != 0x001001) bits.align();
  verdict.end = end_of(bits);
  return verdict;
}

}  // namespace page
