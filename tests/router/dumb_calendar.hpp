// An independent reference for dates: a list of all days, walked one by one. It shares no code and no
// formula with router/calendar: weekdays are counted from a known Saturday, Easter comes from Gauss's
// rule, holidays are found by scanning the list.
#pragma once

#include <array>
#include <vector>

namespace dumb {

struct Switches {
  bool five_days = false, alsace_moselle = false, prorogation = false;
};

// Dates are written as the number 20261123.
constexpr int number(int year, int month, int day) { return year * 10'000 + month * 100 + day; }

// ack_due, ack_post_by, answer_due, answer_post_by, mediation_open, mediation_last
using Dates = std::array<int, 6>;

// Gauss, with his two exceptions: days after 21 March.
inline int easter_of(int year) {
  const int century = year / 100;
  const int m = (15 - (13 + 8 * century) / 25 + century - century / 4) % 30;
  const int n = (4 + century - century / 4) % 7;
  const int d = (19 * (year % 19) + m) % 30;
  const int e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7;
  int after_march_22 = d + e;
  if (d == 29 && e == 6) after_march_22 -= 7;
  if (d == 28 && e == 6 && year % 19 > 10) after_march_22 -= 7;
  const int day = 22 + after_march_22;
  return day <= 31 ? number(year, 3, day) : number(year, 4, day - 31);
}

class Calendar {
 public:
  explicit Calendar(Switches switches) : switches_(switches) {
    int weekday = 5;  // 1 January 1999 was a Friday; Sunday is 0
    for (int year = 1999; year <= 2102; ++year)
      for (int month = 1; month <= 12; ++month)
        for (int day = 1; day <= length_of(year, month); ++day) {
          days_.push_back({year, month, day, weekday, false});
          weekday = (weekday + 1) % 7;
        }
    for (std::size_t at = 0; at < days_.size(); ++at) mark(static_cast<int>(at));
  }

  int find(int year, int month, int day) const {
    for (std::size_t at = 0; at < days_.size(); ++at)
      if (days_[at].year == year && days_[at].month == month && days_[at].day == day)
        return static_cast<int>(at);
    return -1;
  }

  int date(int at) const { return number(days_[at].year, days_[at].month, days_[at].day); }

  Dates dates(int sent) const {
    int ack = sent;
    for (int counted = 0; counted < 10;) {
      ++ack;
      const bool rest = days_[ack].weekday == 0 || (switches_.five_days && days_[ack].weekday == 6);
      if (!rest && !days_[ack].holiday) ++counted;
    }
    const int two_months = same_day_later(sent, 2);
    int answer = two_months;
    while (switches_.prorogation && !office_day(answer)) ++answer;
    return {date(ack),        date(last_office_day(ack)),    date(answer), date(last_office_day(answer)),
            date(two_months), date(same_day_later(sent, 12))};
  }

 private:
  struct OneDay {
    int year, month, day, weekday;
    bool holiday;
  };

  static int length_of(int year, int month) {
    constexpr std::array lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[static_cast<std::size_t>(month) - 1];
  }

  void mark(int at) {
    OneDay& today = days_[at];
    const int in_year = today.month * 100 + today.day;
    for (const int fixed : {101, 501, 508, 714, 815, 1101, 1111, 1225})
      if (in_year == fixed) today.holiday = true;
    if (switches_.alsace_moselle && in_year == 1226) today.holiday = true;
    if ((today.month != 3 && today.month != 4) || date(at) != easter_of(today.year)) return;
    for (const int later : {1, 39, 50}) days_[at + later].holiday = true;  // all in the same year
    if (switches_.alsace_moselle) days_[at - 2].holiday = true;
  }

  bool office_day(int at) const {
    return days_[at].weekday != 0 && days_[at].weekday != 6 && !days_[at].holiday;
  }

  int last_office_day(int at) const {
    while (!office_day(at)) --at;
    return at;
  }

  // Walks month by month to the same day number, or to the last day where there is none.
  int same_day_later(int sent, int months) const {
    int at = sent;
    for (int turned = 0; turned < months;) {
      ++at;
      if (days_[at].day == 1) ++turned;
    }
    const int wanted = days_[sent].day;
    while (days_[at].day != wanted && days_[at + 1].day != 1) ++at;
    return at;
  }

  Switches switches_;
  std::vector<OneDay> days_;
};

}  // namespace dumb
