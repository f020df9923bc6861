#include "ocr/read.hpp"

#include <algorithm>
#include <new>

#include "letter/text.hpp"
#include "ocr/check/confidence.hpp"
#include "ocr/fields.hpp"
#include "ocr/form/enclosures.hpp"
#include "ocr/form/form_pages.hpp"
#include "ocr/free_page.hpp"
#include "ocr/hand/hand.hpp"
#include "ocr/lines/print.hpp"
#include "ocr/prose/blocks.hpp"
#include "ocr/prose/envelope.hpp"
#include "ocr/prose/layout.hpp"
#include "ocr/prose/signature.hpp"
#include "ocr/sight.hpp"
#include "page/decode.hpp"
#include "page/disposable.hpp"
#include "page/separator.hpp"
#include "page/skew.hpp"

namespace ocr {

struct Engines::Impl {
  std::vector<Form> forms;
  TrustTable trust;
  Print print;
  Hand hand;
  Boxes boxes;
  Members members;
  Readers readers{print, hand, boxes, members};

  std::uint64_t decoded_bytes = 0;  // of a page, at most

  explicit Impl(const std::filesystem::path& models_dir) : hand(models_dir), boxes(models_dir) {}
};

Engines::Engines(const std::filesystem::path& models_dir, std::uint64_t decoded_bytes,
                 const std::filesystem::path& members)
    : impl_(std::make_unique<Impl>(models_dir)) {
  impl_->decoded_bytes = decoded_bytes;
  cv::setNumThreads(0);
  auto forms = load_forms(models_dir);
  if (!forms) throw letter::BrokenWorld("forms: " + forms.error().en);
  impl_->forms = std::move(*forms);
  auto trust = load_trust(models_dir);
  if (!trust) throw letter::BrokenWorld("confidence: " + trust.error().en);
  impl_->trust = std::move(*trust);
  if (members.empty()) return;
  auto list = Members::load(members);
  if (!list) throw letter::BrokenWorld(list.error().en);
  impl_->members = std::move(*list);
}

Engines::~Engines() = default;

namespace {

using letter::Letter;
using letter::PersonalText;
using letter::ReadLetter;

// Pages are listed by whoever took the letter in; what a master holds beyond the list is added, so that no
// sheet goes unread.
void list_pages(Letter& letter, std::uint32_t master, std::uint32_t pages) {
  if (master < letter.masters.size())
    letter.masters[master].pages = std::max(letter.masters[master].pages, std::min(pages, page::max_pages));
  for (std::uint32_t index = 0; index < std::min(pages, page::max_pages); ++index) {
    const bool listed = std::any_of(letter.pages.begin(), letter.pages.end(), [&](const letter::Page& p) {
      return p.master == master && p.index == index;
    });
    if (listed) continue;
    letter::Page added;
    added.master = master, added.index = index;
    letter.pages.push_back(added);
  }
}

// `seen` is called for each page that shows anything, in reading order; it may look at facts, not keep sight.
template <class Seen>
void for_each_page(Letter& letter, const std::vector<std::string>& masters, const Engines::Impl& known,
                   Seen seen) {
  for (std::uint32_t master = 0; master < masters.size(); ++master) list_pages(letter, master, 1);
  for (std::uint32_t i = 0; i < letter.pages.size(); ++i) {
    const std::uint32_t master = letter.pages[i].master;
    if (master >= masters.size()) continue;
    page::page_begins();
    try {
      std::uint32_t pages = 1;
      Sight sight = see_page(letter.pages[i], {masters[master], known.decoded_bytes}, known.forms, pages);
      list_pages(letter, master, pages);
      if (!sight.raster.grey.empty() && !letter.pages[i].blank) seen(i, sight);
    } catch (const cv::Exception& e) {
      if (e.code == cv::Error::StsNoMem) throw std::bad_alloc();
      letter.pages[i].damaged = true;
      letter.pages[i].notes.push_back(
          {"page.unreadable", "La page n’a pas pu être lue.", "The page could not be read."});
    }
  }
}

// Everything that could be read, for search and for eyes.
PersonalText full_text(const ReadLetter& read, const std::vector<const Form*>& forms) {
  std::string all;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) all += (all.empty() ? "" : "\n") + text;
  };
  for (const letter::Field& field : read.fields) {
    const Element* element = nullptr;
    for (const Form* form : forms) element = element ? element : find(*form, field.id);
    if (!element || element->kind == ElementKind::text_lines || element->kind == ElementKind::qr) continue;
    if (field.how == letter::How::tick) {
      if (field.tick == letter::TickState::ticked) add("[x] " + element->label);
    } else if (!field.text.reveal().empty()) {
      add(element->label + " : " + field.text.reveal());
    }
  }
  for (const letter::Line& line : read.lines) add(line.text.reveal());
  return PersonalText(all);
}

// How the first page that told lies: a stack is fed one way.
std::optional<int> usual_turn(const Letter& letter, std::uint32_t before) {
  for (std::uint32_t i = 0; i < before; ++i)
    if (!letter.pages[i].blank && letter.pages[i].dpi > 0) return letter.pages[i].turn_deg;
  return std::nullopt;
}

void note(std::vector<letter::Reason>& notes, const letter::Reason& reason) {
  if (std::find(notes.begin(), notes.end(), reason) == notes.end()) notes.push_back(reason);
}

void join(PersonalText& text, const std::string& more) {
  const std::string& before = text.reveal();
  text = PersonalText(before + (before.empty() || more.empty() ? "" : "\n") + more);
}

// The first page of a form, or another page of the same.
void take_form(ReadLetter& out, const Form& form, FormRead&& read, std::uint32_t page) {
  if (out.form.empty()) out.form = form.id, out.form_version = form.version;
  std::move(read.fields.begin(), read.fields.end(), std::back_inserter(out.fields));
  std::move(read.lines.begin(), read.lines.end(), std::back_inserter(out.lines));
  join(out.text, read.text);
  if (read.written_on && !out.letter_date) {
    out.letter_date = read.written_on;
    out.letter_date_page = page;
    out.letter_date_box = read.written_on_box;
  }
}

std::optional<letter::Day> arrival_of(const Letter& letter) {
  return letter.arrived_on.ok() ? std::optional(letter.arrived_on) : std::nullopt;
}

void take_free(ReadLetter& out, std::vector<FreeLine>& free, const Towns& towns) {
  for (FreeLine& line : free) line.continuation = !out.form.empty();
  mark_own_words(free);
  join(out.text, own_text(free));
  if (const auto date = date_of_letter(free, arrival_of(out.letter));
      date && !out.letter_date && out.form.empty()) {
    out.letter_date = date->day;
    out.letter_date_page = date->page;
    out.letter_date_box = date->box;
  }
  if (out.form.empty()) {
    out.sender = PersonalText(sender_of(free));
    out.fields = letter_fields(free, {&towns, arrival_of(out.letter)});
  }
  for (const FreeLine& line : free) out.lines.push_back(line.line);
}

// A letter while its pages are read.
struct Reading {
  ReadLetter out;
  std::vector<const Form*> forms;  // pages of one form, in the order they came
  std::vector<page::FormPage> form_pages;
  std::vector<FreeLine> free, outside;    // outside: what stands on envelopes
  std::vector<letter::Field> signatures;  // of the free pages
  bool on_envelope = false;               // the page bears a registered letter's label
};

// What the sheet itself says. False: it is a separator, and there is nothing to read on it.
bool take_marks(Reading& reading, const Sight& sight) {
  const page::SheetMarks marks =
      sight.form ? page::label_marks(sight.raster) : page::sheet_marks(sight.raster);
  page::take_lrar(reading.out.letter, marks);
  reading.on_envelope = !marks.lrar.empty();
  if (sight.form) {
    reading.form_pages.push_back(page_of(*sight.form));
  } else if (marks.form) {
    reading.form_pages.push_back(*marks.form);
  }
  if (page::is_doubtful_separator(marks)) note(reading.out.letter.notes, page::separator_doubtful());
  if (!page::is_separator(marks)) return true;
  note(reading.out.notes, {"letter.separator_inside",
                           "Un intercalaire est resté dans la lettre : deux plis sont sans doute réunis ici.",
                           "A separator was left inside the letter: two letters are probably joined here."});
  return false;
}

// True for the first page of a form and for every other page of the same form.
bool goes_with(const Reading& reading, const Form& form) {
  if (reading.forms.empty()) return true;
  const Form& first = *reading.forms.front();
  return form.code == first.code && form.version == first.version &&
         std::none_of(reading.forms.begin(), reading.forms.end(),
                      [&](const Form* read) { return read->page == form.page; });
}

// `before`: the lines of the pages before this one.
letter::Field free_signature(const letter::Page& facts, std::uint32_t index, const Sight& sight,
                             const std::vector<FreeLine>& lines, const std::vector<FreeLine>& before) {
  constexpr double enough_dpi = 100;  // for a signature
  const page::Raster small = page::reduced(sight.raster, enough_dpi);
  const double skew = facts.skew_confidence >= page::skew_sure ? facts.skew_deg : 0;
  const bool after_leave =
      std::any_of(before.begin(), before.end(), [](const FreeLine& line) { return takes_leave(line); });
  const page::Straight upright = page::straighten(small, facts.turn_deg, skew);
  return signature_on({upright, small.grey.size(), index, after_leave}, lines);
}

void read_page(Reading& reading, std::uint32_t i, Sight& sight, Engines::Impl& known) {
  if (!take_marks(reading, sight)) return;
  if (sight.form && goes_with(reading, *sight.form)) {
    const Form& form = *sight.form;
    reading.forms.push_back(&form);
    const auto latest = arrival_of(reading.out.letter);
    take_form(reading.out, form, read_form({sight.raster, sight.where, form, i, latest}, known.readers), i);
    return;
  }
  letter::Page& facts = reading.out.letter.pages[i];
  settle_turn(facts, sight, {known.hand, known.readers.print}, usual_turn(reading.out.letter, i));
  const std::vector<FreeLine> lines = read_free_page(facts, i, sight, known.readers);
  const bool outside = (reading.on_envelope || is_of_envelope_size(facts)) && could_be_envelope(lines);
  if (outside)
    for (const letter::SeenDate& seen : sending_dates(lines)) reading.out.seen_dates.push_back(seen);
  if (!outside && reading.forms.empty())
    reading.signatures.push_back(free_signature(facts, i, sight, lines, reading.free));
  std::vector<FreeLine>& kind = outside ? reading.outside : reading.free;
  kind.insert(kind.end(), lines.begin(), lines.end());
}

// Neither form nor blank.
std::size_t other_pages(const Reading& reading) {
  const auto& pages = reading.out.letter.pages;
  const auto shown = static_cast<std::size_t>(
      std::count_if(pages.begin(), pages.end(), [](const letter::Page& page) { return !page.blank; }));
  return shown - std::min(shown, reading.forms.size());
}

}  // namespace

ReadLetter read_unjudged(const Letter& letter, const std::vector<std::string>& masters,
                         const Engines& engines) {
  Reading reading;
  reading.out.letter = letter;
  if (letter.sealed) return reading.out;  // nothing of a closed envelope is read
  Engines::Impl& known = engines.impl();
  for_each_page(reading.out.letter, masters, known,
                [&](std::uint32_t i, Sight& sight) { read_page(reading, i, sight, known); });
  take_free(reading.out, reading.free, known.boxes.towns());
  for (FreeLine& line : reading.outside) {
    line.line.own_words = false;
    reading.out.lines.push_back(std::move(line.line));
  }
  for (const letter::Reason& reason : form_page_notes(reading.form_pages, known.forms))
    note(reading.out.notes, reason);
  if (const auto signature = best_signature(reading.signatures); signature && reading.forms.empty())
    reading.out.fields.push_back(*signature);
  if (!reading.forms.empty()) check_enclosures(reading.out, other_pages(reading));
  reading.out.full_text = full_text(reading.out, reading.forms);
  return reading.out;
}

ReadLetter read(const Letter& letter, const std::vector<std::string>& masters, const Engines& engines) {
  ReadLetter out = read_unjudged(letter, masters, engines);
  judge(out, engines.impl().forms, engines.impl().trust);
  judge_seen_dates(out);
  return out;
}

Letter look(const Letter& letter, const std::vector<std::string>& masters, const Engines& engines) {
  Letter out = letter;
  if (letter.sealed) return out;
  for_each_page(out, masters, engines.impl(), [&](std::uint32_t i, Sight& sight) {
    settle_turn(out.pages[i], sight, {engines.impl().hand, engines.impl().print}, usual_turn(out, i));
  });
  return out;
}

}  // namespace ocr
