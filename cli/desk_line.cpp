#include "cli/desk_line.hpp"

#include <algorithm>

#include "belt/daemon.hpp"
#include "belt/keys.hpp"
#include "belt/socket.hpp"
#include "cli/places.hpp"
#include "letter/wire.hpp"

namespace cli {
namespace {

constexpr int drawing_patience_ms = 60'000;  // the router draws the pages before it answers

tl::unexpected<letter::Reason> no_answer() {
  return letter::fault(
      "desk.no_answer",
      "Personne ne répond en 3 secondes. La maison tourne-t-elle ? (vaguemestre run --state ...) Cette clé "
      "est-elle encore valable ? (vaguemestre keys list) Une clé révoquée n'a pas de réponse.",
      "Nobody answers within 3 seconds. Is the house running? (vaguemestre run --state ...) Is this key "
      "still "
      "valid? (vaguemestre keys list) One that was revoked gets no answer.");
}

struct Callee {
  const char* socket_name;
  const char* role;
};

letter::Result<belt::SocketOptions> options_for(const belt::Config& config, const std::string& user_id,
                                                const Callee& callee) {
  const auto known = belt::load_known(keys_dir(config));
  if (!known) return tl::unexpected(known.error());
  const auto server = std::find_if(known->begin(), known->end(), [&](const belt::Identity& one) {
    return one.role == callee.role && !one.revoked;
  });
  if (server == known->end())
    return letter::fault("keys.absent", "La clé publique du démon manque dans le dossier d'état.",
                         "The daemon's public key is missing from the state folder.");
  const auto own = belt::load_key(keys_dir(config), user_id);
  if (!own) return tl::unexpected(own.error());
  belt::SocketOptions options;
  options.pattern = belt::Pattern::dealer;
  options.endpoint = belt::endpoint(config, callee.socket_name);
  options.own = *own;
  options.server_key = server->public_key;
  options.max_frame_bytes = config.limits.frame_bytes;
  options.max_frames = config.limits.pages_a_letter + 2;
  return options;
}

}  // namespace

struct DeskLine::Impl {
  explicit Impl(const belt::SocketOptions& options) : context({}), socket(context, options) {}
  belt::Context context;
  belt::Socket socket;
  std::uint64_t asked = 0;
};

DeskLine::DeskLine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DeskLine::~DeskLine() = default;

letter::Result<std::unique_ptr<DeskLine>> DeskLine::to_router(const belt::Config& config,
                                                              const std::string& user_id) {
  const auto options = options_for(config, user_id, {"desk", "router"});
  if (!options) return tl::unexpected(options.error());
  return std::unique_ptr<DeskLine>(new DeskLine(std::make_unique<Impl>(*options)));
}

letter::Result<std::unique_ptr<DeskLine>> DeskLine::to_ingest(const belt::Config& config,
                                                              const std::string& user_id) {
  const auto options = options_for(config, user_id, {"station", "ingest"});
  if (!options) return tl::unexpected(options.error());
  return std::unique_ptr<DeskLine>(new DeskLine(std::make_unique<Impl>(*options)));
}

letter::Result<letter::Answer> DeskLine::ask(letter::Errand errand) {
  errand.request = "front-" + std::to_string(++impl_->asked);
  if (!impl_->socket.send(letter::encode(errand), patience_ms)) return no_answer();
  const int wait_ms = errand.verb == "pages" ? drawing_patience_ms : patience_ms;
  // Answers to errands that were given up on may still come first.
  while (auto incoming = impl_->socket.receive(wait_ms)) {
    auto answer = letter::decode_answer(incoming->frames);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->request == errand.request) return answer;
  }
  return no_answer();
}

letter::Result<letter::Answer> granted(letter::Result<letter::Answer> answer) {
  if (answer && answer->reason) return tl::unexpected(*answer->reason);
  return answer;
}

letter::Result<void> walk(DeskLine& line, letter::Errand asked,
                          const std::function<void(letter::Answer&)>& take) {
  for (;;) {
    auto answer = granted(line.ask(asked));
    if (!answer) return tl::unexpected(answer.error());
    take(*answer);
    const auto next = answer->facts.find("next");
    if (next == answer->facts.end()) return {};
    asked.args["after"] = next->second;
  }
}

int exit_code_of(const letter::Reason& reason) {
  if (reason.code == "desk.no_answer") return belt::exit_no_answer;
  if (reason.code.starts_with("keys.") || reason.code.starts_with("key.")) return belt::exit_missing;
  return belt::exit_bad_input;
}

}  // namespace cli
