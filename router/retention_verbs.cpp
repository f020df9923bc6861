// What a case's time has come to: told, purged, or stopped by a legal hold (gel). Who stops a purge and who
// runs it are never the same key.
#include <set>

#include "router/register_entry.hpp"
#include "router/verbs.hpp"

namespace router {

using letter::CaseRef;
using letter::Day;
using letter::Event;

namespace {

constexpr std::size_t cases_a_page = 200, most_cases_a_page = 500;
constexpr int longest_chain = 64;  // of mergers

using Entry = std::map<std::string, std::string>;

// The case that a merged one lives on in; itself when it is not merged.
Case behind(const Task& task, Case value) {
  for (int i = 0; i < longest_chain && value.state == letter::State::merged; ++i) {
    const auto next = letter::parse_case_ref(value.merged_into);
    auto found = next ? task.transaction.load(*next) : std::nullopt;
    if (!found) break;
    value = std::move(*found);
  }
  return value;
}

// Ended cases that an open one goes on from: with the mediator, or anew. Read once for all that are asked.
class GoneOn {
 public:
  explicit GoneOn(const Task& task) : task_(task) {}
  bool has(const CaseRef& ref, const std::vector<Event>& history) {
    for (const Event& event : history)
      if (event.verb == "followed_by" && is_open_case(event.what, "case")) return true;
    if (!refs_) refs_ = all_followed();
    return refs_->contains(letter::text(ref));
  }

 private:
  bool is_open_case(const Details& what, const std::string& name) const {
    const auto named = what.find(name);
    const auto ref = named == what.end() ? std::nullopt : letter::parse_case_ref(named->second);
    const auto value = ref ? task_.transaction.load(*ref) : std::nullopt;
    return value && is_open(behind(task_, *value).state);
  }
  std::set<std::string> all_followed() const {
    constexpr std::size_t at_once = 500;
    std::set<std::string> refs;
    for (std::uint64_t seq = 0;;) {
      const auto events = task_.transaction.events_of({"follows_ended"}, seq, at_once);
      for (const Event& event : events)
        if (const auto named = event.what.find("case");
            named != event.what.end() && is_open_case({{"case", event.case_ref}}, "case"))
          refs.insert(named->second);
      if (events.size() < at_once) return refs;
      seq = events.back().seq;
    }
  }
  const Task& task_;
  std::optional<std::set<std::string>> refs_;
};

struct Fate {
  std::optional<Keeping> time;  // none: it has not ended
  std::string standing;         // "due", "kept" (by its time, or open), "frozen", "followed"
};

Fate fate_of(const Task& task, const Case& value, GoneOn& gone_on) {
  const Case whole = behind(task, value);
  Fate fate{std::nullopt, "kept"};
  const auto history = task.transaction.history(whole.ref);
  if (const auto closed = closed_on(whole, history))
    fate.time = keeping(whole, *closed, task.moment.rules.retention);
  if (value.frozen || whole.frozen) {
    fate.standing = "frozen";
  } else if (fate.time && letter::paris_day(task.moment.now) > fate.time->kept_until) {
    fate.standing = gone_on.has(whole.ref, history) ? "followed" : "due";
  }
  return fate;
}

Entry entry_of(const Task& task, const Case& value, const Fate& fate) {
  const Sheets sheets = task.transaction.sheets(value.ref);
  Entry entry{{"case", letter::text(value.ref)},
              {"queue", std::string(letter::id(value.queue))},
              {"state", std::string(letter::id(value.state))},
              {"standing", fate.standing},
              {"letters", is_medical(value) ? "" : std::to_string(sheets.letters)},
              {"pages", is_medical(value) ? "" : std::to_string(sheets.pages)}};
  if (fate.time) {
    entry["closed_on"] = letter::iso(fate.time->closed_on);
    entry["kept_until"] = letter::iso(fate.time->kept_until);
  }
  return entry;
}

// What proves afterwards that there was such a case, which sheets it had, and that its time was over.
Details proof_of(const Task& task, const Case& value, const Fate& fate) {
  Details what{{"queue", std::string(letter::id(value.queue))},
               {"secondary", value.secondary ? std::string(letter::id(*value.secondary)) : ""},
               {"closed_on", letter::iso(fate.time->closed_on)},
               {"kept_until", letter::iso(fate.time->kept_until)}};
  std::string letters, digests;
  const auto all = task.transaction.letters(value.ref);
  for (const auto& sorted : all) {
    letters += (letters.empty() ? "" : ",") + letter::text(sorted.read.letter.id);
    for (const auto& master : sorted.read.letter.masters)
      digests += (digests.empty() ? "" : ",") + master.sha256;
  }
  what["letters"] = letters;
  what["digests"] = digests;
  what.merge(register_proof(value, all, task.transaction.history(value.ref)));
  return what;
}

void purge_one(const Task& task, Case value, const Fate& fate) {
  Details proof = proof_of(task, value, fate);
  value.purged_on = letter::paris_day(task.moment.now);
  value.complainant = {};
  task.transaction.purge(value);
  record(task, value.ref, "purged", std::move(proof));
}

Outcome walk(const Task& task, bool purges) {
  const auto limit = whole_argument(task, "limit", cases_a_page, most_cases_a_page);
  if (!limit) return tl::unexpected(limit.error());
  CaseRef after;
  if (const std::string asked = argument(task, "after"); !asked.empty()) {
    const auto ref = letter::parse_case_ref(asked);
    if (!ref || *limit == 0) return refused(Refusal::bad_argument);
    after = *ref;
  }
  letter::Answer answer;
  GoneOn gone_on(task);
  for (const Case& value : task.transaction.cases_after(after, *limit)) {
    answer.facts["next"] = letter::text(value.ref);
    if (value.purged_on) continue;
    const Fate fate = fate_of(task, value, gone_on);
    if (fate.standing == "kept") continue;
    answer.entries.push_back(entry_of(task, value, fate));
    if (purges && fate.standing == "due") purge_one(task, value, fate);
  }
  return answer;
}

Outcome set_frozen(const Task& task, bool frozen, const std::string& verb) {
  if (task.asker.role != Role::auditor) return refused(Refusal::not_allowed);
  const auto found = case_named(task, task.errand.ref);
  if (!found) return tl::unexpected(found.error());
  if (found->purged_on) return refused(Refusal::purged);
  const auto why = given_reason(task);
  if (!why) return tl::unexpected(why.error());
  if (found->frozen == frozen) return refused(Refusal::no_change);
  Case changed = *found;
  changed.frozen = frozen;
  task.transaction.save(changed);
  record(task, changed.ref, verb, {{"reason", *why}});
  return row_answer(task, changed);
}

}  // namespace

Outcome retention(const Task& task) {
  if (task.asker.role != Role::ops && task.asker.role != Role::auditor) return refused(Refusal::not_allowed);
  return walk(task, false);
}

Outcome purge(const Task& task) {
  if (task.asker.role != Role::ops) return refused(Refusal::not_allowed);
  return walk(task, true);
}

Outcome freeze(const Task& task) { return set_frozen(task, true, "frozen"); }

Outcome thaw(const Task& task) { return set_frozen(task, false, "thawed"); }

}  // namespace router
