// Deciding which service must answer. Pure and total.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "classify/proof.hpp"
#include "letter/sorted.hpp"

namespace classify {

// What a sorter knows: a folder like models/triage. Immutable once loaded.
class Triage {
 public:
  explicit Triage(const std::filesystem::path& triage_dir);  // BrokenWorld when missing or faulty
  ~Triage();
  Triage(const Triage&) = delete;
  Triage& operator=(const Triage&) = delete;
  // Of the three files that decide; the same knowledge has the same id everywhere (12 hex digits).
  const std::string& id() const;
  const Proof& proof() const;
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// What the house decided about sorting.
struct House {
  double review_below = 0.80;  // confidence under which a person is asked (0..1); Bar::confidence
  // Expected share of complaints among what arrives in each post box (by letter::PostBox); 0 = not known, and
  // then the corpus' own share stands.
  std::array<double, 4> complaint_share{};
};

// The bar that the error budget sets for this model.
House house_of(const Triage& triage, double wrong_per_1000, const std::array<double, 4>& complaint_share);

letter::SortedLetter sort(const letter::ReadLetter& read, const Triage& triage, const House& house);

}  // namespace classify
