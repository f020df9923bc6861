#include "ocr/parcel.hpp"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace ocr {
namespace {

void write_all(int fd, const char* from, std::size_t size) {
  while (size > 0) {
    const ssize_t n = ::write(fd, from, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw letter::BrokenWorld("a memory file cannot be written");
    from += n;
    size -= static_cast<std::size_t>(n);
  }
}

bool read_at(int fd, char* to, std::size_t size, std::uint64_t at) {
  while (size > 0) {
    const ssize_t n = ::pread(fd, to, size, static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    to += n;
    at += static_cast<std::uint64_t>(n);
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

void put_frames(int memory, const letter::Frames& frames) {
  std::vector<std::uint64_t> head{frames.size()};
  for (const std::string& frame : frames) head.push_back(frame.size());
  write_all(memory, reinterpret_cast<const char*>(head.data()), head.size() * sizeof head[0]);
  for (const std::string& frame : frames) write_all(memory, frame.data(), frame.size());
}

std::optional<letter::Frames> get_frames(int memory) {
  const off_t end = ::lseek(memory, 0, SEEK_END);  // behind walls nothing may be asked by fstat
  if (end < 0 || static_cast<std::uint64_t>(end) > most_parcel_bytes) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(end);
  std::uint64_t count = 0;
  if (!read_at(memory, reinterpret_cast<char*>(&count), sizeof count, 0) || count > 4096) return std::nullopt;
  std::vector<std::uint64_t> sizes(count);
  if (!read_at(memory, reinterpret_cast<char*>(sizes.data()), count * sizeof(std::uint64_t), sizeof count))
    return std::nullopt;
  std::uint64_t at = (count + 1) * sizeof(std::uint64_t);
  letter::Frames frames;
  for (const std::uint64_t bytes : sizes) {
    if (bytes > size || at + bytes > size) return std::nullopt;
    frames.emplace_back(bytes, '\0');
    if (!read_at(memory, frames.back().data(), bytes, at)) return std::nullopt;
    at += bytes;
  }
  if (at != size) return std::nullopt;
  return frames;
}

bool send_packet(int socket, const Packet& packet, int memory) {
  Packet copy = packet;
  iovec part{&copy, sizeof copy};
  alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (memory >= 0) {
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(head), &memory, sizeof memory);
  }
  ssize_t sent = 0;
  do sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(sizeof copy);
}

std::optional<Arrived> receive_packet(int socket, Wait wait, bool& gone) {
  Arrived arrived;
  iovec part{&arrived.packet, sizeof arrived.packet};
  alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = room;
  message.msg_controllen = sizeof room;
  ssize_t got = 0;
  do got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | (wait == Wait::no ? MSG_DONTWAIT : 0));
  while (got < 0 && errno == EINTR);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return std::nullopt;
  for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head))
    if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
      std::memcpy(&arrived.memory, CMSG_DATA(head), sizeof arrived.memory);
  if (got == static_cast<ssize_t>(sizeof arrived.packet)) return arrived;
  if (arrived.memory >= 0) ::close(arrived.memory);
  gone = true;
  return std::nullopt;
}

}  // namespace ocr
