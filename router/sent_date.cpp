#include "router/sent_date.hpp"

#include <algorithm>

namespace router {

using letter::Day;
using letter::SentBasis;
using letter::SentOn;
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

}  // namespace

std::vector<SentCandidate> sent_candidates(const letter::ReadLetter& read, const ClockRules& rules) {
  const Day arrived = read.letter.arrived_on;
  std::vector<SentCandidate> all;
  if (read.letter_date) {
    const sys_days written{*read.letter_date}, arrival{arrived};
    const bool plausible = written <= arrival && written >= arrival - days{plausible_days};
    all.push_back(
        {*read.letter_date, SentBasis::written, plausible, read.letter_date_page, read.letter_date_box});
  }
  all.push_back(
      {subtract_jours_ouvrables(arrived, 3, rules), SentBasis::arrival_minus_3, true, 0, letter::Box{}});
  return all;
}

SentOn sent_on(const letter::ReadLetter& read, const ClockRules& rules) {
  const auto all = sent_candidates(read, rules);
  const auto chosen = std::ranges::find_if(all, &SentCandidate::plausible);
  ENSURE(chosen != all.end());
  return {chosen->date, chosen->basis, chosen != all.begin()};
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
