// A hand-out in conversation with workers, under a clock that the test turns.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "belt/handout.hpp"

namespace scene {

using namespace belt;
using letter::LetterId;
using letter::Progress;
using letter::ProgressKind;

constexpr Millis tick{100};

inline LetterId L(std::uint32_t n) { return {"LYON1", n}; }

// A hand-out, its clock, and workers that say beat at every tick until they are killed.
struct Scene {
  Handout handout;
  Millis now{0};
  std::map<std::string, std::string> alive;  // routing id -> stage
  std::vector<Decision> decided;

  explicit Scene(HandoutLimits limits = {}) : handout(limits) {}

  void say(const std::string& who, ProgressKind kind, LetterId id = {}, std::uint32_t credit = 0) {
    const std::string stage = alive.contains(who) ? alive[who] : "ocr";
    handout.hear(who, {kind, stage, who + "-life", id, {"reading.timeout", "f", "e"}, credit}, now);
  }
  void arrive(const std::string& who, const std::string& stage, std::uint32_t credit = 0) {
    alive[who] = stage;
    say(who, ProgressKind::hello);
    if (stage == "ocr") say(who, ProgressKind::ready, {}, credit);
  }
  void rest_of_the_road() {
    arrive("c", "classify");
    arrive("r", "router");
  }
  void kill(const std::string& who) { alive.erase(who); }
  void add(std::uint32_t from, std::uint32_t to) {
    for (auto n = from; n <= to; ++n) handout.add(L(n), 0);
  }
  // Lets time pass in ticks; every living worker beats.
  void pass(Millis time) {
    for (const Millis end = now + time; now < end;) {
      now += tick;
      for (const auto& [who, stage] : alive) say(who, ProgressKind::beat);
      decide();
    }
  }
  void decide() {
    for (auto& decision : handout.decide(now)) decided.push_back(std::move(decision));
  }
  void read_one(const std::string& who, LetterId id) {
    say(who, ProgressKind::begin, id);
    say(who, ProgressKind::end, id);
  }
  // All decisions of one kind since the last call that took them.
  template <class Kind>
  std::vector<Kind> take() {
    decide();
    std::vector<Kind> found;
    std::erase_if(decided, [&](const Decision& d) {
      if (const auto* one = std::get_if<Kind>(&d)) found.push_back(*one);
      return std::holds_alternative<Kind>(d);
    });
    return found;
  }
  std::vector<std::pair<std::string, std::uint32_t>> handed() {
    std::vector<std::pair<std::string, std::uint32_t>> out;
    for (const auto& h : take<HandOut>()) out.emplace_back(h.worker, h.id.number);
    return out;
  }
};

using Handed = std::vector<std::pair<std::string, std::uint32_t>>;

}  // namespace scene
