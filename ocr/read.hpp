// Reading: bytes of masters in, what stands on them out. Total: a page nobody can read is a note.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "letter/reading.hpp"
#include "ocr/form/form.hpp"
#include "page/limits.hpp"

namespace ocr {

// What a reader knows: forms, engines of print. Slow to make (0.4-0.9 s), kept for life; not shared
// between threads. Construct before any thread exists and with OMP_THREAD_LIMIT=1 in the environment.
class Engines {
 public:
  // BrokenWorld when a model is missing or the list cannot be read. `decoded_bytes`: of a page, at most;
  // `members`: the house's list of them (ocr/boxes/members.hpp), empty = none.
  explicit Engines(const std::filesystem::path& models_dir,
                   std::uint64_t decoded_bytes = page::FileLimits{}.decoded_bytes,
                   const std::filesystem::path& members = {});
  ~Engines();
  Engines(const Engines&) = delete;
  Engines& operator=(const Engines&) = delete;
  struct Impl;
  Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// `masters` are the bytes of letter.masters, in order. Pages of the result carry dpi, skew, turn,
// blank, damaged and notes. Decodes strangers' bytes: call it in a disposable child (ocr/zygote).
letter::ReadLetter read(const letter::Letter& letter, const std::vector<std::string>& masters,
                        const Engines& engines);

// The same before anybody judged it: fields carry the raw scores of their readers, and verdicts that say
// nothing (ocr/check/confidence.hpp).
letter::ReadLetter read_unjudged(const letter::Letter& letter, const std::vector<std::string>& masters,
                                 const Engines& engines);

// The page facts alone (`vaguemestre page`): forms and print tell which way is up, as for `read`.
letter::Letter look(const letter::Letter& letter, const std::vector<std::string>& masters,
                    const Engines& engines);

}  // namespace ocr
