// What is true of a scan: the NAME.truth.json beside it, as the workshop writes it or a person did.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "letter/reading.hpp"

namespace cli {

// Whatever the file does not say is absent here, and is not scored.
struct Truth {
  std::string file;                 // the scan's name, in the same folder
  std::optional<std::string> form;  // form id; "" = a free letter
  std::optional<letter::Queue> queue;
  std::optional<std::optional<letter::Queue>> secondary;
  std::optional<bool> is_complaint;
  bool hand = false;
  std::optional<std::map<std::string, std::string>> boxes;  // comb id -> text as written; a tick -> "true"
  std::map<std::string, letter::TickState> ticks;           // where a tick is more than that
  std::optional<bool> signature;
  std::optional<std::string> text;         // the complainant's own words
  std::optional<std::string> letter_date;  // ISO; "" = none is written
  // Of a free letter, by the ids of its fields (EXPEDITEUR, ...); lines joined by line feeds. What is not
  // in it does not stand on the letter.
  std::optional<std::map<std::string, std::string>> letter;
  // What its envelope says of the day it was sent, strongest first; empty: nothing that can be read.
  std::optional<std::map<letter::SentBasis, letter::Day>> envelope;
  std::string difficulty, medium, paper;
  std::set<std::string> absent;  // keys that a whole truth has and this one lacks
  bool operator==(const Truth&) const = default;
};

// Faults: json.*, truth.file (no scan named, or one of another folder), truth.value (a queue or tick state
// that does not exist).
letter::Result<Truth> parse_truth(const std::string& json);

}  // namespace cli
