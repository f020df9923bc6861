#include "ingest/claim_text.hpp"

#include <cstdio>

namespace ingest {
namespace {

using letter::Reason;
using letter::Tree;

// A file name may be any bytes; JSON holds only text.
std::string percent(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    char text[4];
    std::snprintf(text, sizeof text, "%%%02X", byte);
    out += byte < 0x20 || byte > 0x7e || c == '%' ? std::string(text) : std::string(1, c);
  }
  return out;
}

std::string unpercent(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size()) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
    i += 2;
  }
  return out;
}

std::uint32_t number_in(const Tree& tree, std::string_view key) {
  return static_cast<std::uint32_t>(letter::value(tree, key).integer_or(0));
}
std::string text_in(const Tree& tree, std::string_view key) { return letter::value(tree, key).text_or(""); }
bool flag_in(const Tree& tree, std::string_view key) { return letter::value(tree, key).flag_or(false); }

std::string day_text(letter::Day day) { return day.ok() ? letter::iso(day) : ""; }
letter::Day day_in(const Tree& tree, std::string_view key) {
  return letter::parse_day(text_in(tree, key)).value_or(letter::Day{});
}
letter::PostBox box_in(const Tree& tree) {
  return letter::parse_post_box(text_in(tree, "box")).value_or(letter::PostBox::none);
}

Tree list_of(const std::vector<std::uint32_t>& numbers) {
  Tree list = Tree::list();
  for (const std::uint32_t number : numbers) list.push(number);
  return list;
}
std::vector<std::uint32_t> numbers_in(const Tree& tree, std::string_view key) {
  std::vector<std::uint32_t> numbers;
  for (const Tree& item : letter::value(tree, key).items())
    numbers.push_back(static_cast<std::uint32_t>(item.integer_or(0)));
  return numbers;
}

Tree tree_of(const Planned& letter, std::uint32_t number) {
  Tree notes = Tree::list();
  for (const Reason& note : letter.notes)
    notes.push(Tree::object().set("code", note.code).set("fr", note.fr).set("en", note.en));
  Tree tree = Tree::object();
  tree.set("number", number).set("first", letter.first).set("pages", letter.pages).set("files", letter.files);
  tree.set("box", letter::id(letter.box)).set("arrived_on", day_text(letter.arrived_on));
  tree.set("sealed", letter.sealed).set("lrar", letter.lrar).set("blank", list_of(letter.blank));
  tree.set("damaged", list_of(letter.damaged)).set("notes", std::move(notes));
  return tree;
}

Planned planned_in(const Tree& tree) {
  Planned letter;
  letter.first = number_in(tree, "first");
  letter.pages = number_in(tree, "pages");
  letter.files = number_in(tree, "files");
  letter.box = box_in(tree);
  letter.arrived_on = day_in(tree, "arrived_on");
  letter.sealed = flag_in(tree, "sealed");
  letter.lrar = text_in(tree, "lrar");
  letter.blank = numbers_in(tree, "blank");
  letter.damaged = numbers_in(tree, "damaged");
  for (const Tree& note : letter::value(tree, "notes").items())
    letter.notes.push_back({text_in(note, "code"), text_in(note, "fr"), text_in(note, "en")});
  return letter;
}

Tree tree_of(const letter::Envelope& keyed) {
  Tree tree = Tree::object();
  if (keyed.deposit) tree.set("deposit", letter::iso(*keyed.deposit));
  if (keyed.postmark) tree.set("postmark", letter::iso(*keyed.postmark));
  if (keyed.franking) tree.set("franking", letter::iso(*keyed.franking));
  if (!keyed.lrar.empty()) tree.set("lrar", keyed.lrar);
  return tree;
}

letter::Envelope read_envelope(const Tree& tree) {
  return {letter::parse_day(text_in(tree, "deposit")), letter::parse_day(text_in(tree, "postmark")),
          letter::parse_day(text_in(tree, "franking")), text_in(tree, "lrar")};
}

// Before there were separators the journal held the numbers alone.
Planned bare_letter(const Claim& claim) {
  Planned letter;
  letter.box = claim.rule.box;
  letter.arrived_on = claim.rule.arrived_on;
  return letter;
}

}  // namespace

std::string claim_json(const Claim& claim) {
  Tree tree = Tree::object();
  tree.set("claim", claim.number).set("name", percent(claim.name)).set("extension", claim.extension);
  tree.set("sha256", claim.sha256).set("box", letter::id(claim.rule.box)).set("joins", claim.joins);
  tree.set("arrived_on", day_text(claim.rule.arrived_on)).set("claimed_on", day_text(claim.claimed_on));
  tree.set("pages_per_letter", claim.rule.pages_per_letter).set("copied", claim.copied);
  tree.set("form_first_page", claim.rule.form_first_page).set("sealed", claim.rule.sealed);
  if (claim.envelope != letter::Envelope{}) tree.set("envelope", tree_of(claim.envelope));
  return letter::dump_json(tree);
}

Claim read_claim(const Tree& tree) {
  Claim claim;
  claim.number = number_in(tree, "claim");
  claim.name = unpercent(text_in(tree, "name"));
  claim.extension = text_in(tree, "extension");
  claim.sha256 = text_in(tree, "sha256");
  claim.joins = text_in(tree, "joins");
  claim.rule.box = box_in(tree);
  claim.rule.arrived_on = day_in(tree, "arrived_on");
  claim.claimed_on = day_in(tree, "claimed_on");
  claim.rule.pages_per_letter = number_in(tree, "pages_per_letter");
  claim.rule.form_first_page = flag_in(tree, "form_first_page");
  claim.rule.sealed = flag_in(tree, "sealed");
  claim.copied = flag_in(tree, "copied");
  if (const Tree* keyed = tree.find("envelope")) claim.envelope = read_envelope(*keyed);
  return claim;
}

std::optional<JournalEntry> read_entry(const vault::Record& record) {
  auto tree = letter::parse_json(record.payload);
  if (!tree) return std::nullopt;
  const std::uint32_t claim = number_in(*tree, "claim"), letter = number_in(*tree, "letter");
  return JournalEntry{record.type, std::move(*tree), claim, letter};
}

void note_record(const JournalEntry& entry, Claim& claim) {
  const Tree& tree = entry.tree;
  if (entry.type == record_of_cut) read_cut(tree, claim);
  if (entry.type == record_of_receipt)
    claim.receipts[entry.letter] = {
        {text_in(tree, "station"), entry.letter},
        letter::parse_instant(text_in(tree, "received_at")).value_or(letter::Instant{}),
        text_in(tree, "same_scan_as")};
  if (entry.type == record_of_refusal)
    claim.refusals[entry.letter] = {text_in(tree, "code"), text_in(tree, "fr"), text_in(tree, "en")};
}

std::string_view id(Outcome outcome) {
  return outcome == Outcome::done ? "done" : outcome == Outcome::failed ? "failed" : "abandoned";
}

Outcome outcome_in(const Tree& tree) {
  const std::string word = text_in(tree, "outcome");
  return word == id(Outcome::done)     ? Outcome::done
         : word == id(Outcome::failed) ? Outcome::failed
                                       : Outcome::abandoned;
}

std::string cut_json(const Claim& claim) {
  Tree letters = Tree::list(), separators = Tree::list();
  for (std::size_t i = 0; i < claim.letters.size(); ++i)
    letters.push(tree_of(claim.stack.letters[i], claim.letters[i]));
  for (const SeparatorSheet& sheet : claim.stack.separators)
    separators.push(Tree::object()
                        .set("page", sheet.page)
                        .set("type", page::id(sheet.type))
                        .set("seq", sheet.seq)
                        .set("expected", sheet.expected)
                        .set("found", sheet.found));
  Tree tree = Tree::object();
  tree.set("claim", claim.number).set("whole", claim.is_whole).set("pages", claim.stack.pages);
  tree.set("letters", std::move(letters)).set("separators", std::move(separators));
  return letter::dump_json(tree);
}

void read_cut(const Tree& tree, Claim& claim) {
  claim.is_cut = true;
  claim.stack.pages = number_in(tree, "pages");
  for (const Tree& item : letter::value(tree, "letters").items()) {
    const bool bare = item.is_number();
    claim.letters.push_back(bare ? static_cast<std::uint32_t>(item.integer_or(0))
                                 : number_in(item, "number"));
    claim.stack.letters.push_back(bare ? bare_letter(claim) : planned_in(item));
  }
  for (const Tree& item : letter::value(tree, "separators").items())
    claim.stack.separators.push_back(
        {number_in(item, "page"),
         page::parse_separator_type(text_in(item, "type")).value_or(page::SeparatorType::doc),
         text_in(item, "seq"), number_in(item, "expected"), number_in(item, "found")});
  const Tree* whole = tree.find("whole");
  claim.is_whole = whole != nullptr ? whole->flag_or(false) : claim.letters.size() == 1;
}

}  // namespace ingest
