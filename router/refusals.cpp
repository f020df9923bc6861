#include "router/refusals.hpp"

namespace router {

using letter::Reason;

letter::Reason reason(Refusal refusal) {
  switch (refusal) {
    case Refusal::bad_request:
      return {"desk.bad_request", "Le nom de la demande doit avoir de 1 à 64 caractères.",
              "The request's name must have 1 to 64 characters."};
    case Refusal::unknown_verb:
      return {"desk.unknown_verb", "Cette action n’existe pas.", "There is no such action."};
    case Refusal::bad_argument:
      return {"desk.bad_argument", "Un élément de la demande manque ou n’est pas valable.",
              "Something in the request is missing or not valid."};
    case Refusal::reason_required:
      return {"desk.reason_required", "Ce changement demande un motif (500 caractères au plus).",
              "This change needs a reason (500 characters at most)."};
    case Refusal::no_such_case:
      return {"desk.no_such_case", "Aucun dossier ne porte cette référence.", "No case has this reference."};
    case Refusal::not_allowed:
      return {"desk.not_allowed", "Ce poste n’a pas le droit de faire cela.", "This desk may not do that."};
    case Refusal::secret:
      return {"desk.secret", "Secret médical : seul le service médical peut ouvrir ce dossier.",
              "Medical secrecy: only the medical service may open this case."};
    case Refusal::claimed:
      return {"desk.claimed", "Ce dossier est déjà pris.", "This case is already claimed."};
    case Refusal::stale:
      return {"desk.stale", "Le dossier n’est plus pris par ce poste : le reprendre.",
              "This desk no longer holds the case: claim it again."};
    case Refusal::wrong_state:
      return {"desk.wrong_state", "L’état du dossier ne le permet pas.",
              "The state of the case does not allow it."};
    case Refusal::no_change:
      return {"desk.no_change", "Rien à changer : c’est déjà le cas.",
              "Nothing to change: it is so already."};
    case Refusal::use_requalify:
      return {"desk.use_requalify", "Réclamation ou non : cela se décide par une requalification motivée.",
              "Complaint or not is decided by a requalification with its reason."};
    case Refusal::no_such_field:
      return {"desk.no_such_field", "Ce courrier n’a pas ce champ.", "This letter has no such field."};
    case Refusal::no_such_letter:
      return {"desk.no_such_letter", "Ce courrier n’est pas dans ce dossier.",
              "This letter is not in this case."};
    case Refusal::nothing_to_undo:
      return {"desk.nothing_to_undo", "Aucun changement à annuler depuis la prise du dossier.",
              "No change to undo since the case was claimed."};
    case Refusal::no_proposal:
      return {"desk.no_proposal", "Ce rapprochement n’est pas proposé, ou il est déjà décidé.",
              "This join is not proposed, or has been decided already."};
    case Refusal::changed_since:
      return {"desk.changed_since", "Le dossier a changé depuis : l’annulation n’est plus possible.",
              "The case has changed since: this can no longer be undone."};
    case Refusal::no_such_page:
      return {"desk.no_such_page", "Ce courrier n’a pas cette page.", "This letter has no such page."};
    case Refusal::busy:
      return {"desk.busy", "Trop de pages sont demandées à la fois : réessayer.",
              "Too many pages are asked for at once: try again."};
    case Refusal::page_unreadable:
      return {"desk.page_unreadable", "La page n’a pas pu être affichée.", "The page could not be shown."};
  }
  ENSURE(false);
  return {};
}

tl::unexpected<Reason> refused(Refusal refusal) { return tl::unexpected<Reason>(reason(refusal)); }

}  // namespace router
