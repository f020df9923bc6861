#include "ocr/form/form_pages.hpp"

#include <algorithm>

namespace ocr {
namespace {

bool same_form(const page::FormPage& a, const page::FormPage& b) {
  return a.code == b.code && a.version == b.version;
}

int pages_of(const page::FormPage& form, const std::vector<page::FormPage>& seen,
             const std::vector<Form>& known) {
  int pages = 1;
  for (const Form& one : known)
    if (same_form(page_of(one), form)) pages = std::max(pages, one.page);
  for (const page::FormPage& one : seen)
    if (same_form(one, form)) pages = std::max(pages, one.page);
  return pages;
}

bool one_is_missing(const page::FormPage& form, const std::vector<page::FormPage>& seen,
                    const std::vector<Form>& known) {
  const int pages = pages_of(form, seen, known);
  for (int number = 1; number <= pages; ++number) {
    const page::FormPage wanted{form.code, form.version, number};
    if (std::find(seen.begin(), seen.end(), wanted) == seen.end()) return true;
  }
  return false;
}

}  // namespace

page::FormPage page_of(const Form& form) { return {form.code, form.version, form.page}; }

std::vector<letter::Reason> form_page_notes(const std::vector<page::FormPage>& seen,
                                            const std::vector<Form>& known) {
  bool second = false, twice = false, missing = false;
  for (auto page = seen.begin(); page != seen.end(); ++page) {
    const bool repeated = std::find(seen.begin(), page, *page) != page;
    const bool another = page != seen.begin() && !same_form(*page, seen.front());
    second = second || (page->page == 1 && (repeated || another));
    twice = twice || (page->page != 1 && repeated);
    missing = missing || one_is_missing(*page, seen, known);
  }
  std::vector<letter::Reason> notes;
  if (second)
    notes.push_back({"letter.second_form",
                     "La lettre contient un second formulaire : seul le premier est lu.",
                     "The letter holds a second form: only the first is read."});
  if (twice)
    notes.push_back({"form.page_twice", "Une page du formulaire est là deux fois.",
                     "A page of the form is there twice."});
  if (missing)
    notes.push_back(
        {"form.page_missing", "Il manque une page du formulaire.", "A page of the form is missing."});
  return notes;
}

}  // namespace ocr
