// The reader's and the register's own ids in words for a person, French or English.
#pragma once

#include <string>
#include <string_view>

#include "cli/front.hpp"
#include "letter/reading.hpp"

namespace cli {

std::string word(letter::Verdict verdict, const Front& front);         // "accepté"
std::string word(letter::How how, const Front& front);                 // "imprimé"
std::string word(letter::TickState tick, const Front& front);          // "cochée"
std::string evidence_word(std::string_view kind, const Front& front);  // "case", of letter::Evidence::kind
std::string event_word(std::string_view verb, const Front& front);     // "pris", of letter::Event::verb

}  // namespace cli
