// The inside of a Socket, for the poller beside it. Private to the belt.
#pragma once

#include <thread>

#include "belt/context.hpp"
#include "belt/socket.hpp"

namespace belt {

struct Socket::Impl {
  Impl(Context::Impl& context, const SocketOptions& options);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  std::optional<Incoming> take_one();

  Context::Impl& context;
  SocketOptions options;
  std::thread::id owner;
  void* zmq = nullptr;
  std::uint64_t dropped = 0;
};

}  // namespace belt
