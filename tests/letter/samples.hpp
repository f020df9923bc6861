// One slip of each type with every field set, for tests.
#pragma once

#include "letter/wire.hpp"

namespace samples {

using namespace letter;

inline Reason reason() { return {"tiff.cut", "La page est coupée.", "The page is cut."}; }
inline Day day(int y, unsigned m, unsigned d) {
  return Day(std::chrono::year(y), std::chrono::month(m), std::chrono::day(d));
}
inline Instant instant() { return *parse_instant("2026-11-23T08:15:00.123Z"); }
inline std::string ref(std::uint32_t number = 1234) { return text(CaseRef{2026, number}); }

inline Letter letter() {
  Letter l;
  l.id = {"LYON1", 123};
  l.box = PostBox::tsa_20202;
  l.batch = "lot 7";
  l.position = 4;
  l.received_at = instant();
  l.arrived_on = day(2026, 11, 20);
  l.masters = {{std::string(64, 'a'), 5, "image/tiff", 2}, {std::string(64, 'b'), 3, "application/pdf", 1}};
  l.pages = {{0, 1, 300, -1.25, 0.9, 180, true, true, {reason()}, 2480, 3508},
             {1, 0, 200, 0, 0, 0, false, false, {}}};
  l.sealed = true;
  l.lrar = "1A00000000001";
  l.joins = ref(7);
  l.same_scan_as = "LYON1-0000122";
  l.notes = {reason()};
  l.envelope = {day(2026, 11, 17), day(2026, 11, 18), day(2026, 11, 16), "1A00000000001"};
  return l;
}

inline ReadLetter read() {
  ReadLetter r;
  r.letter = letter();
  r.form = "reclamation";
  r.form_version = 1;
  r.fields = {{"NOM_USAGE",
               PersonalText("LEFÈVRE"),
               TickState::blank,
               0.5,
               Verdict::to_confirm,
               How::hand,
               true,
               1,
               {0.1, 0.2, 0.3, 0.05},
               {reason()}},
              {"OBJ_SANTE", {}, TickState::corrected, 1, Verdict::accepted, How::tick, false, 0, {}, {}}};
  r.lines = {{PersonalText("J’attends depuis un mois."), 0.75, How::typed, 1, {0, 0.5, 1, 0.1}, false}};
  r.text = PersonalText("J’attends.");
  r.full_text = PersonalText("Réclamation\nJ’attends.");
  r.sender = PersonalText("Jeanne Cordier");
  r.letter_date = day(2026, 11, 18);
  r.letter_date_page = 1;
  r.letter_date_box = {0.7, 0.1, 0.2, 0.02};
  r.notes = {reason()};
  r.seen_dates = {{day(2026, 11, 18), SentBasis::postmark, 0.75, 1, {0.8, 0.1, 0.1, 0.1}}};
  return r;
}

inline SortedLetter sorted() {
  SortedLetter s;
  s.read = read();
  s.queue = Queue::frais_sante;
  s.secondary = Queue::mediation;
  s.confidence = 0.8;
  s.probabilities = {0.01, 0.02, 0.03, 0.04, 0.05, 0.8, 0.02, 0.02, 0.01};
  s.is_complaint = false;
  s.complaint_confidence = 0.6;
  s.needs_review = true;
  s.reasons = {reason()};
  s.evidence = {{"word", PersonalText("REMBOURSEMENT"), Queue::frais_sante, 2.5, 1, {0.1, 0.1, 0.1, 0.1}}};
  s.turning = s.evidence;
  s.otherwise = Queue::autre;
  s.keys = {{"member", PersonalText("12345678")}};
  s.model = "8c1f";
  return s;
}

inline Submission submission() { return {letter(), {"TIFF!", "PDF"}}; }
inline Work work() { return {letter(), {"TIFF!", "PDF"}}; }
inline Receipt receipt() { return {{"LYON1", 123}, instant(), "LYON1-0000122"}; }
inline Refusal refusal() { return {{"LYON1", 123}, reason(), true}; }
inline Filed filed() { return {{"LYON1", 123}, ref()}; }
inline Progress progress() { return {ProgressKind::failed, "ocr", "ocr-1-ff", {"LYON1", 123}, reason(), 2}; }
inline Errand errand() {
  return {"r-1", "correct", ref(), "frais_sante", 42, {{"field", "NOM_USAGE"}, {"value", "LEFÈVRE"}}};
}

inline Deadlines deadlines() {
  return {day(2026, 12, 4), day(2026, 12, 4),  day(2027, 1, 23), day(2027, 1, 22),
          day(2027, 1, 23), day(2027, 11, 23), "FR-2024-R-02/1"};
}

inline CaseRow row() {
  CaseRow r;
  r.ref = ref();
  r.queue = "frais_sante";
  r.secondary = "mediation";
  r.state = State::acknowledged;
  r.complainant = PersonalText("Mme LEFÈVRE");
  r.received_at = instant();
  r.sent_on = {day(2026, 11, 18), SentBasis::written, true};
  r.deadlines = deadlines();
  r.confidence = 0.8;
  r.needs_review = true;
  r.is_complaint = false;
  r.letters = 2;
  r.pages = 5;
  r.claimed_by = "desk:frais_sante";
  r.lease_until = instant();
  r.news = 1;
  r.proposals = 2;
  r.box = PostBox::tsa_90200;
  r.first_complaint = day(2026, 10, 1);
  r.answer_told = day(2027, 2, 15);
  return r;
}

inline Answer answer() {
  Answer a;
  a.request = "r-1";
  a.reason = reason();
  a.rows = {row()};
  a.file = CaseFile{row(), {sorted()}, {{9, instant(), ref(), "desk:frais_sante", "opened", {{"why", "x"}}}}};
  a.file->proposals = {{ref(),
                        "mediation",
                        State::holding,
                        {day(2026, 11, 18), SentBasis::written, false},
                        PersonalText("Mme LEFÈVRE"),
                        "member+name_birth~",
                        true}};
  a.file->sent_candidates = {{"LYON1-0000123",
                              day(2026, 11, 18),
                              SentBasis::postmark,
                              Source::read,
                              0.75,
                              1,
                              {0.8, 0.1, 0.1, 0.1},
                              Fate::unsure}};
  a.blind = read();
  a.corrections = {{7,
                    {"LYON1", 123},
                    PersonalText("Je réclame"),
                    PostBox::tsa_20202,
                    {"OBJ_SANTE"},
                    Queue::frais_sante,
                    Queue::mediation,
                    true,
                    Queue::mediation,
                    Queue::frais_sante,
                    true,
                    true,
                    "blind_check",
                    instant()}};
  a.entries = {{{"case_id", ref()}, {"reason", "délai"}}};
  a.fencing = 43;
  a.facts = {{"late", "0"}};
  a.pages = {"%PDF-1.7"};
  return a;
}

}  // namespace samples
