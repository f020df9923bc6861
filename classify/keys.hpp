// What a later letter of the same matter may be recognised by. The NIR is never one of them. Pure.
#pragma once

#include <vector>

#include "letter/sorted.hpp"

namespace classify {

// Kinds: "reference" (a printed case reference with a right key), "member", "contract", "file" (upper
// case, letters and digits only, 4-12 characters), "name_birth" ("DUPONT JEAN 1957-03-02", folded),
// "name_address" ("DUPONT JEAN|69007|12 RUE DES LILAS", folded): of a form's fields, or of a free letter's
// sender and the date that follows "né le". Each value once, in that order.
std::vector<letter::FollowUpKey> keys(const letter::ReadLetter& read);

}  // namespace classify
