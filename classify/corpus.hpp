// The letters this house wrote to teach its sorter: models/triage/corpus/*.jsonl, one letter a line,
// one file an author's batch. models/triage/README.md says what the keys mean.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "letter/reading.hpp"

namespace classify {

struct Example {
  std::string id;     // unique: "a-017"
  std::string batch;  // file name without extension
  std::string text;
  letter::Queue queue = letter::Queue::autre;
  std::optional<letter::Queue> secondary;
  bool is_complaint = true;
  std::string who;                   // insured, relative, agent, company, outsider, mediator
  std::string difficulty;            // plain, ambiguous, adversarial
  std::vector<letter::Queue> ticks;  // object boxes ticked on a form; empty = a free letter or none
  letter::PostBox box = letter::PostBox::none;
  bool drill = false;      // written against the sorter's own mistakes: taught, but no sample of any mail
  bool automatic = false;  // of a correction: it had been sorted without a person
};

struct Corpus {
  std::vector<Example> examples;  // files by name, lines in order
  std::string checksum;           // over all files' bytes
};

// Faults: corpus.missing, corpus.line (file and line, never the text), corpus.twice.
letter::Result<Corpus> load_corpus(const std::filesystem::path& corpus_dir);

// Letters written against the sorter's own mistakes, inside the corpus' folder: they are taught in every
// fold, but what the sorter is worth is not measured on them, since no mail is chosen by what a sorter gets
// wrong.
std::filesystem::path drills_dir(const std::filesystem::path& corpus_dir);

// What desks confirmed or corrected (`vaguemestre corrections`), as one batch: of each letter the last
// decision; letters whose text was not given out are left out; all but blind checks are drills, since desks
// see most of them for having gone wrong. Faults as load_corpus.
letter::Result<Corpus> load_corrections(const std::filesystem::path& file);

// The author batches set apart: nothing is ever learned, tuned or calibrated on them. Inside the corpus'
// folder, and the only place that says which batches they are.
std::filesystem::path held_out_dir(const std::filesystem::path& corpus_dir);

// The letter as a perfect reading would give it.
letter::ReadLetter as_read(const Example& example);

// Share of word 4-grams two texts have in common (Jaccard): over 0.3 they are near-duplicates.
double likeness(std::string_view one, std::string_view other);

// A whole file; "" where none can be read.
std::string bytes_of(const std::filesystem::path& file);

}  // namespace classify
