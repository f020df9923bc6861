#include "letter/text.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "letter/result.hpp"

namespace letter {
namespace {

// Letters that no decomposition takes apart, and signs that people and readers write in many ways.
const char* plain_form(UChar32 c) {
  switch (c) {
    case 0x152:
      return "OE";  // Œ
    case 0xC6:
      return "AE";  // Æ
    case 0xD8:
      return "O";  // Ø
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2BC:
    case 0x60:
    case 0xB4:
      return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
      return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return "-";
    default:
      return nullptr;
  }
}

bool vanishes(UChar32 c) {
  const auto kind = u_charType(c);
  return kind == U_NON_SPACING_MARK || kind == U_FORMAT_CHAR;
}

}  // namespace

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
std::string valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  const auto length = static_cast<std::int32_t>(bytes.size());
  ENSURE(bytes.size() <= 0x7FFFFFFF);
  std::int32_t at = 0;
  while (at < length) {
    const std::int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes.data(), at, length, c);
    if (c < 0)
      out += "\xEF\xBF\xBD";
    else if (c > 0)
      out.append(bytes.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin)));
  }
  return out;
}
#pragma GCC diagnostic pop

std::string folded(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) throw BrokenWorld("ICU has no normalisation tables");
  // Acute accents and primes that stand alone would decompose to space + mark: made plain before.
  icu::UnicodeString given = icu::UnicodeString::fromUTF8(utf8), plain;
  for (std::int32_t i = 0; i < given.length(); i = given.moveIndex32(i, 1)) {
    const UChar32 c = given.char32At(i);
    const char* replacement = plain_form(c);
    replacement ? plain.append(icu::UnicodeString(replacement)) : plain.append(c);
  }
  icu::UnicodeString apart = normalizer->normalize(plain, status);
  if (U_FAILURE(status)) return {};
  apart.toUpper(icu::Locale::getRoot());

  icu::UnicodeString out;
  bool space = false;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    if (vanishes(c)) continue;
    if (u_isUWhiteSpace(c) || u_iscntrl(c)) {
      space = !out.isEmpty();
      continue;
    }
    if (space) out.append(UChar32{' '});
    space = false;
    const char* replacement = plain_form(c);
    replacement ? out.append(icu::UnicodeString(replacement)) : out.append(c);
  }
  std::string text;
  return out.toUTF8String(text);
}

std::string masked_nir(std::string_view nir) {
  std::string signs;
  for (const char c : nir)
    if ((c >= '0' && c <= '9') || c == 'A' || c == 'B' || c == 'a' || c == 'b') signs += c;
  const bool whole = (signs.size() == 13 || signs.size() == 15) &&
                     signs.find_first_not_of("0123456789") >= 5;  // npos counts as far away
  if (!whole) return "* ** ** ** *** *** **";
  return signs.substr(0, 1) + " " + signs.substr(1, 2) + " " + signs.substr(3, 2) + " ** *** *** **";
}

}  // namespace letter
