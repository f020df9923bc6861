#include "ocr/form/enclosures.hpp"

#include <algorithm>
#include <charconv>

namespace ocr {
namespace {

letter::Field* field_of(letter::ReadLetter& read, std::string_view id) {
  const auto found = std::find_if(read.fields.begin(), read.fields.end(),
                                  [&](const letter::Field& field) { return field.id == id; });
  return found == read.fields.end() ? nullptr : &*found;
}

std::size_t number_in(const letter::Field* field) {
  std::size_t n = 0;
  if (!field) return 0;
  const std::string& text = field->text.reveal();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc() && end == text.data() + text.size() ? n : 0;
}

}  // namespace

void check_enclosures(letter::ReadLetter& read, std::size_t other_pages) {
  letter::Field* continuation = field_of(read, "SUITE");
  const bool goes_on = continuation && continuation->tick == letter::TickState::ticked;
  if (goes_on && other_pages == 0)
    continuation->notes.push_back(
        {"field.continuation_missing",
         "Une suite sur papier libre est annoncée, aucune autre page n’est arrivée.",
         "A continuation sheet is announced, no other page came."});
  const std::size_t sheets = other_pages - std::min<std::size_t>(other_pages, goes_on ? 1 : 0);
  letter::Field* enclosed = field_of(read, "NB_PJ");
  const std::size_t declared = number_in(enclosed);
  if (declared <= sheets) return;
  const std::string came = std::to_string(sheets), said = std::to_string(declared);
  enclosed->notes.push_back({"field.enclosures_missing",
                             said + " pièces jointes annoncées, " + came + " autres pages arrivées.",
                             said + " enclosures announced, " + came + " other pages came."});
}

}  // namespace ocr
