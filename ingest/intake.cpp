#include "ingest/intake.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "letter/filed.hpp"

namespace ingest {
namespace {

using letter::Letter;
using letter::Submission;
using Doubt = std::optional<letter::Reason>;

Doubt no(std::string code, std::string fr, std::string en) {
  return letter::Reason{std::move(code), std::move(fr), std::move(en)};
}

Doubt doubt_about_masters(const Submission& submission) {
  const auto& masters = submission.letter.masters;
  if (masters.empty() || masters.size() != submission.masters.size())
    return no("intake.count", "Le nombre de fichiers reçus n'est pas celui annoncé.",
              "The number of files received is not the number announced.");
  for (std::size_t i = 0; i < masters.size(); ++i) {
    if (masters[i].bytes != submission.masters[i].size())
      return no("intake.size", "Un fichier reçu n'a pas la taille annoncée.",
                "A file received does not have the announced size.");
    if (masters[i].sha256 != vault::sha256_hex(submission.masters[i]))
      return no("intake.hash", "Un fichier reçu ne correspond pas à son empreinte.",
                "A file received does not match its hash.");
  }
  return std::nullopt;
}

// Each page of each master once: a page that the slip left out would never be read.
Doubt doubt_about_pages(const Letter& letter, std::uint32_t most_pages) {
  if (letter.pages.empty() || letter.pages.size() > most_pages)
    return no("intake.pages", "Ce courrier n'a pas de page, ou trop de pages.",
              "This letter has no page, or too many.");
  std::uint64_t announced = 0;
  for (const letter::Master& master : letter.masters) announced += master.pages;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const letter::Page& page : letter.pages) {
    const bool there = page.master < letter.masters.size() && page.index < letter.masters[page.master].pages;
    if (there) seen.insert({page.master, page.index});
  }
  if (seen.size() != letter.pages.size() || seen.size() != announced)
    return no("intake.page_list", "La liste des pages ne correspond pas aux fichiers.",
              "The list of pages does not match the files.");
  return std::nullopt;
}

Doubt doubt_about_slip(const Letter& letter, letter::Day today) {
  if (!letter.joins.empty() && !letter::parse_case_ref(letter.joins))
    return no("intake.joins", "La référence du dossier à compléter n'est pas valable.",
              "The reference of the case to add to is not valid.");
  // A date in the future would let every clock start late.
  if (letter.arrived_on.ok() && letter.arrived_on > today)
    return no("intake.arrived_later", "La date d'arrivée annoncée est dans le futur.",
              "The announced date of arrival lies in the future.");
  return letter::doubt_about(letter.envelope, letter.arrived_on, today);
}

std::uint64_t bytes_of(const Submission& submission) {
  std::uint64_t bytes = 0;
  for (const std::string& master : submission.masters) bytes += master.size();
  return bytes;
}

bool has_room(const Intake& intake, std::uint64_t for_bytes) {
  const double share = intake.limits.floor_share * static_cast<double>(intake.space.total_bytes);
  const std::uint64_t floor = std::max(intake.limits.floor_bytes, static_cast<std::uint64_t>(share));
  return intake.space.free_bytes >= floor + for_bytes;
}

letter::Receipt receipt_of(const Letter& letter) {
  return {letter.id, letter.received_at, letter.same_scan_as};
}

letter::Refusal refused(const Letter& letter, letter::Reason reason, bool retry = false) {
  return {letter.id, std::move(reason), retry};
}

letter::Reason id_taken() {
  return {"intake.id_taken", "Ce numéro est déjà celui d'un autre courrier de ce poste.",
          "This number already belongs to another letter of this station."};
}

// Under this id something was taken in before: its receipt again, or a refusal.
Outcome again(const Letter& letter, const Letter& known) {
  if (known.masters != letter.masters) return refused(letter, id_taken());
  return receipt_of(known);
}

// One round: who may come in, the vault for all of them, the spool for all of them.
class Round {
 public:
  explicit Round(const Intake& intake) : intake_(intake) {}

  // An answer that needs no disk; nullopt: it is taken in with this round, or its id is, and it is asked
  // again when the round is over.
  std::optional<Outcome> look_at(const Arrival& arrival) {
    const Letter& letter = arrival.submission.letter;
    if (arrival.user_id != "station:" + letter.id.station)
      return refused(letter, {"intake.wrong_station", "Ce poste n'a pas le droit d'envoyer sous ce nom.",
                              "This station may not send under that name."});
    if (const auto known = intake_.spool.find(letter.id)) return again(letter, *known);
    if (coming_.contains(letter.id)) return std::nullopt;
    Doubt doubt = doubt_about_masters(arrival.submission);
    if (!doubt) doubt = doubt_about_pages(letter, intake_.limits.pages_a_letter);
    if (!doubt) doubt = doubt_about_slip(letter, letter::paris_day(intake_.now));
    if (doubt) return refused(letter, *doubt);
    if (!has_room(intake_, bytes_ + bytes_of(arrival.submission)))
      return refused(letter,
                     {"intake.no_space", "Il n'y a plus assez de place pour recevoir du courrier.",
                      "There is not enough room left to take mail in."},
                     true);
    bytes_ += bytes_of(arrival.submission);
    coming_.insert(letter.id);
    letters_.push_back(letter);
    letters_.back().received_at = intake_.now;
    masters_.push_back(&arrival.submission.masters);
    return std::nullopt;
  }

  void keep() {
    std::vector<vault::Parcel> parcels;
    for (std::size_t i = 0; i < letters_.size(); ++i) parcels.push_back({letters_[i], *masters_[i]});
    const auto stamps = intake_.vault.put_all(parcels);
    std::vector<Letter> kept;
    std::map<std::vector<std::string>, std::string> contents;  // of this round, by hashes
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      if (!stamps[i]) continue;
      Letter& letter = kept.emplace_back(std::move(letters_[i]));
      letter.received_at = *stamps[i];
      if (!letter.arrived_on.ok()) letter.arrived_on = letter::paris_day(*stamps[i]);
      const auto same = intake_.spool.same_content(letter);
      const auto [first, is_first] = contents.try_emplace(hashes_of(letter), letter::text(letter.id));
      letter.same_scan_as = same ? letter::text(*same) : is_first ? "" : first->second;
    }
    intake_.spool.received(kept);
  }

  // Once the round is kept; what the vault had under other content is not in the spool.
  Outcome answer(const Letter& letter) const {
    const auto known = intake_.spool.find(letter.id);
    return known ? again(letter, *known) : refused(letter, id_taken());
  }

 private:
  static std::vector<std::string> hashes_of(const Letter& letter) {
    std::vector<std::string> hashes;
    for (const letter::Master& master : letter.masters) hashes.push_back(master.sha256);
    return hashes;
  }

  const Intake& intake_;
  std::vector<Letter> letters_;
  std::vector<const std::vector<std::string>*> masters_;  // of each
  std::set<letter::LetterId> coming_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

std::vector<Outcome> take_in(const std::vector<Arrival>& arrivals, const Intake& intake) {
  Round round(intake);
  std::vector<std::optional<Outcome>> outcomes;
  for (const Arrival& arrival : arrivals) outcomes.push_back(round.look_at(arrival));
  round.keep();
  std::vector<Outcome> answers;
  for (std::size_t i = 0; i < arrivals.size(); ++i)
    answers.push_back(outcomes[i] ? *outcomes[i] : round.answer(arrivals[i].submission.letter));
  return answers;
}

}  // namespace ingest
