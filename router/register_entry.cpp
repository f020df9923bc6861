#include "router/register_entry.hpp"

#include <algorithm>
#include <array>

#include "letter/fields.hpp"

namespace router {

using letter::Event;
using letter::Queue;
using letter::SortedLetter;

namespace {

using Entry = std::map<std::string, std::string>;

struct Said {
  std::string_view field, says;
};
constexpr std::array<Said, 4> kinds{{{"QUAL_ASSURE", "assuré"},
                                     {"QUAL_BENEF", "bénéficiaire"},
                                     {"QUAL_MANDATAIRE", "mandataire"},
                                     {"QUAL_ENTREPRISE", "entreprise"}}};
constexpr std::array<Said, 6> motives{{{"MOT_DELAI", "délai"},
                                       {"MOT_REFUS", "refus"},
                                       {"MOT_MONTANT", "montant/calcul"},
                                       {"MOT_INFO", "information/qualité réponse"},
                                       {"MOT_COTIS", "cotisation"},
                                       {"MOT_AUTRE", "autre"}}};

std::string_view product_of(Queue queue) {
  switch (queue) {
    case Queue::incapacite_invalidite:
      return "incapacité/invalidité";
    case Queue::deces_rente_dependance:
      return "décès/rente/dépendance";
    case Queue::designation_beneficiaires:
      return "décès-capital";
    case Queue::frais_sante:
      return "santé";
    default:
      return "autre";
  }
}

template <std::size_t n>
std::string ticked(const std::vector<SortedLetter>& letters, const std::array<Said, n>& among) {
  std::string all;
  for (const auto& [field, says] : among) {
    const bool found = letter::is_ticked(letters, field);
    if (found) all += (all.empty() ? "" : ", ") + std::string(says);
  }
  return all;
}

std::string field_text(const std::vector<SortedLetter>& letters,
                       std::initializer_list<std::string_view> ids) {
  const letter::Field* field = letter::find_read(letters, ids);
  return field ? field->text.reveal() : "";
}

std::string day_of(const std::optional<letter::Day>& day) { return day ? letter::iso(*day) : ""; }
std::string day_of(const Event* event) { return event ? letter::iso(letter::paris_day(event->at)) : ""; }
std::string detail(const Event* event, const char* name) {
  if (!event) return "";
  const auto found = event->what.find(name);
  return found == event->what.end() ? "" : found->second;
}

// The first event that moved the case to that state and was not undone.
const Event* moved_to(const std::vector<Event>& history, letter::State state) {
  const Event* moved = nullptr;
  for (const Event& event : history) {
    if (event.verb == "undone") {
      if (detail(&event, "was.state") == letter::id(state)) moved = nullptr;
    } else if (!moved && detail(&event, "now.state") == letter::id(state)) {
      moved = &event;
    }
  }
  return moved;
}

const Event* first_of(const Event* one, const Event* other) {
  if (!one || !other) return one ? one : other;
  return one->seq <= other->seq ? one : other;
}

const Event* last_of(const std::vector<Event>& history, std::string_view verb) {
  const auto found =
      std::find_if(history.rbegin(), history.rend(), [verb](const Event& e) { return e.verb == verb; });
  return found == history.rend() ? nullptr : &*found;
}

// A plain request is in no register of complaints, but one that somebody first took for a complaint is, with
// who said otherwise and why.
bool was_complaint(const Case& value, const std::vector<Event>& history) {
  return value.is_complaint || value.needs_review || last_of(history, "requalified");
}

void put_dates(const Case& value, const std::vector<Event>& history, Entry& entry) {
  entry["sent_date"] = letter::iso(value.sent_on.date);
  entry["sent_basis"] = letter::id(value.sent_on.basis);
  entry["received_date"] = letter::iso(value.arrived_on);
  entry["scanned_at"] = letter::iso(value.received_at);
  entry["first_complaint_date"] = day_of(value.first_complaint);
  if (value.deadlines) {
    entry["ack_due"] = letter::iso(value.deadlines->ack_due);
    entry["answer_due"] = letter::iso(value.deadlines->answer_due);
    entry["rule_set"] = value.deadlines->rule_set;
  }
  const Event* acknowledged =
      first_of(moved_to(history, letter::State::acknowledged), moved_to(history, letter::State::redirected));
  const Event* answered = moved_to(history, letter::State::answered);
  const Event* held = moved_to(history, letter::State::holding);
  entry["ack_sent"] = day_of(acknowledged);
  entry["answer_sent"] = day_of(answered);
  entry["holding_sent"] = day_of(held);
  entry["holding_new_date"] = day_of(value.answer_told);
  entry["mediator_informed"] = day_of(acknowledged ? acknowledged : answered);
}

bool is_registered(const letter::Letter& mail) { return !mail.lrar.empty() || mail.envelope.deposit; }

void put_matter(const Case& value, const std::vector<SortedLetter>& letters,
                const std::vector<Event>& history, Entry& entry) {
  const auto& first = letters.front().read;
  const std::string kind = ticked(letters, kinds);
  entry["document"] = is_registered(first.letter) ? "LRAR" : first.form.empty() ? "lettre" : "formulaire";
  entry["complainant_kind"] = kind;
  entry["represented_by"] = kind.find("mandataire") == std::string::npos ? "" : "mandataire";
  entry["contract"] = field_text(letters, {"NUM_CONTRAT", "CONTRAT"});
  entry["company"] = field_text(letters, {"SIRET"});
  entry["product"] = product_of(value.queue);
  entry["reason"] = ticked(letters, motives);
  entry["delegate"] = value.queue == Queue::frais_sante ? "centre de gestion" : "";
  const Event* answered = moved_to(history, letter::State::answered);
  entry["outcome"] = detail(answered, "outcome");
  entry["stage"] = detail(answered, "stage");
  entry["dysfunction"] = detail(answered, "dysfunction");
  entry["corrective_action"] = detail(answered, "corrective_action");
  entry["holding_reason"] = detail(last_of(history, "held_up"), "circumstances");
  const Event* requalified = last_of(history, "requalified");
  entry["requalified_by"] = requalified ? requalified->who : "";
  entry["requalified_why"] = detail(requalified, "reason");
}

// Columns that a person filled in, or that lead to one.
bool is_personal(const std::string& column) {
  constexpr std::array<std::string_view, 6> columns{"contract",          "company",         "holding_reason",
                                                    "corrective_action", "requalified_why", "dysfunction"};
  return std::ranges::find(columns, column) != columns.end();
}
constexpr std::string_view proof_mark = "register.";

// What was kept of a purged case's entry.
void put_proof(const Event* purged, Entry& entry) {
  if (!purged) return;
  for (const auto& [name, text] : purged->what)
    if (name.starts_with(proof_mark)) entry[name.substr(proof_mark.size())] = text;
}

}  // namespace

const std::vector<std::string>& register_columns() {
  static const std::vector<std::string> all{"case_id",
                                            "channel",
                                            "document",
                                            "sent_date",
                                            "sent_basis",
                                            "received_date",
                                            "scanned_at",
                                            "first_complaint_date",
                                            "complainant_kind",
                                            "represented_by",
                                            "contract",
                                            "company",
                                            "product",
                                            "stage",
                                            "reason",
                                            "delegate",
                                            "queue",
                                            "state",
                                            "ack_due",
                                            "ack_sent",
                                            "answer_due",
                                            "answer_sent",
                                            "outcome",
                                            "holding_sent",
                                            "holding_reason",
                                            "holding_new_date",
                                            "mediator_informed",
                                            "mediator_referred",
                                            "dysfunction",
                                            "corrective_action",
                                            "requalified_by",
                                            "requalified_why",
                                            "medical_flag",
                                            "rule_set",
                                            "purged_on"};
  return all;
}

Entry register_entry(const Case& value, const std::vector<SortedLetter>& letters,
                     const std::vector<Event>& history) {
  Entry entry;
  for (const auto& column : register_columns()) entry[column];
  if (value.purged_on) {
    put_proof(last_of(history, "purged"), entry);
    entry["purged_on"] = day_of(value.purged_on);
    return entry;
  }
  entry["case_id"] = letter::text(value.ref);
  entry["channel"] = "courrier";
  entry["queue"] = letter::id(value.queue);
  entry["state"] = letter::id(value.state);
  entry["medical_flag"] = is_medical(value) ? "oui" : "non";
  put_dates(value, history, entry);
  if (is_medical(value)) return entry;
  const bool referred = value.queue == Queue::mediation || value.secondary == Queue::mediation;
  entry["mediator_referred"] = referred ? "oui" : "non";
  if (!letters.empty()) put_matter(value, letters, history, entry);
  return entry;
}

Entry register_proof(const Case& value, const std::vector<SortedLetter>& letters,
                     const std::vector<Event>& history) {
  Entry kept;
  for (const auto& [column, text] : register_entry(value, letters, history))
    if (!text.empty() && !is_personal(column)) kept[std::string(proof_mark) + column] = text;
  return kept;
}

letter::Result<letter::Answer> register_lines(const Task& task) {
  if (task.asker.role != Role::auditor) return refused(Refusal::not_allowed);
  const auto limit = whole_argument(task, "limit", 200, 500);
  if (!limit) return tl::unexpected(limit.error());
  letter::CaseRef after;
  if (const std::string asked = argument(task, "after"); !asked.empty()) {
    const auto ref = letter::parse_case_ref(asked);
    if (!ref || *limit == 0) return refused(Refusal::bad_argument);
    after = *ref;
  }
  letter::Answer answer;
  for (const Case& value : task.transaction.cases_after(after, *limit)) {
    const auto history = task.transaction.history(value.ref);
    if (was_complaint(value, history))
      answer.entries.push_back(register_entry(value, task.transaction.letters(value.ref), history));
    answer.facts["next"] = letter::text(value.ref);
  }
  return answer;
}

}  // namespace router
