#include "ocr/check/validate.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <utility>

namespace ocr {
namespace {

constexpr std::array<std::pair<CheckVerdict, std::string_view>, 11> names{{
    {CheckVerdict::ok, "OK"},
    {CheckVerdict::ok_armees, "OK_ARMEES"},
    {CheckVerdict::ok_laposte, "OK_LAPOSTE"},
    {CheckVerdict::ok_pattern_only, "OK_PATTERN_ONLY"},
    {CheckVerdict::key_missing, "KEY_MISSING"},
    {CheckVerdict::bad_length, "BAD_LENGTH"},
    {CheckVerdict::bad_characters, "BAD_CHARACTERS"},
    {CheckVerdict::bad_range, "BAD_RANGE"},
    {CheckVerdict::bad_date, "BAD_DATE"},
    {CheckVerdict::bad_key, "BAD_KEY"},
    {CheckVerdict::bad_pattern, "BAD_PATTERN"},
}};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter_(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), digit); }

// Upper case, without the spaces and points that people write between groups.
std::string packed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '.' && c != '\t')
      out.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  return out;
}

std::uint64_t number(std::string_view digits) {
  std::uint64_t v = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), v);
  return v;
}

bool luhn(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int d = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1 && (d *= 2) > 9) d -= 9;
    sum += d;
  }
  return sum % 10 == 0;
}

bool nir_ranges(const std::string& nir) {
  const auto month = number(nir.substr(3, 2));
  const bool month_ok =
      (month >= 1 && month <= 12) || month == 20 || (month >= 30 && month <= 42) || month >= 50;
  const std::string place = nir.substr(5, 2);
  const bool place_ok =
      place == "2A" || place == "2B" || (all_digits(place) && place != "00" && place != "20");
  const bool sex_ok = std::string_view("123478").find(nir[0]) != std::string_view::npos;
  return sex_ok && month_ok && place_ok;
}

Checked verdict(std::string normalised, CheckVerdict v) { return {std::move(normalised), v}; }

}  // namespace

std::string_view id(CheckVerdict v) {
  return std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == v; })->second;
}

bool good(CheckVerdict v) { return v <= CheckVerdict::key_missing; }

Checked check_nir(std::string_view text) {
  const std::string nir = packed(text);
  if (nir.size() != 13 && nir.size() != 15) return verdict(nir, CheckVerdict::bad_length);
  std::string digits = nir;
  // Corsica: 2A counts as 19, 2B as 18.
  if (digits[5] == '2' && (digits[6] == 'A' || digits[6] == 'B')) {
    digits[5] = '1';
    digits[6] = digits[6] == 'A' ? '9' : '8';
  }
  if (!all_digits(digits)) return verdict(nir, CheckVerdict::bad_characters);
  if (!nir_ranges(nir)) return verdict(nir, CheckVerdict::bad_range);
  if (nir.size() == 13) return verdict(nir, CheckVerdict::key_missing);
  const bool key = 97 - number(digits.substr(0, 13)) % 97 == number(digits.substr(13));
  return verdict(nir, key ? CheckVerdict::ok : CheckVerdict::bad_key);
}

Checked check_siren(std::string_view text) {
  const std::string siren = packed(text);
  if (siren.size() != 9) return verdict(siren, CheckVerdict::bad_length);
  if (!all_digits(siren)) return verdict(siren, CheckVerdict::bad_characters);
  return verdict(siren, luhn(siren) ? CheckVerdict::ok : CheckVerdict::bad_key);
}

Checked check_siret(std::string_view text) {
  const std::string siret = packed(text);
  if (siret.size() != 14) return verdict(siret, CheckVerdict::bad_length);
  if (!all_digits(siret)) return verdict(siret, CheckVerdict::bad_characters);
  if (siret.starts_with("356000000") && siret != "35600000000048") {
    int sum = 0;
    for (const char c : siret) sum += c - '0';
    return verdict(siret, sum % 5 == 0 ? CheckVerdict::ok_laposte : CheckVerdict::bad_key);
  }
  const bool both = luhn(siret.substr(0, 9)) && luhn(siret);
  return verdict(siret, both ? CheckVerdict::ok : CheckVerdict::bad_key);
}

std::optional<letter::Day> day_of(std::string_view text) {
  std::string digits;
  for (const char c : packed(text))
    if (c != '/' && c != '-') digits.push_back(c);
  if (digits.size() != 8 || !all_digits(digits)) return std::nullopt;
  using namespace std::chrono;
  const letter::Day day{year{static_cast<int>(number(digits.substr(4)))},
                        month{static_cast<unsigned>(number(digits.substr(2, 2)))},
                        std::chrono::day{static_cast<unsigned>(number(digits.substr(0, 2)))}};
  const bool real = day.ok() && day.year() >= year{1900} && day.year() <= year{2100};
  return real ? std::optional(day) : std::nullopt;
}

Checked check_date(std::string_view text) {
  std::string digits;
  for (const char c : packed(text))
    if (c != '/' && c != '-') digits.push_back(c);
  const std::string as_written(text);
  if (digits.size() != 8) return verdict(as_written, CheckVerdict::bad_length);
  if (!all_digits(digits)) return verdict(as_written, CheckVerdict::bad_characters);
  return verdict(as_written, day_of(digits) ? CheckVerdict::ok : CheckVerdict::bad_date);
}

Checked check_postcode(std::string_view text) {
  const std::string code = packed(text);
  if (code.size() != 5) return verdict(code, CheckVerdict::bad_length);
  if (!all_digits(code)) return verdict(code, CheckVerdict::bad_characters);
  const auto department = number(code.substr(0, 2));
  if (department == 0) return verdict(code, CheckVerdict::ok_armees);
  return verdict(code, department <= 98 ? CheckVerdict::ok : CheckVerdict::bad_range);
}

Checked check_phone(std::string_view text) {
  std::string phone;
  for (const char c : packed(text))
    if (digit(c) || c == '+') phone.push_back(c);
  if (phone.starts_with("0033")) phone = "+33" + phone.substr(4);
  if (phone.starts_with("+330")) phone.erase(3, 1);  // +33 (0)6 ...
  const bool abroad = phone.starts_with("+33");
  const std::string national = abroad ? "0" + phone.substr(3) : phone;
  if (!all_digits(national)) return verdict(phone, CheckVerdict::bad_characters);
  if (national.size() != 10) return verdict(phone, CheckVerdict::bad_length);
  return verdict(phone,
                 national[0] == '0' && national[1] != '0' ? CheckVerdict::ok : CheckVerdict::bad_range);
}

Checked check_email(std::string_view text) {
  std::string email;
  for (const char c : text)
    if (c != ' ') email.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  const std::size_t at = email.find('@');
  const bool one = at != std::string::npos && at > 0 && email.find('@', at + 1) == std::string::npos;
  const std::string domain = one ? email.substr(at + 1) : "";
  const std::size_t dot = domain.rfind('.');
  const bool shaped = dot != std::string::npos && dot > 0 && domain.size() - dot > 2 &&
                      domain.find("..") == std::string::npos &&
                      std::all_of(domain.begin() + static_cast<std::ptrdiff_t>(dot) + 1, domain.end(),
                                  [](char c) { return c >= 'a' && c <= 'z'; });
  return verdict(email, shaped ? CheckVerdict::ok : CheckVerdict::bad_pattern);
}

Checked check_iban(std::string_view text) {
  const std::string iban = packed(text);
  if (iban.size() < 15 || iban.size() > 34 || (iban.starts_with("FR") && iban.size() != 27))
    return verdict(iban, CheckVerdict::bad_length);
  std::uint64_t rest = 0;
  for (const char c : iban.substr(4) + iban.substr(0, 4)) {
    if (!digit(c) && !letter_(c)) return verdict(iban, CheckVerdict::bad_characters);
    rest = digit(c) ? (rest * 10 + static_cast<unsigned>(c - '0')) % 97
                    : (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
  }
  return verdict(iban, rest == 1 ? CheckVerdict::ok : CheckVerdict::bad_key);
}

Checked check_registered(std::string_view text) {
  const std::string code = packed(text);
  const auto digits = [&](std::size_t from, std::size_t count) {
    return code.size() >= from + count && all_digits(std::string_view(code).substr(from, count));
  };
  if (code.size() == 13 && digit(code[0]) && letter_(code[1]) && digits(2, 11))
    return verdict(code, CheckVerdict::ok_pattern_only);
  if (code.size() == 13 && letter_(code[0]) && letter_(code[1]) && digits(2, 9) && letter_(code[11]) &&
      letter_(code[12])) {
    // UPU S10: weights 8 6 4 2 3 5 9 7 on eight digits, the ninth is the key.
    constexpr std::array<int, 8> weights{8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (std::size_t i = 0; i < 8; ++i) sum += weights[i] * (code[2 + i] - '0');
    int key = 11 - sum % 11;
    if (key == 10) key = 0;
    if (key == 11) key = 5;
    return verdict(code, key == code[10] - '0' ? CheckVerdict::ok : CheckVerdict::bad_key);
  }
  return verdict(code, CheckVerdict::bad_pattern);
}

Checked check(std::string_view validator, std::string_view text) {
  if (validator == "nir") return check_nir(text);
  if (validator == "siret") return check_siret(text);
  if (validator == "date") return check_date(text);
  if (validator == "postcode") return check_postcode(text);
  if (validator == "phone") return check_phone(text);
  if (validator == "email") return check_email(text);
  return verdict(std::string(text), CheckVerdict::ok);
}

}  // namespace ocr
