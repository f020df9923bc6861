#include <zmq.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "belt/socket_impl.hpp"

namespace belt {

struct Poller::Impl {
  std::vector<zmq_pollitem_t> items;
  bool ready(void* socket, int fd) const {
    return std::ranges::any_of(items, [&](const zmq_pollitem_t& item) {
      return item.socket == socket && (socket != nullptr || item.fd == fd) && item.revents != 0;
    });
  }
};

Poller::Poller() : impl_(std::make_unique<Impl>()) {}
Poller::~Poller() = default;

void Poller::watch(Socket& socket) { impl_->items.push_back({socket.impl().zmq, 0, ZMQ_POLLIN, 0}); }

void Poller::watch(int fd) { impl_->items.push_back({nullptr, fd, ZMQ_POLLIN, 0}); }

void Poller::forget(int fd) {
  std::erase_if(impl_->items, [&](const auto& item) { return item.socket == nullptr && item.fd == fd; });
}

bool Poller::wait(int patience_ms) {
  auto& items = impl_->items;
  const int ready = zmq_poll(items.data(), static_cast<int>(items.size()), patience_ms);
  if (ready >= 0) return ready > 0;
  if (zmq_errno() != EINTR)
    throw letter::BrokenWorld(std::string("cannot wait: ") + zmq_strerror(zmq_errno()));
  for (auto& item : items) item.revents = 0;
  return false;
}

// A descriptor whose other end is gone counts as readable: reading it says so.
bool Poller::readable(Socket& socket) const { return impl_->ready(socket.impl().zmq, 0); }
bool Poller::readable(int fd) const { return impl_->ready(nullptr, fd); }

}  // namespace belt
