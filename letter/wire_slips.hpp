// Between the values of this house and the protobuf types: the one header that sees protobuf. Private to
// wire*.cpp.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "letter.pb.h"
#include "letter/wire.hpp"

namespace letter::slips {

namespace pb = ::vaguemestre;

// Collects the first thing that is wrong while a slip becomes a value, so that the conversions read as
// plain assignments. What was converted after a fault is thrown away with the rest.
class Check {
 public:
  void need(bool good, std::string_view what) {
    if (!good && wrong_.empty()) wrong_ = what;
  }
  double share(double v, std::string_view what) {  // 0..1, NaN refused
    need(v >= 0 && v <= 1, what);
    return v;
  }
  double between(double v, double low, double high, std::string_view what) {
    need(v >= low && v <= high, what);
    return v;
  }
  template <class T>
  T known(const std::optional<T>& parsed, std::string_view what) {
    need(parsed.has_value(), what);
    return parsed.value_or(T{});
  }
  const std::string& wrong() const { return wrong_; }  // "" = all good, else the fault's code

 private:
  std::string wrong_;
};

// Values to slips (wire_out.cpp).
pb::Letter slip(const Letter&);
pb::ReadLetter slip(const ReadLetter&);
pb::SortedLetter slip(const SortedLetter&);
pb::Reason slip(const Reason&);
pb::Progress slip(const Progress&);
pb::Errand slip(const Errand&);
pb::Answer slip(const Answer&);  // without the pages
std::int64_t millis(Instant at);

// Slips to values (wire_in.cpp: letters; wire_desk.cpp: errands and answers).
Letter value(const pb::Letter&, Check&);
ReadLetter value(const pb::ReadLetter&, Check&);
SortedLetter value(const pb::SortedLetter&, Check&);
Reason value(const pb::Reason&, Check&);
Box value(const pb::Box&, Check&);
Progress value(const pb::Progress&, Check&);
Errand value(const pb::Errand&, Check&);
Answer value(const pb::Answer&, Check&);
LetterId letter_id(const std::string&, Check&);
Instant instant(std::int64_t ms, Check&);
std::string case_ref(const std::string&, Check&);            // refuses a wrong key
std::string case_ref_or_none(const std::string&, Check&);    // "" allowed
std::optional<Day> day_or_none(const std::string&, Check&);  // "" = none
Queue queue(const std::string&, Check&);

}  // namespace letter::slips
