#include "belt/socket.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "belt/context.hpp"
#include "belt/disk.hpp"
#include "belt/settings.hpp"
#include "belt/socket_impl.hpp"

namespace belt {
namespace {

using letter::BrokenWorld;
using letter::Frames;

constexpr int zap_enforce_domain =
    93;  // ZMQ_ZAP_ENFORCE_DOMAIN: without it a missing ZAP handler lets all in
constexpr int handshake_ms = 2'000, heartbeat_ms = 2'000, heartbeat_timeout_ms = 6'000, linger_ms = 1'000;
constexpr std::size_t key_length = 40;

int zmq_type(Pattern pattern) {
  switch (pattern) {
    case Pattern::router:
      return ZMQ_ROUTER;
    case Pattern::dealer:
      return ZMQ_DEALER;
    case Pattern::push:
      return ZMQ_PUSH;
    case Pattern::pull:
      return ZMQ_PULL;
  }
  ENSURE(false);
  return -1;
}

[[noreturn]] void broken(const std::string& what) {
  throw BrokenWorld(what + ": " + zmq_strerror(zmq_errno()));
}

void set(void* socket, int option, int value) {
  if (zmq_setsockopt(socket, option, &value, sizeof value) != 0)
    broken("socket option " + std::to_string(option));
}

void set(void* socket, int option, const std::string& value) {
  if (zmq_setsockopt(socket, option, value.data(), value.size()) != 0)
    broken("socket option " + std::to_string(option));
}

void set_limits(void* socket, const SocketOptions& options) {
  const auto max_bytes = static_cast<std::int64_t>(options.max_frame_bytes);
  if (zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &max_bytes, sizeof max_bytes) != 0) broken("socket limit");
  set(socket, ZMQ_SNDHWM, options.high_water);
  set(socket, ZMQ_RCVHWM, options.high_water);
  set(socket, ZMQ_HANDSHAKE_IVL, handshake_ms);
  set(socket, ZMQ_HEARTBEAT_IVL, heartbeat_ms);
  set(socket, ZMQ_HEARTBEAT_TIMEOUT, heartbeat_timeout_ms);
  set(socket, ZMQ_HEARTBEAT_TTL, heartbeat_timeout_ms);
  set(socket, ZMQ_IMMEDIATE, 1);
  set(socket, ZMQ_LINGER, linger_ms);
  set(socket, ZMQ_TCP_KEEPALIVE, 1);
  if (options.pattern == Pattern::router) {
    set(socket, ZMQ_ROUTER_MANDATORY, 1);
    set(socket, ZMQ_ROUTER_HANDOVER, 0);  // else a thief receives another worker's letters
  }
}

void set_identity(void* socket, const SocketOptions& options) {
  set(socket, ZMQ_CURVE_SECRETKEY, options.own.secret_key);
  if (options.bind) {
    set(socket, ZMQ_CURVE_SERVER, 1);
    set(socket, ZMQ_ZAP_DOMAIN, options.domain);
    set(socket, zap_enforce_domain, 1);
  } else {
    set(socket, ZMQ_CURVE_PUBLICKEY, options.own.public_key);
    set(socket, ZMQ_CURVE_SERVERKEY, options.server_key);
  }
}

// Every socket speaks CURVE, so that nothing is ever plain, on this machine or off it.
void need_identity(const Context::Impl& context, const SocketOptions& options) {
  const std::string where = "the socket " + options.endpoint;
  if (options.own.secret_key.size() != key_length) throw BrokenWorld(where + " has no key of its own");
  if (options.bind && options.domain.empty()) throw BrokenWorld(where + " has no ZAP domain");
  if (options.bind && !context.door) throw BrokenWorld(where + " binds without a folder of keys");
  if (!options.bind &&
      (options.server_key.size() != key_length || options.own.public_key.size() != key_length))
    throw BrokenWorld(where + " does not know whom it connects to");
}

// A file left by a process that died is removed; one that somebody listens on is never taken over.
void clear_stale(const std::string& path) {
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) throw BrokenWorld("no unix sockets on this machine");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const bool alive = ::connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  const int error = errno;
  ::close(probe);
  if (alive) throw BrokenWorld("another running program listens on " + path);
  if (error == ECONNREFUSED) ::unlink(path.c_str());
}

void prepare_ipc(const SocketOptions& options) {
  static constexpr std::string_view prefix = "ipc://";
  const std::string path = options.endpoint.substr(prefix.size());
  if (path.size() > longest_ipc_path)
    throw BrokenWorld("the socket path " + path + " is longer than " + std::to_string(longest_ipc_path) +
                      " characters: set ipc_dir to a shorter folder");
  if (path.empty() || path.front() != '/') throw BrokenWorld("an ipc endpoint needs a full path: " + path);
  if (!options.bind) return;
  own_folder(std::filesystem::path(path).parent_path());
  clear_stale(path);
}

void check_endpoint(const SocketOptions& options) {
  if (options.endpoint.starts_with("ipc://")) return prepare_ipc(options);
  if (!options.endpoint.starts_with("tcp://")) throw BrokenWorld("no such endpoint: " + options.endpoint);
}

// One message off the wire: at most `most` frames are kept, the rest only counted.
struct Arrival {
  bool any = false;
  std::size_t frames = 0;
  std::string user_id;
  Frames kept;
};

Arrival take(void* socket, std::size_t most) {
  Arrival arrival;
  for (bool more = true; more;) {
    zmq_msg_t part;
    zmq_msg_init(&part);
    if (zmq_msg_recv(&part, socket, ZMQ_DONTWAIT) < 0) {
      const int error = zmq_errno();
      zmq_msg_close(&part);
      if (error == EAGAIN || error == EINTR) return arrival;
      broken("cannot receive");
    }
    arrival.any = true;
    if (const char* user = zmq_msg_gets(&part, "User-Id"); user != nullptr) arrival.user_id = user;
    if (++arrival.frames <= most)
      arrival.kept.emplace_back(static_cast<const char*>(zmq_msg_data(&part)), zmq_msg_size(&part));
    more = zmq_msg_more(&part) != 0;
    zmq_msg_close(&part);
  }
  return arrival;
}

bool await(void* socket, short events, int patience_ms) {
  zmq_pollitem_t item{socket, 0, events, 0};
  const int ready = zmq_poll(&item, 1, patience_ms);
  if (ready < 0 && zmq_errno() != EINTR) broken("cannot wait");
  return ready > 0;
}

// All frames or none: libzmq gives the first one back when it takes no more.
bool put(void* socket, const Frames& frames) {
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const int flags = ZMQ_DONTWAIT | (i + 1 < frames.size() ? ZMQ_SNDMORE : 0);
    if (zmq_send(socket, frames[i].data(), frames[i].size(), flags) >= 0) continue;
    const int error = zmq_errno();
    if (error == EAGAIN || error == EHOSTUNREACH || error == EINTR) return false;
    broken("cannot send");
  }
  return true;
}

}  // namespace

Socket::Impl::Impl(Context::Impl& context_, const SocketOptions& options_)
    : context(context_), options(options_), owner(std::this_thread::get_id()) {
  need_identity(context, options);
  check_endpoint(options);
  zmq = zmq_socket(context.zmq, zmq_type(options.pattern));
  if (zmq == nullptr) broken("cannot make a socket");
  try {
    set_limits(zmq, options);
    set_identity(zmq, options);
    if (options.bind) context.door->open(options.domain, options.allowed_roles);
    const char* where = options.endpoint.c_str();
    if ((options.bind ? zmq_bind(zmq, where) : zmq_connect(zmq, where)) != 0)
      broken("cannot open " + options.endpoint);
  } catch (...) {
    zmq_close(zmq);
    throw;
  }
}

Socket::Impl::~Impl() { zmq_close(zmq); }

Socket::Socket(Context& context, const SocketOptions& options)
    : impl_(std::make_unique<Impl>(context.impl(), options)) {}
Socket::~Socket() = default;

bool Socket::send(const Frames& frames, int patience_ms) {
  ENSURE(!frames.empty() && impl_->owner == std::this_thread::get_id());
  ENSURE(impl_->options.pattern == Pattern::dealer || impl_->options.pattern == Pattern::push);
  return await(impl_->zmq, ZMQ_POLLOUT, patience_ms) && put(impl_->zmq, frames);
}

bool Socket::send_to(const std::string& routing_id, const Frames& frames) {
  ENSURE(!frames.empty() && impl_->owner == std::this_thread::get_id());
  ENSURE(impl_->options.pattern == Pattern::router);
  Frames addressed{routing_id};
  addressed.insert(addressed.end(), frames.begin(), frames.end());
  return put(impl_->zmq, addressed);
}

// The next message that may be heard, if one is there now or comes while `patience` lasts.
std::optional<Incoming> Socket::receive(int patience_ms) {
  ENSURE(impl_->owner == std::this_thread::get_id());
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
  for (int left_ms = patience_ms;;) {
    if (!await(impl_->zmq, ZMQ_POLLIN, left_ms)) return std::nullopt;
    if (auto incoming = impl_->take_one()) return incoming;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    left_ms = std::max(0, static_cast<int>(left.count()));
  }
}

// One message off the socket; nullopt when it was dropped, or was not there after all.
std::optional<Incoming> Socket::Impl::take_one() {
  const bool router = options.pattern == Pattern::router;
  const std::size_t most = options.max_frames + (router ? 1 : 0);
  Arrival arrival = take(zmq, most);
  if (!arrival.any) return std::nullopt;
  const bool misshapen = arrival.frames > most || (router && arrival.frames < 2);
  if (misshapen || (options.bind && !context.door->still_admitted(options.domain, arrival.user_id))) {
    ++dropped;
    return std::nullopt;
  }
  Incoming incoming{"", std::move(arrival.user_id), std::move(arrival.kept)};
  if (router) {
    incoming.from = std::move(incoming.frames.front());
    incoming.frames.erase(incoming.frames.begin());
  }
  return incoming;
}

std::uint64_t Socket::dropped() const { return impl_->dropped; }

}  // namespace belt
