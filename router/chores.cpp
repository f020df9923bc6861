#include "router/chores.hpp"

namespace router {

namespace {

constexpr std::size_t chores_at_once = 256;

}  // namespace

bool Chores::carry_out() {
  bool closes = false, erases = false;  // one look: mostly nothing waits
  store_.transact([&](Transaction& transaction) {
    const auto waits = [&](ChoreKind kind) { return !transaction.chores(kind, 1).empty(); };
    closes = waits(ChoreKind::close);
    erases = waits(ChoreKind::erase) || waits(ChoreKind::erase_handover);
  });
  if (closes) all_of(ChoreKind::close);
  if (!erases) return true;
  const auto lock = vault::LockFile::if_free(backup_lock_);
  if (!lock) return false;
  all_of(ChoreKind::erase);
  all_of(ChoreKind::erase_handover);
  return true;
}

void Chores::all_of(ChoreKind kind) {
  std::vector<Chore> done;
  for (;;) {
    std::vector<Chore> waiting;
    store_.transact([&](Transaction& transaction) {
      transaction.strike_off(done);
      waiting = transaction.chores(kind, chores_at_once);
    });
    if (waiting.empty()) return;
    for (const Chore& chore : waiting) carry_out(chore);
    done = std::move(waiting);
  }
}

void Chores::carry_out(const Chore& chore) {
  if (chore.kind == ChoreKind::erase_handover && letter::parse_case_ref(chore.of)) {
    // The places of hand-overs may be other people's disks: what is not there, or not ours to remove, is
    // theirs.
    std::error_code theirs;
    std::filesystem::remove_all(places_.usual / chore.of, theirs);
    if (!places_.medical.empty()) std::filesystem::remove_all(places_.medical / chore.of, theirs);
    return;
  }
  const auto id = letter::parse_letter_id(chore.of);
  if (!id) throw letter::BrokenWorld("the register holds a chore that no version of this program writes");
  if (chore.kind == ChoreKind::close)
    vault_.close_to_mailroom(*id);
  else
    vault_.erase(*id);
}

}  // namespace router
