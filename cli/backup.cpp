// `vaguemestre backup` and `restore`: the whole state in another folder, and back.
#include "cli/commands.hpp"
#include "cli/state_copy.hpp"

namespace cli {
namespace {

int tell(const letter::Result<Copied>& copied, Front& front) {
  if (!copied) return fail(front, belt::exit_bad_input, copied.error());
  front.out << copied->files << front.tell(" fichiers, ", " files, ") << (copied->bytes >> 10)
            << front.tell(" Kio\n", " KiB\n");
  return belt::exit_ok;
}

int backup(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  return tell(back_up(config->state_dir, arguments.text("--to")), front);
}

int restore_state(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  return tell(restore(arguments.text("--from"), config->state_dir), front);
}

}  // namespace

Command backup_command() {
  return {
      "backup",
      "copie tout l'état dans un dossier, sans arrêter la maison ; les clés y sont : gardez-le comme elles",
      "copies the whole state into a folder, the house running on; the keys are in it: keep it as you keep "
      "them",
      "vaguemestre backup --state ./etat --to /mnt/sauvegarde/2026-11-23",
      {{.name = "--to",
        .kind = Kind::path,
        .shows = "DIR",
        .fr = "dossier absent ou vide",
        .en = "a folder that is absent or empty",
        .required = true},
       state_option(),
       config_option()},
      backup};
}

Command restore_command() {
  return {"restore",
          "remet une sauvegarde dans un dossier d'état absent ou vide, chaque fichier vérifié",
          "puts a backup into a state folder that is absent or empty, every file checked",
          "vaguemestre restore --from /mnt/sauvegarde/2026-11-23 --state ./etat",
          {{.name = "--from",
            .kind = Kind::path,
            .shows = "DIR",
            .fr = "la sauvegarde",
            .en = "the backup",
            .required = true},
           state_option(),
           config_option()},
          restore_state};
}

}  // namespace cli
