// The inside of a Context: libzmq's context, the doorkeeper and the ZAP thread. Private to the belt.
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <thread>

#include "belt/doorkeeper.hpp"
#include "belt/socket.hpp"

namespace belt {

struct Context::Impl {
  Impl(const std::filesystem::path& keys_dir, std::uint64_t most_bytes);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void* zmq = nullptr;
  std::optional<Doorkeeper> door;  // none: this process binds nothing
  const std::uint64_t most_bytes;
  std::atomic<bool> closing = false;
  std::thread zap;
};

}  // namespace belt
