// What a person confirms to be no complaint leaves the house: a folder with its pages and a handover.json for
// the usual contact. First the folder is on stable storage, then the register says so; a crash between leaves
// the case where it was and a folder that the next try recognises.
#pragma once

#include "router/desk.hpp"
#include "vault/disk.hpp"
#include "vault/vault.hpp"

namespace router {

// Where to. An empty `medical` means: what is secret cannot leave by a folder.
struct HandOverPlaces {
  std::filesystem::path usual, medical;
};

struct HandOver {
  Case before, after;  // `after`: closed, without a clock
  std::vector<letter::SortedLetter> letters;
  std::string reason, by;
  letter::Instant at{};
};

// The verb `hand_over`: a case in hand, open. What still counts as a complaint, or is under review, needs a
// `reason`: handing it over is requalifying it.
letter::Result<HandOver> plan_hand_over(const letter::Errand& errand, const Asker& asker,
                                        Transaction& transaction, const Moment& moment);

// Writes PLACE/REFERENCE/ (0700) with LETTER-N.EXT, the masters as they arrived, and handover.json; under
// another name first, everything synced, then renamed: never half a folder, never over another. Faults:
// handover.missing (no such place), handover.no_space, handover.unwritable, handover.taken (a folder of that
// name holds something else), handover.medical, and the vault's (vault.*).
letter::Result<void> put_hand_over(const HandOver& plan, const HandOverPlaces& places,
                                   const vault::Vault& vault, vault::Disk& disk);

// Closes the case, once its folder is there; writes the events.
letter::Answer finish_hand_over(const letter::Errand& errand, const Asker& asker, const HandOver& plan,
                                Transaction& transaction, const Moment& moment);

}  // namespace router
