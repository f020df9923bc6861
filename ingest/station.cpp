#include "ingest/station.hpp"

#include <algorithm>
#include <set>

#include "vault/vault.hpp"

namespace ingest {
namespace {

using letter::Reason;

Reason work_lost() {
  return {"station.work_lost", "Le fichier en cours d'envoi a disparu du dossier work.",
          "The file being sent has vanished from the work folder."};
}

// At most five plain characters of the name's extension: it tells the operator what the file is and
// holds nobody's name.
std::string extension_of(const std::string& name) {
  std::string out;
  const std::string full = std::filesystem::path(name).extension().string();
  for (const char c : full.substr(std::min<std::size_t>(1, full.size()))) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) return "bin";
    out += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out.empty() || out.size() > 5 ? "bin" : out;
}

std::string why_failed(const Claim& claim, const std::string& station) {
  std::string text;
  for (const auto& [number, reason] : claim.refusals) {
    text += reason.fr + "\n" + reason.en + "\n";
    text += "code : " + reason.code + "\n";
    text += "numéro / claim : " + letter::text(letter::LetterId{station, number}) + "\n\n";
  }
  if (!claim.receipts.empty())
    text += std::to_string(claim.receipts.size()) + " autre(s) courrier(s) de ce fichier ont été reçus.\n" +
            std::to_string(claim.receipts.size()) + " other letter(s) of this file were received.\n";
  return text;
}

letter::Day day_of_receipt(const Claim& claim) {
  letter::Instant last{};
  for (const auto& [number, receipt] : claim.receipts) last = std::max(last, receipt.received_at);
  return letter::paris_day(last);
}

}  // namespace

Station::Station(StationSettings settings, std::shared_ptr<vault::Disk> disk)
    : settings_(std::move(settings)), tray_(settings_.hot, disk), journal_(settings_.journal, disk) {
  for (std::uint64_t i = 0; i < journal_.torn_records(); ++i) tell("torn", 0);
  rescue_orphans();
  std::vector<std::uint32_t> numbers;
  for (const auto& [number, claim] : journal_.unfinished()) numbers.push_back(number);
  for (const std::uint32_t number : numbers) resume(journal_.unfinished().at(number));
}

std::string Station::work_name(const Claim& claim) const {
  return letter::text(id_of(claim.number)) + "." + claim.extension;
}

// By place in the file, not by letter: parts are kept before their letters have numbers.
std::string Station::part_name(const Claim& claim, std::size_t index) const {
  return letter::text(id_of(claim.number)) + "-" + std::to_string(index + 1) + ".part";
}

void Station::tell(const std::string& what, std::uint32_t number, const Reason& reason) {
  events_.push_back({what, id_of(number), reason, {}});
}

std::vector<StationEvent> Station::events() { return std::exchange(events_, {}); }

bool Station::has_room() const { return journal_.unfinished().size() < settings_.window; }

// Files in work/ that no claim knows: the journal was lost. A person decides, nothing is thrown away.
void Station::rescue_orphans() {
  std::set<std::string> ours;
  for (const auto& [number, claim] : journal_.unfinished()) {
    ours.insert(work_name(claim));
    for (std::size_t i = 0; i < claim.letters.size(); ++i) ours.insert(part_name(claim, i));
  }
  for (const std::string& name : tray_.at_work()) {
    if (ours.contains(name) || name.starts_with(".")) continue;
    if (name.ends_with(".part")) {  // a piece of a file that is still whole beside it
      tray_.remove(name);
      continue;
    }
    const Reason why{
        "station.orphan",
        "Ce fichier était en cours d'envoi mais le journal du poste ne le connaît pas. Remettez-le "
        "dans le dossier surveillé s'il n'est pas déjà enregistré.",
        "This file was being sent but the station's journal does not know it. Put it back into the "
        "hot folder unless it is registered already."};
    tray_.to_failed(name, name, why.fr + "\n" + why.en + "\ncode : " + why.code + "\n");
    tell("orphan", 0, why);
  }
}

void Station::take(const std::string& name) {
  const auto bytes = Tray::read(tray_.hot(name));
  if (!bytes) return;
  Claim draft;
  draft.name = name;
  draft.extension = extension_of(name);
  draft.sha256 = *bytes ? vault::sha256_hex(**bytes) : "";
  draft.box = settings_.box;
  draft.arrived_on = settings_.arrived_on;
  draft.pages_per_letter = settings_.rule.pages_per_letter;
  Claim& claim = journal_.open(std::move(draft));
  if (tray_.claim(name, work_name(claim)) != vault::Move::done) return abandon(claim);
  tell("claimed", claim.number);
  prepare(claim);
}

letter::Result<std::uint32_t> Station::submit(const std::filesystem::path& file, const std::string& joins) {
  const auto bytes = Tray::read(file);
  if (!bytes) return letter::fault("station.absent", "Ce fichier n'existe pas.", "There is no such file.");
  if (!*bytes) return tl::unexpected(bytes->error());
  Claim draft;
  draft.name = file.filename().string();
  draft.extension = extension_of(draft.name);
  draft.sha256 = vault::sha256_hex(**bytes);
  draft.box = settings_.box;
  draft.arrived_on = settings_.arrived_on;
  draft.joins = joins;
  draft.pages_per_letter = settings_.rule.pages_per_letter;
  draft.copied = true;
  Claim& claim = journal_.open(std::move(draft));
  const std::uint32_t number = claim.number;
  tray_.keep(work_name(claim), **bytes);
  tell("claimed", number);
  prepare(claim);
  return number;
}

// Where a crash left the claim decides where it goes on.
void Station::resume(Claim& claim) {
  if (is_settled(claim)) return conclude(claim);
  const bool begun = !claim.letters.empty();
  if (!begun && !claim.copied && tray_.claim(claim.name, work_name(claim)) == vault::Move::done)
    tell("claimed", claim.number);
  prepare(claim);
}

void Station::prepare(Claim& claim) {
  if (claim.letters.size() > 1) return prepare_kept_parts(claim);
  const auto bytes = Tray::read(tray_.work(work_name(claim)));
  if (!bytes && claim.letters.empty()) return abandon(claim);
  if (!bytes) return refuse(claim, claim.number, work_lost());
  if (!*bytes) return refuse(claim, claim.number, bytes->error());
  if (vault::sha256_hex(**bytes) != claim.sha256) {
    if (!claim.letters.empty() || claim.copied) return refuse(claim, claim.number, work_lost());
    tray_.give_back(work_name(claim), claim.name);  // somebody was still writing: not whole after all
    return abandon(claim);
  }
  const auto sheets = page::count_sheets(**bytes);
  if (!sheets) return refuse(claim, claim.number, sheets.error());
  const auto parts = split(**bytes, *sheets, SplitRule{claim.pages_per_letter});
  if (!parts) return refuse(claim, claim.number, parts.error());
  if (parts->size() > 1)
    for (std::size_t i = 0; i < parts->size(); ++i) tray_.keep(part_name(claim, i), (*parts)[i].bytes);
  if (claim.letters.empty()) journal_.cut(claim, static_cast<std::uint32_t>(parts->size()));
  if (parts->size() > 1) tell("cut", claim.number);
  for (std::size_t i = 0; i < parts->size(); ++i) add_letter(claim, i, (*parts)[i]);
}

// After a restart: what was sent must be sent again byte for byte, so the parts are not cut anew.
void Station::prepare_kept_parts(Claim& claim) {
  const std::uint32_t number = claim.number;
  const std::vector<std::uint32_t> letters = claim.letters;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (claim.receipts.contains(letters[i]) || claim.refusals.contains(letters[i])) continue;
    const auto bytes = Tray::read(tray_.work(part_name(claim, i)));
    const auto sheets = bytes && *bytes ? page::count_sheets(**bytes) : page::sheets_fault("broken");
    if (sheets)
      add_letter(claim, i, Part{**bytes, *sheets});
    else
      refuse(claim, letters[i], work_lost());
    if (!journal_.unfinished().contains(number)) return;  // that was its last open letter
  }
}

void Station::add_letter(const Claim& claim, std::size_t index, const Part& part) {
  letter::Letter slip;
  slip.id = id_of(claim.letters[index]);
  slip.box = claim.box;
  slip.arrived_on = claim.arrived_on;
  slip.joins = claim.joins;
  if (claim.letters.size() > 1) {
    slip.batch = letter::text(id_of(claim.number));
    slip.position = static_cast<std::uint32_t>(index + 1);
  }
  slip.masters = {
      {vault::sha256_hex(part.bytes), part.bytes.size(), part.sheets.media_type, part.sheets.pages}};
  for (std::uint32_t i = 0; i < part.sheets.pages; ++i) {
    letter::Page page;
    page.index = i;
    slip.pages.push_back(page);
  }
  const bool whole = claim.letters.size() == 1;
  ready_[claim.letters[index]] = {std::move(slip), whole ? work_name(claim) : part_name(claim, index)};
  outbox_.add(claim.letters[index]);
}

std::optional<letter::Submission> Station::submission(std::uint32_t letter) {
  const auto place = ready_.find(letter);
  Claim* claim = journal_.claim_of(letter);
  ENSURE(place != ready_.end() && claim != nullptr);
  const auto bytes = Tray::read(tray_.work(place->second.work_name));
  if (!bytes || !*bytes || vault::sha256_hex(**bytes) != place->second.letter.masters[0].sha256) {
    refuse(*claim, letter, work_lost());
    return std::nullopt;
  }
  return letter::Submission{place->second.letter, {**bytes}};
}

void Station::sent(std::uint32_t letter, Millis now) {
  journal_.sent(letter);
  outbox_.sent(letter, now);
}

void Station::receipt(const letter::Receipt& receipt) {
  Claim* claim = receipt.id.station == settings_.name ? journal_.claim_of(receipt.id.number) : nullptr;
  if (claim == nullptr || !ready_.contains(receipt.id.number)) return;  // a second receipt
  journal_.received(*claim, receipt);
  outbox_.settled(receipt.id.number);
  ready_.erase(receipt.id.number);
  events_.push_back({"received", receipt.id, {}, receipt.received_at});
  if (is_settled(*claim)) conclude(*claim);
}

void Station::refusal(const letter::Refusal& refusal, Millis now) {
  Claim* claim = refusal.id.station == settings_.name ? journal_.claim_of(refusal.id.number) : nullptr;
  if (claim == nullptr || !ready_.contains(refusal.id.number)) return;
  if (refusal.retry) {
    outbox_.later(refusal.id.number, now);
    return tell("waiting", refusal.id.number, refusal.reason);
  }
  refuse(*claim, refusal.id.number, refusal.reason);
}

void Station::refuse(Claim& claim, std::uint32_t letter, const Reason& reason) {
  journal_.refused(claim, letter, reason);
  outbox_.settled(letter);
  ready_.erase(letter);
  tell("refused", letter, reason);
  if (is_settled(claim)) conclude(claim);
}

void Station::conclude(Claim& claim) {
  const std::uint32_t number = claim.number;
  const bool failed = !claim.refusals.empty();
  const std::string file = work_name(claim);
  if (claim.copied)
    tray_.remove(file);
  else if (failed)
    tray_.to_failed(file, claim.name, why_failed(claim, settings_.name));
  else
    tray_.to_done(file, claim.name, day_of_receipt(claim));
  if (claim.letters.size() > 1)
    for (std::size_t i = 0; i < claim.letters.size(); ++i) tray_.remove(part_name(claim, i));
  const Reason reason = failed ? claim.refusals.begin()->second : Reason{};
  journal_.close(number, failed ? Outcome::failed : Outcome::done);
  tell(failed ? "failed" : "done", number, reason);
}

void Station::abandon(Claim& claim) {
  const std::uint32_t number = claim.number;
  journal_.close(number, Outcome::abandoned);
  tell("abandoned", number);
}

}  // namespace ingest
