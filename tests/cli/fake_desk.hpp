// A terminal desk before a router made by hand, which has one case and remembers what it was asked.
#pragma once

#include "cli/desk_session.hpp"
#include "tests/cli/stage.hpp"

namespace made {

// A router with one case, which remembers what it was asked.
struct FakeRouter {
  std::vector<letter::Errand> asked;
  std::optional<letter::Reason> refuses;
  letter::CaseFile file;

  FakeRouter() {
    file.row.ref = "2026-0000001-59";
    file.row.queue = "frais_sante";
    file.row.claimed_by = "desk:frais_sante";
    letter::SortedLetter sorted;
    sorted.read.letter.id = {"LYON1", 7};
    letter::Field nir;
    nir.id = "NIR";
    nir.text = letter::PersonalText("295105912345642");
    letter::Field tick;
    tick.id = "OBJ_SANTE";
    tick.how = letter::How::tick;
    sorted.read.fields = {nir, tick};
    file.letters = {sorted};
  }

  void propose() {
    file.row.proposals = 1;
    file.proposals = {{"2026-0000002-58", "frais_sante", letter::State::registered, {}, {}, "member", true}};
  }

  letter::Result<letter::Answer> answer(const letter::Errand& errand) {
    asked.push_back(errand);
    letter::Answer answer;
    answer.reason = refuses;
    if (errand.verb == "open")
      answer.file = file;
    else
      answer.rows = {file.row};
    if (errand.verb == "claim") answer.fencing = 42;
    if (errand.verb == "check") {
      answer.blind = file.letters.front().read;
      answer.blind->text = letter::PersonalText("Je conteste.");
    }
    if (errand.verb == "check_answer") answer.facts = {{"passed", "no"}, {"queue", "incapacite_invalidite"}};
    if (errand.verb == "pages") answer.pages = {"%PDF-1"};
    return answer;
  }
  std::vector<std::string> verbs() const {
    std::vector<std::string> all;
    for (const auto& errand : asked) all.push_back(errand.verb);
    return all;
  }
};

struct Desk {
  Stage stage;
  FakeRouter router;
  std::string shown;
  cli::DeskSession session{{[this](const letter::Errand& errand) { return router.answer(errand); },
                            [this](const std::string&, const std::string& bytes) {
                              shown = bytes;
                              return letter::Result<std::string>("Pages : /tmp/x");
                            },
                            [](const letter::CaseFile&, letter::Outgoing kind) {
                              return letter::Result<std::string>("LETTRE " + std::string(letter::id(kind)));
                            }},
                           letter::Queue::frais_sante,
                           stage.front};
};

}  // namespace made
