// Who complains, as a list of cases shows it.
#pragma once

#include "letter/sorted.hpp"

namespace router {

// "DUPONT MARIE" from the form's fields, the company's name where a company writes (or no person is
// named); empty when the letter has no such fields or they could not be read.
letter::PersonalText complainant_of(const letter::ReadLetter& read);

}  // namespace router
