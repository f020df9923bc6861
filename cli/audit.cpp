// `vaguemestre audit`: is the journal what was written? And its head, to be kept where nobody of the house
// can change it.
#include <algorithm>
#include <array>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "router/erasures.hpp"
#include "router/journal_file.hpp"
#include "tsa/stamp.hpp"
#include "vault/disk.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using letter::Result;
using router::JournalHead;

constexpr std::uint64_t longest_head = 4096;

// A head that lies in a file, and the third party's word on that file.
struct KeptHead {
  std::string name;
  JournalHead head;
  std::optional<Result<tsa::Stamp>> stamp;  // none: there is no token beside it
};

std::optional<Result<tsa::Stamp>> stamp_beside(const fs::path& file, const std::string& text,
                                               const belt::Config& config) {
  const auto token = vault::SystemDisk().read(fs::path(file).replace_extension(".tsr"));
  if (!token) return std::nullopt;
  return tsa::verify(*token, text, config.tsa_ca);
}

Result<KeptHead> kept_head(const fs::path& file, const belt::Config& config) {
  const auto text = load_file(file, longest_head);
  if (!text) return tl::unexpected(text.error());
  const auto head = router::read_head(*text);
  if (!head) return tl::unexpected(head.error());
  return KeptHead{file.filename().string(), *head, stamp_beside(file, *text, config)};
}

// The one that is named, or else every day's.
Result<std::vector<KeptHead>> kept_heads(const Arguments& arguments, const belt::Config& config) {
  std::vector<fs::path> files;
  if (arguments.has("--head")) files.emplace_back(arguments.text("--head"));
  if (files.empty())
    for (const std::string& name : vault::SystemDisk().names(config.heads_dir))
      if (name.ends_with(".json")) files.push_back(config.heads_dir / name);
  std::vector<KeptHead> kept;
  for (const fs::path& file : files) {
    auto one = kept_head(file, config);
    if (!one) return tl::unexpected(one.error());
    kept.push_back(std::move(*one));
  }
  return kept;
}

struct Checked {
  router::ChainCheck chain;
  router::ErasureCheck erasures;
};

Result<Checked> checked(const fs::path& file, const std::vector<KeptHead>& kept) {
  std::vector<JournalHead> heads;
  for (const KeptHead& one : kept) heads.push_back(one.head);
  Checked check{router::ChainCheck(std::move(heads)), {}};
  std::error_code error;
  if (!fs::exists(file, error))
    return letter::fault("audit.no_register", "Aucun registre à cet endroit.", "No register at that place.");
  router::for_each_journal_row(file, [&check](const router::JournalRow& row) {
    check.chain.look_at(row);
    check.erasures.look_at(row);
  });
  return check;
}

std::string flaw_text(const router::Finding& found, const Front& front) {
  const std::string where = std::to_string(found.seq);
  switch (found.flaw) {
    case router::Flaw::payload:
      return front.tell("L'événement " + where + " ne dit plus ce qui a été écrit.",
                        "Event " + where + " no longer says what was written.");
    case router::Flaw::link:
      return front.tell("L'événement " + where + " ou celui d'avant a été changé.",
                        "Event " + where + " or the one before it was changed.");
    case router::Flaw::order:
      return front.tell("L'événement " + where + " manque ou n'est pas à sa place.",
                        "Event " + where + " is missing or out of its place.");
    case router::Flaw::head:
      break;
  }
  return front.tell(
      "La tête exportée (événement " + where + ") n'est pas dans ce journal : la fin a été coupée.",
      "The exported head (event " + where + ") is not in this journal: its end was cut.");
}

// The last timestamp in words; a token that does not hold is a flaw of the same rank as a cut end.
int tell_stamps(const std::vector<KeptHead>& kept, const belt::Config& config, Front& front) {
  std::size_t stamped = 0;
  const KeptHead* last = nullptr;
  for (const KeptHead& one : kept) {
    if (!one.stamp) continue;
    if (!*one.stamp) {
      front.err << one.name << ": " << front.tell(one.stamp->error().fr, one.stamp->error().en) << " ["
                << one.stamp->error().code << "]\n";
      return belt::exit_unexplained;
    }
    ++stamped;
    last = &one;
  }
  front.out << front.tell("têtes gardées : ", "heads kept: ") << kept.size()
            << front.tell(", horodatées : ", ", timestamped: ") << stamped << "\n";
  if (last == nullptr) return belt::exit_ok;
  const tsa::Stamp& stamp = **last->stamp;
  front.out << front.tell("dernier horodatage (", "last timestamp (")
            << (config.tsa_qualified ? front.tell("dit qualifié", "said to be qualified")
                                     : front.tell("non qualifié", "not qualified"))
            << ") : " << letter::iso(stamp.at) << ", " << stamp.authority << ", n° " << stamp.serial << ", "
            << last->name << "\n";
  return belt::exit_ok;
}

int verify(const Checked& check, Front& front) {
  if (const auto found = check.chain.finding()) {
    front.err << flaw_text(*found, front) << " [audit." << router::id(found->flaw) << "]\n";
    return belt::exit_unexplained;
  }
  if (const auto seq = check.erasures.unexplained()) {
    const std::string where = std::to_string(*seq);
    front.err << front.tell(
                     "L'événement " + where + " a été effacé, et rien dans le journal ne dit pourquoi.",
                     "Event " + where + " was erased, and nothing in the journal says why.")
              << " [audit.erased]\n";
    return belt::exit_unexplained;
  }
  front.out << front.tell("Journal intact : ", "The journal is whole: ") << check.chain.head().seq
            << front.tell(" événements, dont ", " events, of them ") << check.chain.purged()
            << front.tell(" effacés\ntête : ", " purged\nhead: ") << check.chain.head().link << "\n";
  return belt::exit_ok;
}

int audit(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const std::string what = arguments.text("ACTION");
  if (what != "verify" && what != "head")
    return fail(
        front, belt::exit_usage,
        {"usage.audit", "Il faut `audit verify` ou `audit head`.", "Use `audit verify` or `audit head`."});
  const auto kept = kept_heads(arguments, *config);
  if (!kept) return fail(front, belt::exit_bad_input, kept.error());
  const auto check = checked(config->state_dir / "register" / "register.sqlite", *kept);
  if (!check) return fail(front, belt::exit_missing, check.error());
  if (what == "verify" || check->chain.finding()) {
    const int code = verify(*check, front);
    return code == belt::exit_ok ? tell_stamps(*kept, *config, front) : code;
  }
  return put_out(arguments, front, router::head_json(check->chain.head(), front.now()));
}

}  // namespace

Command audit_command() {
  return {
      "audit",
      "vérifie que le journal du registre est intact, avec les têtes gardées et leurs horodatages, ou en "
      "écrit la tête à garder ailleurs",
      "checks that the register's journal is whole, with the heads kept and their timestamps, or writes its "
      "head, to be kept elsewhere",
      "vaguemestre audit verify --head tete-2026-11-23.json --state ./etat",
      {{"ACTION", Kind::text, "", "vérifier, ou écrire la tête", "check, or write the head", true},
       {"--head", Kind::path, "FICHIER",
        "une tête exportée que le journal doit encore contenir (sinon : toutes celles de heads_dir)",
        "an exported head that the journal must still hold (else: all those in heads_dir)"},
       out_option(),
       state_option(),
       config_option()},
      audit};
}

}  // namespace cli
