// The station's journal in JSON: a claim, and what it was cut into. Readers know what earlier versions wrote.
#pragma once

#include <string>

#include "ingest/claim.hpp"
#include "letter/tree.hpp"

namespace ingest {

std::string claim_json(const Claim& claim);
Claim read_claim(const letter::Tree& tree);

// The letters with their numbers, and the separator sheets: all that a resend and a count need.
std::string cut_json(const Claim& claim);
void read_cut(const letter::Tree& tree, Claim& claim);

}  // namespace ingest
