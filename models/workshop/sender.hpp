// An invented writer and his own words, down to numbers whose keys are right.
#pragma once

#include <optional>
#include <string>

#include "letter/when.hpp"
#include "models/workshop/dice.hpp"
#include "models/workshop/stock.hpp"

namespace workshop {

struct Sender {
  bool woman = false;
  std::string first_name, last_name, birth_name;  // birth_name empty = the same
  letter::Day born{};
  std::string nir;     // 15 characters, the key at the end
  std::string street;  // with its number
  Town town;
  std::string phone, email, member_number, contract, claim;
  std::string company, siret;  // the employer, or the company that writes
  std::string iban;            // of a bank that there is not, in groups of four
};

// One letter's contents, before anybody writes it on paper.
struct Telling {
  Story story;
  Sender sender;
  std::string words, subject;          // braces filled in
  std::string greeting, farewell;      // empty for a bare story
  letter::Day written{};               // the date it bears
  std::optional<letter::Day> earlier;  // of a first complaint
};

Telling invent(const Stock& stock, const Story& story, letter::Day arrived, Dice& dice);

std::string nir_key(const std::string& thirteen);       // two digits; 2A counts as 19, 2B as 18
std::string luhn_completed(const std::string& digits);  // with the digit that makes it right
std::string long_date(letter::Day day);                 // "3 novembre 2026", "1er mai 2026"

}  // namespace workshop
