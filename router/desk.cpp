#include "router/desk.hpp"

#include <map>

#include "router/learning.hpp"
#include "router/register_entry.hpp"
#include "router/verbs.hpp"

namespace router {

using letter::Answer;
using letter::Errand;

namespace {

constexpr std::size_t longest_request = 64;

using Verb = Outcome (*)(const Task&);

const std::map<std::string, Verb>& verbs() {
  static const std::map<std::string, Verb> all{
      {"list", list_cases},
      {"next", next_case},
      {"open", open_case},
      {"claim", claim},
      {"renew", renew},
      {"release", release},
      {"correct", correct},
      {"requalify", requalify},
      {"reroute", reroute},
      {"split", split},
      {"join", join},
      {"acknowledge", acknowledge},
      {"answer", answer_case},
      {"withdraw", withdraw},
      {"close", close_case},
      {"hold", hold},
      {"posted", posted},
      {"undo", undo},
      {"status", status},
      {"accept_join", accept_join},
      {"refuse_join", refuse_join},
      {"check", check},
      {"check_answer", check_answer},
      {"corrections", corrections},
      {"register", register_lines},
      {"retention", retention},
      {"purge", purge},
      {"freeze", freeze},
      {"thaw", thaw},
  };
  return all;
}

Outcome run(const Task& task) {
  const std::size_t length = task.errand.request.size();
  if (length == 0 || length > longest_request) return refused(Refusal::bad_request);
  const auto verb = verbs().find(task.errand.verb);
  if (verb == verbs().end()) return refused(Refusal::unknown_verb);
  if (task.asker.role == Role::sorter && task.errand.verb != "corrections")
    return refused(Refusal::not_allowed);
  return verb->second(task);
}

}  // namespace

std::vector<std::string> verb_names() {
  std::vector<std::string> names;
  for (const auto& [name, verb] : verbs()) names.push_back(name);
  return names;
}

Answer refusal(const Errand& errand, const letter::Reason& why) {
  Answer answer;
  answer.request = errand.request;
  answer.reason = why;
  return answer;
}

Answer run_errand(const Errand& errand, const Asker& asker, Transaction& transaction, const Moment& moment) {
  auto outcome = run({errand, asker, transaction, moment});
  if (!outcome) return refusal(errand, outcome.error());
  outcome->request = errand.request;
  return std::move(*outcome);
}

}  // namespace router
