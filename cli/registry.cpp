#include "cli/registry.hpp"

#include <algorithm>
#include <charconv>

namespace cli {
namespace {

std::uint64_t fact(const letter::Answer& answer, const std::string& name) {
  const auto found = answer.facts.find(name);
  std::uint64_t n = 0;
  if (found != answer.facts.end())
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), n);
  return n;
}

std::string text_fact(const letter::Answer& answer, const std::string& name) {
  const auto found = answer.facts.find(name);
  return found == answer.facts.end() ? "" : found->second;
}

letter::Errand errand(const std::string& verb) {
  letter::Errand made;
  made.verb = verb;
  return made;
}

letter::Result<std::vector<letter::CaseRow>> list(DeskLine& line, letter::Queue queue) {
  auto asked = errand("list");
  asked.queue = letter::id(queue);
  asked.args["limit"] = std::to_string(most_rows);
  auto answer = granted(line.ask(asked));
  if (!answer) return tl::unexpected(answer.error());
  return std::move(answer->rows);
}

}  // namespace

std::string desk_of(letter::Queue queue) {
  const std::string name(letter::id(queue));
  return (queue == letter::Queue::dossiers_medicaux ? "medical_desk:" : "desk:") + name;
}

letter::Reason bad_case_ref() {
  return {"case.ref", "Référence fausse : la clé ne correspond pas (AAAA-NNNNNNN-CC).",
          "Wrong reference: its key does not match (YYYY-NNNNNNN-KK)."};
}

letter::Result<SpoolCounts> spool_counts(DeskLine& ingest) {
  const auto answer = granted(ingest.ask(errand("status")));
  if (!answer) return tl::unexpected(answer.error());
  SpoolCounts counts;
  counts.waiting = fact(*answer, "waiting");
  counts.with_readers = fact(*answer, "with_readers");
  counts.past_readers = fact(*answer, "past_readers");
  counts.given_up = fact(*answer, "given_up");
  counts.readers = fact(*answer, "readers");
  counts.received_total = fact(*answer, "received_total");
  counts.filed_total = fact(*answer, "filed_total");
  counts.free_bytes = fact(*answer, "free_bytes");
  counts.oldest_id = text_fact(*answer, "oldest_id");
  counts.oldest_received_at = text_fact(*answer, "oldest_received_at");
  return counts;
}

letter::Result<RegisterCounts> register_counts(DeskLine& router) {
  const auto answer = granted(router.ask(errand("status")));
  if (!answer) return tl::unexpected(answer.error());
  RegisterCounts counts;
  for (const auto queue : letter::all_queues) {
    const std::string name(letter::id(queue));
    counts.queues[queue] = {fact(*answer, "open." + name), fact(*answer, "late." + name),
                            fact(*answer, "due_today." + name)};
  }
  counts.cases = fact(*answer, "cases");
  counts.letters = fact(*answer, "letters");
  counts.filed_today = fact(*answer, "filed_today");
  counts.checks = fact(*answer, "checks");
  return counts;
}

letter::Result<std::vector<letter::CaseRow>> cases_of(const belt::Config& config, letter::Queue queue) {
  auto line = DeskLine::to_router(config, desk_of(queue));
  if (!line) return tl::unexpected(line.error());
  return list(**line, queue);
}

letter::Result<std::vector<letter::CaseRow>> every_case(const belt::Config& config) {
  std::vector<letter::CaseRow> all;
  auto line = DeskLine::to_router(config, "desk:tous");
  if (!line) return tl::unexpected(line.error());
  for (const auto queue : letter::all_queues) {
    auto rows = queue == letter::Queue::dossiers_medicaux ? cases_of(config, queue) : list(**line, queue);
    if (!rows) return rows;
    all.insert(all.end(), rows->begin(), rows->end());
  }
  std::sort(all.begin(), all.end(),
            [](const letter::CaseRow& a, const letter::CaseRow& b) { return a.ref < b.ref; });
  // A case that is medical by its second service is listed by two desks.
  all.erase(std::unique(all.begin(), all.end(),
                        [](const letter::CaseRow& a, const letter::CaseRow& b) { return a.ref == b.ref; }),
            all.end());
  return all;
}

letter::Result<letter::Answer> EitherDesk::ask(const letter::Errand& errand) {
  letter::Result<letter::Answer> answer;
  for (Line& one : lines_) {
    if (!one.line) {
      auto line = DeskLine::to_router(config_, one.who);
      if (!line) return tl::unexpected(line.error());
      one.line = std::move(*line);
    }
    answer = granted(one.line->ask(errand));
    if (answer || answer.error().code != "desk.secret") break;
  }
  return answer;
}

letter::Result<letter::CaseFile> EitherDesk::open(const std::string& ref) {
  auto asked = errand("open");
  asked.ref = ref;
  auto answer = ask(asked);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->file) return std::move(*answer->file);
  return letter::fault("wire.no_file", "La réponse du greffe ne contient pas de dossier.",
                       "The router's answer holds no case.");
}

}  // namespace cli
