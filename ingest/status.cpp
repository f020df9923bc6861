#include "ingest/status.hpp"

namespace ingest {

std::map<std::string, std::string> status_facts(const OnTheWay& on_the_way, const Spool& spool,
                                                std::uint64_t free_bytes, std::uint64_t refused_total) {
  std::map<std::string, std::string> facts{
      {"waiting", std::to_string(on_the_way.waiting)},
      {"with_readers", std::to_string(on_the_way.with_readers)},
      {"past_readers", std::to_string(on_the_way.past_readers)},
      {"given_up", std::to_string(on_the_way.given_up)},
      {"readers", std::to_string(on_the_way.readers)},
      {"received_total", std::to_string(spool.received_total())},
      {"filed_total", std::to_string(spool.filed_total())},
      {"refused_total", std::to_string(refused_total)},
      {"free_bytes", std::to_string(free_bytes)},
      {"oldest_id", ""},
      {"oldest_received_at", ""},
  };
  if (const auto oldest = spool.oldest_unfiled()) {
    facts["oldest_id"] = letter::text(oldest->id);
    facts["oldest_received_at"] = letter::iso(oldest->received_at);
  }
  return facts;
}

letter::SortedLetter bare_slip(const letter::Letter& letter, const letter::Reason& why) {
  letter::SortedLetter slip;
  slip.read.letter = letter;
  slip.read.notes = {why};
  slip.queue = letter.sealed ? letter::Queue::dossiers_medicaux : letter::Queue::autre;
  slip.probabilities.fill(1.0 / static_cast<double>(letter::queue_count));
  slip.confidence = 1.0 / static_cast<double>(letter::queue_count);
  slip.needs_review = true;
  slip.reasons = {why};
  return slip;
}

}  // namespace ingest
