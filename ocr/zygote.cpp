#include "ocr/zygote.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "ocr/nursery.hpp"
#include "ocr/parcel.hpp"
#include "ocr/read.hpp"
#include "page/memory_file.hpp"

namespace ocr {
namespace {

Zygote::Load engines_of(const std::filesystem::path& models_dir, const ReadLimits& limits) {
  return [models_dir, limits]() -> Zygote::Reader {
    const auto engines = std::make_shared<Engines>(models_dir, limits.decoded_bytes, limits.members);
    return [engines](const letter::Work& work, Task task) {
      if (task == Task::read) return read(work.letter, work.masters, *engines);
      letter::ReadLetter seen;
      seen.letter = look(work.letter, work.masters, *engines);
      return seen;
    };
  };
}

letter::Result<letter::ReadLetter> no_reading(Outcome outcome) {
  if (outcome == Outcome::over_time)
    return letter::fault("reader.time", "La lecture de cette lettre a dépassé le temps permis.",
                         "Reading this letter took longer than allowed.");
  if (outcome == Outcome::out_of_memory)
    return letter::fault("reader.memory", "La lecture de cette lettre a dépassé la mémoire permise.",
                         "Reading this letter took more memory than allowed.");
  if (outcome == Outcome::forbidden)
    return letter::fault("reader.forbidden",
                         "Cette lettre a fait tenter au lecteur ce qu’aucune lecture ne fait.",
                         "This letter had its reader try what no reading ever does.");
  return letter::fault("reader.crashed", "Le lecteur s’est arrêté brutalement sur cette lettre.",
                       "The reader broke down on this letter.");
}

}  // namespace

Zygote::Zygote(const std::filesystem::path& models_dir, const ReadLimits& limits)
    : Zygote(engines_of(models_dir, limits), limits) {}

Zygote::Zygote(const Load& load, const ReadLimits& limits) : limits_(limits) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw letter::BrokenWorld("socketpair failed");
  pid_ = ::fork();
  if (pid_ < 0) throw letter::BrokenWorld("fork failed");
  if (pid_ == 0) mind_children(ends[1], load);
  ::close(ends[1]);
  socket_ = ends[0];
  bool gone = false;
  const auto first = receive_packet(socket_, Wait::yes, gone);
  if (first && first->packet.what == static_cast<std::uint8_t>(Outcome::loaded)) return;
  std::string why = "the reader's engines cannot be loaded";
  if (first && first->memory >= 0) {
    if (const auto frames = get_frames(first->memory); frames && !frames->empty()) why = frames->front();
    ::close(first->memory);
  }
  ::close(socket_);
  ::waitpid(pid_, nullptr, 0);
  throw letter::BrokenWorld(why);
}

Zygote::~Zygote() {
  ::close(socket_);
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void Zygote::begin(const letter::Work& work, Task task) {
  ENSURE(!under_way_);
  const page::MemoryFile memory;
  put_frames(memory.fd(), letter::encode(work));
  const auto listed = static_cast<std::uint32_t>(work.letter.pages.size());
  const Packet packet{static_cast<std::uint8_t>(task), limits_.ms_a_page, std::max(limits_.pages, listed),
                      limits_.memory_bytes};
  const bool sent = send_packet(socket_, packet, memory.fd());
  if (!sent) throw letter::BrokenWorld("the zygote is gone");
  under_way_ = work.letter;
}

std::optional<letter::Result<letter::ReadLetter>> Zygote::poll() { return take(false); }

std::optional<letter::Result<letter::ReadLetter>> Zygote::take(bool wait) {
  ENSURE(under_way_);
  bool gone = false;
  const auto arrived = receive_packet(socket_, wait ? Wait::yes : Wait::no, gone);
  if (gone) throw letter::BrokenWorld("the zygote is gone");
  if (!arrived) return std::nullopt;
  letter::Letter mine = std::move(*under_way_);
  under_way_.reset();
  const auto outcome = static_cast<Outcome>(arrived->packet.what);
  const auto frames = arrived->memory >= 0 ? get_frames(arrived->memory) : std::nullopt;
  if (arrived->memory >= 0) ::close(arrived->memory);
  if (outcome != Outcome::read) return no_reading(outcome);
  auto result = frames ? letter::decode_read(*frames) : no_reading(Outcome::crashed);
  // A child that a hostile file took over may lie about what it read, but not about whose letter it is.
  if (!result || result->letter.id != mine.id || result->letter.pages.size() < mine.pages.size())
    return no_reading(Outcome::crashed);
  mine.pages = std::move(result->letter.pages);
  for (std::size_t i = 0; i < std::min(mine.masters.size(), result->letter.masters.size()); ++i)
    mine.masters[i].pages = std::max(mine.masters[i].pages, result->letter.masters[i].pages);
  result->letter = std::move(mine);
  return result;
}

letter::Result<letter::ReadLetter> Zygote::read(const letter::Work& work, Task task) {
  begin(work, task);
  return *take(true);
}

}  // namespace ocr
