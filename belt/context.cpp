#include "belt/context.hpp"

#include <signal.h>
#include <unistd.h>
#include <zmq.h>

#include <fstream>

#include "belt/daemon.hpp"

namespace belt {
namespace {

using letter::BrokenWorld;
using letter::Frames;

constexpr char zap_endpoint[] = "inproc://zeromq.zap.01";
constexpr std::size_t key_bytes = 32;
constexpr long look_ms = 100;  // at the process's memory, where nobody knocks

// All frames of one message; nullopt when the context is being closed or the socket is broken.
std::optional<Frames> receive_all(void* socket) {
  Frames frames;
  for (bool more = true; more;) {
    zmq_msg_t part;
    zmq_msg_init(&part);
    int got = -1;
    do got = zmq_msg_recv(&part, socket, 0);
    while (got < 0 && zmq_errno() == EINTR);
    if (got < 0) {
      zmq_msg_close(&part);
      return std::nullopt;
    }
    frames.emplace_back(static_cast<const char*>(zmq_msg_data(&part)), zmq_msg_size(&part));
    more = zmq_msg_more(&part) != 0;
    zmq_msg_close(&part);
  }
  return frames;
}

bool send_all(void* socket, const Frames& frames) {
  for (std::size_t i = 0; i < frames.size(); ++i)
    if (zmq_send(socket, frames[i].data(), frames[i].size(), i + 1 < frames.size() ? ZMQ_SNDMORE : 0) < 0)
      return false;
  return true;
}

// RFC 27. Request: version, request id, domain, address, routing id, mechanism, credentials.
Frames answer(Doorkeeper& door, const Frames& request) {
  Frames refusal{"1.0", request.size() > 1 ? request[1] : "", "400", "not admitted", "", ""};
  if (request.size() != 7 || request[0] != "1.0") return refusal;
  if (request[5] != "CURVE" || request[6].size() != key_bytes) return refusal;
  char key[41];
  if (zmq_z85_encode(key, reinterpret_cast<const std::uint8_t*>(request[6].data()), key_bytes) == nullptr)
    return refusal;
  const auto user_id = door.admit(request[2], key);
  if (!user_id) return refusal;
  return {"1.0", request[1], "200", "OK", *user_id, ""};
}

[[noreturn]] void leave(const std::string& last_words) {
  if (::write(STDERR_FILENO, last_words.data(), last_words.size()) < 0) ::_exit(exit_broken);
  ::_exit(exit_broken);
}

// What this process holds in memory now; 0 where the kernel does not say.
std::uint64_t resident_bytes() {
  std::ifstream said("/proc/self/statm");
  std::uint64_t whole = 0, resident = 0;
  said >> whole >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void leave_when_overfed(Context::Impl& context) {
  if (context.most_bytes == 0 || resident_bytes() <= context.most_bytes) return;
  std::string who;
  for (const std::string& user_id : context.door->admitted()) who += " " + user_id;
  leave("more memory than limits.daemon_bytes, perhaps by a message without end: leaving; admitted were:" +
        who + "\n");
}

// False: the context is closing, or the door has lost its socket.
bool answer_next(Context::Impl& context, void* socket) {
  zmq_pollitem_t item{socket, 0, ZMQ_POLLIN, 0};
  const int ready = zmq_poll(&item, 1, look_ms);
  if (ready < 0) return zmq_errno() == EINTR;
  leave_when_overfed(context);
  if (ready == 0) return true;
  const auto request = receive_all(socket);
  return request && send_all(socket, answer(*context.door, *request));
}

void keep_the_door(Context::Impl& context, void* socket) {
  try {
    while (answer_next(context, socket)) {
    }
  } catch (...) {  // answered below: whatever ended this loop, the door must not stand open
  }
  if (!context.closing) leave("the ZAP thread ended: leaving, so that nobody is let in unasked\n");
  zmq_close(socket);
}

}  // namespace

Context::Impl::Impl(const std::filesystem::path& keys_dir, std::uint64_t most_bytes_)
    : zmq(zmq_ctx_new()), most_bytes(most_bytes_) {
  if (zmq == nullptr) throw BrokenWorld("libzmq gives no context");
  if (keys_dir.empty()) return;
  door.emplace(keys_dir);
  void* socket = zmq_socket(zmq, ZMQ_REP);
  const int no_linger = 0;
  if (socket == nullptr || zmq_setsockopt(socket, ZMQ_LINGER, &no_linger, sizeof no_linger) != 0 ||
      zmq_bind(socket, zap_endpoint) != 0) {
    if (socket != nullptr) zmq_close(socket);
    zmq_ctx_term(zmq);
    throw BrokenWorld("cannot open the ZAP socket");
  }
  // Signals are for the main thread.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  zap = std::thread([this, socket] { keep_the_door(*this, socket); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Context::Impl::~Impl() {
  closing = true;
  zmq_ctx_shutdown(zmq);
  if (zap.joinable()) zap.join();
  zmq_ctx_term(zmq);
}

Context::Context(const std::filesystem::path& keys_dir, std::uint64_t most_bytes)
    : impl_(std::make_unique<Impl>(keys_dir, most_bytes)) {}
Context::~Context() = default;

}  // namespace belt
