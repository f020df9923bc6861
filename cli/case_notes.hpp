// What a desk must be told of a case beside its row: letters that joined it, joins to decide, the wrong box.
#pragma once

#include <string>

#include "cli/front.hpp"
#include "letter/errand.hpp"

namespace cli {

// One line each; "" when there is nothing to tell.
std::string news_text(const letter::CaseRow& row, const Front& front);
std::string box_text(const letter::CaseRow& row, const Front& front);

// The joins to decide, numbered, with what the two cases have in common and which key answers.
std::string proposals_text(const letter::CaseFile& file, const Front& front);

// Health expenses: whom the centre de gestion of the member's card is to be asked for, with the numbers that
// the card would say. "" for other queues.
std::string card_text(const letter::CaseFile& file, const Front& front);

// "member+name_birth~" in words.
std::string because_words(const std::string& because, const Front& front);

}  // namespace cli
