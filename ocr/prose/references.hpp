// Numbers and addresses that a letter names its writer by: found by the words before them, or by their
// pattern and their check. Pure: one line of text in, what stands in it out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ocr {

struct Reference {
  std::string id;        // ADHERENT, CONTRAT, NIR, DOSSIER, TELEPHONE, COURRIEL, IBAN, SIRET, BOITE
  std::string text;      // normalised: no spaces; a phone "0612345678", a box "TSA 20202"; an IBAN in full
  int mended = 0;        // letters read for figures and put right (O for 0)
  bool named = false;    // words before it say what it is
  bool checked = false;  // it has a key or a fixed pattern, and passes
  bool operator==(const Reference&) const = default;
};

// Every reference of the line, each id at most once, in no order. A number with a key counts without words
// before it when the key is right; one without a key needs the words.
std::vector<Reference> find_references(std::string_view utf8);

// "FR76 **** **** **** **** **** 189": the bank's place and the last three.
std::string masked_iban(std::string_view iban);

}  // namespace ocr
