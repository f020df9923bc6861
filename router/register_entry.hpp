// The register of complaints as the regulator's questionnaire counts it: one line a case (domain rule 1.4).
#pragma once

#include "router/task.hpp"

namespace router {

// The columns in their order, by the names of the rule: "case_id", "channel", "sent_date", ... Dates are ISO,
// what is not known is empty. `register_entry` fills each of them.
const std::vector<std::string>& register_columns();

// Of a purged case: what was kept of its entry, so that counts stay right. Of a case under medical secrecy:
// reference, dates, queue, state and the flag, nothing else.
std::map<std::string, std::string> register_entry(const Case& value,
                                                  const std::vector<letter::SortedLetter>& letters,
                                                  const std::vector<letter::Event>& history);

// What a purge keeps of the entry ("register.COLUMN"): all but what leads to a person or was typed by one.
std::map<std::string, std::string> register_proof(const Case& value,
                                                  const std::vector<letter::SortedLetter>& letters,
                                                  const std::vector<letter::Event>& history);

// The verb `register`: args: after=REF (default: from the first), limit=N (1-500, default 200). Who may:
// auditor. `facts.next` when there may be more.
letter::Result<letter::Answer> register_lines(const Task& task);

}  // namespace router
