// The words of a desk for blind checks and hand-overs.
#include <algorithm>

#include "cli/case_table.hpp"
#include "cli/desk_session.hpp"
#include "cli/desk_words.hpp"
#include "cli/field_table.hpp"
#include "cli/mask.hpp"

namespace cli {

namespace {

// The nine queues by number, so that one key answers.
std::string numbered_queues(const Front& front) {
  std::string text;
  for (std::size_t i = 0; i < letter::all_queues.size(); ++i)
    text += "  " + std::to_string(i + 1) + " " + queue_name(letter::all_queues[i], front) + "\n";
  return text;
}

// What was read, and nothing of what the program made of it.
std::string blind_text(const letter::ReadLetter& read, const Front& front) {
  std::string text = front.tell("Contrôle à l'aveugle : lettre ", "Blind check: letter ") +
                     letter::text(read.letter.id) + ", " + std::to_string(read.letter.pages.size()) +
                     front.tell(" page(s)", " page(s)");
  if (read.letter.box != letter::PostBox::none)
    text += front.tell(", arrivée à ", ", arrived at ") + std::string(letter::id(read.letter.box));
  text += "\n" + field_table(read, Nir::masked, front);
  text += front.tell("Texte :\n", "Text:\n") + quoted_lines(nirs_masked(read.text.reveal()));
  return text +
         front.tell("Quel service doit répondre ? (pages : la voir)\n",
                    "Which service must answer? (open: see it)\n") +
         numbered_queues(front);
}

std::optional<letter::Queue> queue_said(const std::string& text) {
  const std::string word = lower(text);
  if (word.size() == 1 && word[0] >= '1' && word[0] <= '9')
    return letter::all_queues[static_cast<std::size_t>(word[0] - '1')];
  return letter::parse_queue(word);
}

}  // namespace

void DeskSession::check(const Words&) {
  leave();
  checking_.clear();
  const auto answer = granted_answer(errand("check"));
  if (!answer) return;
  if (!answer->blind) return say(front_.tell("Aucun contrôle à faire.\n", "Nothing to check.\n"));
  checking_ = letter::text(answer->blind->letter.id);
  say(blind_text(*answer->blind, front_));
}

// True when the line was the answer to the check in hand.
bool DeskSession::answers_check(const std::string& first_word) {
  if (checking_.empty()) return false;
  const auto queue = queue_said(first_word);
  if (!queue) return false;
  auto asked = errand("check_answer");
  asked.queue = letter::id(*queue);
  asked.args["letter"] = checking_;
  checking_.clear();
  if (const auto answer = granted_answer(asked)) tell_check(*answer);
  return true;
}

void DeskSession::tell_check(const letter::Answer& answer) {
  const auto fact = [&answer](const char* name) {
    const auto found = answer.facts.find(name);
    return found == answer.facts.end() ? std::string() : found->second;
  };
  if (fact("passed") == "yes")
    return say(front_.tell("Le programme avait décidé de même.\n", "The program had decided the same.\n"));
  say(front_.tell("Le programme avait dit : ", "The program had said: ") + fact("queue") +
      front_.tell(". Le dossier est repris, son délai gardé :\n",
                  ". The case is put right, its clock kept:\n"));
  if (answer.rows.empty()) return;
  say(row_text(answer.rows.front(), front_));
  if (answer.rows.size() == 1)
    return say(front_.tell("Aucune autre lettre triée de même.\n", "No other letter was sorted alike.\n"));
  say(front_.tell("À revoir aussi, triées seules sur le même indice :\n",
                  "To be looked at too, sorted alone on the same ground:\n") +
      case_table({answer.rows.begin() + 1, answer.rows.end()}, front_));
}

void DeskSession::hand_over(const Words& words) {
  if (!holds_case()) return;
  auto asked = errand("hand_over");
  if (!words.rest.empty()) asked.args["reason"] = words.rest;
  const auto answer = granted_answer(asked);
  if (!answer) return;
  say(front_.tell("Remis au contact habituel, sans délai.\n",
                  "Handed over to the usual contact, without a clock.\n"));
  leave();
}

}  // namespace cli
