// Frames and descriptors between a reader and its zygote: pages are large, so they lie in a memory file
// and only its descriptor travels.
#pragma once

#include <cstdint>
#include <optional>

#include "letter/wire.hpp"

namespace ocr {

// What travels on the socket pair: one packet each way a letter.
struct Packet {
  std::uint8_t what = 0;  // a Task on the way in, an Outcome on the way back
  // On the way in only: what the letter's child may take.
  std::uint32_t ms_a_page = 0, pages = 0;
  std::uint64_t memory_bytes = 0;
};

inline constexpr std::uint64_t most_parcel_bytes = 512u << 20;

void put_frames(int memory, const letter::Frames& frames);  // BrokenWorld when it cannot be written
// nullopt for anything that put_frames did not write in full. The writer must be done.
std::optional<letter::Frames> get_frames(int memory);

// `memory` -1: none goes along. False: the other end is gone.
bool send_packet(int socket, const Packet& packet, int memory);
struct Arrived {
  Packet packet;
  int memory = -1;  // the caller closes it
};
enum class Wait { yes, no };
// nullopt: nothing there yet (Wait::no), or `gone` is set: the other end is gone.
std::optional<Arrived> receive_packet(int socket, Wait wait, bool& gone);

}  // namespace ocr
