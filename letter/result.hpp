// What can go wrong, said three ways: bad input is data (`Result`), a broken world is an exception
// (`BrokenWorld`, caught by belt/daemon alone), a bug stops the process (`ENSURE`).
#pragma once

#include <stdexcept>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace letter {

// Why something was refused, noted or sent to a person. Never holds personal data: no names, no
// numbers of people, no text of a letter, no original file name.
struct Reason {
  std::string code;  // stable and dotted, lower case ("tiff.cut"): what programs compare
  std::string fr;    // one French sentence for the person who must act
  std::string en;    // the same in English
  bool operator==(const Reason&) const = default;
};

template <class T>
using Result = tl::expected<T, Reason>;

[[nodiscard]] inline tl::unexpected<Reason> fault(std::string code, std::string fr, std::string en) {
  return tl::unexpected<Reason>(Reason{std::move(code), std::move(fr), std::move(en)});
}

// The world this process needs is broken (a disk that fails, a socket that cannot be bound). Nobody
// catches it but belt/daemon: log, exit, restart, resend.
class BrokenWorld : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

[[noreturn]] void ensure_failed(const char* condition, const char* file, int line);

}  // namespace letter

// A bug is not an error to handle: active in every build, aborts with file and line.
#define ENSURE(condition) \
  ((condition) ? static_cast<void>(0) : ::letter::ensure_failed(#condition, __FILE__, __LINE__))
