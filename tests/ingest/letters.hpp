// Letters for the tests of this room: their content is whatever the test says it is.
#pragma once

#include "letter/wire.hpp"
#include "vault/vault.hpp"

namespace ingest {

inline const letter::Instant first_instant{std::chrono::milliseconds(1'795'400'000'000)};

inline letter::Submission submission_of(std::uint32_t number, const std::string& bytes = "a page") {
  letter::Submission submission;
  submission.letter.id = {"T1", number};
  submission.letter.masters = {{vault::sha256_hex(bytes), bytes.size(), "image/png", 1}};
  submission.letter.pages = {letter::Page{}};
  submission.masters = {bytes};
  return submission;
}

inline letter::Letter letter_of(std::uint32_t number, const std::string& bytes = "a page") {
  letter::Letter letter = submission_of(number, bytes).letter;
  letter.received_at = first_instant;
  letter.arrived_on = letter::paris_day(first_instant);
  return letter;
}

}  // namespace ingest
