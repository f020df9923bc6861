// One person at a terminal desk: words in, errands out, text back. Knows no terminal and no socket.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/desk_line.hpp"
#include "cli/front.hpp"
#include "letter/service.hpp"

namespace cli {

class DeskSession {
 public:
  using ShowPages =
      std::function<letter::Result<std::string>(const std::string& name, const std::string& bytes)>;
  using WriteLetter =
      std::function<letter::Result<std::string>(const letter::CaseFile& file, letter::Outgoing kind)>;
  struct Means {
    Ask ask;                   // carries errands to the router
    ShowPages show_pages;      // puts a PDF on the screen; gives the sentence that tells where it is
    WriteLetter write_letter;  // the text of a letter to the complainant
  };
  DeskSession(Means means, letter::Queue queue, Front& front);

  // One line as typed. False: the person leaves (the case is released).
  bool hear(const std::string& line);
  // Keeps the claim alive; call every second or so.
  void tick();
  // Gives the case back, if one is held.
  void leave();
  std::string prompt() const;

 private:
  struct Words {
    std::string rest;  // what follows the verb
  };
  using Verb = void (DeskSession::*)(const Words&);
  struct Entry {
    const char *fr, *en, *shows_fr, *shows_en, *tells_fr, *tells_en;
    Verb verb;
  };
  static const std::vector<Entry>& entries();

  void next(const Words&), show(const Words&), pages(const Words&), correct(const Words&), date(const Words&);
  // desk_session_dates.cpp
  void first_complaint(const Words&), hold(const Words&), acknowledge(const Words&), answer(const Words&);
  void reroute(const Words&), requalify(const Words&), close_case(const Words&);
  void accept_join(const Words&), refuse_join(const Words&), write_letter(const Words&);
  void check(const Words&), hand_over(const Words&);          // desk_session_checks.cpp
  void make_secret(const Words&), lift_secret(const Words&);  // desk_session_secrets.cpp
  void take(const letter::CaseRow& row);                      // claims it, or says why not
  bool answers_check(const std::string& first_word);
  void tell_check(const letter::Answer& answer);
  void confirm(const Words&), release(const Words&), undo(const Words&), list(const Words&),
      help(const Words&);

  bool holds_case();
  void show_proposals();
  bool show_pages_of(const std::string& letter_id);  // false: said why not
  letter::Errand errand(const std::string& verb) const;
  std::optional<letter::Answer> granted_answer(const letter::Errand& errand);
  void change(letter::Errand errand, const std::string& done_fr, const std::string& done_en);
  // The case held, with its letters; null when the router refuses (said already).
  const letter::CaseFile* opened();
  const letter::CaseFile* opened_anew();
  void say(const std::string& text);
  void refuse(const letter::Reason& reason);

  Means means_;
  letter::Queue queue_;
  Front& front_;
  std::optional<letter::CaseRow> held_;
  std::optional<letter::CaseFile> file_;  // of the case held, as last opened
  std::string checking_;                  // id of the letter being checked blindly; "" = none
  std::uint64_t fencing_ = 0;
  letter::Instant renewed_{};
};

}  // namespace cli
