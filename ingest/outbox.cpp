#include "ingest/outbox.hpp"

#include <algorithm>

namespace ingest {

void Outbox::add(std::uint32_t letter) { letters_.try_emplace(letter); }

std::vector<std::uint32_t> Outbox::due(Millis now) const {
  std::size_t in_flight = 0;
  for (const auto& [letter, waiting] : letters_)
    if (waiting.in_flight && waiting.due > now) ++in_flight;
  std::vector<std::uint32_t> found;
  for (const auto& [letter, waiting] : letters_)
    if (waiting.due <= now && in_flight + found.size() < most_in_flight) found.push_back(letter);
  return found;
}

void Outbox::sent(std::uint32_t letter, Millis now) {
  const auto place = letters_.find(letter);
  if (place == letters_.end()) return;
  place->second.in_flight = true;
  place->second.due = now + place->second.wait;
  place->second.wait = std::min(place->second.wait * 2, last_wait);
}

void Outbox::unsent(std::uint32_t letter, Millis now) {
  const auto place = letters_.find(letter);
  if (place == letters_.end()) return;
  place->second.in_flight = false;
  place->second.due = now + unsent_wait;
}

void Outbox::later(std::uint32_t letter, Millis now) {
  sent(letter, now);
  if (const auto place = letters_.find(letter); place != letters_.end()) place->second.in_flight = false;
}

void Outbox::settled(std::uint32_t letter) { letters_.erase(letter); }

}  // namespace ingest
