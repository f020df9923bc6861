#include "router/sent_date.hpp"

#include <algorithm>
#include <tuple>

namespace router {

using letter::Day;
using letter::Fate;
using letter::SentBasis;
using letter::SentCandidate;
using letter::SentOn;
using letter::Source;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

// DDMMYYYY in whatever writing, or ISO.
std::optional<Day> form_date(const std::string& text) {
  if (const auto day = letter::parse_day(text)) return day;
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  if (digits.size() != 8) return std::nullopt;
  return letter::parse_day(digits.substr(4, 4) + "-" + digits.substr(2, 2) + "-" + digits.substr(0, 2));
}

std::vector<SentCandidate> keyed(const letter::Letter& mail) {
  std::vector<SentCandidate> all;
  const auto add = [&](const std::optional<Day>& day, SentBasis basis) {
    if (day) all.push_back({letter::text(mail.id), *day, basis, Source::keyed, 1, 0, {}, Fate::outranked});
  };
  add(mail.envelope.deposit, SentBasis::lrar_deposit);
  add(mail.envelope.postmark, SentBasis::postmark);
  add(mail.envelope.franking, SentBasis::franking);
  return all;
}

// The field that the written date was read into.
const letter::Field* field_of_written(const letter::ReadLetter& read) {
  for (const char* id : {"FAIT_LE", "DATE"})
    if (const letter::Field* field = letter::find(read, id); field && field->page == read.letter_date_page)
      return field;
  return nullptr;
}

// A form's date says itself whether a person must confirm it. Of what stands in a free letter nothing is ever
// accepted unseen, and how sure the reading is decides, as on an envelope.
bool is_in_doubt(const letter::ReadLetter& read, const letter::Field* field) {
  if (!field) return true;
  return read.form.empty() ? field->confidence < sure_enough : field->verdict != letter::Verdict::accepted;
}

// Something stands in the form's box for the date, and no day could be made of it.
bool is_written_and_unread(const letter::ReadLetter& read) {
  const letter::Field* field = letter::find(read, "FAIT_LE");
  if (!field || read.letter_date) return false;
  return field->verdict == letter::Verdict::unread || !field->text.reveal().empty();
}

SentCandidate written(const letter::ReadLetter& read) {
  const letter::Field* field = field_of_written(read);
  SentCandidate one{
      letter::text(read.letter.id),  *read.letter_date,     SentBasis::written,   Source::read,
      field ? field->confidence : 0, read.letter_date_page, read.letter_date_box, Fate::outranked};
  one.in_doubt = is_in_doubt(read, field);
  return one;
}

// As if nothing else spoke. Paper posted at a machine or a counter may be slow; what somebody wrote on the
// letter is believed for a shorter time. Read in doubt it counts where it makes the clock start earlier than
// the guess would, never where it would make it start later.
Fate fate_alone(const SentCandidate& one, Day arrived, Day reckoned) {
  if (one.basis == SentBasis::arrival_minus_3) return Fate::kept;
  if (one.date > arrived) return Fate::after_arrival;
  const int longest = one.basis == SentBasis::written ? plausible_days : letter::longest_way_days;
  if (sys_days{one.date} < sys_days{arrived} - days{longest}) return Fate::too_old;
  const bool read_outside = one.source == Source::read && one.basis != SentBasis::written;
  const bool too_doubtful = read_outside ? one.confidence < sure_enough : one.in_doubt && one.date > reckoned;
  return too_doubtful ? Fate::unsure : Fate::kept;
}

// Whether what was not kept speaks against what was. A letter is written, franked, deposited and postmarked
// in this order.
bool contradicts(const SentCandidate& one, const SentCandidate& kept) {
  if (one.fate == Fate::kept || one.date == kept.date) return false;
  if (one.fate == Fate::unsure)  // a doubtful reading says nothing against who had it in his hand
    return one.basis < kept.basis || (one.basis == kept.basis && kept.source != Source::keyed);
  if (one.basis <= kept.basis) return true;
  if (one.fate != Fate::outranked || kept.basis == SentBasis::written) return false;
  if (one.basis == SentBasis::postmark) return one.date < kept.date;
  return one.basis != SentBasis::arrival_minus_3 && one.date > kept.date;
}

}  // namespace

std::vector<SentCandidate> sent_candidates(const letter::ReadLetter& read, const ClockRules& rules) {
  std::vector<SentCandidate> all = keyed(read.letter);
  for (const letter::SeenDate& seen : read.seen_dates)
    all.push_back({letter::text(read.letter.id), seen.date, seen.basis, Source::read, seen.confidence,
                   seen.page, seen.box, Fate::outranked});
  if (read.letter_date) all.push_back(written(read));
  const Day arrived = read.letter.arrived_on;
  SentCandidate reckoned;
  reckoned.letter = letter::text(read.letter.id);
  reckoned.date = subtract_jours_ouvrables(arrived, 3, rules);
  all.push_back(reckoned);
  std::ranges::stable_sort(all, {}, [](const SentCandidate& one) {
    return std::tuple(one.basis, sys_days{one.date}, one.source);
  });
  const SentCandidate* kept = nullptr;
  for (SentCandidate& one : all) {
    one.fate = fate_alone(one, arrived, reckoned.date);
    if (one.fate != Fate::kept) continue;
    if (kept) one.fate = one.basis == kept->basis ? Fate::later : Fate::outranked;
    if (!kept) kept = &one;
  }
  ENSURE(kept != nullptr);
  return all;
}

SentOn sent_on(const std::vector<SentCandidate>& candidates) {
  const auto kept = std::ranges::find(candidates, Fate::kept, &SentCandidate::fate);
  ENSURE(kept != candidates.end());
  const bool conflict =
      std::ranges::any_of(candidates, [&kept](const SentCandidate& one) { return contradicts(one, *kept); });
  return {kept->date, kept->basis, conflict || kept->in_doubt};
}

SentOn sent_on(const letter::ReadLetter& read, const ClockRules& rules) {
  SentOn sent = sent_on(sent_candidates(read, rules));
  if (sent.basis == SentBasis::arrival_minus_3 && is_written_and_unread(read)) sent.conflict = true;
  return sent;
}

SentOn earlier(const SentOn& one, const SentOn& other) {
  if (one.date != other.date) return one.date < other.date ? one : other;
  return one.basis <= other.basis ? one : other;
}

std::optional<Day> earlier(std::optional<Day> one, std::optional<Day> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

std::optional<EarlierComplaint> earlier_complaint(const letter::ReadLetter& read, Day sent) {
  const letter::Field* said = letter::find(read, "DEJA_OUI");
  const letter::Field* when = letter::find(read, "DEJA_DATE");
  const bool ticked = said && said->tick == letter::TickState::ticked;
  const bool dated = when && !when->text.reveal().empty();
  if (!ticked && !dated) return std::nullopt;
  EarlierComplaint found;
  if (dated) found.date = form_date(when->text.reveal());
  found.plausible = found.date && *found.date <= sent && *found.date >= add_months(sent, -plausible_months);
  return found;
}

}  // namespace router
