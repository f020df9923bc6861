#include "belt/handout.hpp"

#include <algorithm>

namespace belt {
namespace {

using letter::LetterId;
using letter::Reason;

constexpr std::size_t most_held = 2;  // one being read and one more

Reason vanished_reason() {
  return {"handout.vanished", "Le programme qui traitait ce courrier s'est arrêté brutalement.",
          "The program that was working on this letter stopped abruptly."};
}

Reason lost_reason() {
  return {"handout.lost", "Ce courrier s'est perdu trop souvent en chemin entre les programmes.",
          "This letter was lost on its way between the programs too often."};
}

Reason attempts_reason() {
  return {"handout.attempts", "La lecture de ce courrier a échoué trop souvent.",
          "Reading this letter failed too often."};
}

}  // namespace

Handout::Handout(HandoutLimits limits) : limits_(limits) {}

void Handout::add(const LetterId& id, std::uint32_t attempts) {
  if (items_.contains(id)) return;
  Item item;
  item.arrival = ++arrivals_;
  item.attempts = attempts;
  waiting_[item.arrival] = id;
  items_.emplace(id, item);
  if (attempts >= limits_.attempts) give_up(id, attempts_reason(), last_look_.value_or(Millis{}));
}

void Handout::hear(const std::string& worker, const letter::Progress& said, Millis now) {
  using letter::ProgressKind;
  if (said.kind == ProgressKind::hello) greet(worker, said, now);
  const auto found = workers_.find(worker);
  const bool known = found != workers_.end() && found->second.instance == said.instance;
  if (!known) {
    if (found != workers_.end()) leave(worker, true, now);
    const auto asked = [&](const Decision& d) {
      const auto* who = std::get_if<WhoAreYou>(&d);
      return who != nullptr && who->worker == worker;
    };
    if (said.kind != ProgressKind::bye && std::ranges::none_of(pending_, asked))
      pending_.push_back(WhoAreYou{worker});
    return;
  }
  Worker& who = found->second;
  who.heard = now;
  who.unreachable = false;
  switch (said.kind) {
    case ProgressKind::hello:
    case ProgressKind::beat:
      break;
    case ProgressKind::ready:
      who.credit = said.credit;
      break;
    case ProgressKind::begin:
      begin(worker, who, said.id);
      break;
    case ProgressKind::end:
      end(worker, who, said.id);
      break;
    case ProgressKind::failed:
      failed(worker, who, said);
      break;
    case ProgressKind::bye:
      return leave(worker, false, now);
  }
  renew_leases(who, now);
}

// A new worker; or the same life of one on a new connection, which keeps its letters.
void Handout::greet(const std::string& worker, const letter::Progress& said, Millis now) {
  const auto same_life = std::ranges::find_if(workers_, [&](const auto& entry) {
    return entry.second.instance == said.instance && entry.second.stage == said.stage;
  });
  Worker greeted;
  greeted.stage = said.stage;
  greeted.instance = said.instance;
  if (same_life != workers_.end()) {
    greeted.held = same_life->second.held;
    for (const auto& id : greeted.held)
      if (auto& item = items_.at(id); item.holder == same_life->first) item.holder = worker;
    workers_.erase(same_life);
  }
  if (workers_.contains(worker)) leave(worker, true, now);
  workers_[worker] = std::move(greeted);
}

void Handout::begin(const std::string& name, Worker& worker, const LetterId& id) {
  const auto found = items_.find(id);
  if (found == items_.end() || found->second.place == Place::given_up) return;
  worker.begun.insert(id);
  Item& item = found->second;
  if (item.place != Place::waiting) return;
  // Known here as waiting (after a restart, or its lease ran out), and yet in good hands.
  if (worker.is_reader()) {
    worker.held.insert(id);
    item.holder = name;
    place(id, item, Place::with_reader, worker.heard);
  } else {
    place(id, item, Place::past_readers, worker.heard);
  }
}

void Handout::end(const std::string& name, Worker& worker, const LetterId& id) {
  worker.begun.erase(id);
  worker.held.erase(id);
  const auto found = items_.find(id);
  if (found == items_.end() || found->second.place == Place::given_up) return;
  Item& item = found->second;
  const bool was_its_own = item.place == Place::with_reader && item.holder == name;
  if (was_its_own || worker.is_reader() || item.place == Place::past_readers)
    place(id, item, Place::past_readers, worker.heard);
}

void Handout::failed(const std::string& name, Worker& worker, const letter::Progress& said) {
  if (!worker.begun.contains(said.id) && !worker.held.contains(said.id)) return;  // not its letter to blame
  const Millis now = worker.heard;
  const bool was_reader = worker.is_reader();
  worker.begun.erase(said.id);
  worker.held.erase(said.id);
  if (!blame(said.id, said.reason, now)) drop_from(name, said.id, was_reader, now);
}

void Handout::renew_leases(const Worker& worker, Millis now) {
  const auto renew = [&](const LetterId& id) {
    if (const auto found = items_.find(id); found != items_.end())
      found->second.lease_until = now + limits_.lease;
  };
  for (const auto& id : worker.begun) renew(id);
  if (!worker.begun.empty())
    for (const auto& id : worker.held) renew(id);
}

void Handout::lose(const std::string& worker, Millis now) {
  const auto found = workers_.find(worker);
  if (found == workers_.end()) return;
  if (found->second.begun.empty()) return leave(worker, false, now);
  found->second.unreachable = true;
  const auto held = found->second.held;
  for (const auto& id : held) {
    if (found->second.begun.contains(id)) continue;
    found->second.held.erase(id);
    drop_from(worker, id, true, now);
  }
}

// A worker is gone: for good (`vanished`), with blame for what it was working on, or in good order.
void Handout::leave(const std::string& worker, bool vanished, Millis now) {
  auto gone = workers_.extract(worker);
  if (gone.empty()) return;
  const bool was_reader = gone.mapped().is_reader();
  for (const auto& id : gone.mapped().begun) {
    gone.mapped().held.erase(id);
    if (!vanished || !blame(id, vanished_reason(), now)) drop_from(worker, id, was_reader, now);
  }
  for (const auto& id : gone.mapped().held) drop_from(worker, id, was_reader, now);
}

// The letter is no longer with that worker: out again, unless somebody else has it or it went on.
void Handout::drop_from(const std::string& worker, const LetterId& id, bool was_reader, Millis now) {
  const auto found = items_.find(id);
  if (found == items_.end()) return;
  const Item& item = found->second;
  const bool its_own = item.place == Place::with_reader && item.holder == worker;
  const bool lost_past_readers = item.place == Place::past_readers && !was_reader;
  if (its_own || lost_past_readers) again(id, now);
}

// Counts one attempt; true when it was the last one and the letter goes to a person.
bool Handout::blame(const LetterId& id, const Reason& reason, Millis now) {
  const auto found = items_.find(id);
  if (found == items_.end() || found->second.place == Place::given_up) return false;
  pending_.push_back(Blame{id, ++found->second.attempts, reason});
  if (found->second.attempts < limits_.attempts) return false;
  give_up(id, reason, now);
  return true;
}

void Handout::again(const LetterId& id, Millis now) {
  Item& item = items_.at(id);
  if (item.handouts >= limits_.handouts) return give_up(id, lost_reason(), now);
  place(id, item, Place::waiting, now);
}

void Handout::place(const LetterId& id, Item& item, Place place, Millis now) {
  item.place = place;
  item.lease_until = now + limits_.lease;
  if (place != Place::with_reader) item.holder.clear();
  if (place == Place::waiting)
    waiting_[item.arrival] = id;
  else
    waiting_.erase(item.arrival);
  if (place == Place::with_reader || place == Place::past_readers)
    afloat_.insert(id);
  else
    afloat_.erase(id);
}

void Handout::give_up(const LetterId& id, const Reason& reason, Millis now) {
  place(id, items_.at(id), Place::given_up, now);
  for (auto& [name, worker] : workers_) {
    worker.held.erase(id);
    worker.begun.erase(id);
  }
  pending_.push_back(GiveUp{id, reason});
}

void Handout::filed(const LetterId& id) {
  const auto found = items_.find(id);
  if (found == items_.end()) return;
  waiting_.erase(found->second.arrival);
  afloat_.erase(id);
  items_.erase(found);
  for (auto& [name, worker] : workers_) {
    worker.held.erase(id);
    worker.begun.erase(id);
  }
}

void Handout::forgive_own_deafness(Millis now) {
  const Millis gap = last_look_ ? now - *last_look_ : Millis{};
  last_look_ = now;
  if (gap <= limits_.silence / 3) return;
  for (auto& [name, worker] : workers_) worker.heard = std::min(now, worker.heard + gap);
  for (auto& [id, item] : items_) item.lease_until += gap;
}

void Handout::expire(Millis now) {
  std::vector<std::string> silent;
  for (const auto& [name, worker] : workers_)
    if (now - worker.heard > limits_.silence) silent.push_back(name);
  for (const auto& name : silent) leave(name, true, now);

  const bool road_is_open = stage_is_here("classify") && stage_is_here("router");
  std::vector<LetterId> late;
  for (auto& [id, item] : items_) {
    if (item.place == Place::waiting) continue;
    const bool past = item.place != Place::with_reader;
    if (past && !road_is_open)
      item.lease_until = now + limits_.lease;
    else if (now > item.lease_until)
      late.push_back(id);
  }
  for (const auto& id : late) {
    Item& item = items_.at(id);
    if (item.place == Place::given_up) {
      give_up(id, lost_reason(), now);  // the bare slip was lost: it goes once more
      continue;
    }
    if (const auto holder = workers_.find(item.holder); holder != workers_.end())
      holder->second.held.erase(id);
    again(id, now);
  }
}

bool Handout::stage_is_here(std::string_view stage) const {
  return std::ranges::any_of(workers_, [&](const auto& entry) { return entry.second.stage == stage; });
}

// The reader that has least to do and wants more, or null.
Handout::Worker* Handout::next_reader(std::string* name) {
  Worker* best = nullptr;
  for (auto& [routing_id, worker] : workers_) {
    const bool wants =
        worker.is_reader() && !worker.unreachable && worker.credit > 0 && worker.held.size() < most_held;
    if (!wants || (best != nullptr && best->held.size() <= worker.held.size())) continue;
    best = &worker;
    *name = routing_id;
  }
  return best;
}

void Handout::hand_out(Millis now) {
  while (!waiting_.empty() && afloat_.size() < limits_.in_flight) {
    std::string name;
    Worker* reader = next_reader(&name);
    if (reader == nullptr) return;
    const LetterId id = waiting_.begin()->second;
    Item& item = items_.at(id);
    --reader->credit;
    reader->held.insert(id);
    item.holder = name;
    ++item.handouts;
    place(id, item, Place::with_reader, now);
    pending_.push_back(HandOut{name, id});
  }
}

std::vector<Decision> Handout::decide(Millis now) {
  forgive_own_deafness(now);
  expire(now);
  hand_out(now);
  return std::exchange(pending_, {});
}

HandoutCounts Handout::counts() const {
  HandoutCounts counts;
  std::uint64_t first = arrivals_ + 1;
  for (const auto& [id, item] : items_) {
    switch (item.place) {
      case Place::waiting:
        ++counts.waiting;
        break;
      case Place::with_reader:
        ++counts.with_readers;
        break;
      case Place::past_readers:
        ++counts.past_readers;
        break;
      case Place::given_up:
        ++counts.given_up;
        break;
    }
    if (item.arrival >= first) continue;
    first = item.arrival;
    counts.oldest = id;
  }
  for (const auto& [name, worker] : workers_) counts.readers += worker.is_reader() ? 1 : 0;
  return counts;
}

}  // namespace belt
