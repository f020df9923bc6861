// A letter to a complainant, as a case asks for it: which template, what it says, to whom (domain rule 1.3).
#pragma once

#include "letter/errand.hpp"
#include "post/template.hpp"

namespace post {

// Every word that a template may ask for.
const std::vector<std::string>& template_words();

// The file of the template: "accuse_reception.txt", "transmission.txt" (an acknowledgement of what another
// body must answer: health expenses, which the centre de gestion of the member's card owns), "attente.txt".
std::string template_name(const letter::CaseRow& row, letter::Outgoing kind);

// What the case says for a letter written on `today`. Nothing of it tells of anybody's health or holds a NIR:
// of the subject only what the post box already said.
Words words_of(const letter::CaseFile& file, letter::Outgoing kind, letter::Day today);

// Where the letter goes.
struct Addressee {
  letter::PersonalText lines;  // name, street, postcode and town; only what was read
  bool is_sure = false;        // every part is there, and was accepted or corrected by a person
  bool by_mail = false;        // asked for an e-mail (REP_EMAIL)
};
Addressee addressee_of(const letter::CaseFile& file);

}  // namespace post
