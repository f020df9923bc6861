// `vaguemestre desk`: a keyboard-only desk: plain lines in and out, so that it works over ssh and in a pipe.
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "cli/commands.hpp"
#include "cli/desk_session.hpp"
#include "cli/letters_out.hpp"
#include "cli/registry.hpp"
#include "cli/viewer.hpp"

namespace cli {
namespace {

// Ctrl-C at a desk must still give the case back.
int stop_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int one : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set, one);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  return ::signalfd(-1, &set, SFD_CLOEXEC);
}

// Reads lines from stdin, the session's ticks between them. False: interrupted.
bool converse(DeskSession& session, int signals, Front& front) {
  const bool by_hand = ::isatty(STDIN_FILENO) == 1;
  constexpr int tick_ms = 1000;
  std::string pending;
  std::array<char, 4096> buffer{};
  bool prompted = false;
  for (;;) {
    if (by_hand && !prompted) front.out << session.prompt() << std::flush;
    prompted = true;
    std::array<pollfd, 2> wanted{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{signals, POLLIN, 0}};
    ::poll(wanted.data(), wanted.size(), tick_ms);
    if (wanted[1].revents != 0) return false;
    session.tick();
    if (wanted[0].revents == 0) continue;
    const auto got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got <= 0) {
      if (!pending.empty()) session.hear(pending);
      return true;
    }
    pending.append(buffer.data(), static_cast<std::size_t>(got));
    for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
      const std::string line = pending.substr(0, end);
      pending.erase(0, end + 1);
      prompted = false;
      if (!session.hear(line)) return true;
    }
  }
}

letter::Result<std::string> shown_pages(PageDrawer& drawer, Front& front, const std::string& name,
                                        const std::string& bytes) {
  const auto file = drawer.keep(name, bytes);
  if (!file) return tl::unexpected(file.error());
  if (show(*file)) return front.tell("Pages à l'écran : ", "Pages on the screen: ") + file->string();
  return front.tell("Pages (jusqu'à la fin de cette session) : ", "Pages (until this session ends): ") +
         file->string();
}

int desk(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto queue = *letter::parse_queue(arguments.text("--queue"));
  const int signals = stop_signals();  // before ZeroMQ's threads, which inherit it
  auto line = DeskLine::to_router(*config, arguments.text("--as", desk_of(queue)));
  if (!line) return fail(front, exit_code_of(line.error()), line.error());
  letter::Errand hello;
  hello.verb = "status";
  if (const auto answer = (*line)->ask(hello); !answer)
    return fail(front, exit_code_of(answer.error()), answer.error());
  PageDrawer drawer;
  const DeskSession::Means means{[&](letter::Errand errand) { return (*line)->ask(std::move(errand)); },
                                 [&](const std::string& name, const std::string& bytes) {
                                   return shown_pages(drawer, front, name, bytes);
                                 },
                                 [&](const letter::CaseFile& file, letter::Outgoing kind) {
                                   return letter_text(config->letters_dir, file, kind,
                                                      letter::paris_day(front.now()));
                                 }};
  DeskSession session(means, queue, front);
  const bool finished = converse(session, signals, front);
  session.leave();
  ::close(signals);
  return finished ? belt::exit_ok : belt::exit_interrupted;
}

}  // namespace

Command desk_command() {
  return {"desk",
          "un bureau au clavier pour une bannette (tapez « aide »)",
          "a keyboard desk for one queue (type \"help\")",
          "vaguemestre desk --queue frais_sante --state ./etat",
          {{"--queue", Kind::queue, "BANNETTE", "la bannette, par exemple frais_sante",
            "the queue, frais_sante for example", true},
           {"--as", Kind::text, "IDENTITE", "clé à employer (défaut : le bureau de la bannette)",
            "key to use (default: the queue's own desk)"},
           state_option(),
           config_option()},
          desk};
}

}  // namespace cli
