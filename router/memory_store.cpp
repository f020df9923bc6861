#include "router/memory_store.hpp"

#include <algorithm>
#include <tuple>

namespace router {

using letter::CaseRef;
using letter::LetterId;
using letter::SortedLetter;

struct MemoryStore::Register {
  struct Place {
    CaseRef ref;
    std::uint64_t arrival = 0;
    SortedLetter sorted;
  };
  std::map<CaseRef, Case> cases;
  std::map<LetterId, Place> letters;
  std::vector<letter::Event> events;
  JournalHead head;  // of the events linked so far
  std::map<int, std::uint32_t> last_number;
  std::map<LetterId, std::vector<std::string>> clues;
  std::string clue_mark;
  struct Asked {
    Proposal proposal;
    std::string answer;
  };
  std::map<std::pair<CaseRef, CaseRef>, Asked> proposals;
  std::map<std::uint64_t, Automatic> automatic;  // by arrival
  std::vector<Chore> chores;
};

class MemoryStore::Changes : public Transaction {
 public:
  explicit Changes(Register& all) : all_(all) {}

  std::optional<std::string> case_of(const LetterId& id) override {
    const auto found = all_.letters.find(id);
    if (found == all_.letters.end()) return std::nullopt;
    return letter::text(found->second.ref);
  }

  CaseRef next_ref(int year) override { return {year, ++all_.last_number[year]}; }

  std::optional<Case> load(const CaseRef& ref) override {
    const auto found = all_.cases.find(ref);
    if (found == all_.cases.end()) return std::nullopt;
    return found->second;
  }

  void save(const Case& value) override {
    const auto before = load(value.ref);
    all_.cases[value.ref] = value;
    if (is_medical(value) && !(before && is_medical(*before)))
      for (const auto& [id, where] : all_.letters)
        if (where.ref == value.ref) add(ChoreKind::close, letter::text(id));
  }

  void attach(const CaseRef& ref, const SortedLetter& sorted) override {
    const std::uint64_t arrival = all_.letters.size() + 1;
    const bool is_new =
        all_.letters.emplace(sorted.read.letter.id, Register::Place{ref, arrival, sorted}).second;
    ENSURE(is_new);
    close_if_secret(sorted.read.letter.id);
  }

  void move(const LetterId& id, const CaseRef& to) override {
    place(id).ref = to;
    close_if_secret(id);
  }

  void replace(const SortedLetter& sorted) override { place(sorted.read.letter.id).sorted = sorted; }

  std::vector<SortedLetter> letters(const CaseRef& ref) override {
    std::vector<const Register::Place*> of_case;
    for (const auto& [id, where] : all_.letters)
      if (where.ref == ref) of_case.push_back(&where);
    std::ranges::sort(of_case, {}, &Register::Place::arrival);
    std::vector<SortedLetter> found;
    for (const auto* where : of_case) found.push_back(where->sorted);
    return found;
  }

  Sheets sheets(const CaseRef& ref) override {
    Sheets count;
    for (const auto& [id, where] : all_.letters) {
      if (where.ref != ref) continue;
      ++count.letters;
      count.pages += static_cast<std::uint32_t>(where.sorted.read.letter.pages.size());
    }
    return count;
  }

  void note_clues(const LetterId& id, const std::vector<std::string>& clues) override {
    all_.clues[id] = clues;
  }

  std::vector<CaseRef> cases_with(const std::vector<std::string>& clues, std::size_t of_each) override {
    std::vector<std::pair<std::uint64_t, CaseRef>> hits;
    for (const std::string& clue : clues) {
      std::vector<std::pair<std::uint64_t, CaseRef>> of_clue;
      for (const auto& [id, noted] : all_.clues)
        if (std::ranges::find(noted, clue) != noted.end())
          of_clue.emplace_back(place(id).arrival, place(id).ref);
      std::ranges::sort(of_clue, std::greater{});
      if (of_clue.size() > of_each) of_clue.resize(of_each);
      hits.insert(hits.end(), of_clue.begin(), of_clue.end());
    }
    std::ranges::sort(hits, std::greater{});
    std::vector<CaseRef> refs;
    for (const auto& [arrival, ref] : hits)
      if (std::ranges::find(refs, ref) == refs.end()) refs.push_back(ref);
    return refs;
  }

  std::string clue_mark() override { return all_.clue_mark; }
  void set_clue_mark(const std::string& mark) override { all_.clue_mark = mark; }

  void for_each_letter(const std::function<void(const SortedLetter&)>& work) override {
    for (const auto& [id, where] : all_.letters) work(where.sorted);
  }

  void propose(const Proposal& proposal) override {
    all_.proposals.try_emplace({proposal.from, proposal.into}, Register::Asked{proposal, ""});
  }

  void settle(const Proposal& proposal, const std::string& answer) override {
    const auto found = all_.proposals.find({proposal.from, proposal.into});
    ENSURE(found != all_.proposals.end());
    found->second.answer = answer;
  }

  std::vector<Proposal> proposals(const CaseRef& ref) override {
    std::vector<Proposal> found;
    for (const auto& [pair, asked] : all_.proposals)
      if (asked.answer.empty() && (pair.first == ref || pair.second == ref)) found.push_back(asked.proposal);
    return found;
  }

  void save_automatic(const Automatic& one) override { all_.automatic[place(one.id).arrival] = one; }

  std::optional<Automatic> automatic(const LetterId& id) override {
    const auto found = all_.automatic.find(place(id).arrival);
    if (found == all_.automatic.end()) return std::nullopt;
    return found->second;
  }

  std::vector<Automatic> checks_waiting(std::size_t limit) override {
    std::vector<Automatic> found;
    for (const auto& [arrival, one] : all_.automatic)
      if (one.picked && !one.checked && found.size() < limit) found.push_back(one);
    return found;
  }

  std::vector<Automatic> same_ground(const Automatic& one, std::size_t limit) override {
    std::vector<Automatic> found;
    const std::uint64_t mine = place(one.id).arrival;
    for (const auto& [arrival, other] : all_.automatic) {
      if (other.queue != one.queue || other.lead != one.lead || other.model != one.model) continue;
      if (other.checked && other.passed && arrival < mine)
        found.clear();
      else
        found.push_back(other);
    }
    if (found.size() > limit) found.resize(limit);
    return found;
  }

  std::vector<letter::Event> events_of(const std::vector<std::string>& verbs, std::uint64_t seq,
                                       std::size_t limit) override {
    std::vector<letter::Event> found;
    for (const letter::Event& event : all_.events)
      if (event.seq > seq && std::ranges::count(verbs, event.verb) > 0 && found.size() < limit)
        found.push_back(event);
    return found;
  }

  letter::Event append(const letter::Event& event) override {
    all_.events.push_back(event);
    all_.events.back().seq = all_.events.size();
    return all_.events.back();
  }

  // Linked as far as somebody asks: nothing here outlives the process, and most tests never do.
  JournalHead journal_head() override {
    for (std::uint64_t i = all_.head.seq; i < all_.events.size(); ++i) {
      const letter::Event& event = all_.events[i];
      const JournalRow row = chained({0, event.at.time_since_epoch().count(), event.case_ref, event.who,
                                      event.verb, written(event.what), "", ""},
                                     all_.head);
      all_.head = {row.seq, row.link};
    }
    return all_.head;
  }

  std::vector<letter::Event> history(const CaseRef& ref) override {
    std::vector<letter::Event> found;
    for (const letter::Event& event : all_.events)
      if (event.case_ref == letter::text(ref)) found.push_back(event);
    return found;
  }

  std::vector<Case> queue(const std::vector<letter::Queue>& queues, std::size_t limit) override {
    std::vector<Case> found;
    for (const auto& [ref, value] : all_.cases)
      if (is_open(value.state) && belongs(value, queues)) found.push_back(value);
    std::ranges::sort(found, {}, [](const Case& value) {
      const auto day = next_post_by(value);
      return std::tuple{!day.has_value(), day.value_or(letter::Day{}), value.ref};
    });
    if (found.size() > limit) found.resize(limit);
    return found;
  }

  std::vector<Case> cases_after(const CaseRef& after, std::size_t limit) override {
    std::vector<Case> found;
    for (auto at = all_.cases.upper_bound(after); at != all_.cases.end() && found.size() < limit; ++at)
      found.push_back(at->second);
    return found;
  }

  // Nothing here outlives the process.
  std::vector<CaseRef> secrets_left_readable() override { return {}; }

  std::vector<Chore> chores(ChoreKind kind, std::size_t limit) override {
    std::vector<Chore> found;
    for (const Chore& chore : all_.chores)
      if (chore.kind == kind && found.size() < limit) found.push_back(chore);
    return found;
  }
  void strike_off(const std::vector<Chore>& done) override {
    for (const Chore& chore : done) std::erase(all_.chores, chore);
  }

  void purge(const Case& value) override {
    ENSURE(value.purged_on && !value.frozen);
    all_.cases[value.ref] = value;
    for (auto& [id, where] : all_.letters) {
      if (where.ref != value.ref) continue;
      where.sorted = without_words(where.sorted);
      all_.clues.erase(id);
      all_.automatic.erase(where.arrival);
      add(ChoreKind::erase, letter::text(id));
    }
    add(ChoreKind::erase_handover, letter::text(value.ref));
    for (letter::Event& event : all_.events)
      if (event.case_ref == letter::text(value.ref) && !event.what.empty())
        event.what = Details{{"purged", "yes"}};
  }

  Standing standing(letter::Day today) override {
    Standing count;
    for (const letter::Queue queue : letter::all_queues) count.queues[queue] = {};
    for (const auto& [ref, value] : all_.cases) {
      if (!is_open(value.state)) continue;
      Standing::OfQueue& mine = count.queues[value.queue];
      const auto day = next_post_by(value);
      ++mine.open;
      if (day && *day < today) ++mine.late;
      if (day && *day == today) ++mine.due_today;
    }
    count.cases = all_.cases.size();
    for (const auto& [arrival, one] : all_.automatic) count.checks += one.picked && !one.checked ? 1 : 0;
    count.letters = all_.letters.size();
    return count;
  }

  std::uint64_t count_events(std::string_view verb, letter::Instant from, letter::Instant to) override {
    return static_cast<std::uint64_t>(std::ranges::count_if(all_.events, [&](const letter::Event& event) {
      return event.verb == verb && event.at >= from && event.at < to;
    }));
  }

 private:
  Register::Place& place(const LetterId& id) {
    const auto found = all_.letters.find(id);
    ENSURE(found != all_.letters.end());
    return found->second;
  }

  void add(ChoreKind kind, std::string of) {
    Chore chore{kind, std::move(of)};
    if (std::ranges::find(all_.chores, chore) == all_.chores.end()) all_.chores.push_back(std::move(chore));
  }
  void close_if_secret(const LetterId& id) {
    const Register::Place& where = place(id);
    const auto value = load(where.ref);
    if (value && is_medical(*value) && !where.sorted.read.letter.sealed)
      add(ChoreKind::close, letter::text(id));
  }

  static bool belongs(const Case& value, const std::vector<letter::Queue>& queues) {
    const auto asked = [&queues](letter::Queue queue) {
      return std::ranges::find(queues, queue) != queues.end();
    };
    return asked(value.queue) || (is_medical(value) && asked(letter::Queue::dossiers_medicaux));
  }

  Register& all_;
};

MemoryStore::MemoryStore() : register_(std::make_unique<Register>()) {}
MemoryStore::~MemoryStore() = default;

void MemoryStore::transact(const std::function<void(Transaction&)>& work) {
  auto draft = std::make_unique<Register>(*register_);
  Changes changes(*draft);
  work(changes);
  register_ = std::move(draft);
}

}  // namespace router
