// The workshop's store: names, towns, faces and the texts that people write, all read from TOML files
// beside this one (models/workshop/stock). Every person in it is invented.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "letter/service.hpp"

namespace workshop {

struct Town {
  std::string name, postcode, insee;
};

struct Face {
  std::string family;
  double scale = 1;     // so that all faces look equally big
  std::string lacks;    // characters that it has no sign for, in UTF-8
  bool unseen = false;  // no training may use it: figures on it are figures on a stranger
  int dots = 0;         // of a dot matrix: needles an em
};

enum class Faces { any, seen, unseen };

// Those of `faces` that are wanted. BrokenWorld when none is.
std::vector<Face> among(const std::vector<Face>& faces, Faces wanted);

enum class Writer { assure, beneficiaire, mandataire, entreprise };

// One text and all that is true of it. Words in braces are filled in: {date} {date2} {montant} {montant2}
// {dossier} {contrat} {societe} {elle} {lui} (first names).
struct Story {
  letter::Queue queue = letter::Queue::autre;
  std::optional<letter::Queue> secondary;
  Writer writer = Writer::assure;
  char sex = ' ';                    // 'f', 'm', or ' ' where the words fit both
  int youngest = 22, oldest = 80;    // the writer's age
  bool medical = false;              // medical papers are enclosed
  bool complained = false;           // {date2} is the day of an earlier complaint
  bool bare = false;                 // words without greeting and farewell
  std::string subject;               // of the letter; empty = none given
  std::vector<std::string> reasons;  // ids of the form's reason ticks
  std::string words;
};

struct Stock {
  std::vector<std::string> women, men, families, streets, companies, greetings, farewells;
  std::vector<std::string> asides, grievances;  // paragraphs that touch no queue; grievances complain
  std::vector<Town> towns;
  std::vector<Face> typed, typewriter, dot, hands;
  std::vector<Face> capitals;  // hands with capitals and figures only, for cells
  std::array<std::vector<std::string>, letter::queue_count> recipients;  // lines
  std::array<std::vector<Story>, letter::queue_count> stories;
};

// Whose words are written: stories of this stock, or these and the letters that the sorter is trained on
// (models/triage/corpus, without what is held out there). The latter are for reading: sorting them measures
// nothing.
enum class Texts { stock, mail };

// BrokenWorld when a file is missing or wrong.
Stock load_stock(Texts texts = Texts::stock);

}  // namespace workshop
