// What the front command asks the daemons: the cases of the queues, the counts of the spool.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/desk_line.hpp"
#include "letter/service.hpp"

namespace cli {

inline const std::string ops_id = "ops:ops", auditor_id = "auditor:registre";

// The identity that may work on this queue: its own desk.
std::string desk_of(letter::Queue queue);
// case.ref: what was typed is no reference. The router hears none that is not one.
letter::Reason bad_case_ref();

// What ingest's `status` errand says.
struct SpoolCounts {
  std::uint64_t waiting = 0, with_readers = 0, past_readers = 0, given_up = 0;
  std::uint64_t readers = 0, received_total = 0, filed_total = 0, free_bytes = 0;
  std::string oldest_id, oldest_received_at;  // empty: none
  std::uint64_t unfiled() const { return waiting + with_readers + past_readers + given_up; }
};
letter::Result<SpoolCounts> spool_counts(DeskLine& ingest);

// What the router's `status` errand says.
struct QueueCounts {
  std::uint64_t open = 0, late = 0, due_today = 0;
};
struct RegisterCounts {
  std::map<letter::Queue, QueueCounts> queues;
  std::uint64_t cases = 0, letters = 0, filed_today = 0, checks = 0;
};
letter::Result<RegisterCounts> register_counts(DeskLine& router);

// The router lists at most this many cases of a queue, the most urgent.
constexpr std::size_t most_rows = 500;

// The cases of one queue, most urgent first.
letter::Result<std::vector<letter::CaseRow>> cases_of(const belt::Config& config, letter::Queue queue);
// The cases of all queues, the medical one too, by reference.
letter::Result<std::vector<letter::CaseRow>> every_case(const belt::Config& config);
// Asks as the desk of all ordinary queues, and where medical secrecy forbids that as the medical desk. Lines
// stay open for many errands.
class EitherDesk {
 public:
  explicit EitherDesk(const belt::Config& config) : config_(config) {}
  letter::Result<letter::Answer> ask(const letter::Errand& errand);
  // One case with its letters.
  letter::Result<letter::CaseFile> open(const std::string& ref);

 private:
  struct Line {
    std::string who;
    std::unique_ptr<DeskLine> line;
  };
  const belt::Config& config_;
  std::array<Line, 2> lines_{{{"desk:tous", nullptr}, {desk_of(letter::Queue::dossiers_medicaux), nullptr}}};
};

}  // namespace cli
