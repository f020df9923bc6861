#include "ocr/nursery.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ocr/parcel.hpp"
#include "page/disposable.hpp"
#include "page/memory_file.hpp"

namespace ocr {
namespace {

constexpr int exit_crashed = 1;
constexpr std::uint64_t most_reading_bytes = 64u << 20;

// Nothing of the process that made us: its sockets, its keys' files, its terminal's stop signals.
void cut_loose(int& socket) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(socket, 3);
  socket = 3;
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  ::close_range(4, ~0U, 0);
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(nowhere, 0), ::dup2(nowhere, 1);
  if (nowhere > 3) ::close(nowhere);
  ::signal(SIGINT, SIG_IGN), ::signal(SIGTERM, SIG_IGN);
}

Outcome outcome_of(page::End end) {
  switch (end) {
    case page::End::done:
      return Outcome::read;
    case page::End::over_time:
      return Outcome::over_time;
    case page::End::out_of_memory:
      return Outcome::out_of_memory;
    case page::End::forbidden:
      return Outcome::forbidden;
    case page::End::unwanted:
      ::_exit(0);
    case page::End::crashed:
      break;
  }
  return Outcome::crashed;
}

// One letter in a process of its own, which may die of it. Everything is loaded and nothing has been read:
// the child's walls stand before its first look at the letter.
Outcome read_one(const Zygote::Reader& reader, const Arrived& letter, int socket,
                 const page::MemoryFile& answer) {
  page::Job job;
  job.work = [&] {
    const auto frames = get_frames(page::descriptor_of_parcel);
    const auto work =
        frames ? letter::decode_work(*frames) : letter::Result<letter::Work>(letter::fault("", "", ""));
    if (!work) ::_exit(exit_crashed);
    put_frames(page::descriptor_of_answer,
               letter::encode(reader(*work, static_cast<Task>(letter.packet.what))));
  };
  job.room = {letter.packet.ms_a_page, letter.packet.pages, letter.packet.memory_bytes, most_reading_bytes};
  job.answer = answer.fd(), job.parcel = letter.memory, job.wanted_by = socket;
  return outcome_of(page::run_walled(job));
}

Zygote::Reader load_or_leave(int socket, const Zygote::Load& load) {
  try {
    Zygote::Reader reader = load();
    send_packet(socket, {static_cast<std::uint8_t>(Outcome::loaded)}, -1);
    return reader;
  } catch (const std::exception& broken) {
    const page::MemoryFile why;
    put_frames(why.fd(), {broken.what()});
    send_packet(socket, {static_cast<std::uint8_t>(Outcome::broken)}, why.fd());
    ::_exit(exit_crashed);
  }
}

}  // namespace

void mind_children(int socket, const Zygote::Load& load) {
  cut_loose(socket);
  const Zygote::Reader reader = load_or_leave(socket, load);
  for (bool gone = false;;) {
    const auto letter = receive_packet(socket, Wait::yes, gone);
    if (!letter) ::_exit(0);
    const page::MemoryFile answer;
    const Outcome outcome = read_one(reader, *letter, socket, answer);
    send_packet(socket, {static_cast<std::uint8_t>(outcome)}, outcome == Outcome::read ? answer.fd() : -1);
    ::close(letter->memory);
  }
}

}  // namespace ocr
