#include <algorithm>

#include "letter/wire_slips.hpp"

namespace letter::slips {
namespace {

constexpr std::size_t longest_request = 64;  // characters of Errand::request
constexpr std::size_t longest_name = 128;    // characters of a stage, an instance, a verb

SentOn value(const pb::SentOn& slip, Check& check) {
  return {day_or_none(slip.date(), check).value_or(Day{}),
          check.known(parse_sent_basis(slip.basis()), "wire.sent_basis"), slip.conflict()};
}

Deadlines value(const pb::Deadlines& slip, Check& check) {
  auto day = [&](const std::string& s) { return check.known(parse_day(s), "wire.date"); };
  return {day(slip.ack_due()),
          day(slip.ack_post_by()),
          day(slip.answer_due()),
          day(slip.answer_post_by()),
          day(slip.mediation_open()),
          day(slip.mediation_last()),
          slip.rule_set()};
}

Event value(const pb::Event& slip, Check& check) {
  Event event;
  event.seq = slip.seq();
  event.at = instant(slip.at_ms(), check);
  event.case_ref = case_ref_or_none(slip.case_ref(), check);
  event.who = slip.who();
  check.need(!slip.verb().empty(), "wire.verb");
  event.verb = slip.verb();
  event.what = {slip.what().begin(), slip.what().end()};
  return event;
}

std::string queue_id(const std::string& slip, bool required, Check& check) {
  check.need((slip.empty() && !required) || parse_queue(slip).has_value(), "wire.queue");
  return slip;
}

CaseRow value(const pb::CaseRow& slip, Check& check) {
  CaseRow row;
  row.ref = case_ref(slip.ref(), check);
  row.queue = queue_id(slip.queue(), true, check);
  row.secondary = queue_id(slip.secondary(), false, check);
  row.state = check.known(parse_state(slip.state()), "wire.state");
  row.complainant = PersonalText(slip.complainant());
  row.received_at = instant(slip.received_at_ms(), check);
  row.sent_on = value(slip.sent_on(), check);
  if (slip.has_deadlines()) row.deadlines = value(slip.deadlines(), check);
  row.confidence = check.share(slip.confidence(), "wire.confidence");
  row.needs_review = slip.needs_review();
  row.is_complaint = slip.is_complaint();
  row.letters = slip.letters();
  row.pages = slip.pages();
  row.claimed_by = slip.claimed_by();
  row.lease_until = instant(slip.lease_until_ms(), check);
  row.news = slip.news();
  row.proposals = slip.proposals();
  row.box = check.known(parse_post_box(slip.box()), "wire.box");
  row.first_complaint = day_or_none(slip.first_complaint(), check);
  row.answer_told = day_or_none(slip.answer_told(), check);
  return row;
}

ProposedJoin value(const pb::ProposedJoin& slip, Check& check) {
  ProposedJoin proposed;
  proposed.ref = case_ref(slip.ref(), check);
  proposed.queue = queue_id(slip.queue(), true, check);
  proposed.state = check.known(parse_state(slip.state()), "wire.state");
  proposed.sent_on = value(slip.sent_on(), check);
  proposed.complainant = PersonalText(slip.complainant());
  proposed.because = slip.because();
  proposed.older = slip.older();
  return proposed;
}

SentCandidate value(const pb::SentCandidate& slip, Check& check) {
  SentCandidate candidate;
  candidate.letter = text(letter_id(slip.letter(), check));
  candidate.date = check.known(parse_day(slip.date()), "wire.date");
  candidate.basis = check.known(parse_sent_basis(slip.basis()), "wire.sent_basis");
  candidate.source = check.known(parse_source(slip.source()), "wire.sent_source");
  candidate.confidence = check.share(slip.confidence(), "wire.confidence");
  candidate.page = slip.page();
  candidate.box = value(slip.box(), check);
  candidate.fate = check.known(parse_fate(slip.fate()), "wire.fate");
  candidate.in_doubt = slip.in_doubt();
  return candidate;
}

CaseFile value(const pb::CaseFile& slip, Check& check) {
  CaseFile file;
  file.row = value(slip.row(), check);
  for (const auto& letter : slip.letters()) file.letters.push_back(value(letter, check));
  for (const auto& event : slip.history()) file.history.push_back(value(event, check));
  for (const auto& one : slip.proposals()) file.proposals.push_back(value(one, check));
  for (const auto& one : slip.sent_candidates()) file.sent_candidates.push_back(value(one, check));
  return file;
}

Correction value(const pb::Correction& slip, Check& check) {
  Correction correction;
  correction.seq = slip.seq();
  correction.id = letter_id(slip.id(), check);
  correction.text = PersonalText(slip.text());
  correction.box = check.known(parse_post_box(slip.box()), "wire.box");
  correction.ticked = {slip.ticked().begin(), slip.ticked().end()};
  correction.queue = queue(slip.queue(), check);
  if (!slip.secondary().empty()) correction.secondary = queue(slip.secondary(), check);
  correction.is_complaint = slip.is_complaint();
  correction.decided_queue = queue(slip.decided_queue(), check);
  if (!slip.decided_secondary().empty())
    correction.decided_secondary = queue(slip.decided_secondary(), check);
  correction.decided_complaint = slip.decided_complaint();
  correction.automatic = slip.automatic();
  correction.source = slip.source();
  correction.at = instant(slip.at_ms(), check);
  return correction;
}

std::optional<ProgressKind> parse_kind(const std::string& text) {
  static constexpr std::array<std::pair<std::string_view, ProgressKind>, 7> kinds{
      {{"hello", ProgressKind::hello},
       {"ready", ProgressKind::ready},
       {"begin", ProgressKind::begin},
       {"end", ProgressKind::end},
       {"failed", ProgressKind::failed},
       {"beat", ProgressKind::beat},
       {"bye", ProgressKind::bye}}};
  for (const auto& [name, kind] : kinds)
    if (name == text) return kind;
  return std::nullopt;
}

}  // namespace

Progress value(const pb::Progress& slip, Check& check) {
  Progress progress;
  progress.kind = check.known(parse_kind(slip.kind()), "wire.progress");
  check.need(slip.stage() == "ocr" || slip.stage() == "classify" || slip.stage() == "router", "wire.stage");
  progress.stage = slip.stage();
  check.need(!slip.instance().empty() && slip.instance().size() <= longest_name, "wire.instance");
  progress.instance = slip.instance();
  const bool about_a_letter = progress.kind == ProgressKind::begin || progress.kind == ProgressKind::end ||
                              progress.kind == ProgressKind::failed;
  if (about_a_letter || !slip.id().empty()) progress.id = letter_id(slip.id(), check);
  if (progress.kind == ProgressKind::failed || slip.has_reason())
    progress.reason = value(slip.reason(), check);
  progress.credit = slip.credit();
  return progress;
}

Errand value(const pb::Errand& slip, Check& check) {
  Errand errand;
  check.need(!slip.request().empty() && slip.request().size() <= longest_request, "wire.request");
  errand.request = slip.request();
  check.need(!slip.verb().empty() && slip.verb().size() <= longest_name, "wire.verb");
  errand.verb = slip.verb();
  errand.ref = case_ref_or_none(slip.ref(), check);
  errand.queue = queue_id(slip.queue(), false, check);
  errand.fencing = slip.fencing();
  errand.args = {slip.args().begin(), slip.args().end()};
  return errand;
}

Answer value(const pb::Answer& slip, Check& check) {
  Answer answer;
  answer.request = slip.request();
  if (slip.has_reason()) answer.reason = value(slip.reason(), check);
  for (const auto& row : slip.rows()) answer.rows.push_back(value(row, check));
  if (slip.has_file()) answer.file = value(slip.file(), check);
  answer.fencing = slip.fencing();
  answer.facts = {slip.facts().begin(), slip.facts().end()};
  if (slip.has_blind()) answer.blind = value(slip.blind(), check);
  for (const auto& correction : slip.corrections()) answer.corrections.push_back(value(correction, check));
  for (const auto& entry : slip.entries())
    answer.entries.emplace_back(entry.says().begin(), entry.says().end());
  return answer;
}

}  // namespace letter::slips
