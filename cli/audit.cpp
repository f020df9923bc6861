// `vaguemestre audit`: is the journal what was written? And its head, to be kept where nobody of the house
// can change it.
#include <array>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "router/journal_file.hpp"

namespace cli {
namespace {

constexpr std::uint64_t longest_head = 4096;

letter::Result<router::ChainCheck> checked(const std::filesystem::path& file,
                                           std::optional<router::JournalHead> exported) {
  router::ChainCheck check(std::move(exported));
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    return letter::fault("audit.no_register", "Aucun registre à cet endroit.", "No register at that place.");
  router::for_each_journal_row(file, [&check](const router::JournalRow& row) { check.look_at(row); });
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

int verify(const router::ChainCheck& check, Front& front) {
  if (const auto found = check.finding()) {
    front.err << flaw_text(*found, front) << " [audit." << router::id(found->flaw) << "]\n";
    return belt::exit_unexplained;
  }
  front.out << front.tell("Journal intact : ", "The journal is whole: ") << check.head().seq
            << front.tell(" événements, dont ", " events, of them ") << check.purged()
            << front.tell(" effacés\ntête : ", " purged\nhead: ") << check.head().link << "\n";
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
  std::optional<router::JournalHead> exported;
  if (arguments.has("--head")) {
    const auto text = load_file(arguments.text("--head"), longest_head);
    if (!text) return fail(front, belt::exit_bad_input, text.error());
    const auto head = router::read_head(*text);
    if (!head) return fail(front, belt::exit_bad_input, head.error());
    exported = *head;
  }
  const auto check = checked(config->state_dir / "register" / "register.sqlite", exported);
  if (!check) return fail(front, belt::exit_missing, check.error());
  if (what == "verify" || check->finding()) return verify(*check, front);
  const std::string text = router::head_json(check->head(), front.now());
  return put_out(arguments, front, text);
}

}  // namespace

Command audit_command() {
  return {"audit",
          "vérifie que le journal du registre est intact, ou en écrit la tête à garder ailleurs",
          "checks that the register's journal is whole, or writes its head, to be kept elsewhere",
          "vaguemestre audit verify --head tete-2026-11-23.json --state ./etat",
          {{"ACTION", Kind::text, "", "vérifier, ou écrire la tête", "check, or write the head", true},
           {"--head", Kind::path, "FICHIER", "une tête exportée que le journal doit encore contenir",
            "an exported head that the journal must still hold"},
           out_option(),
           state_option(),
           config_option()},
          audit};
}

}  // namespace cli
