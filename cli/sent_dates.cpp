#include "cli/sent_dates.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/letter_tree.hpp"
#include "cli/mask.hpp"
#include "cli/table.hpp"

namespace cli {
namespace {

using letter::CaseFile;
using letter::Fate;
using letter::SentCandidate;
using letter::Source;
using letter::Tree;

constexpr double mm_an_inch = 25.4;

const letter::Page* page_of(const CaseFile& file, const SentCandidate& one) {
  if (one.box == letter::Box{}) return nullptr;
  for (const auto& sorted : file.letters) {
    const auto& mail = sorted.read.letter;
    if (letter::text(mail.id) == one.letter)
      return one.page < mail.pages.size() ? &mail.pages[one.page] : nullptr;
  }
  return nullptr;
}

std::optional<std::array<int, 4>> place_mm(const CaseFile& file, const SentCandidate& one) {
  const letter::Page* page = page_of(file, one);
  if (!page || !(page->dpi > 0) || page->width_px == 0 || page->height_px == 0) return std::nullopt;
  const double wide = page->width_px / page->dpi * mm_an_inch,
               high = page->height_px / page->dpi * mm_an_inch;
  const auto whole = [](double mm) { return static_cast<int>(std::lround(mm)); };
  return std::array<int, 4>{whole(one.box.x * wide), whole(one.box.y * high), whole(one.box.w * wide),
                            whole(one.box.h * high)};
}

// "p. 1, 150 x 18 mm": from the left and from the top of the page as it was scanned.
std::string place_of(const CaseFile& file, const SentCandidate& one) {
  if (!page_of(file, one)) return "-";
  const std::string page = "p. " + std::to_string(one.page + 1) + ", ";
  const auto mm = place_mm(file, one);
  if (!mm) return page + percent(one.box.x) + " " + percent(one.box.y);
  return page + std::to_string(mm->at(0)) + " × " + std::to_string(mm->at(1)) + " mm";
}

std::string source_word(Source source, const Front& front) {
  switch (source) {
    case Source::keyed:
      return front.tell("saisie au poste", "keyed at the station");
    case Source::read:
      return front.tell("lue", "read");
    case Source::reckoned:
      return front.tell("calculée", "reckoned");
  }
  return "";
}

bool is_chosen(const CaseFile& file, const SentCandidate& one) {
  return one.fate == Fate::kept && one.date == file.row.sent_on.date && one.basis == file.row.sent_on.basis;
}

std::string in_doubt_words(const Front& front) {
  return front.tell(", lue sans certitude", ", read in doubt");
}

std::string fate_word(const CaseFile& file, const SentCandidate& one, const Front& front) {
  switch (one.fate) {
    case Fate::kept:
      return is_chosen(file, one)
                 ? front.tell("RETENUE", "KEPT") + (one.in_doubt ? in_doubt_words(front) : "")
                 : front.tell("de cette lettre, pas du dossier", "this letter's, not the case's");
    case Fate::outranked:
      return front.tell("une preuve plus forte existe", "a stronger proof exists");
    case Fate::later:
      return front.tell("même preuve, plus tardive", "the same proof, but later");
    case Fate::unsure:
      return front.tell("lue sans certitude : ne décide pas", "read in doubt: does not decide");
    case Fate::after_arrival:
      return front.tell("impossible : après l'arrivée", "impossible: after the arrival");
    case Fate::too_old:
      return front.tell("trop ancienne pour être crue", "too old to be believed");
  }
  return "";
}

// What a desk said last of the date, and who.
const letter::Event* word_of_desk(const CaseFile& file) {
  const auto found = std::find_if(file.history.rbegin(), file.history.rend(), [](const letter::Event& event) {
    return event.verb == "corrected" && event.what.contains("now.sent_on");
  });
  return found == file.history.rend() ? nullptr : &*found;
}

std::vector<std::string> desk_row(const CaseFile& file, const Front& front) {
  const letter::Event* said = word_of_desk(file);
  const auto why = said ? said->what.find("reason") : std::map<std::string, std::string>::const_iterator{};
  const bool has_reason = said && why != said->what.end();
  return {file.row.ref,
          letter::iso(file.row.sent_on.date),
          front.tell(std::string(letter::french(file.row.sent_on.basis)),
                     std::string(letter::id(file.row.sent_on.basis))),
          said ? said->who : front.tell("gestionnaire", "desk"),
          "-",
          "-",
          front.tell("RETENUE", "KEPT") + (has_reason ? " : " + printable(nirs_masked(why->second)) : "")};
}

std::string conflict_line(const letter::CaseRow& row, const Front& front) {
  if (!row.sent_on.conflict) return "";
  return front.tell(
      "CONFLIT : une preuve contredit la date retenue, ou n'est pas sûre. Rien ne part avant que le bureau "
      "ait "
      "dit « date » ou « première ».\n",
      "CONFLICT: a proof contradicts the date kept, or is in doubt. Nothing leaves before the desk has said "
      "\"sent\" or \"first\".\n");
}

}  // namespace

std::string sent_dates_text(const CaseFile& file, const Front& front) {
  if (file.sent_candidates.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  if (std::ranges::none_of(file.sent_candidates, [&](const auto& one) { return is_chosen(file, one); }))
    rows.push_back(desk_row(file, front));
  for (const SentCandidate& one : file.sent_candidates)
    rows.push_back({one.letter, letter::iso(one.date),
                    front.tell(std::string(letter::french(one.basis)), std::string(letter::id(one.basis))),
                    source_word(one.source, front),
                    one.source == Source::read ? percent(one.confidence) : "-", place_of(file, one),
                    fate_word(file, one, front)});
  return table({{front.tell("Date d'envoi selon", "Sending date by")},
                {front.tell("Date", "Date")},
                {front.tell("Preuve", "Proof")},
                {front.tell("Dite par", "Said by")},
                {front.tell("Sûr à", "Sure"), Side::right},
                {front.tell("Où (de la gauche × du haut)", "Where (from left × top)")},
                {front.tell("Sort", "Fate"), Side::left, 60}},
               rows) +
         conflict_line(file.row, front);
}

Tree sent_dates_tree(const CaseFile& file) {
  auto list = Tree::list();
  for (const SentCandidate& one : file.sent_candidates) {
    auto mm = Tree();
    if (const auto place = place_mm(file, one)) {
      mm = Tree::list();
      for (const int side : *place) mm.push(side);
    }
    const bool placed = page_of(file, one) != nullptr;
    auto tree = Tree::object();
    tree.set("letter", one.letter).set("date", letter::iso(one.date)).set("basis", letter::id(one.basis));
    tree.set("source", letter::id(one.source)).set("confidence", one.confidence);
    tree.set("page", placed ? Tree(one.page) : Tree()).set("box", placed ? tree_of(one.box) : Tree());
    tree.set("box_mm", std::move(mm)).set("fate", letter::id(one.fate)).set("chosen", is_chosen(file, one));
    tree.set("in_doubt", one.in_doubt);
    list.push(std::move(tree));
  }
  return list;
}

}  // namespace cli
