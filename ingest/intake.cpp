#include "ingest/intake.hpp"

#include <algorithm>
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
  return std::nullopt;
}

bool room_for(const Submission& submission, const IntakeLimits& limits, const DiskSpace& space) {
  const auto share = static_cast<std::uint64_t>(limits.floor_share * static_cast<double>(space.total_bytes));
  std::uint64_t needed = std::max(limits.floor_bytes, share);
  for (const std::string& master : submission.masters) needed += master.size();
  return space.free_bytes >= needed;
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

}  // namespace

std::variant<letter::Receipt, letter::Refusal> take_in(const Submission& submission,
                                                       const std::string& user_id, vault::Vault& vault,
                                                       Spool& spool, const IntakeLimits& limits,
                                                       const DiskSpace& space, letter::Instant now) {
  Letter letter = submission.letter;
  if (user_id != "station:" + letter.id.station)
    return refused(letter, {"intake.wrong_station", "Ce poste n'a pas le droit d'envoyer sous ce nom.",
                            "This station may not send under that name."});
  if (const auto known = spool.find(letter.id))
    return known->masters == letter.masters
               ? std::variant<letter::Receipt, letter::Refusal>(receipt_of(*known))
               : refused(letter, id_taken());

  const letter::Day today = letter::paris_day(now);
  Doubt doubt = doubt_about_masters(submission);
  if (!doubt) doubt = doubt_about_pages(letter, limits.pages_a_letter);
  if (!doubt) doubt = doubt_about_slip(letter, today);
  if (doubt) return refused(letter, *doubt);
  if (!room_for(submission, limits, space))
    return refused(letter,
                   {"intake.no_space", "Il n'y a plus assez de place pour recevoir du courrier.",
                    "There is not enough room left to take mail in."},
                   true);

  letter.received_at = now;
  const auto stamped = vault.put(letter, submission.masters);
  if (!stamped) return refused(letter, id_taken());
  letter.received_at = *stamped;
  if (!letter.arrived_on.ok()) letter.arrived_on = letter::paris_day(*stamped);
  const auto same = spool.same_content(letter);
  letter.same_scan_as = same ? letter::text(*same) : "";
  spool.received(letter);
  return receipt_of(letter);
}

}  // namespace ingest
