// The station's journal in JSON: a claim, and what it was cut into. Readers know what earlier versions wrote.
#pragma once

#include <optional>
#include <string>

#include "ingest/claim.hpp"
#include "letter/tree.hpp"

namespace ingest {

std::string claim_json(const Claim& claim);
Claim read_claim(const letter::Tree& tree);

// Types of the journal's records. Each payload is one JSON object.
constexpr char record_of_claim = 'C', record_of_cut = 'P', record_of_sent = 'S', record_of_receipt = 'R',
               record_of_refusal = 'X', record_of_close = 'D';
struct JournalEntry {
  char type = 0;
  letter::Tree tree;
  std::uint32_t claim = 0, letter = 0;  // numbers; 0: not named
};
std::optional<JournalEntry> read_entry(const vault::Record& record);  // nullopt: no JSON
// What a cut, a receipt or a refusal adds to its claim; other records change nothing.
void note_record(const JournalEntry& entry, Claim& claim);
Outcome outcome_in(const letter::Tree& tree);
std::string_view id(Outcome outcome);  // "done" | "failed" | "abandoned"

// The letters with their numbers, and the separator sheets: all that a resend and a count need.
std::string cut_json(const Claim& claim);
void read_cut(const letter::Tree& tree, Claim& claim);

}  // namespace ingest
