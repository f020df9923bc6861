#include "router/file.hpp"

#include <algorithm>

#include "router/case_text.hpp"
#include "router/complainant.hpp"
#include "router/sent_date.hpp"

namespace router {

using letter::CaseRef;
using letter::FiledLetter;
using letter::SortedLetter;

namespace {

constexpr const char* the_house = "vaguemestre";

// Unsure is a complaint: only a person may stop the clock.
bool clock_runs(const SortedLetter& sorted) { return sorted.is_complaint || sorted.needs_review; }

bool speaks_of_medical(const SortedLetter& sorted) {
  return sorted.queue == letter::Queue::dossiers_medicaux ||
         sorted.secondary == letter::Queue::dossiers_medicaux;
}

// When this letter was sent, and the earlier complaint it tells of. Until a person has looked, one that may
// have been counts: the earliest duty, the widest right. What a machine has read for it is flagged.
struct Dates {
  letter::SentOn sent;
  std::optional<letter::Day> first_complaint;
};
Dates dates_of(const SortedLetter& sorted, const ClockRules& rules) {
  Dates dates{sent_on(sorted.read, rules), std::nullopt};
  const auto said = earlier_complaint(sorted.read, dates.sent.date);
  if (!said) return dates;
  if (said->plausible) dates.first_complaint = said->date;
  const letter::Field* when = letter::find(sorted.read, "DEJA_DATE");
  if (!said->plausible || when->verdict != letter::Verdict::accepted) dates.sent.conflict = true;
  return dates;
}

Case opened(const SortedLetter& sorted, const CaseRef& ref, const ClockRules& rules) {
  Case value;
  value.ref = ref;
  value.queue = sorted.queue;
  value.secondary = sorted.secondary;
  value.is_complaint = sorted.is_complaint;
  value.needs_review = sorted.needs_review;
  value.confidence = sorted.confidence;
  value.complainant = complainant_of(sorted.read);
  value.received_at = sorted.read.letter.received_at;
  value.arrived_on = sorted.read.letter.arrived_on;
  value.box = sorted.read.letter.box;
  const Dates dates = dates_of(sorted, rules);
  value.sent_on = dates.sent;
  value.first_complaint = dates.first_complaint;
  if (clock_runs(sorted)) value.deadlines = deadlines(value.sent_on.date, rules, value.first_complaint);
  return value;
}

// One more letter of the same matter: the earliest clock holds, and nothing that hides is lost.
Case enlarged(Case value, const SortedLetter& sorted, const ClockRules& rules) {
  const bool turns_complaint = sorted.is_complaint && !value.is_complaint;
  value.is_complaint = value.is_complaint || sorted.is_complaint;
  value.needs_review = value.needs_review || sorted.needs_review || turns_complaint;
  if (value.state == letter::State::requalified && sorted.is_complaint)
    value.state = letter::State::registered;
  if (value.complainant.reveal().empty()) value.complainant = complainant_of(sorted.read);
  if (speaks_of_medical(sorted) && !is_medical(value)) value.secondary = letter::Queue::dossiers_medicaux;
  if (!clock_runs(sorted)) return value;
  const Dates mine = dates_of(sorted, rules);
  const auto first = earlier(value.first_complaint, mine.first_complaint);
  if (value.deadlines && value.sent_on.date <= mine.sent.date && first == value.first_complaint) return value;
  if (!value.deadlines || mine.sent.date < value.sent_on.date) value.sent_on = mine.sent;
  if (first != value.first_complaint) value.sent_on.conflict = value.sent_on.conflict || mine.sent.conflict;
  value.first_complaint = first;
  value.deadlines = deadlines(value.sent_on.date, rules, first);
  return value;
}

struct Scribe {
  Transaction& transaction;
  std::string case_ref;
  letter::Instant now;
  void write(std::string verb, Details what) const {
    transaction.append({0, now, case_ref, the_house, std::move(verb), std::move(what)});
  }
};

void note_earlier_complaint(const letter::ReadLetter& read, const Case& value, const Scribe& scribe) {
  const auto said = earlier_complaint(read, value.sent_on.date);
  if (!said) return;
  scribe.write("earlier_complaint", {{"letter", letter::text(read.letter.id)},
                                     {"date", said->date ? letter::iso(*said->date) : ""},
                                     {"counts", said->plausible ? "yes" : "no"}});
}

Details filing(const SortedLetter& sorted, const Case& value) {
  Details what{{"letter", letter::text(sorted.read.letter.id)},
               {"queue", std::string(letter::id(sorted.queue))},
               {"sent_on", letter::iso(value.sent_on.date)},
               {"sent_basis", std::string(letter::id(value.sent_on.basis))},
               {"rule_set", value.deadlines ? value.deadlines->rule_set : ""},
               {"needs_review", sorted.needs_review ? "yes" : "no"}};
  const letter::Envelope& keyed = sorted.read.letter.envelope;
  if (keyed.deposit) what["keyed.deposit"] = letter::iso(*keyed.deposit);
  if (keyed.postmark) what["keyed.postmark"] = letter::iso(*keyed.postmark);
  if (keyed.franking) what["keyed.franking"] = letter::iso(*keyed.franking);
  if (!sorted.read.letter.same_scan_as.empty()) what["same_scan_as"] = sorted.read.letter.same_scan_as;
  return what;
}

void ask_a_person(SortedLetter& sorted, const FollowUp& found) {
  sorted.needs_review = true;
  if (found.because == "joins")
    sorted.reasons.push_back({"router.joins_unknown",
                              "Le dossier auquel ce courrier devait être joint n’existe pas ou est clos.",
                              "The case these pages were sent in for does not exist or has ended."});
  else
    sorted.reasons.push_back(
        {"router.follows_ended",
         "Ce courrier porte la référence d’un dossier clos : suite ou nouvelle réclamation ?",
         "This letter bears the reference of a case that has ended: more of it, or a new "
         "complaint?"});
}

// Of the same matter, and yet of another subject or, by its date of birth, of another person.
bool is_odd(const SortedLetter& sorted, const Case& joined, const FollowUp& found) {
  const bool other_subject = sorted.queue != joined.queue && sorted.queue != joined.secondary &&
                             sorted.queue != letter::Queue::non_reclamation;
  return found.because != "joins" && (other_subject || found.other_person);
}

Case joining(const SortedLetter& sorted, const FollowUp& found, const ClockRules& rules) {
  Case value = enlarged(*found.joins, sorted, rules);
  ++value.news;
  if (is_odd(sorted, *found.joins, found)) value.needs_review = true;
  if (sorted.queue == letter::Queue::mediation && !value.secondary && value.queue != sorted.queue)
    value.secondary = sorted.queue;
  return value;
}

// A case under medical secrecy is named in the history of another such case alone.
bool may_be_named(const Case& named, const Case& where) { return is_medical(where) || !is_medical(named); }

void note_ended(const FollowUp& found, const Case& value, const Scribe& scribe) {
  for (const CaseRef& ref : found.ended) {
    const auto ended = scribe.transaction.load(ref);
    ENSURE(ended.has_value());
    if (may_be_named(*ended, value)) scribe.write("follows_ended", {{"case", letter::text(ref)}});
    if (may_be_named(value, *ended))
      Scribe{scribe.transaction, letter::text(ref), scribe.now}.write("followed_by",
                                                                      {{"case", scribe.case_ref}});
  }
}

void propose(const FollowUp& found, const Case& value, const Scribe& scribe) {
  for (Proposal proposal : found.proposals) {
    proposal.from = value.ref;
    scribe.transaction.propose(proposal);
    const auto other = scribe.transaction.load(proposal.into);
    ENSURE(other.has_value());
    if (may_be_named(*other, value))
      scribe.write("join_proposed", {{"into", letter::text(proposal.into)}, {"because", proposal.because}});
    if (may_be_named(value, *other))
      Scribe{scribe.transaction, letter::text(proposal.into), scribe.now}.write(
          "join_proposed", {{"from", letter::text(value.ref)}, {"because", proposal.because}});
  }
}

// Only what opens a case was sorted by the program: what joins one goes where that one is.
void note_automatic(const SortedLetter& sorted, Transaction& transaction, const FilingRules& rules,
                    letter::Instant now) {
  auto one = automatic_of(sorted, rules.follow, now);
  if (!one) return;
  one->picked = is_picked(one->id, rules.follow.key, rules.check_one_in);
  transaction.save_automatic(*one);
}

void write_filing(const SortedLetter& sorted, const FollowUp& found, const Case& value,
                  const Scribe& scribe) {
  if (found.joins && is_medical(value) && !is_medical(*found.joins))
    scribe.write("made_secret", {{"seen_by", seen_by(scribe.transaction.history(value.ref))}});
  Details what = filing(sorted, value);
  if (found.joins) what.merge(difference(*found.joins, value));
  if (found.joins) what["because"] = found.because;
  what["joined"] = found.joins ? "yes" : "no";
  scribe.write("filed", what);
  if (found.named_in_vain && found.because == "joins")
    scribe.write("joins_unknown",
                 {{"letter", letter::text(sorted.read.letter.id)}, {"joins", sorted.read.letter.joins}});
  note_ended(found, value, scribe);
  propose(found, value, scribe);
  note_earlier_complaint(sorted.read, value, scribe);
}

struct Kept {
  Case value;
  SortedLetter sorted;  // with what filing found to ask of a person
};

Kept keep(const SortedLetter& arrived, Transaction& transaction, const FilingRules& rules,
          letter::Instant now) {
  if (const auto known = transaction.case_of(arrived.read.letter.id))
    return {transaction.load(letter::parse_case_ref(*known).value()).value(), arrived};

  SortedLetter sorted = arrived;
  const Traces traces = traces_of(sorted, rules.follow);
  const FollowUp found = follow_up(sorted, traces, transaction, rules.follow);
  if (found.named_in_vain) ask_a_person(sorted, found);

  const int year = static_cast<int>(letter::paris_day(now).year());
  const Case value = found.joins ? joining(sorted, found, rules.clocks)
                                 : opened(sorted, transaction.next_ref(year), rules.clocks);
  transaction.save(value);
  transaction.attach(value.ref, sorted);
  transaction.note_clues(sorted.read.letter.id, traces.clues);
  if (!found.joins) note_automatic(sorted, transaction, rules, now);
  write_filing(sorted, found, value, {transaction, letter::text(value.ref), now});
  return {value, std::move(sorted)};
}

}  // namespace

Case file_case(const SortedLetter& arrived, Transaction& transaction, const FilingRules& rules,
               letter::Instant now) {
  return keep(arrived, transaction, rules, now).value;
}

FiledLetter file(const SortedLetter& arrived, Transaction& transaction, const FilingRules& rules,
                 letter::Instant now) {
  const auto [value, sorted] = keep(arrived, transaction, rules, now);
  return {sorted,        letter::text(value.ref), value.state,
          value.sent_on, value.deadlines,         transaction.history(value.ref)};
}

}  // namespace router
