// The words of a desk for dates, and for what was sent.
#include <array>

#include "cli/case_table.hpp"
#include "cli/desk_session.hpp"
#include "cli/desk_words.hpp"
#include "cli/letters_out.hpp"

namespace cli {

namespace {

// What proves a sending date, where the reason begins with its name.
std::string basis_named(const std::string& reason) {
  struct Name {
    std::string_view word;
    letter::SentBasis basis;
  };
  constexpr std::array<Name, 8> names{{{"CACHET", letter::SentBasis::postmark},
                                       {"POSTMARK", letter::SentBasis::postmark},
                                       {"DEPOT", letter::SentBasis::lrar_deposit},
                                       {"DEPOSIT", letter::SentBasis::lrar_deposit},
                                       {"AFFRANCHISSEMENT", letter::SentBasis::franking},
                                       {"FRANKING", letter::SentBasis::franking},
                                       {"ECRITE", letter::SentBasis::written},
                                       {"WRITTEN", letter::SentBasis::written}}};
  const std::string first = split_words(reason).first;
  for (const auto& [word, basis] : names)
    if (first == word) return std::string(letter::id(basis));
  return "";
}

bool says_none(const std::string& word) {
  const std::string folded = letter::folded(word);
  return folded == "AUCUNE" || folded == "NONE";
}

}  // namespace

void DeskSession::date(const Words& words) {
  if (!holds_case()) return;
  const auto [day, reason] = split_words(words.rest);
  auto asked = errand("correct");
  asked.args = {{"sent_on", day}, {"reason", reason}};
  if (const auto basis = basis_named(reason); !basis.empty()) asked.args["basis"] = basis;
  change(asked, "Date d'envoi corrigée.", "Sending date corrected.");
  if (held_) say(row_text(*held_, front_));
}

void DeskSession::first_complaint(const Words& words) {
  if (!holds_case()) return;
  const auto [day, reason] = split_words(words.rest);
  auto asked = errand("correct");
  asked.args = {{"first_complaint", says_none(day) ? "none" : day}, {"reason", reason}};
  change(asked, "Réclamation la plus ancienne notée.", "Earliest complaint noted.");
  if (held_) say(row_text(*held_, front_));
}

void DeskSession::hold(const Words& words) {
  if (!holds_case()) return;
  const auto [day, circumstances] = split_words(words.rest);
  // Said before it is noted: these words go into a letter.
  if (const auto fit = fit_for_a_letter(letter::PersonalText(circumstances)); !fit)
    return refuse(fit.error());
  auto asked = errand("hold");
  asked.args = {{"answer_by", day}, {"reason", circumstances}};
  change(asked, "Retard noté : la lettre d'attente est à poster (« vaguemestre letters »).",
         "Delay noted: the holding letter is to be posted (\"vaguemestre letters\").");
}

// The text to post; that it was sent is noted by another word.
void DeskSession::write_letter(const Words&) {
  if (!holds_case()) return;
  const auto* file = opened_anew();
  if (file == nullptr) return;
  const auto due = owed_letter(file->row);
  if (!due) return say(front_.tell("Aucune lettre n'est due.\n", "No letter is due.\n"));
  const auto text = means_.write_letter(*file, *due);
  if (text) return say(*text);
  refuse(text.error());
}

void DeskSession::acknowledge(const Words&) {
  if (holds_case()) change(errand("acknowledge"), "Accusé de réception noté.", "Acknowledgement noted.");
}

void DeskSession::answer(const Words& words) {
  if (!holds_case()) return;
  auto asked = errand("answer");
  if (!words.rest.empty()) asked.args["outcome"] = lower(letter::folded(words.rest));
  change(asked, "Réponse notée.", "Answer noted.");
}

void DeskSession::close_case(const Words&) {
  if (holds_case()) change(errand("close"), "Dossier clos.", "Case closed.");
}

}  // namespace cli
