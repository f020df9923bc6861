#include "router/sent_date.hpp"

namespace router {

using letter::SentBasis;
using letter::SentOn;
using std::chrono::days;
using std::chrono::sys_days;

SentOn sent_on(const letter::ReadLetter& read, const ClockRules& rules) {
  const letter::Day arrived = read.letter.arrived_on;
  if (read.letter_date) {
    const sys_days written{*read.letter_date}, arrival{arrived};
    if (written <= arrival && written >= arrival - days{plausible_days})
      return {*read.letter_date, SentBasis::written, false};
  }
  return {subtract_jours_ouvrables(arrived, 3, rules), SentBasis::arrival_minus_3, false};
}

SentOn earlier(const SentOn& one, const SentOn& other) {
  if (one.date != other.date) return one.date < other.date ? one : other;
  return one.basis <= other.basis ? one : other;
}

}  // namespace router
