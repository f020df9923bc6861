// The texts of our own QR codes, and a page's marks as one line.
#include <algorithm>
#include <charconv>
#include <map>

#include "page/separator.hpp"

namespace page {
namespace {

using letter::fault;

constexpr std::size_t longest_payload = 200, longest_seq = 12, longest_code = 16;
constexpr std::uint32_t most_letters = 9999;

bool upper_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

bool is_word(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), upper_or_digit);
}

// A whole number without sign or leading blank, low..high.
std::optional<std::uint32_t> whole(std::string_view text, std::uint32_t low, std::uint32_t high) {
  std::uint32_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size() || n < low || n > high) return std::nullopt;
  return n;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(at, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

using Keys = std::map<std::string_view, std::string_view>;

// "HEAD;key=value;...": none when it is not written so, or when a key stands twice.
std::optional<Keys> keys_of(std::string_view payload) {
  if (payload.size() > longest_payload) return std::nullopt;
  Keys keys;
  const auto parts = split(payload, ';');
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t equals = parts[i].find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    if (!keys.emplace(parts[i].substr(0, equals), parts[i].substr(equals + 1)).second) return std::nullopt;
  }
  return keys;
}

std::optional<std::string_view> value(const Keys& keys, std::string_view key) {
  const auto found = keys.find(key);
  return found == keys.end() ? std::nullopt : std::optional(found->second);
}

tl::unexpected<letter::Reason> malformed() {
  return fault("separator.malformed", "Le code de l’intercalaire est mal formé.",
               "The separator’s code is malformed.");
}

// What only a batch's header says.
std::optional<letter::Reason> take_batch(const Keys& keys, Separator& out) {
  if (const auto date = value(keys, "d")) {
    out.arrived_on = letter::parse_day(*date);
    if (!out.arrived_on)
      return letter::Reason{"separator.date", "L’intercalaire porte une date d’arrivée qui n’existe pas.",
                            "The separator bears a date of arrival that does not exist."};
  }
  if (const auto count = value(keys, "n")) {
    out.expected = whole(*count, 1, most_letters);
    if (!out.expected)
      return letter::Reason{"separator.count",
                            "L’intercalaire annonce un nombre de plis qui n’en est pas un.",
                            "The separator announces a number of letters that is none."};
  }
  return std::nullopt;
}

}  // namespace

std::string_view id(SeparatorType type) {
  switch (type) {
    case SeparatorType::batch:
      return "BATCH";
    case SeparatorType::sealed:
      return "SEALED";
    case SeparatorType::doc:
      break;
  }
  return "DOC";
}

std::optional<SeparatorType> parse_separator_type(std::string_view text) {
  for (const auto type : {SeparatorType::doc, SeparatorType::batch, SeparatorType::sealed})
    if (text == id(type)) return type;
  return std::nullopt;
}

letter::Result<Separator> parse_separator(std::string_view payload) {
  if (!payload.starts_with("KLS;"))
    return fault("separator.not_ours", "Ce code n’est pas celui d’un intercalaire.",
                 "This code is not a separator’s.");
  const auto keys = keys_of(payload);
  if (!keys || !value(*keys, "t")) return malformed();
  Separator out;
  const auto type = parse_separator_type(*value(*keys, "t"));
  if (!type)
    return fault("separator.type", "Ce type d’intercalaire est inconnu.",
                 "This type of separator is unknown.");
  out.type = *type;
  if (const auto box = value(*keys, "box"); box && !box->empty()) {
    const auto known = letter::parse_post_box(*box);
    if (!known)
      return fault("separator.box", "La boîte de l’intercalaire est inconnue.",
                   "The separator’s post box is unknown.");
    out.box = *known;
  }
  if (const auto seq = value(*keys, "seq"); seq && !seq->empty()) {
    if (!is_word(*seq, longest_seq))
      return fault("separator.seq", "Le numéro de l’intercalaire n’en est pas un.",
                   "The separator’s number is none.");
    out.seq = *seq;
  }
  if (out.type == SeparatorType::batch)
    if (auto wrong = take_batch(*keys, out)) return tl::unexpected(std::move(*wrong));
  return out;
}

std::string payload(const Separator& separator) {
  std::string box(letter::id(separator.box));
  std::erase(box, ' ');
  std::string text = "KLS;t=" + std::string(id(separator.type)) + ";box=" + box + ";seq=" + separator.seq;
  if (separator.type == SeparatorType::batch) {
    if (separator.arrived_on) text += ";d=" + letter::iso(*separator.arrived_on);
    if (separator.expected) text += ";n=" + std::to_string(*separator.expected);
  }
  return text;
}

letter::Result<FormPage> parse_form_page(std::string_view payload) {
  if (!payload.starts_with("KLR;"))
    return fault("form.not_ours", "Ce code n’est pas celui d’un formulaire.", "This code is not a form’s.");
  const auto keys = keys_of(payload);
  const auto code = keys ? value(*keys, "form") : std::nullopt;
  const auto version = keys ? whole(value(*keys, "v").value_or(""), 1, 9999) : std::nullopt;
  const auto page = keys ? whole(value(*keys, "p").value_or(""), 1, 200) : std::nullopt;
  if (!code || !is_word(*code, longest_code) || !version || !page)
    return fault("form.malformed", "Le code du formulaire est mal formé.", "The form’s code is malformed.");
  return FormPage{std::string(*code), static_cast<int>(*version), static_cast<int>(*page)};
}

// patch edges | broken? | separator's payload | form's payload | numbers, comma between
std::string text(const SheetMarks& marks) {
  std::string out = std::to_string(marks.patch_edges) + "|" + (marks.broken_separator ? "1|" : "0|");
  if (marks.separator) out += payload(*marks.separator);
  out += "|";
  if (const auto& form = marks.form)
    out +=
        "KLR;form=" + form->code + ";v=" + std::to_string(form->version) + ";p=" + std::to_string(form->page);
  out += "|";
  for (std::size_t i = 0; i < marks.lrar.size(); ++i) out += (i ? "," : "") + marks.lrar[i];
  return out;
}

letter::Result<SheetMarks> parse_sheet_marks(std::string_view text) {
  const auto wrong =
      fault("separator.marks", "Les repères de la page sont mal notés.", "The page’s marks are badly noted.");
  const auto parts = split(text, '|');
  if (parts.size() != 5) return wrong;
  SheetMarks marks;
  const auto edges = whole(parts[0], 0, 4);
  const auto broken = whole(parts[1], 0, 1);
  if (!edges || !broken) return wrong;
  marks.patch_edges = *edges, marks.broken_separator = *broken == 1;
  if (!parts[2].empty()) {
    auto separator = parse_separator(parts[2]);
    if (!separator) return wrong;
    marks.separator = std::move(*separator);
  }
  if (!parts[3].empty()) {
    auto form = parse_form_page(parts[3]);
    if (!form) return wrong;
    marks.form = std::move(*form);
  }
  if (parts[4].empty()) return marks;
  for (const std::string_view number : split(parts[4], ',')) {
    if (!is_lrar(number)) return wrong;
    marks.lrar.emplace_back(number);
  }
  return marks;
}

bool is_lrar(std::string_view text) {
  return text.size() == 13 && (text.starts_with("1A") || text.starts_with("2C")) &&
         std::all_of(text.begin() + 2, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace page
