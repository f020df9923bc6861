// How the front command asks a daemon something: one errand, one answer, or a clear "nobody answers".
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "belt/config.hpp"
#include "letter/errand.hpp"
#include "letter/result.hpp"

namespace cli {

// Faults: "desk.no_answer" (nobody within the patience), "wire.*", "keys.*". A refusal is no fault: it is
// Answer::reason.
using Ask = std::function<letter::Result<letter::Answer>(letter::Errand)>;

constexpr int patience_ms = 3000;

// A line to one daemon under one identity; stays open for many errands.
class DeskLine {
 public:
  ~DeskLine();
  DeskLine(const DeskLine&) = delete;
  DeskLine& operator=(const DeskLine&) = delete;
  // `user_id`: "desk:tous", "ops:ops", ...; its key must lie in the state folder.
  static letter::Result<std::unique_ptr<DeskLine>> to_router(const belt::Config& config,
                                                             const std::string& user_id);
  static letter::Result<std::unique_ptr<DeskLine>> to_ingest(const belt::Config& config,
                                                             const std::string& user_id);
  letter::Result<letter::Answer> ask(letter::Errand errand);

 private:
  struct Impl;
  explicit DeskLine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Same as `ask`, but a refusal is a fault too: for commands that only want the answer.
letter::Result<letter::Answer> granted(letter::Result<letter::Answer> answer);

// Asks a verb that answers page by page until no page is left; `take` gets each.
letter::Result<void> walk(DeskLine& line, letter::Errand asked,
                          const std::function<void(letter::Answer&)>& take);

// Exit code of a fault of asking: 4 when nobody answered, 3 when keys are missing, else 2.
int exit_code_of(const letter::Reason& reason);

}  // namespace cli
