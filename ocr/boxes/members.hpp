// The house's own list of members, where it lends one to the reader: names and numbers that fields are held
// against. It helps to read; it invents nothing: without strokes that say nearly the same, nothing is taken.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "letter/result.hpp"
#include "ocr/boxes/boxes.hpp"

namespace ocr {

// As on the form: capitals without accents, digits only, the day as JJMMAAAA. Any of it may be empty.
struct Member {
  std::string number, nir, last_name, birth_name, first_name, born, postcode;
  bool operator==(const Member&) const = default;
};

class Members {
 public:
  Members() = default;  // nobody
  // A CSV file with the heading number,nir,last_name,birth_name,first_name,birth_date,postcode (any order;
  // comma or semicolon; dates 1984-02-21 or 21/02/1984). Faults members.unreadable, members.heading (a column
  // missing), members.row (its number, never its contents).
  static letter::Result<Members> load(const std::filesystem::path& csv);
  static letter::Result<Members> parse(const std::string& text);

  const std::vector<Member>& all() const { return all_; }
  // Holds the fields of a form against the list. One member alone must fit, in two fields or more, one of
  // them a number or a date: then fields that say nearly the same are put right (`repaired`), and all that
  // agree carry the note field.member.
  void match(std::vector<BoxRead>& boxes) const;

 private:
  std::vector<Member> all_;
};

}  // namespace ocr
