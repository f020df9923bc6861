// A ZeroMQ socket that belongs to the thread that made it, speaks CURVE, and counts what it lets in. Keys are
// never optional, over ipc or tcp: a socket without them is BrokenWorld, so nothing here is ever plain.
// Facts behind the settings: docs/decisions on the belt.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "belt/keys.hpp"
#include "letter/wire.hpp"

namespace belt {

enum class Pattern { router, dealer, push, pull };

struct SocketOptions {
  Pattern pattern = Pattern::dealer;
  std::string endpoint;  // "ipc:///..." (at most 100 characters of path) or "tcp://..."
  bool bind = false;
  std::string domain;                      // when binding: ZAP domain, never empty
  std::vector<std::string> allowed_roles;  // when binding: who may connect
  KeyPair own;                             // of the binder or the connector
  std::string server_key;                  // when connecting: the binder's public key
  std::uint64_t max_frame_bytes = 64u << 20;
  std::uint32_t max_frames = 16;  // a message with more is dropped and counted
  int high_water = 64;            // messages queued each way
};

struct Incoming {
  std::string from;     // routing id (router sockets): where to send an answer
  std::string user_id;  // "role:name" as ZAP established it: the only ground for authority
  letter::Frames frames;
};

// One a process. Owns the ZAP thread; if that thread dies the process exits, because libzmq would
// then let everybody in. `keys_dir` empty: a process that only connects.
// `most_bytes`: with more memory than that the process exits too. libzmq gathers the frames of one message
// before it shows any, so who holds a key could fill the machine with a message that never ends; 0: no bound.
class Context {
 public:
  explicit Context(const std::filesystem::path& keys_dir, std::uint64_t most_bytes = 0);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

class Socket {
 public:
  Socket(Context& context, const SocketOptions& options);  // BrokenWorld when it cannot be made
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // dealer, push: false when nobody took it within patience_ms (nothing was sent).
  bool send(const letter::Frames& frames, int patience_ms);
  // router: false when that peer is gone or full (nothing was sent).
  bool send_to(const std::string& routing_id, const letter::Frames& frames);
  // The next message, or nullopt after patience_ms (0 = only what is there).
  std::optional<Incoming> receive(int patience_ms);
  // Messages dropped since the socket was made: too many frames, or a key revoked while its connection stood.
  std::uint64_t dropped() const;

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// Waits for any of several sockets and file descriptors.
class Poller {
 public:
  Poller();
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;
  void watch(Socket& socket);
  void watch(int fd);
  void forget(int fd);
  // True when something is readable before patience_ms is over.
  bool wait(int patience_ms);
  bool readable(Socket& socket) const;
  bool readable(int fd) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace belt
