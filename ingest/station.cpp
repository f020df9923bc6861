#include "ingest/station.hpp"

#include <algorithm>
#include <set>

#include "ingest/envelope_words.hpp"
#include "vault/vault.hpp"

namespace ingest {
namespace {

using letter::Reason;

Reason work_lost() {
  return {"station.work_lost", "Le fichier en cours d'envoi a disparu du dossier work.",
          "The file being sent has vanished from the work folder."};
}

// `folder`: "sealed/" for what must not be read when it comes again.
Reason orphan(const std::string& folder) {
  return {"station.orphan",
          "Ce fichier était en cours d'envoi mais le journal du poste ne le connaît pas. Remettez-le "
          "dans le dossier surveillé" +
              (folder.empty() ? "" : ", sous " + folder) + ", s'il n'est pas déjà enregistré.",
          "This file was being sent but the station's journal does not know it. Put it back into the "
          "hot folder" +
              (folder.empty() ? "" : ", under " + folder) + ", unless it is registered already."};
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
  if (claim.rule.sealed)
    text +=
        "Pli fermé : à remettre sous sealed/, jamais ailleurs.\nClosed envelope: put it back under sealed/ "
        "only.\n";
  if (!claim.receipts.empty())
    text += std::to_string(claim.receipts.size()) + " autre(s) courrier(s) de ce fichier ont été reçus.\n" +
            std::to_string(claim.receipts.size()) + " other letter(s) of this file were received.\n";
  return text;
}

}  // namespace

std::string hash_of(const std::vector<std::string>& files) {
  if (files.size() == 1) return vault::sha256_hex(files[0]);
  std::string hashes;
  for (const std::string& bytes : files) hashes += vault::sha256_hex(bytes);
  return vault::sha256_hex(hashes);
}

Station::Station(StationSettings settings, std::shared_ptr<vault::Disk> disk)
    : settings_(std::move(settings)), tray_(settings_.hot, disk), journal_(settings_.journal, disk) {
  for (std::uint64_t i = 0; i < journal_.torn_records(); ++i) tell("torn", 0);
  rescue_orphans();
  std::vector<std::uint32_t> numbers;
  for (const auto& [number, claim] : journal_.unfinished()) numbers.push_back(number);
  for (const std::uint32_t number : numbers) resume(journal_.unfinished().at(number));
  look_on();
}

std::string Station::work_name(const Claim& claim) const {
  return letter::text(id_of(claim.number)) + (claim.rule.sealed ? ".sealed." : ".") + claim.extension;
}

// By place in the stack, not by letter: parts are kept before their letters have numbers.
std::string Station::part_name(const Claim& claim, std::size_t letter, std::uint32_t file) const {
  const std::string place = std::to_string(letter + 1) + (file == 0 ? "" : "-" + std::to_string(file + 1));
  return letter::text(id_of(claim.number)) + "-" + place + ".part";
}

std::string Station::verdict_name(const Claim& claim) const {
  return letter::text(id_of(claim.number)) + ".quality.part";
}

void Station::tell(const std::string& what, std::uint32_t number, const Reason& reason) {
  StationEvent event;
  event.what = what;
  event.id = id_of(number);
  event.reason = reason;
  events_.push_back(std::move(event));
}

std::vector<StationEvent> Station::events() { return std::exchange(events_, {}); }

bool Station::has_room() const { return journal_.unfinished().size() < settings_.window; }

// Files in work/ that no claim knows: the journal was lost. A person decides, nothing is thrown away.
void Station::rescue_orphans() {
  std::set<std::string> ours;
  for (const auto& [number, claim] : journal_.unfinished()) {
    ours.insert({work_name(claim), verdict_name(claim)});
    for (std::size_t i = 0; i < claim.letters.size(); ++i)
      for (std::uint32_t file = 0; file < claim.stack.letters[i].files; ++file)
        ours.insert(part_name(claim, i, file));
  }
  for (const std::string& name : tray_.at_work()) {
    if (ours.contains(name) || name.starts_with(".")) continue;
    if (name.ends_with(".part")) {  // a piece of a file that is still whole beside it
      tray_.remove(name);
      continue;
    }
    const std::string where = name.find(".sealed.") == std::string::npos ? "" : "sealed/";
    const Reason why = orphan(where);
    tray_.to_failed(name, name, why.fr + "\n" + why.en + "\ncode : " + why.code + "\n");
    tell("orphan", 0, why);
  }
}

// A file in the folder of closed envelopes is sealed, whatever else is in force.
StackRule Station::rule_of(const std::string& name) const {
  StackRule rule = settings_.rule;
  rule.sealed = rule.sealed || std::filesystem::path(name).parent_path() == "sealed";
  return rule;
}

std::uint32_t Station::take(const std::string& name) {
  const auto files = Tray::read_all(tray_.hot(name));
  if (!files) return 0;
  Claim draft;
  draft.name = name;
  draft.extension = std::filesystem::is_directory(tray_.hot(name)) ? "folder" : extension_of(name);
  draft.sha256 = *files ? hash_of(**files) : "";
  draft.rule = rule_of(name);
  draft.envelope = envelope_in(name).value_or(letter::Envelope{});  // a fault in it is told by its look
  if (settings_.today) draft.claimed_on = settings_.today();
  Claim& claim = journal_.open(std::move(draft));
  const std::uint32_t number = claim.number;
  if (tray_.claim(name, work_name(claim)) != vault::Move::done) {
    abandon(claim);
    return 0;
  }
  tell("claimed", number);
  to_look_at_.push_back(number);
  look_on();
  return number;
}

letter::Result<std::uint32_t> Station::submit(const std::filesystem::path& file, const Handed& handed) {
  const auto bytes = Tray::read(file);
  if (!bytes) return letter::fault("station.absent", "Ce fichier n'existe pas.", "There is no such file.");
  if (!*bytes) return tl::unexpected(bytes->error());
  Claim draft;
  draft.name = file.filename().string();
  draft.extension = extension_of(draft.name);
  draft.sha256 = hash_of({**bytes});
  draft.joins = handed.joins;
  draft.envelope = handed.envelope;
  draft.rule = settings_.rule;
  if (settings_.today) draft.claimed_on = settings_.today();
  draft.copied = true;
  Claim& claim = journal_.open(std::move(draft));
  const std::uint32_t number = claim.number;
  tray_.keep(work_name(claim), **bytes);
  tell("claimed", number);
  to_look_at_.push_back(number);
  look_on();
  return number;
}

// Where a crash left the claim decides where it goes on.
void Station::resume(Claim& claim) {
  if (is_settled(claim)) return conclude(claim);
  if (claim.is_cut) return prepare_kept(claim);
  if (!claim.copied && tray_.claim(claim.name, work_name(claim)) == vault::Move::done)
    tell("claimed", claim.number);
  to_look_at_.push_back(claim.number);
}

std::optional<letter::Submission> Station::submission(std::uint32_t letter) {
  const auto place = ready_.find(letter);
  Claim* claim = journal_.claim_of(letter);
  ENSURE(place != ready_.end() && claim != nullptr);
  letter::Submission submission{place->second.letter, {}};
  for (std::size_t i = 0; i < place->second.work_names.size(); ++i) {
    auto bytes = Tray::read(tray_.work(place->second.work_names[i]));
    if (!bytes || !*bytes || vault::sha256_hex(**bytes) != submission.letter.masters[i].sha256) {
      refuse(*claim, letter, work_lost());
      return std::nullopt;
    }
    submission.masters.push_back(std::move(**bytes));
  }
  return submission;
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
  tell("received", receipt.id.number);
  events_.back().received_at = receipt.received_at;
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

bool Station::holds_sealed(const Claim& claim) const {
  return rule_of(claim.name).sealed || std::ranges::any_of(claim.stack.letters, &Planned::sealed);
}

void Station::conclude(Claim& claim) {
  const std::uint32_t number = claim.number;
  const bool failed = !claim.refusals.empty();
  const std::string file = work_name(claim);
  std::filesystem::path away;
  if (claim.copied)
    tray_.remove(file);
  else if (failed)
    away = tray_.to_failed(file, claim.name, why_failed(claim, settings_.name));
  else if (settings_.done_hours == 0 || holds_sealed(claim))
    away = tray_.discard(file, claim.name, day_of_receipt(claim));
  else
    away = tray_.to_done(file, claim.name, day_of_receipt(claim));
  tray_.beside(verdict_name(claim), away, ".quality.json");
  if (!claim.is_whole)
    for (std::size_t i = 0; i < claim.letters.size(); ++i)
      for (std::uint32_t part = 0; part < claim.stack.letters[i].files; ++part)
        tray_.remove(part_name(claim, i, part));
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
