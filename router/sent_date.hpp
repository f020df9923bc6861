// When a letter was sent: every clock starts on that day (domain rule 2.3). What speaks for a day, by rank:
// the desk's word, a registered letter's deposit, the postmark, the franking machine, the date written on the
// letter, and where nothing speaks the time that an ordinary letter takes.
#pragma once

#include <string>
#include <vector>

#include "letter/filed.hpp"
#include "router/clocks.hpp"

namespace router {

// How old a written date may be at arrival and still be believed, in days.
inline constexpr int plausible_days = 15;
// How far back an earlier complaint may lie before its date is taken for a misreading, in months: the longest
// that a complaint of the same matter may still be brought before the mediator, and as long again.
inline constexpr int plausible_months = 24;

// One day that something speaks for, with its place on the untouched page (an empty box: no place).
struct SentCandidate {
  letter::Day date{};
  letter::SentBasis basis = letter::SentBasis::arrival_minus_3;
  bool plausible = true;
  std::uint32_t page = 0;
  letter::Box box;
  bool operator==(const SentCandidate&) const = default;
};

// Strongest first; the last one is always the arrival minus 3 jours ouvrables.
std::vector<SentCandidate> sent_candidates(const letter::ReadLetter& read, const ClockRules& rules);

// The plausible one of the highest rank, of one rank the earliest. `conflict`: a stronger one is implausible.
letter::SentOn sent_on(const letter::ReadLetter& read, const ClockRules& rules);

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
