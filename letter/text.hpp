// Text of strangers: always valid UTF-8, and never printable by accident when it is about a person.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace letter {

// `bytes` with every invalid sequence replaced by U+FFFD and NUL removed: what every text of a
// letter goes through where it is born (JSON and protobuf throw on anything else).
std::string valid_utf8(std::string_view bytes);

// Upper case, accents folded, apostrophes and dashes made plain, runs of space collapsed:
// "L’été  à Nîmes" -> "L'ETE A NIMES". For comparing and for word evidence, never for showing.
std::string folded(std::string_view utf8);

// A NIR with all but sex, year and month hidden: "2 95 10 ** *** *** **" (CNIL: shown masked).
std::string masked_nir(std::string_view nir);

// A value about a person. It has no operator<< and no formatter, so that writing it to a log does
// not compile; who really needs it says `reveal()`, which a reviewer can search for.
template <class T>
class Personal {
 public:
  Personal() = default;
  explicit Personal(T value) : value_(std::move(value)) {}
  [[nodiscard]] const T& reveal() const { return value_; }
  bool operator==(const Personal&) const = default;

 private:
  T value_{};
};

using PersonalText = Personal<std::string>;

}  // namespace letter
