// Public holidays of France: L3133-1 C. trav. (11), Alsace-Moselle L3134-13, overseas L3422-2.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "letter/when.hpp"

namespace router {

struct Calendar {
  std::string region;               // "" | AM GP MQ GF RE YT BL MF
  bool whit_monday_worked = false;  // a house where journée de solidarité is Whit Monday
  std::vector<letter::Day> also;    // new holidays by law
  std::vector<letter::Day> worked;  // holidays that this house works
};

letter::Day easter(int year);  // Meeus; 1583..9999
// A set, never a count: in 2008, 2059, ... Ascension falls on 1 or 8 May and there are only ten.
std::set<letter::Day> holidays(int year, const Calendar& calendar);
bool is_holiday(letter::Day day, const Calendar& calendar);
bool is_jour_ouvrable(letter::Day day, const Calendar& calendar);  // Monday-Saturday, no holiday
bool is_jour_ouvre(letter::Day day, const Calendar& calendar);     // Monday-Friday, no holiday

}  // namespace router
