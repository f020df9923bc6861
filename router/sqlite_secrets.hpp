// Medical secrecy at rest: what the register on disk holds of a case under the secret is closed with the
// medical service's key. Others than its desk need reference, dates, queue and state, and those stay
// readable. Part of sqlite_store.
#pragma once

#include "router/sqlite_rows.hpp"
#include "router/store.hpp"
#include "vault/keyring.hpp"

namespace router {

class SqliteSecrets {
 public:
  // A ring without a public half: nothing is closed. Without a secret half what is closed cannot be read
  // here.
  SqliteSecrets(Statements& statements, const vault::Keyring& medical)
      : statements_(statements), medical_(medical) {}

  // What was purged holds nothing that could be closed.
  bool is_secret(const Case& value) const {
    return !medical_.public_key.empty() && is_medical(value) && !value.purged_on;
  }
  bool is_secret(const letter::CaseRef& ref);
  std::vector<letter::CaseRef> left_readable();

  std::string closed_name(const Case& value) const;
  letter::PersonalText opened_name(const letter::CaseRef& ref, const std::string& closed) const;

  // A letter's row: in `slip` what everybody may know, in `closed` the whole. Not secret: all in `slip`.
  struct Slip {
    std::string slip, closed;
  };
  Slip slip_of(const letter::SortedLetter& sorted, bool secret) const;
  letter::SortedLetter letter_in(const Slip& row) const;

  // What an event of a secret case says, as one closed detail, and back.
  letter::Event closed(letter::Event event) const;
  letter::Event opened(letter::Event event) const;

  // Letters, search keys and earlier events of a case follow its secrecy: on becoming secret its letters are
  // closed, its clues and what events told in words are purged; on its end the letters are opened again,
  // where that is possible.
  struct Closed {
    std::vector<letter::LetterId> letters;
    bool events = false;  // some that were readable are purged
    bool anything() const { return !letters.empty() || events; }
  };
  Closed follow(const letter::CaseRef& ref, bool secret);

 private:
  Closed close_letters(const letter::CaseRef& ref);
  bool purge_told(const letter::CaseRef& ref);
  void open_letters(const letter::CaseRef& ref);
  Statements& statements_;
  const vault::Keyring& medical_;
};

}  // namespace router
