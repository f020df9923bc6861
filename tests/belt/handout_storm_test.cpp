// Thousands of random histories: workers die, connections break, messages are lost; whatever happens, every
// letter ends filed or with a person, and none is blamed that nobody was working on.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "belt/handout.hpp"

namespace {

using namespace belt;
using letter::LetterId;
using letter::ProgressKind;

constexpr Millis tick{100};
constexpr std::uint32_t letters = 25;
constexpr std::uint32_t poisoned = 13;  // the letter that kills every reader

// The whole road around a Handout, with chance as an argument.
class Storm {
 public:
  explicit Storm(std::uint32_t seed) : random_(seed) {
    for (std::uint32_t n = 1; n <= letters; ++n) handout_.add({"S", n}, 0);
  }

  bool run() {  // true: every letter is filed
    for (int turn = 0; turn < 60'000 && filed_.size() < letters; ++turn) {
      calm_ = turn > 1'000;  // the storm ends, or nothing could be promised
      now_ += tick;
      for (const char* name : {"o1", "o2", "c", "r"}) live(name);
      for (const auto& decision : handout_.decide(now_))
        std::visit([this](const auto& d) { carry_out(d); }, decision);
    }
    return filed_.size() == letters;
  }

  std::size_t false_blames = 0, most_afloat = 0;
  std::map<std::uint32_t, std::uint32_t> blamed;

 private:
  struct Worker {
    std::string routing, instance;
    std::vector<LetterId> held;  // readers: received, the first is being read
    std::optional<LetterId> begun;
    std::uint32_t credit = 0;
    bool asked = true;
  };

  bool chance(double p) { return std::uniform_real_distribution<>(0, 1)(random_) < p; }
  std::string stage(const std::string& name) const {
    return name == "c" ? "classify" : name == "r" ? "router" : "ocr";
  }
  void say(const std::string& name, ProgressKind kind, LetterId id = {}, std::uint32_t credit = 0) {
    const auto& w = workers_.at(name);
    handout_.hear(w.routing, {kind, stage(name), w.instance, id, {"reading.failed", "f", "e"}, credit}, now_);
  }
  void die(const std::string& name) {
    const auto& w = workers_.at(name);
    if (w.begun) ++deaths_[w.begun->number];
    workers_.erase(name);
    queues_[name].clear();
  }
  void start(const std::string& name) {
    const auto life = std::to_string(++lives_);
    workers_[name] = {name + life, name + "-" + life, {}, std::nullopt, 0, true};
  }
  void tell(const std::string& name) {
    auto& w = workers_.at(name);
    say(name, ProgressKind::hello);
    if (stage(name) == "ocr")
      say(name, ProgressKind::ready, {},
          static_cast<std::uint32_t>(2 - std::min<std::size_t>(2, w.held.size())));
    if (w.begun) say(name, ProgressKind::begin, *w.begun);
    w.asked = false;
  }
  void live(const std::string& name) {
    if (!workers_.contains(name)) {
      if (chance(0.05)) start(name);
      return;
    }
    if (!calm_ && chance(0.004)) return die(name);
    auto& w = workers_.at(name);
    if (!calm_ && chance(0.004)) w.routing = name + "c" + std::to_string(++lives_);  // reconnected
    if (w.asked) tell(name);
    say(name, ProgressKind::beat);
    stage(name) == "ocr" ? read(name) : pass_on(name);
  }
  void read(const std::string& name) {
    auto& w = workers_.at(name);
    if (w.held.empty()) return;
    if (!w.begun) {
      w.begun = w.held.front();
      say(name, ProgressKind::begin, *w.begun);
      return;
    }
    if (w.begun->number == poisoned) return die(name);
    if (!chance(0.2)) return;
    const LetterId done = *w.begun;
    w.begun.reset();
    w.held.erase(w.held.begin());
    say(name, ProgressKind::end, done);
    say(name, ProgressKind::ready, {}, static_cast<std::uint32_t>(2 - w.held.size()));
    if (calm_ || !chance(0.05)) queues_["c"].push_back(done);
  }
  void pass_on(const std::string& name) {
    auto& w = workers_.at(name);
    if (w.begun) {
      const LetterId done = *w.begun;
      w.begun.reset();
      say(name, ProgressKind::end, done);
      if (name == "c" && (calm_ || !chance(0.05))) queues_["r"].push_back(done);
      if (name == "r") file(done);
    } else if (!queues_[name].empty()) {
      w.begun = queues_[name].front();
      queues_[name].erase(queues_[name].begin());
      say(name, ProgressKind::begin, *w.begun);
    }
  }
  void file(const LetterId& id) {
    filed_.insert(id.number);
    handout_.filed(id);
  }

  void carry_out(const HandOut& d) {
    const auto worker =
        std::ranges::find_if(workers_, [&](const auto& w) { return w.second.routing == d.worker; });
    if (worker == workers_.end()) return handout_.lose(d.worker, now_);
    worker->second.held.push_back(d.id);
    const auto counts = handout_.counts();
    most_afloat = std::max<std::size_t>(most_afloat, counts.with_readers + counts.past_readers);
  }
  void carry_out(const Blame& d) {
    blamed[d.id.number] = d.attempts;
    if (d.attempts > deaths_[d.id.number]) ++false_blames;
  }
  void carry_out(const GiveUp& d) {
    if (calm_ || chance(0.8)) file(d.id);
  }
  void carry_out(const WhoAreYou& d) {
    for (auto& [name, w] : workers_)
      if (w.routing == d.worker) w.asked = true;
  }

  std::mt19937 random_;
  Handout handout_{
      {.attempts = 3, .handouts = 20, .in_flight = 6, .lease = Millis(30'000), .silence = Millis(3'000)}};
  Millis now_{0};
  bool calm_ = false;
  std::map<std::string, Worker> workers_;
  std::map<std::string, std::vector<LetterId>> queues_;
  std::set<std::uint32_t> filed_;
  std::map<std::uint32_t, std::uint32_t> deaths_;  // of workers, by the letter they were working on
  int lives_ = 0;
};

TEST(HandoutStorm, EveryLetterIsFiledInTheEnd) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) EXPECT_TRUE(Storm(seed).run()) << "seed " << seed;
}

TEST(HandoutStorm, NoLetterIsBlamedThatNobodyWasWorkingOn) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    Storm storm(seed);
    storm.run();
    EXPECT_EQ(storm.false_blames, 0u) << "seed " << seed;
  }
}

TEST(HandoutStorm, TheLetterThatKillsReadersKillsThree) {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    Storm storm(seed);
    storm.run();
    EXPECT_EQ(storm.blamed[poisoned], 3u) << "seed " << seed;
  }
}

TEST(HandoutStorm, NoMoreAreAfloatThanAllowed) {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    Storm storm(seed);
    storm.run();
    EXPECT_LE(storm.most_afloat, 6u) << "seed " << seed;
  }
}

}  // namespace
