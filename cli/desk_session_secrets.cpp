// The words of a desk for medical secrecy: papers found in ordinary mail, and what turns out to hold none.
#include "cli/desk_session.hpp"

namespace cli {

// The case stays its queue's, whose desk reads of it again what the medical service gives back.
void DeskSession::make_secret(const Words& words) {
  if (!holds_case()) return;
  auto asked = errand("reroute");
  asked.queue = held_->queue;
  asked.args = {{"secondary", std::string(letter::id(letter::Queue::dossiers_medicaux))},
                {"reason", words.rest}};
  change(asked, "Sous secret médical : le service médical l'ouvre d'abord. Remettre le papier sous pli.",
         "Under medical secrecy: the medical service opens it first. Put the paper back under cover.");
}

void DeskSession::lift_secret(const Words& words) {
  if (!holds_case()) return;
  const std::string medical(letter::id(letter::Queue::dossiers_medicaux));
  if (held_->queue == medical)
    return say(front_.tell("D'abord lui donner sa bannette : « reaffecter BANNETTE RAISON ».\n",
                           "First give it its queue: \"reroute QUEUE REASON\".\n"));
  auto asked = errand("reroute");
  asked.queue = held_->queue;
  asked.args = {{"secondary", "none"}, {"reason", words.rest}};
  change(asked, "Secret médical levé : la bannette du dossier l'ouvre à nouveau.",
         "Medical secrecy lifted: the case's queue may open it again.");
}

}  // namespace cli
