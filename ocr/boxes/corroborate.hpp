// Whether other fields of a form bear a reading out: the number of social security and the birthday, the
// place of signing and the town, an e-mail address and a name.
#pragma once

#include <vector>

#include "ocr/boxes/boxes.hpp"

namespace ocr {

enum class Corroborated { unknown, yes, no };

// By the ids that forms give these fields (NIR, DATE_NAISSANCE, FAIT_A, ADR_VILLE, EMAIL, NOM_USAGE, PRENOM).
Corroborated corroborated(const BoxRead& box, const std::vector<BoxRead>& all);

}  // namespace ocr
