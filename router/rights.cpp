#include "router/rights.hpp"

#include <algorithm>

namespace router {

using letter::Queue;

namespace {

std::optional<Role> role_of(const std::string& user_id) {
  const std::string role = user_id.substr(0, user_id.find(':'));
  if (role == "desk") return Role::desk;
  if (role == "medical_desk") return Role::medical_desk;
  if (role == "ops") return Role::ops;
  if (role == "auditor") return Role::auditor;
  if (role == "sorter") return Role::sorter;
  return std::nullopt;
}

bool has(const std::vector<Queue>& queues, Queue queue) {
  return std::ranges::find(queues, queue) != queues.end();
}

}  // namespace

std::optional<Asker> make_asker(const std::string& user_id, const std::vector<std::string>& queue_ids) {
  const auto role = role_of(user_id);
  if (!role) return std::nullopt;
  Asker asker{user_id, *role, {}};
  if (*role == Role::sorter) return asker;
  const bool all = *role == Role::ops || *role == Role::auditor || std::ranges::count(queue_ids, "*") > 0;
  for (const Queue queue : letter::all_queues) {
    const bool medical = queue == Queue::dossiers_medicaux;
    const bool named = all || std::ranges::count(queue_ids, std::string(letter::id(queue))) > 0;
    const bool allowed = medical ? *role != Role::desk : named;
    if (allowed) asker.queues.push_back(queue);
  }
  return asker;
}

bool is_of(const Asker& asker, const Case& value) {
  return has(asker.queues, value.queue) || (asker.role == Role::medical_desk && is_medical(value));
}

bool may_open(const Asker& asker, const Case& value) {
  if (asker.role != Role::desk && asker.role != Role::medical_desk) return false;
  if (is_medical(value)) return asker.role == Role::medical_desk;
  return is_of(asker, value);
}

letter::CaseRow row_for(const Asker& asker, const Case& value, const Sheets& sheets, letter::Instant now) {
  letter::CaseRow row;
  row.ref = letter::text(value.ref);
  row.queue = letter::id(value.queue);
  row.state = value.state;
  row.received_at = value.received_at;
  row.sent_on = value.sent_on;
  row.first_complaint = value.first_complaint;
  row.deadlines = value.deadlines;
  row.answer_told = value.answer_told;
  if (is_medical(value) && asker.role != Role::medical_desk) return row;
  row.secondary = value.secondary ? letter::id(*value.secondary) : "";
  row.confidence = value.confidence;
  row.needs_review = value.needs_review;
  row.is_complaint = value.is_complaint;
  row.letters = sheets.letters;
  row.pages = sheets.pages;
  row.news = value.news;
  row.box = value.box;
  if (value.lease_until > now) {
    row.claimed_by = value.claimed_by;
    row.lease_until = value.lease_until;
  }
  if (may_open(asker, value)) row.complainant = value.complainant;
  return row;
}

}  // namespace router
