#include "letter/reading.hpp"

namespace letter {

std::string_view id(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted:
      return "accepted";
    case Verdict::to_confirm:
      return "to_confirm";
    case Verdict::unread:
      return "unread";
  }
  ENSURE(false);
  return "";
}

std::string_view id(How how) {
  switch (how) {
    case How::typed:
      return "typed";
    case How::hand:
      return "hand";
    case How::tick:
      return "tick";
    case How::barcode:
      return "barcode";
  }
  ENSURE(false);
  return "";
}

std::string_view id(TickState state) {
  switch (state) {
    case TickState::blank:
      return "blank";
    case TickState::ticked:
      return "ticked";
    case TickState::corrected:
      return "corrected";
    case TickState::doubtful:
      return "doubtful";
  }
  ENSURE(false);
  return "";
}

std::optional<Verdict> parse_verdict(std::string_view text) {
  for (const auto v : {Verdict::accepted, Verdict::to_confirm, Verdict::unread})
    if (id(v) == text) return v;
  return std::nullopt;
}

std::optional<How> parse_how(std::string_view text) {
  for (const auto h : {How::typed, How::hand, How::tick, How::barcode})
    if (id(h) == text) return h;
  return std::nullopt;
}

std::optional<TickState> parse_tick_state(std::string_view text) {
  for (const auto t : {TickState::blank, TickState::ticked, TickState::corrected, TickState::doubtful})
    if (id(t) == text) return t;
  return std::nullopt;
}

const Field* find(const ReadLetter& read, std::string_view field_id) {
  for (const auto& field : read.fields)
    if (field.id == field_id) return &field;
  return nullptr;
}

}  // namespace letter
