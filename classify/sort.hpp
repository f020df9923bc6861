// Deciding which service must answer. Pure and total.
#pragma once

#include <filesystem>
#include <memory>

#include "letter/sorted.hpp"

namespace classify {

// What a sorter knows: models/triage. Immutable once loaded.
class Triage {
 public:
  explicit Triage(const std::filesystem::path& models_dir);  // BrokenWorld when missing or faulty
  ~Triage();
  Triage(const Triage&) = delete;
  Triage& operator=(const Triage&) = delete;
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// `review_below`: confidence under which a person is asked (0..1).
letter::SortedLetter sort(const letter::ReadLetter& read, const Triage& triage, double review_below);

}  // namespace classify
