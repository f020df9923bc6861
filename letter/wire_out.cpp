#include "letter/wire_slips.hpp"

namespace letter::slips {
namespace {

// Texts are made valid where they are born; protobuf readers elsewhere refuse a whole slip for one bad
// byte, so that a slip of ours never leaves with one.
std::string said(const std::string& text) { return valid_utf8(text); }

std::string day(Day d) { return d.ok() ? iso(d) : std::string(); }

template <class Slips>
void add(Slips* slips, const std::vector<Reason>& reasons) {
  for (const auto& reason : reasons) *slips->Add() = slip(reason);
}

pb::Box slip(const Box& box) {
  pb::Box out;
  out.set_x(box.x);
  out.set_y(box.y);
  out.set_w(box.w);
  out.set_h(box.h);
  return out;
}

pb::Page slip(const Page& page) {
  pb::Page out;
  out.set_master(page.master);
  out.set_index(page.index);
  out.set_dpi(page.dpi);
  out.set_skew_deg(page.skew_deg);
  out.set_skew_confidence(page.skew_confidence);
  out.set_turn_deg(page.turn_deg);
  out.set_blank(page.blank);
  out.set_damaged(page.damaged);
  add(out.mutable_notes(), page.notes);
  out.set_width_px(page.width_px);
  out.set_height_px(page.height_px);
  return out;
}

pb::Field slip(const Field& field) {
  pb::Field out;
  out.set_id(said(field.id));
  out.set_text(said(field.text.reveal()));
  out.set_tick(std::string(id(field.tick)));
  out.set_confidence(field.confidence);
  out.set_verdict(std::string(id(field.verdict)));
  out.set_how(std::string(id(field.how)));
  out.set_repaired(field.repaired);
  out.set_page(field.page);
  *out.mutable_box() = slip(field.box);
  add(out.mutable_notes(), field.notes);
  return out;
}

pb::Line slip(const Line& line) {
  pb::Line out;
  out.set_text(said(line.text.reveal()));
  out.set_confidence(line.confidence);
  out.set_how(std::string(id(line.how)));
  out.set_page(line.page);
  *out.mutable_box() = slip(line.box);
  out.set_own_words(line.own_words);
  return out;
}

pb::SeenDate slip(const SeenDate& seen) {
  pb::SeenDate out;
  out.set_date(day(seen.date));
  out.set_basis(std::string(id(seen.basis)));
  out.set_confidence(seen.confidence);
  out.set_page(seen.page);
  *out.mutable_box() = slip(seen.box);
  return out;
}

pb::Envelope slip(const Envelope& keyed) {
  const auto said_day = [](const std::optional<Day>& d) { return d ? day(*d) : std::string(); };
  pb::Envelope out;
  out.set_deposit(said_day(keyed.deposit));
  out.set_postmark(said_day(keyed.postmark));
  out.set_franking(said_day(keyed.franking));
  out.set_lrar(said(keyed.lrar));
  return out;
}

pb::Evidence slip(const Evidence& evidence) {
  pb::Evidence out;
  out.set_kind(said(evidence.kind));
  out.set_what(said(evidence.what.reveal()));
  out.set_queue(std::string(id(evidence.queue)));
  out.set_weight(evidence.weight);
  out.set_page(evidence.page);
  *out.mutable_box() = slip(evidence.box);
  return out;
}

pb::SentOn slip(const SentOn& sent_on) {
  pb::SentOn out;
  out.set_date(day(sent_on.date));
  out.set_basis(std::string(id(sent_on.basis)));
  out.set_conflict(sent_on.conflict);
  return out;
}

pb::Deadlines slip(const Deadlines& deadlines) {
  pb::Deadlines out;
  out.set_ack_due(day(deadlines.ack_due));
  out.set_ack_post_by(day(deadlines.ack_post_by));
  out.set_answer_due(day(deadlines.answer_due));
  out.set_answer_post_by(day(deadlines.answer_post_by));
  out.set_mediation_open(day(deadlines.mediation_open));
  out.set_mediation_last(day(deadlines.mediation_last));
  out.set_rule_set(said(deadlines.rule_set));
  return out;
}

pb::Event slip(const Event& event) {
  pb::Event out;
  out.set_seq(event.seq);
  out.set_at_ms(millis(event.at));
  out.set_case_ref(event.case_ref);
  out.set_who(said(event.who));
  out.set_verb(said(event.verb));
  for (const auto& [key, what] : event.what) (*out.mutable_what())[said(key)] = said(what);
  return out;
}

pb::CaseRow slip(const CaseRow& row) {
  pb::CaseRow out;
  out.set_ref(row.ref);
  out.set_queue(row.queue);
  out.set_secondary(row.secondary);
  out.set_state(std::string(id(row.state)));
  out.set_complainant(said(row.complainant.reveal()));
  out.set_received_at_ms(millis(row.received_at));
  *out.mutable_sent_on() = slip(row.sent_on);
  if (row.deadlines) *out.mutable_deadlines() = slip(*row.deadlines);
  out.set_confidence(row.confidence);
  out.set_needs_review(row.needs_review);
  out.set_is_complaint(row.is_complaint);
  out.set_letters(row.letters);
  out.set_pages(row.pages);
  out.set_claimed_by(said(row.claimed_by));
  out.set_lease_until_ms(millis(row.lease_until));
  out.set_news(row.news);
  out.set_proposals(row.proposals);
  out.set_box(std::string(id(row.box)));
  if (row.first_complaint) out.set_first_complaint(day(*row.first_complaint));
  if (row.answer_told) out.set_answer_told(day(*row.answer_told));
  return out;
}

pb::ProposedJoin slip(const ProposedJoin& proposed) {
  pb::ProposedJoin out;
  out.set_ref(proposed.ref);
  out.set_queue(proposed.queue);
  out.set_state(std::string(id(proposed.state)));
  *out.mutable_sent_on() = slip(proposed.sent_on);
  out.set_complainant(said(proposed.complainant.reveal()));
  out.set_because(said(proposed.because));
  out.set_older(proposed.older);
  return out;
}

pb::SentCandidate slip(const SentCandidate& candidate) {
  pb::SentCandidate out;
  out.set_letter(candidate.letter);
  out.set_date(day(candidate.date));
  out.set_basis(std::string(id(candidate.basis)));
  out.set_source(std::string(id(candidate.source)));
  out.set_confidence(candidate.confidence);
  out.set_page(candidate.page);
  *out.mutable_box() = slip(candidate.box);
  out.set_fate(std::string(id(candidate.fate)));
  out.set_in_doubt(candidate.in_doubt);
  return out;
}

}  // namespace

std::int64_t millis(Instant at) { return at.time_since_epoch().count(); }

pb::Reason slip(const Reason& reason) {
  pb::Reason out;
  out.set_code(said(reason.code));
  out.set_fr(said(reason.fr));
  out.set_en(said(reason.en));
  return out;
}

pb::Letter slip(const Letter& letter) {
  pb::Letter out;
  out.set_id(text(letter.id));
  out.set_box(std::string(id(letter.box)));
  out.set_batch(said(letter.batch));
  out.set_position(letter.position);
  out.set_received_at_ms(millis(letter.received_at));
  out.set_arrived_on(day(letter.arrived_on));
  for (const auto& master : letter.masters) {
    auto* to = out.add_masters();
    to->set_sha256(master.sha256);
    to->set_bytes(master.bytes);
    to->set_media_type(master.media_type);
    to->set_pages(master.pages);
  }
  for (const auto& page : letter.pages) *out.add_pages() = slip(page);
  out.set_sealed(letter.sealed);
  out.set_lrar(said(letter.lrar));
  out.set_joins(letter.joins);
  out.set_same_scan_as(letter.same_scan_as);
  add(out.mutable_notes(), letter.notes);
  if (letter.envelope != Envelope{}) *out.mutable_envelope() = slip(letter.envelope);
  return out;
}

pb::ReadLetter slip(const ReadLetter& read) {
  pb::ReadLetter out;
  *out.mutable_letter() = slip(read.letter);
  out.set_form(said(read.form));
  out.set_form_version(read.form_version);
  for (const auto& field : read.fields) *out.add_fields() = slip(field);
  for (const auto& line : read.lines) *out.add_lines() = slip(line);
  out.set_text(said(read.text.reveal()));
  out.set_full_text(said(read.full_text.reveal()));
  out.set_sender(said(read.sender.reveal()));
  if (read.letter_date) out.set_letter_date(day(*read.letter_date));
  out.set_letter_date_page(read.letter_date_page);
  *out.mutable_letter_date_box() = slip(read.letter_date_box);
  add(out.mutable_notes(), read.notes);
  for (const auto& seen : read.seen_dates) *out.add_seen_dates() = slip(seen);
  return out;
}

pb::SortedLetter slip(const SortedLetter& sorted) {
  pb::SortedLetter out;
  *out.mutable_read() = slip(sorted.read);
  out.set_queue(std::string(id(sorted.queue)));
  if (sorted.secondary) out.set_secondary(std::string(id(*sorted.secondary)));
  out.set_confidence(sorted.confidence);
  for (const Queue queue : all_queues)
    (*out.mutable_probabilities())[std::string(id(queue))] =
        sorted.probabilities[static_cast<std::size_t>(queue)];
  out.set_is_complaint(sorted.is_complaint);
  out.set_complaint_confidence(sorted.complaint_confidence);
  out.set_needs_review(sorted.needs_review);
  add(out.mutable_reasons(), sorted.reasons);
  for (const auto& evidence : sorted.evidence) *out.add_evidence() = slip(evidence);
  for (const auto& evidence : sorted.turning) *out.add_turning() = slip(evidence);
  if (sorted.otherwise) out.set_otherwise(std::string(id(*sorted.otherwise)));
  for (const auto& key : sorted.keys) {
    auto* to = out.add_keys();
    to->set_kind(said(key.kind));
    to->set_value(said(key.value.reveal()));
  }
  out.set_model(said(sorted.model));
  return out;
}

pb::Progress slip(const Progress& progress) {
  static constexpr std::array<const char*, 7> kinds{"hello",  "ready", "begin", "end",
                                                    "failed", "beat",  "bye"};
  pb::Progress out;
  out.set_kind(kinds.at(static_cast<std::size_t>(progress.kind)));
  out.set_stage(said(progress.stage));
  out.set_instance(said(progress.instance));
  if (progress.id != LetterId{}) out.set_id(text(progress.id));
  if (progress.reason != Reason{}) *out.mutable_reason() = slip(progress.reason);
  out.set_credit(progress.credit);
  return out;
}

pb::Errand slip(const Errand& errand) {
  pb::Errand out;
  out.set_request(said(errand.request));
  out.set_verb(said(errand.verb));
  out.set_ref(said(errand.ref));
  out.set_queue(said(errand.queue));
  out.set_fencing(errand.fencing);
  for (const auto& [key, what] : errand.args) (*out.mutable_args())[said(key)] = said(what);
  return out;
}

pb::Correction slip(const Correction& correction) {
  pb::Correction out;
  out.set_seq(correction.seq);
  out.set_id(text(correction.id));
  out.set_text(said(correction.text.reveal()));
  out.set_box(std::string(id(correction.box)));
  for (const auto& field : correction.ticked) out.add_ticked(said(field));
  out.set_queue(std::string(id(correction.queue)));
  if (correction.secondary) out.set_secondary(std::string(id(*correction.secondary)));
  out.set_is_complaint(correction.is_complaint);
  out.set_decided_queue(std::string(id(correction.decided_queue)));
  if (correction.decided_secondary) out.set_decided_secondary(std::string(id(*correction.decided_secondary)));
  out.set_decided_complaint(correction.decided_complaint);
  out.set_automatic(correction.automatic);
  out.set_source(said(correction.source));
  out.set_at_ms(millis(correction.at));
  return out;
}

pb::Answer slip(const Answer& answer) {
  pb::Answer out;
  out.set_request(said(answer.request));
  if (answer.reason) *out.mutable_reason() = slip(*answer.reason);
  for (const auto& row : answer.rows) *out.add_rows() = slip(row);
  if (answer.file) {
    *out.mutable_file()->mutable_row() = slip(answer.file->row);
    for (const auto& letter : answer.file->letters) *out.mutable_file()->add_letters() = slip(letter);
    for (const auto& event : answer.file->history) *out.mutable_file()->add_history() = slip(event);
    for (const auto& one : answer.file->proposals) *out.mutable_file()->add_proposals() = slip(one);
    for (const auto& one : answer.file->sent_candidates)
      *out.mutable_file()->add_sent_candidates() = slip(one);
  }
  out.set_fencing(answer.fencing);
  for (const auto& [key, what] : answer.facts) (*out.mutable_facts())[said(key)] = said(what);
  if (answer.blind) *out.mutable_blind() = slip(*answer.blind);
  for (const auto& correction : answer.corrections) *out.add_corrections() = slip(correction);
  for (const auto& entry : answer.entries) {
    auto* said_of_it = out.add_entries()->mutable_says();
    for (const auto& [column, text] : entry) (*said_of_it)[said(column)] = said(text);
  }
  return out;
}

}  // namespace letter::slips
