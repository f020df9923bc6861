// How a station's file becomes letters: looked at, perhaps beside the loop, cut, journalled, made ready.
#include <algorithm>

#include "ingest/envelope_words.hpp"
#include "ingest/quality_file.hpp"
#include "ingest/station.hpp"
#include "vault/vault.hpp"

namespace ingest {
namespace {

using letter::Reason;

Reason work_lost() {
  return {"station.work_lost", "Le fichier en cours d'envoi a disparu du dossier work.",
          "The file being sent has vanished from the work folder."};
}

Reason too_many_files() {
  return {"station.too_many_files",
          "Ce courrier a plus de fichiers qu'un envoi n'en porte : numérisez-le en un seul fichier.",
          "This letter has more files than one message carries: scan it into one file."};
}

Reason envelope_of_several() {
  return {
      "envelope.several",
      "Une date d'envoi est donnée, mais ce fichier contient plusieurs courriers : numérisez chaque pli à "
      "part.",
      "A sending date is given, but this file holds several letters: scan each envelope by itself."};
}

// A number that a person keyed stays; the label's, if it is another, is noted.
void take_keyed(letter::Letter& slip, const letter::Envelope& keyed) {
  slip.envelope = keyed;
  if (keyed.lrar.empty()) return;
  if (!slip.lrar.empty() && slip.lrar != keyed.lrar) slip.notes.push_back(page::lrar_otherwise());
  slip.lrar = keyed.lrar;
}

bool is_ready(const std::future<letter::Result<Examined>>& looked) {
  return looked.wait_for(std::chrono::seconds(0)) != std::future_status::timeout;
}

}  // namespace

// Without looks beside the loop a look is deferred: it happens here, when its answer is asked for.
void Station::look_on() {
  const std::size_t most = std::max<std::size_t>(settings_.looks_at_once, 1);
  for (bool moved = true; moved;) {
    moved = false;
    while (looked_at_.size() < most && !to_look_at_.empty()) {
      Claim& claim = journal_.unfinished().at(to_look_at_.front());
      to_look_at_.pop_front();
      begin_look(claim);
    }
    const auto ready = std::ranges::find_if(looked_at_, [](const auto& one) { return is_ready(one.second); });
    if (ready == looked_at_.end()) continue;
    moved = true;
    const std::uint32_t number = ready->first;
    auto looked = ready->second.get();
    looked_at_.erase(ready);
    take_look(journal_.unfinished().at(number), std::move(looked));
  }
}

// Told before anything is sent: whoever hands it in has the paper in the hand.
letter::Result<void> Station::check_keyed(const Claim& claim) const {
  if (!claim.copied)
    if (const auto said = envelope_in(claim.name); !said) return tl::unexpected(said.error());
  const letter::Day day = claim.claimed_on.ok() ? claim.claimed_on : claim.rule.arrived_on;
  if (!day.ok()) return {};
  if (const auto doubt = letter::doubt_about(claim.envelope, claim.rule.arrived_on, day))
    return tl::unexpected(*doubt);
  return {};
}

void Station::begin_look(Claim& claim) {
  if (const auto keyed = check_keyed(claim); !keyed) return refuse(claim, claim.number, keyed.error());
  auto files = Tray::read_all(tray_.work(work_name(claim)));
  if (!files) return abandon(claim);
  if (!*files) return refuse(claim, claim.number, files->error());
  if (hash_of(**files) != claim.sha256) {
    if (claim.copied) return refuse(claim, claim.number, work_lost());
    tray_.give_back(work_name(claim), claim.name);  // somebody was still writing: not whole after all
    return abandon(claim);
  }
  StackRule rule = claim.rule;
  if (settings_.today) rule.today = settings_.today();
  const auto how = settings_.looks_at_once == 0 ? std::launch::deferred : std::launch::async;
  looked_at_[claim.number] = std::async(how, [files = std::move(**files), rule, opening = settings_.opening] {
    return examine(files, rule, opening);
  });
}

void Station::take_look(Claim& claim, Looked looked) {
  if (!looked) return refuse(claim, claim.number, looked.error());
  if (!claim.copied) tray_.keep(verdict_name(claim), quality_json(id_of(claim.number), *looked));
  tell_looks(claim, *looked);
  if (looked->hopeless) return refuse(claim, claim.number, *looked->hopeless);
  cut(claim, std::move(*looked));
}

void Station::cut(Claim& claim, Examined examined) {
  if (claim.envelope != letter::Envelope{}) {
    if (examined.stack.letters.size() > 1) return refuse(claim, claim.number, envelope_of_several());
    for (const Planned& letter : examined.stack.letters)  // a batch's header may say when it came
      if (claim.claimed_on.ok())
        if (const auto doubt = letter::doubt_about(claim.envelope, letter.arrived_on, claim.claimed_on))
          return refuse(claim, claim.number, *doubt);
  }
  for (const Planned& letter : examined.stack.letters)
    if (letter.files > settings_.files_a_letter) return refuse(claim, claim.number, too_many_files());
  const bool whole = examined.stack.is_whole() && examined.parts[0].size() == 1;
  if (!whole)
    for (std::size_t i = 0; i < examined.parts.size(); ++i)
      for (std::uint32_t file = 0; file < examined.parts[i].size(); ++file)
        tray_.keep(part_name(claim, i, file), examined.parts[i][file].bytes);
  journal_.cut(claim, examined.stack, whole);
  if (!whole) tell("cut", claim.number);
  for (std::size_t i = 0; i < examined.parts.size(); ++i) add_letter(claim, i, examined.parts[i]);
  if (is_settled(claim)) conclude(claim);  // separators and nothing else
}

letter::Result<std::vector<Part>> Station::kept_parts(const Claim& claim, std::size_t index) const {
  std::vector<Part> parts;
  for (std::uint32_t file = 0; file < claim.stack.letters[index].files; ++file) {
    const auto bytes =
        Tray::read(tray_.work(claim.is_whole ? work_name(claim) : part_name(claim, index, file)));
    if (!bytes) return tl::unexpected(work_lost());
    if (!*bytes) return tl::unexpected(bytes->error());
    if (claim.is_whole && vault::sha256_hex(**bytes) != claim.sha256) return tl::unexpected(work_lost());
    const auto sheets = page::count_sheets(**bytes, settings_.opening.limits);
    if (!sheets) return tl::unexpected(sheets.error());
    parts.push_back({**bytes, *sheets});
  }
  return parts;
}

// After a restart: what was sent must be sent again byte for byte, so nothing is looked at or cut anew.
void Station::prepare_kept(Claim& claim) {
  const std::uint32_t number = claim.number;
  const std::vector<std::uint32_t> letters = claim.letters;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (claim.receipts.contains(letters[i]) || claim.refusals.contains(letters[i])) continue;
    const auto parts = kept_parts(claim, i);
    if (parts)
      add_letter(claim, i, *parts);
    else
      refuse(claim, letters[i], parts.error());
    if (!journal_.unfinished().contains(number)) return;  // that was its last open letter
  }
}

void Station::add_letter(const Claim& claim, std::size_t index, const std::vector<Part>& parts) {
  const Planned& planned = claim.stack.letters[index];
  Ready ready;
  letter::Letter& slip = ready.letter;
  slip.id = id_of(claim.letters[index]);
  slip.box = planned.box;
  slip.arrived_on = planned.arrived_on;
  slip.sealed = planned.sealed;
  slip.lrar = planned.lrar;
  slip.joins = claim.joins;
  slip.notes = planned.notes;
  take_keyed(slip, claim.envelope);
  if (claim.letters.size() > 1) {
    slip.batch = letter::text(id_of(claim.number));
    slip.position = static_cast<std::uint32_t>(index + 1);
  }
  for (std::uint32_t file = 0; file < parts.size(); ++file) {
    const Part& part = parts[file];
    slip.masters.push_back(
        {vault::sha256_hex(part.bytes), part.bytes.size(), part.sheets.media_type, part.sheets.pages});
    for (std::uint32_t i = 0; i < part.sheets.pages; ++i) {
      letter::Page page;
      page.master = file;
      page.index = i;
      slip.pages.push_back(page);
    }
    ready.work_names.push_back(claim.is_whole ? work_name(claim) : part_name(claim, index, file));
  }
  for (const std::uint32_t page : planned.blank)
    if (page < slip.pages.size()) slip.pages[page].blank = true;
  for (const std::uint32_t page : planned.damaged)
    if (page < slip.pages.size()) slip.pages[page].damaged = true;
  ready_[claim.letters[index]] = std::move(ready);
  outbox_.add(claim.letters[index]);
}

void Station::tell_looks(const Claim& claim, const Examined& examined) {
  for (std::size_t i = 0; i < examined.looks.size(); ++i)
    for (const page::Flaw flaw : examined.looks[i].quality.flaws) {
      if (!page::is_alarm(flaw) || page::is_separator(examined.looks[i].marks)) continue;
      tell("flaw", claim.number, page::reason(flaw));
      events_.back().page = static_cast<std::uint32_t>(i + 1);
    }
  tell("looked", claim.number);
  StationEvent& event = events_.back();
  event.pages = static_cast<std::uint32_t>(examined.looks.size());
  event.letters = static_cast<std::uint32_t>(examined.stack.letters.size());
  event.separators = static_cast<std::uint32_t>(examined.stack.separators.size());
  event.sealed = static_cast<std::uint32_t>(std::ranges::count_if(examined.stack.letters, &Planned::sealed));
  for (const SeparatorSheet& sheet : examined.stack.separators) {
    if (sheet.type != page::SeparatorType::batch) continue;
    tell("batch", claim.number);
    events_.back().expected = sheet.expected;
    events_.back().found = sheet.found;
  }
}

letter::Day Station::day_of_receipt(const Claim& claim) const {
  letter::Instant last{};
  for (const auto& [number, receipt] : claim.receipts) last = std::max(last, receipt.received_at);
  return claim.receipts.empty() && settings_.today ? settings_.today() : letter::paris_day(last);
}

}  // namespace ingest
