#include "letter/fields.hpp"

#include <algorithm>

namespace letter {

const Field* find_read(const std::vector<SortedLetter>& letters,
                       std::initializer_list<std::string_view> ids) {
  for (const SortedLetter& sorted : letters)
    for (const std::string_view id : ids)
      if (const Field* field = find(sorted.read, id);
          field && field->verdict != Verdict::unread && !field->text.reveal().empty())
        return field;
  return nullptr;
}

bool is_ticked(const std::vector<SortedLetter>& letters, std::string_view id) {
  return std::ranges::any_of(letters, [id](const SortedLetter& sorted) {
    const Field* field = find(sorted.read, id);
    return field && field->tick == TickState::ticked;
  });
}

}  // namespace letter
