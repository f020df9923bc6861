// A register with a desk of each kind in front of it.
#pragma once

#include <gtest/gtest.h>

#include "router/desk.hpp"
#include "router/file.hpp"
#include "router/memory_store.hpp"
#include "tests/router/letters.hpp"

namespace made {

using Args = std::map<std::string, std::string>;

struct DeskTest : testing::Test {
  router::MemoryStore store;
  router::DeskRules rules;
  letter::Instant now = monday_morning();

  const router::Asker incapacity =
      router::make_asker("desk:incapacite_invalidite", {"incapacite_invalidite"}).value();
  const router::Asker company = router::make_asker("desk:entreprise", {"entreprise"}).value();
  const router::Asker everyone = router::make_asker("desk:tous", {"*"}).value();
  const router::Asker medical =
      router::make_asker("medical_desk:dossiers_medicaux", {"dossiers_medicaux"}).value();
  const router::Asker ops = router::make_asker("ops:main", {}).value();
  const router::Asker auditor = router::make_asker("auditor:dpo", {}).value();

  std::string file(const letter::SortedLetter& sorted) {
    std::string ref;
    store.transact(
        [&](router::Transaction& in) { ref = router::file(sorted, in, rules.filing, now).case_ref; });
    return ref;
  }

  letter::Answer ask(const router::Asker& asker, letter::Errand errand) {
    errand.request = "r1";
    letter::Answer answer;
    store.transact([&](router::Transaction& in) {
      answer = router::run_errand(errand, asker, in, {rules, now});
    });
    return answer;
  }

  // A change under the fencing number of the last claim.
  letter::Answer act(const router::Asker& asker, const std::string& ref, const std::string& verb,
                     Args args = {}, const std::string& queue = "") {
    letter::Errand errand;
    errand.verb = verb;
    errand.ref = ref;
    errand.queue = queue;
    errand.fencing = fencing;
    errand.args = std::move(args);
    return ask(asker, errand);
  }

  letter::Answer claim(const router::Asker& asker, const std::string& ref, Args args = {}) {
    const letter::Answer answer = act(asker, ref, "claim", std::move(args));
    if (!answer.reason) fencing = answer.fencing;
    return answer;
  }

  router::Case case_at(const std::string& case_ref) {
    std::optional<router::Case> found;
    store.transact([&](router::Transaction& in) { found = in.load(ref(case_ref)); });
    return found.value();
  }

  std::vector<std::string> verbs(const std::string& case_ref) {
    std::vector<std::string> found;
    store.transact([&](router::Transaction& in) {
      for (const auto& event : in.history(ref(case_ref))) found.push_back(event.verb);
    });
    return found;
  }

  std::vector<letter::LetterId> letters(const std::string& case_ref) {
    std::vector<letter::LetterId> found;
    store.transact([&](router::Transaction& in) {
      for (const auto& sorted : in.letters(ref(case_ref))) found.push_back(sorted.read.letter.id);
    });
    return found;
  }

  static std::string code(const letter::Answer& answer) { return answer.reason ? answer.reason->code : ""; }

  std::uint64_t fencing = 0;
};

}  // namespace made
