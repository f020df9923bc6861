#include "cli/case_table.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "cli/case_notes.hpp"
#include "cli/field_table.hpp"
#include "cli/field_words.hpp"
#include "cli/mask.hpp"
#include "cli/sent_dates.hpp"
#include "cli/table.hpp"
#include "cli/why.hpp"
#include "router/alarm.hpp"

namespace cli {
namespace {

std::string yes_no(bool yes, const Front& front) {
  return yes ? front.tell("oui", "yes") : front.tell("non", "no");
}

std::string day(letter::Day date) { return letter::iso(date); }

std::string basis_name(letter::SentBasis basis, const Front& front) {
  return front.tell(std::string(letter::french(basis)), std::string(letter::id(basis)));
}

std::string letter_text(const letter::SortedLetter& sorted, const Front& front) {
  const auto& read = sorted.read;
  std::string text = front.tell("\nLettre ", "\nLetter ") + letter::text(read.letter.id) +
                     front.tell(", reçue le ", ", received ") + letter::iso(read.letter.received_at) + ", " +
                     std::to_string(read.letter.pages.size()) + " page(s)";
  text += read.form.empty() ? front.tell(", lettre libre", ", free letter")
                            : front.tell(", formulaire ", ", form ") + read.form;
  text += "\n" + field_table(read, Nir::masked, front);
  text += front.tell("Texte :\n", "Text:\n") + quoted_lines(nirs_masked(read.text.reveal()));
  text += why_text(sorted, front);
  for (const auto& reason : sorted.reasons)
    text += front.tell("À revoir : ", "To review: ") + front.tell(reason.fr, reason.en) + " [" + reason.code +
            "]\n";
  return text;
}

// What a person said comes first: the column is cut, and that is what nobody can reckon again.
std::string details_of(const letter::Event& event, const Front& front) {
  struct Said {
    const char *key, *fr, *en;
  };
  constexpr std::array<Said, 3> first{{{"reason", "motif", "reason"},
                                       {"circumstances", "circonstances", "circumstances"},
                                       {"seen_by", "vu par", "seen by"}}};
  std::string what;
  const auto add = [&what](const std::string& key, const std::string& value) {
    what += (what.empty() ? "" : ", ") + key + "=" + nirs_masked(value);
  };
  for (const auto& [key, fr, en] : first)
    if (const auto said = event.what.find(key); said != event.what.end())
      add(front.tell(fr, en), said->second);
  for (const auto& [key, value] : event.what)
    if (std::ranges::none_of(first, [&key = key](const Said& one) { return key == one.key; }))
      add(key, value);
  return what;
}

std::string history_text(const std::vector<letter::Event>& history, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& event : history) {
    rows.push_back({std::to_string(event.seq), letter::iso(event.at), event.who,
                    event_word(event.verb, front), details_of(event, front)});
  }
  return "\n" + table({{"N°", Side::right},
                       {front.tell("Quand (UTC)", "When (UTC)")},
                       {front.tell("Qui", "Who")},
                       {front.tell("Acte", "Act")},
                       {front.tell("Détail", "Detail"), Side::left, 80}},
                      rows);
}

// Why somebody should look at it: review, letters that joined, joins to decide.
std::string to_see(const letter::CaseRow& row, const Front& front) {
  std::string text = yes_no(row.needs_review, front);
  if (row.news > 0) text += front.tell(", suite", ", more");
  if (row.proposals > 0) text += front.tell(", à réunir ?", ", join?");
  return text;
}

// What is medical shows others its reference, dates, queue and state alone: not even how many letters it has.
bool veiled(const letter::CaseRow& row) { return row.letters == 0; }

// An earlier complaint that began the two months, and what a holding letter promises.
std::string other_dates(const letter::CaseRow& row, const Front& front) {
  std::string text;
  if (row.first_complaint)
    text += front.tell("Déjà réclamé par écrit le ", "Already complained in writing on ") +
            day(*row.first_complaint) +
            front.tell(" : les deux mois courent de ce jour.\n", ": the two months run from that day.\n");
  if (row.answer_told)
    text += front.tell("Réponse promise pour le ", "Answer promised for ") + day(*row.answer_told) + ".\n";
  return text;
}

}  // namespace

std::string state_name(letter::State state, const Front& front) {
  return front.tell(std::string(letter::french(state)), std::string(letter::id(state)));
}

std::string quoted_lines(const std::string& text) {
  std::string quoted;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    quoted += "  | " + printable(text.substr(start, end - start)) + "\n";
    start = end + 1;
  }
  return quoted;
}

std::string queue_name(letter::Queue queue, const Front& front) {
  return front.tell(std::string(letter::french(queue)), std::string(letter::english(queue)));
}

std::string case_table(const std::vector<letter::CaseRow>& rows, const Front& front,
                       const router::ClockRules* alarms) {
  std::vector<Column> columns{{front.tell("Référence", "Reference")},
                              {front.tell("Reçue le", "Received")},
                              {front.tell("Expéditeur", "Sender"), Side::left, 28},
                              {front.tell("Bannette", "Queue")},
                              {front.tell("Sûr à", "Sure"), Side::right},
                              {front.tell("AR au plus tard", "Ack by")},
                              {front.tell("Réponse au plus tard", "Answer by")},
                              {front.tell("À revoir ?", "Review?")}};
  if (alarms) columns.push_back({front.tell("Alarme", "Alarm")});
  const letter::Day today = letter::paris_day(front.now());
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : rows) {
    cells.push_back(
        {row.ref, day(letter::paris_day(row.received_at)), nirs_masked(row.complainant.reveal()), row.queue,
         veiled(row) ? "-" : percent(row.confidence), row.deadlines ? day(row.deadlines->ack_post_by) : "-",
         row.deadlines ? day(row.deadlines->answer_post_by) : "-", veiled(row) ? "-" : to_see(row, front)});
    if (!alarms) continue;
    const auto alarm = router::alarm_of(row, today, *alarms);
    cells.back().push_back(alarm == router::Alarm::none ? ""
                                                        : front.tell(std::string(router::french(alarm)),
                                                                     std::string(router::id(alarm))));
  }
  return table(columns, cells);
}

std::string queue_counts(const std::vector<letter::CaseRow>& rows, const Front& front) {
  std::map<std::string, std::size_t> counts;
  for (const auto& row : rows) ++counts[row.queue];
  std::vector<std::vector<std::string>> cells;
  for (const auto queue : letter::all_queues)
    cells.push_back({std::string(letter::id(queue)), queue_name(queue, front),
                     std::to_string(counts[std::string(letter::id(queue))])});
  cells.push_back({"", "Total", std::to_string(rows.size())});
  return table({{front.tell("Bannette", "Queue")},
                {front.tell("Service", "Service")},
                {front.tell("Dossiers", "Cases"), Side::right}},
               cells);
}

std::string row_text(const letter::CaseRow& row, const Front& front) {
  std::string text = row.ref + "  " + row.queue +
                     (row.secondary.empty() ? "" : " (+ " + row.secondary + ")") + "  " +
                     state_name(row.state, front) + "\n";
  text += front.tell("Expéditeur : ", "Sender: ") + printable(nirs_masked(row.complainant.reveal())) + "\n";
  text += front.tell("Reçue le ", "Received ") + day(letter::paris_day(row.received_at)) +
          front.tell(", envoyée le ", ", sent ") + day(row.sent_on.date) + " (" +
          basis_name(row.sent_on.basis, front) +
          (row.sent_on.conflict ? front.tell(", à confirmer", ", to be confirmed") : "") + ")\n";
  if (row.deadlines)
    text += front.tell("Accusé de réception à poster au plus tard le ", "Acknowledgement to post by ") +
            day(row.deadlines->ack_post_by) + front.tell(", réponse au plus tard le ", ", answer by ") +
            day(row.deadlines->answer_post_by) + front.tell(", médiation dès le ", ", mediation from ") +
            day(row.deadlines->mediation_open) + "\n" + other_dates(row, front);
  else
    text += front.tell("Aucun délai ne court.\n", "No clock runs.\n");
  text += front.tell("Tri sûr à ", "Sorting sure to ") + percent(row.confidence) + ", " +
          front.tell(row.is_complaint ? "réclamation" : "pas une réclamation",
                     row.is_complaint ? "a complaint" : "no complaint") +
          (row.needs_review ? front.tell(", à revoir", ", to review") : "");
  if (!row.claimed_by.empty())
    text += front.tell("\nPrise par ", "\nClaimed by ") + row.claimed_by +
            front.tell(" jusqu'à ", " until ") + letter::iso(row.lease_until);
  return text + "\n" + news_text(row, front) + box_text(row, front);
}

std::string case_text(const letter::CaseFile& file, const Front& front) {
  std::string text = row_text(file.row, front) + sent_dates_text(file, front) + card_text(file, front) +
                     proposals_text(file, front);
  for (const auto& sorted : file.letters) text += letter_text(sorted, front);
  return text + history_text(file.history, front);
}

}  // namespace cli
