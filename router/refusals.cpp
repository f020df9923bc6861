#include "router/refusals.hpp"

#include <algorithm>
#include <array>

namespace router {

using letter::Reason;

namespace {

struct Sentence {
  Refusal refusal;
  const char *code, *fr, *en;
};

constexpr std::array sentences{
    Sentence{Refusal::bad_request, "desk.bad_request",
             "Le nom de la demande doit avoir de 1 à 64 caractères.",
             "The request's name must have 1 to 64 characters."},
    Sentence{Refusal::unknown_verb, "desk.unknown_verb", "Cette action n’existe pas.",
             "There is no such action."},
    Sentence{Refusal::bad_argument, "desk.bad_argument",
             "Un élément de la demande manque ou n’est pas valable.",
             "Something in the request is missing or not valid."},
    Sentence{Refusal::reason_required, "desk.reason_required",
             "Ce changement demande un motif (500 caractères au plus).",
             "This change needs a reason (500 characters at most)."},
    Sentence{Refusal::no_such_case, "desk.no_such_case", "Aucun dossier ne porte cette référence.",
             "No case has this reference."},
    Sentence{Refusal::not_allowed, "desk.not_allowed", "Ce poste n’a pas le droit de faire cela.",
             "This desk may not do that."},
    Sentence{Refusal::secret, "desk.secret",
             "Secret médical : seul le service médical peut ouvrir ce dossier.",
             "Medical secrecy: only the medical service may open this case."},
    Sentence{Refusal::purged, "desk.purged",
             "Durée de conservation écoulée : le contenu du dossier est effacé, sa preuve reste.",
             "Its retention time is over: what the case held is erased, the proof remains."},
    Sentence{Refusal::claimed, "desk.claimed", "Ce dossier est déjà pris.", "This case is already claimed."},
    Sentence{Refusal::stale, "desk.stale", "Le dossier n’est plus pris par ce poste : le reprendre.",
             "This desk no longer holds the case: claim it again."},
    Sentence{Refusal::wrong_state, "desk.wrong_state", "L’état du dossier ne le permet pas.",
             "The state of the case does not allow it."},
    Sentence{Refusal::unread, "desk.unread", "Un courrier a rejoint ce dossier : le lire d’abord (« voir »).",
             "A letter has joined this case: read it first (\"show\")."},
    Sentence{Refusal::review_first, "desk.review_first",
             "Ce dossier attend un regard (tri ou date d’envoi) : rien ne part avant.",
             "This case waits for a person's look (sorting or sending date): nothing leaves before."},
    Sentence{Refusal::bad_answer_day, "desk.bad_answer_day",
             "La nouvelle date doit être un jour ouvré, à venir, après la fin des deux mois.",
             "The new day must be a working day to come, after the end of the two months."},
    Sentence{Refusal::no_change, "desk.no_change", "Rien à changer : c’est déjà le cas.",
             "Nothing to change: it is so already."},
    Sentence{Refusal::use_requalify, "desk.use_requalify",
             "Réclamation ou non : cela se décide par une requalification motivée.",
             "Complaint or not is decided by a requalification with its reason."},
    Sentence{Refusal::no_such_field, "desk.no_such_field", "Ce courrier n’a pas ce champ.",
             "This letter has no such field."},
    Sentence{Refusal::no_such_letter, "desk.no_such_letter", "Ce courrier n’est pas dans ce dossier.",
             "This letter is not in this case."},
    Sentence{Refusal::nothing_to_undo, "desk.nothing_to_undo",
             "Aucun changement à annuler depuis la prise du dossier.",
             "No change to undo since the case was claimed."},
    Sentence{Refusal::no_proposal, "desk.no_proposal",
             "Ce rapprochement n’est pas proposé, ou il est déjà décidé.",
             "This join is not proposed, or has been decided already."},
    Sentence{Refusal::changed_since, "desk.changed_since",
             "Le dossier a changé depuis : l’annulation n’est plus possible.",
             "The case has changed since: this can no longer be undone."},
    Sentence{Refusal::no_such_page, "desk.no_such_page", "Ce courrier n’a pas cette page.",
             "This letter has no such page."},
    Sentence{Refusal::busy, "desk.busy", "Trop de pages sont demandées à la fois : réessayer.",
             "Too many pages are asked for at once: try again."},
    Sentence{Refusal::page_unreadable, "desk.page_unreadable", "La page n’a pas pu être affichée.",
             "The page could not be shown."},
};

}  // namespace

letter::Reason reason(Refusal refusal) {
  const auto* found = std::ranges::find(sentences, refusal, &Sentence::refusal);
  ENSURE(found != sentences.end());
  return {found->code, found->fr, found->en};
}

tl::unexpected<Reason> refused(Refusal refusal) { return tl::unexpected<Reason>(reason(refusal)); }

}  // namespace router
