// What the house knows of numbers and dates: checks that a value could be true. A failed check lowers
// the confidence and leaves a note; it never rejects.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/when.hpp"

namespace ocr {

enum class CheckVerdict {
  ok,
  ok_armees,        // 00xxx: military post
  ok_laposte,       // SIRET of La Poste: its own rule
  ok_pattern_only,  // has no key that could be checked
  key_missing,      // a NIR's 13 digits without key: common, no error
  bad_length,
  bad_characters,
  bad_range,
  bad_date,
  bad_key,
  bad_pattern,
};
std::string_view id(CheckVerdict);  // "OK", "BAD_KEY", ...
bool good(CheckVerdict);            // ok*, key_missing

struct Checked {
  std::string normalised;
  CheckVerdict verdict = CheckVerdict::ok;
  bool operator==(const Checked&) const = default;
};

// Spaces and points are tolerated everywhere.
Checked check_nir(std::string_view text);  // 13 or 15 characters; 2A, 2B
Checked check_siren(std::string_view text);
Checked check_siret(std::string_view text);
Checked check_date(std::string_view text);  // JJMMAAAA or JJ/MM/AAAA, 1900..2100
// The day that such a text names, if it is a real one.
std::optional<letter::Day> day_of(std::string_view text);
Checked check_postcode(std::string_view text);
Checked check_phone(std::string_view text);  // French: 0X..., +33...
Checked check_email(std::string_view text);  // normalised to lower case
Checked check_iban(std::string_view text);
Checked check_registered(std::string_view text);  // number of a registered letter

// By the form's word for it (nir siret date postcode phone email); any other word is ok.
Checked check(std::string_view validator, std::string_view text);

}  // namespace ocr
