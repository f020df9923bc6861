#include <algorithm>
#include <array>
#include <set>

#include "router/verbs.hpp"

namespace router {

using letter::Event;

namespace {

bool can_be_undone(const Event& event) {
  constexpr std::array verbs{"corrected",    "requalified", "rerouted",  "split",   "joined",
                             "acknowledged", "answered",    "withdrawn", "held_up", "closed"};
  return std::ranges::find(verbs, event.verb) != verbs.end();
}

// The last change of this claim that was not undone yet.
std::optional<Event> last_change(const Task& task, const Case& held) {
  const std::string fencing = std::to_string(held.fencing);
  std::set<std::string> undone;
  const auto history = task.transaction.history(held.ref);
  for (auto event = history.rbegin(); event != history.rend(); ++event) {
    if (event->verb == "claimed" && event->what.at("fencing") == fencing) break;
    if (event->what.contains("purged")) continue;
    if (event->verb == "undone") undone.insert(event->what.at("undoes"));
    const bool mine = event->who == task.asker.user_id && can_be_undone(*event);
    if (mine && !undone.contains(std::to_string(event->seq))) return *event;
  }
  return std::nullopt;
}

}  // namespace

Outcome undo(const Task& task) {
  const auto held = held_case_of_any_queue(task);
  if (!held) return tl::unexpected(held.error());
  if (is_medical(*held) && !may_open(task.asker, *held)) return refused(Refusal::secret);
  const auto event = last_change(task, *held);
  if (!event) return refused(Refusal::nothing_to_undo);
  if (!still_says(*held, event->what)) return refused(Refusal::changed_since);
  if (event->verb == "corrected" && event->what.contains("field"))
    return undo_correction(task, *held, *event);
  if (event->verb == "split") return undo_split(task, *held, *event);
  if (event->verb == "joined") return undo_join(task, *held, *event);
  return change(task, *held, restored(*held, event->what),
                {"undone", {{"undoes", std::to_string(event->seq)}, {"verb", event->verb}}});
}

}  // namespace router
