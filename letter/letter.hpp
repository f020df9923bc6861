// A letter as it arrived: who sent it in, which sheets, what is known of each page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/result.hpp"
#include "letter/sending.hpp"
#include "letter/service.hpp"
#include "letter/when.hpp"

namespace letter {

// Station and claim number, written to the station's journal before anything is sent, so a resend is
// the same id. As text: "LYON1-0000123" (station: 1-16 of A-Z 0-9; number: 1..9999999).
struct LetterId {
  std::string station;
  std::uint32_t number = 0;
  bool operator==(const LetterId&) const = default;
  auto operator<=>(const LetterId&) const = default;
};
std::string text(const LetterId& id);
std::optional<LetterId> parse_letter_id(std::string_view text);

// A file exactly as the scanner made it. Its bytes rest in the vault under this hash.
struct Master {
  std::string sha256;  // 64 lower-case hex digits of the file's bytes
  std::uint64_t bytes = 0;
  std::string media_type;  // image/tiff, image/png, image/jpeg, application/pdf
  std::uint32_t pages = 1;
  bool operator==(const Master&) const = default;
};

// One side of a sheet: page `index` (from 0) of master `master` (from 0), with what was seen of it.
struct Page {
  std::uint32_t master = 0;
  std::uint32_t index = 0;
  double dpi = 0;              // 0 = unknown until read
  double skew_deg = 0;         // positive = the page is turned clockwise
  double skew_confidence = 0;  // 0..1; below page::skew_sure the page is not turned
  int turn_deg = 0;            // counter-clockwise turn that makes it upright: 0, 90, 180, 270
  bool blank = false;          // marked, never dropped
  bool damaged = false;        // some pixels may be missing: a person looks
  std::vector<Reason> notes;
  std::uint32_t width_px = 0, height_px = 0;  // of the untouched page; 0 = unknown until read
  bool operator==(const Page&) const = default;
};

struct Letter {
  LetterId id;
  PostBox box = PostBox::none;
  std::string batch;           // station's batch name; empty = none
  std::uint32_t position = 0;  // place in the batch, from 1; 0 = none
  Instant received_at{};       // stamped once by ingest (UTC)
  Day arrived_on{};            // the post's date if the station said so, else received_at's
  std::vector<Master> masters;
  std::vector<Page> pages;   // at least one, in reading order
  bool sealed = false;       // closed envelope: nothing is read
  std::string lrar;          // registered-letter number, empty = none seen
  Envelope envelope;         // what an operator keyed of it; its number, if any, is `lrar` too
  std::string joins;         // case reference these pages were sent in for; empty = none
  std::string same_scan_as;  // another letter's id with the same content; empty = none
  std::vector<Reason> notes;
  bool operator==(const Letter&) const = default;
};

}  // namespace letter
