// The write-once note beside a letter's blobs: that it was taken in, when, and what it consists of.
#pragma once

#include <string>

#include "letter/letter.hpp"

namespace vault {

struct Slip {
  letter::LetterId id;
  letter::Instant received_at{};
  std::vector<letter::Master> masters;
  bool operator==(const Slip&) const = default;
};

std::string slip_json(const Slip& slip);
letter::Result<Slip> parse_slip(const std::string& json);  // vault.slip

}  // namespace vault
