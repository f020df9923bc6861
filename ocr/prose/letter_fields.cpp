// From the lines of a letter to its fields (ocr/prose/blocks.hpp).
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "letter/text.hpp"
#include "ocr/prose/address.hpp"
#include "ocr/prose/blocks.hpp"
#include "ocr/prose/dates.hpp"
#include "ocr/prose/near_words.hpp"
#include "ocr/prose/references.hpp"

namespace ocr {
namespace {

using letter::Field;

letter::Box around(const letter::Box& a, const letter::Box& b) {
  if (a.h <= 0) return b;
  const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.w, b.x + b.w) - x, std::max(a.y + a.h, b.y + b.h) - y};
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t:;,.-|";
  const std::size_t from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return "";
  return std::string(text.substr(from, text.find_last_not_of(" \t;,-|") + 1 - from));
}

// "69307 LYON CEDEX o7": in a postcode and behind CEDEX stand figures alone.
std::string town_mended(std::string text) {
  const auto figure_of = [](char& c) {
    if (c == 'o' || c == 'O' || c == '@') c = '0';
    if (c == 'l' || c == 'I' || c == '|') c = '1';
    if (c == 'S' || c == '$') c = '5';
    if (c == 'B') c = '8';
  };
  const auto is_figure = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < 7 || text[5] != ' ') return text;
  std::string code = text.substr(0, 5);
  const auto read = std::count_if(code.begin(), code.end(), is_figure);
  std::for_each(code.begin(), code.end(), figure_of);
  const bool figures_now = std::all_of(code.begin(), code.end(), is_figure);
  if (read < 2 || (read == 2 && !figures_now)) return text;
  text.replace(0, 5, code);
  if (const std::size_t cedex = text.find("CEDEX "); cedex != std::string::npos)
    std::for_each(text.begin() + static_cast<std::ptrdiff_t>(cedex) + 6, text.end(), figure_of);
  return text;
}

// A field made of whole lines: their confidence by length, their places together.
Field field_of(const std::vector<FreeLine>& lines, const Block& block, const std::string& id) {
  Field field;
  field.id = id;
  double sum = 0, weight = 0;
  std::size_t hand = 0;
  std::string text;
  for (const std::size_t i : block) {
    const letter::Line& line = lines[i].line;
    const auto length = static_cast<double>(line.text.reveal().size());
    sum += line.confidence * length, weight += length;
    hand += line.how == letter::How::hand;
    text += (text.empty() ? "" : "\n") + line.text.reveal();
    if (field.box.h <= 0) field.page = line.page;
    if (line.page == field.page) field.box = around(field.box, line.box);
  }
  field.how = 2 * hand > block.size() ? letter::How::hand : letter::How::typed;
  field.confidence = weight > 0 ? sum / weight : 0;
  field.text = letter::PersonalText(text);
  return field;
}

Field field_of(const std::vector<FreeLine>& lines, const Block& block, const std::string& id,
               const std::string& text) {
  Field field = field_of(lines, block, id);
  field.text = letter::PersonalText(text);
  return field;
}

// An address's lines end in letters or figures. `mend`: a line as it should be.
Field address_of(const std::vector<FreeLine>& lines, const Block& block, const std::string& id, auto mend) {
  std::string text;
  for (const std::size_t i : block)
    text += (text.empty() ? "" : "\n") + mend(town_mended(trimmed(lines[i].line.text.reveal())));
  return field_of(lines, block, id, text);
}

void take_heads(const std::vector<FreeLine>& lines, const Heads& heads, const Towns* towns,
                std::vector<Field>& out) {
  const auto at_home = [&](const std::string& line) { return towns ? town_line(line, *towns) : line; };
  if (!heads.sender.empty()) out.push_back(address_of(lines, heads.sender, "EXPEDITEUR", at_home));
  if (!heads.recipient.empty())
    out.push_back(
        address_of(lines, heads.recipient, "DESTINATAIRE", [](const auto& l) { return house_line(l); }));
}

// "Lyon, le 3 mars 2026", "Fait à Lyon, le 3 mars 2026": what stands before the date.
std::string place_in(const std::string& text, const DateFound& date) {
  std::string before = text.substr(0, date.at);
  while (!before.empty() && before.back() == ' ') before.pop_back();
  for (std::string_view tail : {" le", " Le", ",le", "Le", "le", " l e", " 1e"})
    if (before.ends_with(tail)) {
      before.resize(before.size() - tail.size());
      break;
    }
  for (std::string_view head : {"Fait à ", "Fait a ", "À ", "A ", "à "})
    if (before.starts_with(head)) before = before.substr(head.size());
  before = trimmed(before);
  const bool words = before.size() >= 2 && before.size() <= 40 &&
                     std::none_of(before.begin(), before.end(), [](char c) { return c >= '0' && c <= '9'; });
  return words ? before : "";
}

// The town that the sender lives in, where what was read is nearly that.
std::string as_at_home(const std::string& place, const std::vector<Field>& fields) {
  for (const Field& field : fields) {
    if (field.id != "EXPEDITEUR") continue;
    const std::string& address = field.text.reveal();
    const std::string town = town_of(std::string_view(address).substr(address.rfind('\n') + 1));
    const std::string wanted = letter::folded(town);
    if (!town.empty() && within(letter::folded(place), wanted, wanted.size() / 3)) return town;
  }
  return place;
}

void take_date(const std::vector<FreeLine>& lines, const std::optional<letter::Day>& arrived,
               std::vector<Field>& out) {
  const auto date = date_of_letter(lines, arrived);
  if (!date) return;
  const auto line = std::find_if(lines.begin(), lines.end(), [&](const FreeLine& one) {
    return one.line.page == date->page && one.line.box == date->box;
  });
  if (line == lines.end()) return;
  const Block block{static_cast<std::size_t>(line - lines.begin())};
  out.push_back(field_of(lines, block, "DATE", letter::french(date->day)));
  if (date->mended) out.back().confidence *= 0.8;
  const std::string& text = line->line.text.reveal();
  for (const DateFound& found : find_dates(text)) {
    if (found.day != date->day && !date->mended) continue;
    const std::string place = as_at_home(place_in(text, found), out);
    if (!place.empty()) out.push_back(field_of(lines, block, "LIEU", place));
    return;
  }
}

// Whether the line begins with such a word, one letter of it read wrong at most; and where it ends.
std::size_t opens_with(const std::string& text, std::string_view word) {
  if (text.size() < word.size()) return 0;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < word.size(); ++i) wrong += text[i] != word[i];
  return wrong <= (word.size() >= 5 ? 1 : 0) ? word.size() : 0;
}

bool ends_field(const FreeLine& line) {
  const std::string text = letter::folded(line.line.text.reveal());
  const bool named = !find_references(line.line.text.reveal()).empty();
  return line.line.own_words || named || opens_with(text, "LETTRE") || opens_with(text, "P.J") ||
         opens_with(text, "REF") || opens_with(text, "PIECE");
}

// Behind the colon, else behind the first word.
std::size_t past_first_word(std::string_view text) {
  constexpr std::size_t latest = 9;
  const std::size_t colon = text.find(':'), space = text.find(' ');
  if (colon != std::string_view::npos && colon <= latest) return colon + 1;
  return std::min(text.size(), space);
}

// "jet : ...", "Cujet : ...", "Oozot : ...": nobody writes a capital O alike. A short word with a colon, not
// far from "Objet", where nothing else is named.
bool opens_object(const std::string& text) {
  constexpr std::size_t latest = 8, most_wrong = 3;
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon > latest) return false;
  std::string word;
  for (const char c : std::string_view(text).substr(0, colon))
    if (c >= 'A' && c <= 'Z') word += c;
  return word.size() >= 3 && word.back() == 'T' && within(word, "OBJET", most_wrong) &&
         find_references(text).empty();
}

// "Objet : ..." with the lines that go on from it: close under it, and it ran to the page's right.
void take_object(const std::vector<FreeLine>& lines, std::vector<Field>& out) {
  constexpr double ran_on = 0.72;  // share of the page's width where a line ends that had no more room
  const auto end = lines.begin() + std::min<std::ptrdiff_t>(std::ssize(lines), 45);
  const auto says = [](bool (*opens)(const std::string&)) {
    return [opens](const FreeLine& one) {
      return !one.line.own_words && opens(letter::folded(one.line.text.reveal()));
    };
  };
  auto first = std::find_if(lines.begin(), end,
                            says([](const std::string& text) { return opens_nearly(text, {"OBJET"}); }));
  if (first == end) first = std::find_if(lines.begin(), end, says(opens_object));
  if (first == end) return;
  const std::string& utf8 = first->line.text.reveal();
  std::string object = trimmed(std::string_view(utf8).substr(past_first_word(utf8)));
  Block block{static_cast<std::size_t>(first - lines.begin())};
  while (block.back() + 1 < lines.size()) {
    const FreeLine &last = lines[block.back()], &next = lines[block.back() + 1];
    const bool full = last.place.h <= 0 || last.place.x + last.place.w > ran_on;
    if (!full || next.paragraph || ends_field(next) || next.line.page != last.line.page) break;
    block.push_back(block.back() + 1);
    object += " " + next.line.text.reveal();
  }
  if (!object.empty()) out.push_back(field_of(lines, block, "OBJET", object));
}

// Whether a letter's line is where references are rather given than told: outside of its own words.
struct Candidate {
  Reference reference;
  std::size_t line = 0;
  double worth = 0;
};

void take_references(const std::vector<FreeLine>& lines, std::vector<Field>& out) {
  std::map<std::string, std::vector<Candidate>> found;
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const Reference& one : find_references(lines[i].line.text.reveal())) {
      if (one.id == "BOITE" && lines[i].line.own_words) continue;
      const double worth = lines[i].line.confidence * std::pow(0.9, one.mended) + (one.checked ? 1 : 0) +
                           (lines[i].line.own_words ? 0 : 0.5) + (one.named ? 0.25 : 0);
      found[one.id].push_back({one, i, worth});
    }
  for (auto& [id, candidates] : found) {
    const auto best = std::max_element(candidates.begin(), candidates.end(),
                                       [](const auto& a, const auto& b) { return a.worth < b.worth; });
    const bool rival = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& one) {
      return one.reference.text != best->reference.text && one.reference.checked == best->reference.checked;
    });
    const std::string& text = best->reference.text;
    Field field = field_of(lines, {best->line}, id, id == "IBAN" ? masked_iban(text) : text);
    field.confidence *=
        std::pow(0.9, best->reference.mended) * (rival ? 0.7 : 1) *
        (best->reference.checked || (best->reference.named && !lines[best->line].line.own_words) ? 1 : 0.85);
    out.push_back(std::move(field));
  }
}

// A box of the house that was read too badly to be found anywhere: the line of the recipient's block that is
// near one of them and no other.
void take_box(const std::vector<FreeLine>& lines, const Block& recipient, std::vector<Field>& out) {
  if (std::any_of(out.begin(), out.end(), [](const Field& field) { return field.id == "BOITE"; })) return;
  for (const std::size_t i : recipient) {
    const std::string box = near_box(lines[i].line.text.reveal());
    if (box.empty()) continue;
    out.push_back(field_of(lines, {i}, "BOITE", box));
    out.back().confidence *= 0.8;
    return;
  }
}

// Behind "P.J. :", "Pièces jointes (2) :", "Ci-joint :" of a folded line; 0 = none of them.
std::size_t past_enclosed(const std::string& text) {
  for (std::string_view word : {"PIECES JOINTES", "PIECE JOINTE", "P. J.", "P.J.", "P.J", "PJ", "CI-JOINTS",
                                "CI-JOINT", "ANNEXES", "DOCUMENTS JOINTS"})
    if (const std::size_t size = opens_with(text, word);
        size > 0 &&
        (size == text.size() || std::string_view(" :.(-S").find(text[size]) != std::string_view::npos))
      return size;
  return 0;
}

// Commas and semicolons part what stands on one line; a dash or a number opens an item.
void add_items(std::string_view text, std::string& items) {
  std::string item;
  const auto keep = [&] {
    std::string one = trimmed(item);
    const std::size_t numbered = one.find_first_not_of("0123456789");
    if (numbered != std::string::npos && numbered > 0 && numbered < 3 &&
        (one[numbered] == ')' || one[numbered] == '.'))
      one = trimmed(std::string_view(one).substr(numbered + 1));
    while (!one.empty() && (one.back() == '.' || one.back() == ',')) one.pop_back();
    if (!one.empty()) items += (items.empty() ? "" : "\n") + one;
    item.clear();
  };
  for (const char c : text) {
    if (c == ',' || c == ';')
      keep();
    else
      item += c;
  }
  keep();
}

// "DL: relevé d'identité bancaire": a short word and a colon, whatever they were, before what people enclose.
std::size_t past_misread_word(const std::string& text) {
  constexpr std::size_t latest = 7;
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon > latest) return 0;
  const bool papers = says_nearly(
      std::string_view(text).substr(colon),
      {"COPIE", "COPIES", "RELEVE", "ATTESTATION", "DECOMPTE", "FACTURE", "FACTURES", "AVIS", "CERTIFICAT",
       "JUSTIFICATIF", "ORDONNANCE", "LIVRET", "BULLETIN", "DEVIS", "COURRIER", "NOTIFICATION"});
  return papers ? colon : 0;
}

void take_enclosures(const std::vector<FreeLine>& lines, std::vector<Field>& out) {
  const auto closing =
      std::find_if(lines.begin(), lines.end(), [](const FreeLine& one) { return takes_leave(one); });
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (lines[i].line.own_words) continue;
    const std::string& utf8 = lines[i].line.text.reveal();
    // The word's letters are one byte each once folded; in the line itself "è" takes two.
    const std::string folded = letter::folded(utf8);
    const bool under_closing = static_cast<std::ptrdiff_t>(i) > closing - lines.begin();
    const std::size_t named = past_enclosed(folded);
    const std::size_t size = named == 0 && under_closing ? past_misread_word(folded) : named;
    if (size == 0) continue;
    const std::size_t colon = utf8.find(':');
    const std::size_t from =
        colon != std::string::npos && colon < size + 8 ? colon + 1 : std::min(utf8.size(), size + 1);
    std::string items;
    add_items(std::string_view(utf8).substr(from), items);
    Block block{i};
    while (block.back() + 1 < lines.size()) {
      const FreeLine& next = lines[block.back() + 1];
      if (next.line.own_words || (next.paragraph && !items.empty()) || next.line.page != lines[i].line.page)
        break;
      block.push_back(block.back() + 1);
      add_items(next.line.text.reveal(), items);
    }
    if (!items.empty()) out.push_back(field_of(lines, block, "PIECES_JOINTES", items));
    return;
  }
}

}  // namespace

std::vector<Field> letter_fields(const std::vector<FreeLine>& lines, const LetterContext& context) {
  std::vector<Field> out;
  if (lines.empty() || lines.front().continuation) return out;
  const Heads heads = find_heads(lines);
  take_heads(lines, heads, context.towns, out);
  take_date(lines, context.arrived, out);
  take_object(lines, out);
  take_references(lines, out);
  take_box(lines, heads.recipient, out);
  take_enclosures(lines, out);
  return out;
}

}  // namespace ocr
