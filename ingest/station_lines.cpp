#include "ingest/station_lines.hpp"

namespace ingest {
namespace {

std::string counted(std::uint32_t n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n < 2 ? one : many);
}

std::string looked(const StationEvent& event, bool french) {
  std::string text = counted(event.pages, "page", "pages") + ", " +
                     (french ? counted(event.letters, "courrier", "courriers")
                             : counted(event.letters, "letter", "letters"));
  if (event.separators > 0)
    text += ", " + (french ? counted(event.separators, "feuille séparatrice", "feuilles séparatrices")
                           : counted(event.separators, "separator sheet", "separator sheets"));
  if (event.sealed > 0)
    text +=
        ", " + (french ? counted(event.sealed, "pli fermé (non lu)", "plis fermés (non lus)")
                       : counted(event.sealed, "closed envelope (not read)", "closed envelopes (not read)"));
  return text;
}

std::string batch(const StationEvent& event, bool french) {
  const std::string found = std::to_string(event.found), expected = std::to_string(event.expected);
  if (event.expected == 0) return french ? "lot de " + found : "batch of " + found;
  if (event.expected == event.found)
    return french ? "lot complet : " + found + " sur " + expected
                  : "batch complete: " + found + " of " + expected;
  return french ? "ATTENTION, lot annoncé de " + expected + ", trouvé " + found + " : recomptez le papier"
                : "ATTENTION, a batch of " + expected + " was announced, " + found +
                      " found: count the paper again";
}

std::string said(const StationEvent& event, bool french) {
  const std::string why = french ? event.reason.fr : event.reason.en;
  if (event.what == "looked") return looked(event, french);
  if (event.what == "batch") return batch(event, french);
  if (event.what == "flaw") return "page " + std::to_string(event.page) + (french ? " : " : ": ") + why;
  if (event.what == "received") return french ? "reçu" : "received";
  if (event.what == "done") return french ? "rangé dans done/" : "put into done/";
  if (event.what == "failed") return (french ? "REFUSÉ, dans failed/ : " : "REFUSED, in failed/: ") + why;
  if (event.what == "waiting") return (french ? "attend : " : "waits: ") + why;
  if (event.what == "orphan" || event.what == "abandoned") return (french ? "non pris " : "not taken ") + why;
  return "";
}

}  // namespace

std::string line_for(const StationEvent& event, const std::string& file, bool french) {
  const std::string text = said(event, french);
  return text.empty() ? "" : letter::text(event.id) + "  " + file + (file.empty() ? "" : "  ") + text;
}

}  // namespace ingest
