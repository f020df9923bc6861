#include "cli/desk_session.hpp"

#include <algorithm>

#include "cli/case_notes.hpp"
#include "cli/case_table.hpp"
#include "cli/desk_words.hpp"
#include "cli/field_words.hpp"
#include "cli/mask.hpp"
#include "cli/registry.hpp"
#include "cli/table.hpp"

namespace cli {

namespace {

constexpr std::chrono::seconds renew_every{60};

std::string described(const letter::Field& field, const Front& front) {
  const bool tick = field.how == letter::How::tick;
  const std::string text = tick ? word(field.tick, front) : printable(field.text.reveal());
  return field.id + " : " + text + "  (" + word(field.verdict, front) + ", " + word(field.how, front) +
         (field.repaired ? front.tell(", réparé par sa clé", ", repaired by its key") : "") + ")\n";
}

std::optional<letter::TickState> tick_word(const std::string& text) {
  const auto word = letter::folded(text);
  if (word == "COCHE" || word == "COCHEE" || word == "TICKED" || word == "X")
    return letter::TickState::ticked;
  if (word == "VIDE" || word == "BLANK") return letter::TickState::blank;
  return std::nullopt;
}

// The reference under which two cases go on after a join.
std::string surviving(const letter::Answer& answer) {
  for (const auto& row : answer.rows)
    if (row.state != letter::State::merged) return row.ref;
  return "";
}

// One key is enough for a yes or a no.
std::string spelled_out(const std::string& word) {
  if (word == "O" || word == "OUI" || word == "Y" || word == "YES") return "ACCEPTER";
  if (word == "N" || word == "NON" || word == "NO") return "REFUSER";
  return word;
}

const letter::Field* field_in(const letter::CaseFile& file, const std::string& id) {
  for (const auto& sorted : file.letters)
    if (const auto* field = letter::find(sorted.read, id)) return field;
  return nullptr;
}

}  // namespace

DeskSession::DeskSession(Means means, letter::Queue queue, Front& front)
    : means_(std::move(means)), queue_(queue), front_(front) {}

std::string DeskSession::prompt() const {
  const std::string check = checking_.empty() ? "" : front_.tell(" contrôle ", " check ") + checking_;
  return std::string(letter::id(queue_)) + (held_ ? " " + held_->ref : "") + check + "> ";
}

void DeskSession::say(const std::string& text) {
  front_.out << text;
  front_.out.flush();
}

void DeskSession::refuse(const letter::Reason& reason) {
  front_.err << front_.tell(reason.fr, reason.en) << " [" << reason.code << "]\n";
  // The case is somebody else's by now, or nobody's: we hold nothing.
  if (reason.code == "desk.stale") held_.reset(), file_.reset();
}

letter::Errand DeskSession::errand(const std::string& verb) const {
  letter::Errand made;
  made.verb = verb;
  if (held_) made.ref = held_->ref;
  if (held_) made.fencing = fencing_;
  return made;
}

std::optional<letter::Answer> DeskSession::granted_answer(const letter::Errand& errand) {
  auto answer = granted(means_.ask(errand));
  if (answer) return std::move(*answer);
  refuse(answer.error());
  return std::nullopt;
}

bool DeskSession::holds_case() {
  if (held_) return true;
  front_.err << front_.tell("Aucun dossier en main : tapez « suivant ».\n",
                            "No case in hand: type \"next\".\n");
  return false;
}

void DeskSession::change(letter::Errand errand, const std::string& done_fr, const std::string& done_en) {
  const auto answer = granted_answer(errand);
  if (!answer) return;
  if (!answer->rows.empty()) held_ = answer->rows.front();
  say(front_.tell(done_fr, done_en) + "\n");
  if (held_ && held_->claimed_by.empty()) {
    say(front_.tell("Le dossier n'est plus en main.\n", "The case is no longer in hand.\n"));
    held_.reset();
    file_.reset();
  }
}

// What kind a field is does not change: no need to note one more opening.
const letter::CaseFile* DeskSession::opened() { return file_ ? &*file_ : opened_anew(); }

const letter::CaseFile* DeskSession::opened_anew() {
  auto answer = granted_answer(errand("open"));
  if (!answer || !answer->file) return nullptr;
  file_ = std::move(answer->file);
  return &*file_;
}

bool DeskSession::hear(const std::string& line) {
  auto words = split_words(line);
  if (words.first.empty()) return true;
  if (answers_check(words.first)) return true;
  words.first = spelled_out(words.first);
  if (words.first == "QUITTER" || words.first == "QUIT" || words.first == "Q") {
    leave();
    return false;
  }
  const auto& known = entries();
  const auto found = std::find_if(known.begin(), known.end(), [&](const Entry& entry) {
    return words.first == entry.fr || words.first == entry.en;
  });
  if (found == known.end())
    front_.err << front_.tell("Mot inconnu : tapez « aide ».\n", "Unknown word: type \"help\".\n");
  else
    (this->*found->verb)({words.rest});
  return true;
}

void DeskSession::tick() {
  if (!held_ || front_.now() - renewed_ < renew_every) return;
  renewed_ = front_.now();
  granted_answer(errand("renew"));
}

void DeskSession::leave() {
  if (!held_) return;
  granted_answer(errand("release"));
  held_.reset();
  file_.reset();
}

void DeskSession::next(const Words& words) {
  leave();
  checking_.clear();
  if (!words.rest.empty()) {
    letter::CaseRow named;
    named.ref = words.rest;
    take(named);
    return;
  }
  auto asked = errand("next");
  asked.queue = letter::id(queue_);
  const auto answer = granted_answer(asked);
  if (!answer) return;
  if (answer->rows.empty()) return say(front_.tell("La bannette est vide.\n", "The queue is empty.\n"));
  take(answer->rows.front());
}

void DeskSession::take(const letter::CaseRow& row) {
  if (!letter::parse_case_ref(row.ref)) return refuse(bad_case_ref());
  auto claim = errand("claim");
  claim.ref = row.ref;
  const auto claimed = granted_answer(claim);
  if (!claimed) return;
  held_ = claimed->rows.empty() ? row : claimed->rows.front();
  file_.reset();
  fencing_ = claimed->fencing;
  renewed_ = front_.now();
  say(row_text(*held_, front_));
  show_proposals();
}

void DeskSession::show_proposals() {
  if (!held_ || held_->proposals == 0) return;
  if (const auto* file = opened_anew()) say(proposals_text(*file, front_));
}

void DeskSession::accept_join(const Words& words) {
  if (!holds_case()) return;
  auto asked = errand("accept_join");
  if (!words.rest.empty()) asked.args["with"] = words.rest;
  const auto answer = granted_answer(asked);
  if (!answer) return;
  say(front_.tell("Réunis sous ", "Joined under ") + surviving(*answer) +
      front_.tell(" : un seul dossier, le délai le plus ancien.\n", ": one case, the earliest clock.\n"));
  if (answer->rows.empty() || answer->rows.front().state == letter::State::merged) return leave();
  held_ = answer->rows.front();
  file_.reset();
  show_proposals();
}

void DeskSession::refuse_join(const Words& words) {
  if (!holds_case()) return;
  auto asked = errand("refuse_join");
  if (!words.rest.empty()) asked.args["with"] = words.rest;
  change(asked, "Noté : ce sont deux affaires.", "Noted: these are two matters.");
  show_proposals();
}

void DeskSession::show(const Words& words) {
  if (!holds_case()) return;
  const auto* file = opened_anew();
  if (file == nullptr) return;
  if (words.rest.empty()) return say(case_text(*file, front_));
  // The one field a person is confirming is shown as it was read, a NIR too.
  const auto* field = field_in(*file, letter::folded(words.rest));
  say(field ? described(*field, front_) : front_.tell("Pas de tel champ.\n", "No such field.\n"));
}

void DeskSession::pages(const Words&) {
  if (!checking_.empty()) {
    show_pages_of(checking_);
    return;
  }
  if (!holds_case()) return;
  const auto* file = opened();
  if (file == nullptr) return;
  for (const auto& sorted : file->letters)
    if (!show_pages_of(letter::text(sorted.read.letter.id))) return;
}

bool DeskSession::show_pages_of(const std::string& letter_id) {
  auto asked = errand("pages");
  asked.args = {{"letter", letter_id}, {"as", "pdf"}};
  const auto answer = granted_answer(asked);
  if (!answer) return false;
  for (std::size_t i = 0; i < answer->pages.size(); ++i) {
    const auto shown = means_.show_pages(letter_id + "-" + std::to_string(i + 1) + ".pdf", answer->pages[i]);
    if (!shown) {
      refuse(shown.error());
      return false;
    }
    say(*shown + "\n");
  }
  return true;
}

void DeskSession::correct(const Words& words) {
  if (!holds_case()) return;
  const auto [id, text] = split_words(words.rest);
  const auto* file = opened();
  if (file == nullptr) return;
  const auto* field = field_in(*file, id);
  if (field == nullptr) return say(front_.tell("Pas de tel champ.\n", "No such field.\n"));
  auto asked = errand("correct");
  asked.args["field"] = id;
  if (field->how == letter::How::tick) {
    const auto state = tick_word(text);
    if (!state)
      return say(
          front_.tell("Une case est « coché » ou « vide ».\n", "A tick is \"ticked\" or \"blank\".\n"));
    asked.args["state"] = letter::id(*state);
  } else {
    asked.args["text"] = text;
  }
  change(asked, "Champ corrigé.", "Field corrected.");
}

void DeskSession::reroute(const Words& words) {
  if (!holds_case()) return;
  const auto [queue, reason] = split_words(words.rest);
  auto asked = errand("reroute");
  asked.queue = lower(queue);
  asked.args["reason"] = reason;
  change(asked, "Dossier réaffecté.", "Case rerouted.");
}

void DeskSession::requalify(const Words& words) {
  if (!holds_case()) return;
  auto asked = errand("requalify");
  asked.args = {{"to", "non_reclamation"}, {"reason", words.rest}};
  change(asked, "Requalifié : ce n'est pas une réclamation.", "Requalified: it is no complaint.");
}

void DeskSession::confirm(const Words& words) {
  if (!holds_case()) return;
  auto asked = errand(held_->is_complaint ? "reroute" : "requalify");
  asked.args["reason"] = words.rest;
  if (held_->is_complaint)
    asked.queue = held_->queue;  // the queue it has: that settles a sorting under review
  else
    asked.args["to"] = "complaint";
  change(asked, "Confirmé : c'est une réclamation.", "Confirmed: it is a complaint.");
}

void DeskSession::release(const Words&) {
  if (!holds_case()) return;
  leave();
  say(front_.tell("Dossier rendu.\n", "Case released.\n"));
}

void DeskSession::undo(const Words&) {
  if (holds_case()) change(errand("undo"), "Dernier changement annulé.", "Last change undone.");
}

void DeskSession::list(const Words&) {
  letter::Errand asked;
  asked.verb = "list";
  asked.queue = letter::id(queue_);
  if (const auto answer = granted_answer(asked)) say(case_table(answer->rows, front_));
}

void DeskSession::help(const Words&) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& entry : entries())
    rows.push_back(
        {lower(front_.tell(entry.fr, entry.en)) + " " + front_.tell(entry.shows_fr, entry.shows_en),
         lower(front_.tell(entry.en, entry.fr)), front_.tell(entry.tells_fr, entry.tells_en)});
  rows.push_back({front_.tell("quitter", "quit"), front_.tell("quit", "quitter"),
                  front_.tell("rendre le dossier et partir", "release the case and leave")});
  say(table({{front_.tell("Mot", "Word")},
             {front_.tell("ou", "or")},
             {front_.tell("Ce qu'il fait", "What it does")}},
            rows));
}

const std::vector<DeskSession::Entry>& DeskSession::entries() {
  static const std::vector<Entry> all{
      {"SUIVANT", "NEXT", "[REF]", "[REF]", "prendre le dossier le plus urgent, ou celui-ci",
       "take the most urgent case, or this one", &DeskSession::next},
      {"VOIR", "SHOW", "[CHAMP]", "[FIELD]", "lire le dossier, ou un seul champ en clair",
       "read the case, or one field unmasked", &DeskSession::show},
      {"PAGES", "OPEN", "", "", "ouvrir les pages à l'écran", "open the pages in the viewer",
       &DeskSession::pages},
      {"CORRIGER", "CORRECT", "CHAMP TEXTE", "FIELD TEXT", "corriger un champ (case : coché ou vide)",
       "correct a field (tick: ticked or blank)", &DeskSession::correct},
      {"DATE", "SENT", "AAAA-MM-JJ RAISON", "YYYY-MM-DD REASON",
       "corriger la date d'envoi (raison « cachet ... », « dépôt ... » : c'est la preuve)",
       "correct the sending date (reason \"postmark ...\", \"deposit ...\": that is the proof)",
       &DeskSession::date},
      {"PREMIERE", "FIRST", "AAAA-MM-JJ|aucune RAISON", "YYYY-MM-DD|none REASON",
       "la réclamation écrite plus ancienne, d'où courent les deux mois",
       "the earlier written complaint, from which the two months run", &DeskSession::first_complaint},
      {"ATTENTE", "HOLD", "AAAA-MM-JJ CIRCONSTANCES", "YYYY-MM-DD CIRCUMSTANCES",
       "annoncer un retard : la réponse partira ce jour-là",
       "announce a delay: the answer will leave that day", &DeskSession::hold},
      {"ACCEPTER", "ACCEPT", "[REF]", "[REF]", "o : réunir avec le dossier proposé",
       "y: join with the case proposed", &DeskSession::accept_join},
      {"REFUSER", "REFUSE", "[REF]", "[REF]", "n : ce sont deux affaires", "n: these are two matters",
       &DeskSession::refuse_join},
      {"LETTRE", "LETTER", "", "", "le texte de la lettre à poster (accusé de réception, attente)",
       "the text of the letter to post (acknowledgement, delay)", &DeskSession::write_letter},
      {"ACCUSER", "ACK", "", "", "noter l'accusé de réception envoyé",
       "note that the acknowledgement was sent", &DeskSession::acknowledge},
      {"REPONDRE", "ANSWER", "[ISSUE]", "[OUTCOME]",
       "noter la réponse envoyée (favorable, partiel, defavorable, sans_objet)",
       "note that the answer was sent (favorable, partiel, defavorable, sans_objet)", &DeskSession::answer},
      {"CLORE", "CLOSE", "", "", "clore un dossier répondu", "close an answered case",
       &DeskSession::close_case},
      {"REAFFECTER", "REROUTE", "BANNETTE RAISON", "QUEUE REASON", "donner à un autre service",
       "give to another service", &DeskSession::reroute},
      {"MEDICAL", "MEDICAL", "RAISON", "REASON",
       "papiers médicaux trouvés : le service médical ouvre d'abord, plus personne d'autre",
       "medical papers found: the medical service opens first, and nobody else any more",
       &DeskSession::make_secret},
      {"LEVER", "LIFT", "RAISON", "REASON",
       "lever le secret médical : la bannette du dossier l'ouvre à nouveau",
       "lift medical secrecy: the case's queue may open it again", &DeskSession::lift_secret},
      {"REQUALIFIER", "REQUALIFY", "RAISON", "REASON", "dire que ce n'est pas une réclamation",
       "say that it is no complaint", &DeskSession::requalify},
      {"REMETTRE", "HANDOVER", "[RAISON]", "[REASON]", "pas une réclamation : remettre au contact habituel",
       "no complaint: hand over to the usual contact", &DeskSession::hand_over},
      {"CONTROLER", "CHECK", "", "", "contrôler une lettre à l'aveugle (répondre 1 à 9)",
       "check a letter blindly (answer 1 to 9)", &DeskSession::check},
      {"CONFIRMER", "CONFIRM", "RAISON", "REASON", "confirmer la réclamation et sa bannette",
       "confirm the complaint and its queue", &DeskSession::confirm},
      {"LIBERER", "RELEASE", "", "", "rendre le dossier", "give the case back", &DeskSession::release},
      {"ANNULER", "UNDO", "", "", "annuler le dernier changement", "undo the last change",
       &DeskSession::undo},
      {"LISTE", "LIST", "", "", "montrer la bannette", "show the queue", &DeskSession::list},
      {"AIDE", "HELP", "", "", "cette liste", "this list", &DeskSession::help},
  };
  return all;
}

}  // namespace cli
