#include "ingest/stack.hpp"

#include <algorithm>

namespace ingest {
namespace {

using letter::Reason;
using page::FirstLook;
using page::SeparatorType;

Reason count_differs() {
  return {"batch.count", "Le lot n'a pas le nombre de courriers annoncé par sa feuille d'en-tête.",
          "The batch does not have the number of letters that its header announced."};
}
Reason date_in_future() {
  return {"batch.date", "La feuille d'en-tête du lot annonce une date future : elle n'est pas suivie.",
          "The batch's header gives a date in the future: it is not followed."};
}
Reason missed() {
  return {"separator.missed", "Deux premières pages de formulaire dans un courrier : un séparateur manque ?",
          "Two first pages of forms in one letter: is a separator missing?"};
}
Reason unseen() {
  return {"stack.unseen", "Le poste n'a pas pu voir toutes les pages : l'une était peut-être un séparateur.",
          "The station could not see every page: one may have been a separator."};
}
Reason more_than_the_outside() {
  return {"sealed.pages", "Pli fermé de plusieurs pages écrites : rien n'en a été lu, tout est gardé.",
          "A closed envelope with several written pages: nothing was read, all is kept."};
}

void note(Planned& letter, const Reason& reason) {
  if (std::ranges::find(letter.notes, reason) == letter.notes.end()) letter.notes.push_back(reason);
}

bool begins_form(const FirstLook& look) { return look.marks.form && look.marks.form->page == 1; }

class Planner {
 public:
  explicit Planner(const StackRule& rule) : rule_(rule) { reset(); }

  void see(const FirstLook& look) {
    const std::uint32_t page = stack_.pages++;
    if (look.seen && page::is_separator(look.marks)) return follow(*look.marks.separator, page);
    if (is_open_ && cuts_here(look)) close();
    if (!is_open_) open(page);
    add(look);
  }

  Stack finish() {
    end_batch();
    return std::move(stack_);
  }

 private:
  // What holds for the next letter unless a sheet says otherwise: the batch's header, else the station's.
  void reset() {
    next_ = {};
    next_.box = batch_box_ != letter::PostBox::none ? batch_box_ : rule_.box;
    next_.arrived_on = batch_day_.ok() ? batch_day_ : rule_.arrived_on;
    next_.sealed = rule_.sealed;
    next_.notes = batch_notes_;
    by_sheet_ = false;
  }

  void follow(const page::Separator& said, std::uint32_t page) {
    if (is_open_) close();
    if (said.type == SeparatorType::batch) begin_batch(said);
    reset();
    if (said.box != letter::PostBox::none) next_.box = said.box;
    next_.sealed = rule_.sealed || said.type == SeparatorType::sealed;
    by_sheet_ = true;
    stack_.separators.push_back({page, said.type, said.seq, said.expected.value_or(0), 0});
    if (said.type == SeparatorType::batch) {
      batch_sheet_ = stack_.separators.size();
      batch_first_ = stack_.letters.size();
    }
  }

  void begin_batch(const page::Separator& said) {
    end_batch();
    batch_box_ = said.box;
    batch_notes_.clear();
    batch_day_ = said.arrived_on.value_or(letter::Day{});
    if (batch_day_.ok() && rule_.today.ok() && batch_day_ > rule_.today) {
      batch_day_ = {};
      batch_notes_.push_back(date_in_future());
    }
  }

  void end_batch() {
    if (is_open_) close();
    if (batch_sheet_ == 0) return;
    SeparatorSheet& sheet = stack_.separators[batch_sheet_ - 1];
    sheet.found = static_cast<std::uint32_t>(stack_.letters.size() - batch_first_);
    if (sheet.expected != 0 && sheet.expected != sheet.found)
      for (std::size_t i = batch_first_; i < stack_.letters.size(); ++i)
        note(stack_.letters[i], count_differs());
    batch_sheet_ = 0;
  }

  // An envelope may stand between the sheet and the form, so the first form after a sheet belongs to it. A
  // closed envelope ends at the next sheet alone: cut by count, the rest of it would be read.
  bool cuts_here(const FirstLook& look) const {
    const Planned& now = stack_.letters.back();
    if (now.sealed && !rule_.sealed) return false;
    if (rule_.pages_per_letter > 0 && now.pages >= rule_.pages_per_letter) return true;
    return rule_.form_first_page && begins_form(look) && (forms_ > 0 || !by_sheet_);
  }

  void open(std::uint32_t page) {
    stack_.letters.push_back(next_);
    stack_.letters.back().first = page;
    is_open_ = true;
    forms_ = written_ = 0;
  }

  void add(const FirstLook& look) {
    Planned& now = stack_.letters.back();
    const std::uint32_t place = now.pages++;
    if (look.quality.blank) now.blank.push_back(place);
    if (look.damaged) now.damaged.push_back(place);
    if (!look.quality.blank) ++written_;
    if (!look.seen) note(now, unseen());
    if (page::is_doubtful_separator(look.marks)) note(now, page::separator_doubtful());
    if (begins_form(look) && ++forms_ == 2 && !now.sealed) note(now, missed());
    if (!now.sealed) take_number(now, look);
  }

  static void take_number(Planned& now, const FirstLook& look) {
    letter::Letter slip;
    slip.lrar = now.lrar;
    slip.notes = now.notes;
    page::take_lrar(slip, look.marks);
    now.lrar = slip.lrar;
    now.notes = slip.notes;
  }

  void close() {
    Planned& now = stack_.letters.back();
    if (now.sealed && written_ > 1) note(now, more_than_the_outside());
    is_open_ = false;
    reset();
  }

  const StackRule& rule_;
  Stack stack_;
  Planned next_;
  bool is_open_ = false, by_sheet_ = false;
  std::uint32_t forms_ = 0, written_ = 0;  // of the open letter
  letter::PostBox batch_box_ = letter::PostBox::none;
  letter::Day batch_day_{};
  std::vector<Reason> batch_notes_;
  std::size_t batch_sheet_ = 0;  // its place among the separators, from 1; 0: no batch
  std::size_t batch_first_ = 0;
};

}  // namespace

Stack plan(const std::vector<FirstLook>& looks, const StackRule& rule) {
  Planner planner(rule);
  for (const FirstLook& look : looks) planner.see(look);
  return planner.finish();
}

}  // namespace ingest
