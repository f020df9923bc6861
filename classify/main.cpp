// vaguemestre-classify: takes read letters, gives sorted ones.
#include <string>
#include <utility>
#include <vector>

#include "belt/daemon.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "belt/stage.hpp"
#include "classify/sort.hpp"

namespace {

template <class T>
T must(letter::Result<T> result) {
  if (!result) throw letter::BrokenWorld(result.error().en);
  return std::move(*result);
}

int classify_letters(belt::Daemon& daemon) {
  const classify::Triage triage(daemon.config.models_dir);
  const std::filesystem::path keys_dir = daemon.config.state_dir / "keys";
  const belt::KeyPair own = must(belt::load_key(keys_dir, "sorter:sorter"));
  const std::vector<belt::Identity> known = must(belt::load_known(keys_dir));
  const auto server_key = [&](const std::string& user) {
    const auto found = belt::find(known, user);
    if (!found) throw letter::BrokenWorld("unknown identity " + user);
    return found->public_key;
  };
  belt::Context context(keys_dir);
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
  const double review_below = daemon.config.review_below;
  const belt::Tally tally = belt::run_stage(daemon, inbox, outbox, line, [&](const letter::ReadLetter& one) {
    return classify::sort(one, triage, review_below);
  });
  daemon.log.info("classify.stopped", {{"sorted", tally.done}, {"refused", tally.refused}});
  return belt::exit_ok;
}

}  // namespace

int main(int argc, char** argv) { return belt::run_daemon(argc, argv, "classify", classify_letters); }
