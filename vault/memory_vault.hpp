// A vault for tests: keeps everything until the program ends, and can be told to fail.
#pragma once

#include <map>
#include <optional>

#include "vault/vault.hpp"

namespace vault {

class MemoryVault final : public Vault {
 public:
  std::optional<letter::Reason> get_fault;  // set: every `get` fails with it

  std::vector<letter::Result<letter::Instant>> put_all(const std::vector<Parcel>& parcels) override {
    std::vector<letter::Result<letter::Instant>> stamps;
    for (const Parcel& parcel : parcels) stamps.push_back(keep(parcel));
    return stamps;
  }

  letter::Result<std::string> get(const letter::Letter& letter, std::uint32_t index) const override {
    if (get_fault) return tl::unexpected(*get_fault);
    const auto place = kept_.find(letter.id);
    if (place == kept_.end() || index >= place->second.masters.size())
      return letter::fault("vault.absent", "Ce document n'est pas dans le coffre.",
                           "This document is not in the vault.");
    return place->second.masters[index];
  }

  std::vector<letter::LetterId> list() const override {
    std::vector<letter::LetterId> ids;
    for (const auto& [id, kept] : kept_) ids.push_back(id);
    return ids;
  }

 private:
  struct Kept {
    letter::Letter letter;
    std::vector<std::string> masters;
  };
  letter::Result<letter::Instant> keep(const Parcel& parcel) {
    const auto [place, fresh] = kept_.try_emplace(parcel.letter.id, Kept{parcel.letter, parcel.masters});
    if (!fresh && place->second.letter.masters != parcel.letter.masters)
      return letter::fault("vault.other_content", "Ce numéro est déjà celui d'un autre courrier.",
                           "This number already belongs to another letter.");
    return place->second.letter.received_at;
  }
  std::map<letter::LetterId, Kept> kept_;
};

}  // namespace vault
