// Who may see and do what. Authority comes from the key that spoke, never from what a message says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "letter/errand.hpp"
#include "router/store.hpp"

namespace router {

// A sorter may only learn: it gets the corrections (learning.hpp).
enum class Role { desk, medical_desk, ops, auditor, sorter };

struct Asker {
  std::string user_id;  // "desk:entreprise"
  Role role = Role::ops;
  std::vector<letter::Queue> queues;  // whose cases it may work on
  bool operator==(const Asker&) const = default;
};

// The asker behind a key: role and name as the key says, queue ids as the list of the known says ("*" =
// all but dossiers_medicaux). Only a medical_desk ever gets dossiers_medicaux. None: no role for a desk.
std::optional<Asker> make_asker(const std::string& user_id, const std::vector<std::string>& queue_ids);

// A case of one of the asker's queues, or a medical one at the medical desk.
bool is_of(const Asker& asker, const Case& value);
// May read its letters and pages: its own desk, and for medical cases the medical desk alone.
bool may_open(const Asker& asker, const Case& value);

// The row this asker may see. Of a medical case, others than the medical desk get reference, dates,
// queue and state; ops and auditors never get the complainant. A lease that ran out shows as none.
letter::CaseRow row_for(const Asker& asker, const Case& value, const Sheets& sheets, letter::Instant now);

}  // namespace router
