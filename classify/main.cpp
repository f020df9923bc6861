// vaguemestre-classify: takes read letters, gives sorted ones.
#include <string>
#include <utility>
#include <vector>

#include "belt/daemon.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "belt/stage.hpp"
#include "classify/choice.hpp"
#include "classify/sort.hpp"

namespace {

template <class T>
T must(letter::Result<T> result) {
  if (!result) throw letter::BrokenWorld(result.error().en);
  return std::move(*result);
}

// Which model sorts, from which confidence on it does so alone, and what that is known to be worth.
void tell_model(belt::Daemon& daemon, const classify::Triage& triage, double budget) {
  const classify::Bar bar = classify::working_bar_of(triage.proof().answers, budget);
  daemon.log.info("classify.model", {{"model", triage.id()},
                                     {"bar", bar.confidence},
                                     {"share_alone", bar.coverage()},
                                     {"wrong_per_1000", bar.wrong_per_1000()},
                                     {"wrong_per_1000_at_most", bar.wrong_per_1000_at_most()},
                                     {"proven", classify::is_proven(bar, budget)}});
}

int classify_letters(belt::Daemon& daemon) {
  const classify::Triage triage(classify::chosen_model(daemon.config.models_dir, daemon.config.state_dir));
  const double budget = daemon.config.sort_wrong_per_1000;
  const classify::House house = classify::house_of(triage, budget, daemon.config.complaint_share);
  tell_model(daemon, triage, budget);
  const std::filesystem::path keys_dir = daemon.config.state_dir / "keys";
  const belt::KeyPair own = must(belt::load_key(keys_dir, "sorter:sorter"));
  const std::vector<belt::Identity> known = must(belt::load_known(keys_dir));
  const auto server_key = [&](const std::string& user) {
    const auto found = belt::find(known, user);
    if (!found) throw letter::BrokenWorld("unknown identity " + user);
    return found->public_key;
  };
  belt::Context context(keys_dir, daemon.config.limits.daemon_bytes);
  const auto options = [&](belt::Pattern pattern, const std::string& name) {
    belt::SocketOptions out;
    out.pattern = pattern;
    out.endpoint = belt::endpoint(daemon.config, name);
    out.own = own;
    out.max_frame_bytes = daemon.config.limits.frame_bytes;
    out.max_frames = daemon.config.limits.frames;
    return out;
  };
  belt::SocketOptions read = options(belt::Pattern::pull, "read");
  read.bind = true;
  read.domain = "read";
  read.allowed_roles = {"reader"};
  belt::SocketOptions sorted = options(belt::Pattern::push, "sorted");
  sorted.server_key = server_key("router:router");
  belt::SocketOptions handout = options(belt::Pattern::dealer, "handout");
  handout.server_key = server_key("ingest:ingest");

  belt::Socket inbox(context, read), outbox(context, sorted), line(context, handout);
  const belt::Tally tally = belt::run_stage(daemon, inbox, outbox, line, [&](const letter::ReadLetter& one) {
    return classify::sort(one, triage, house);
  });
  daemon.log.info("classify.stopped", {{"sorted", tally.done}, {"refused", tally.refused}});
  return belt::exit_ok;
}

}  // namespace

int main(int argc, char** argv) { return belt::run_daemon(argc, argv, "classify", classify_letters); }
