// When a letter was sent: every clock starts on that day (domain rule 2.3). What speaks for a day, by rank:
// the desk's word, a registered letter's deposit, the postmark, the franking machine, the date written on the
// letter, and where nothing speaks the time that an ordinary letter takes.
#pragma once

#include <string>
#include <vector>

#include "letter/errand.hpp"
#include "router/clocks.hpp"

namespace router {

// How old a written date may be at arrival and still be believed, in days.
inline constexpr int plausible_days = 15;
// How far back an earlier complaint may lie before its date is taken for a misreading, in months: the longest
// that a complaint of the same matter may still be brought before the mediator, and as long again.
inline constexpr int plausible_months = 24;

// How sure a day must be read on an envelope to decide; below it is shown and flags. The same share tells
// whether the date of a free letter was read in doubt.
inline constexpr letter::Confidence sure_enough = 0.9;

// Strongest first, of one rank the earliest first; the last one is always the arrival minus 3 jours
// ouvrables. Exactly one is kept: the first that can be and is sure enough.
std::vector<letter::SentCandidate> sent_candidates(const letter::ReadLetter& read, const ClockRules& rules);

// The one that is kept. `conflict`: something as strong or stronger says otherwise, or what is kept cannot be
// true beside another (a letter dated after its postmark), it was read in doubt, or nothing better than the
// arrival speaks while the form's box for the date holds what could not be read.
letter::SentOn sent_on(const letter::ReadLetter& read, const ClockRules& rules);
letter::SentOn sent_on(const std::vector<letter::SentCandidate>& candidates);

// The earlier one. A case of several letters runs from the earliest; on the same day the stronger basis.
letter::SentOn earlier(const letter::SentOn& one, const letter::SentOn& other);
std::optional<letter::Day> earlier(std::optional<letter::Day> one, std::optional<letter::Day> other);

// What a letter says of an earlier written complaint (DEJA_OUI, DEJA_DATE of the form). `date`: the day as
// read; none: it says so without a day that can be read. `plausible`: before `sent` and not longer ago than
// plausible_months.
struct EarlierComplaint {
  std::optional<letter::Day> date;
  bool plausible = false;
  bool operator==(const EarlierComplaint&) const = default;
};
std::optional<EarlierComplaint> earlier_complaint(const letter::ReadLetter& read, letter::Day sent);

}  // namespace router
