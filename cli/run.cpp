// `vaguemestre run`: the embedded default, every daemon on this machine, one state folder.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "cli/case_table.hpp"
#include "cli/commands.hpp"
#include "cli/hot_folder.hpp"
#include "cli/house.hpp"
#include "cli/places.hpp"
#include "cli/registry.hpp"
#include "cli/run_lock.hpp"
#include "cli/run_plan.hpp"
#include "cli/table.hpp"
#include "page/walls.hpp"
#include "vault/disk.hpp"

namespace cli {
namespace {

// Signals that end the house, taken by waiting instead of by handlers.
class StopSignals {
 public:
  StopSignals() {
    ::sigemptyset(&set_);
    for (const int one : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set_, one);
    ::sigprocmask(SIG_BLOCK, &set_, nullptr);  // ZeroMQ's threads, made later, inherit it
  }
  // True when one came within the wait.
  bool wait(int ms) const {
    const timespec patience{ms / 1000, (ms % 1000) * 1'000'000L};
    return ::sigtimedwait(&set_, nullptr, &patience) > 0;
  }

 private:
  sigset_t set_{};
};

// Knows when every scan that was there has become a filed letter.
class Drain {
 public:
  Drain(const RunPlan& plan, Front& front) : plan_(plan), front_(front) {}
  bool is_done() {
    // The folder first: what has left it is in ingest's counts, because done/ follows the receipt.
    if (!plan_.hot_folder.empty() && holds_scans(plan_.hot_folder)) return false;
    if (!plan_.hot_folder.empty() && plan_.config.folder_batches && holds_folders(plan_.hot_folder))
      return false;
    if (!line_) {
      auto opened = DeskLine::to_ingest(plan_.config, ops_id);
      if (!opened) return false;
      line_ = std::move(*opened);
    }
    const auto counts = spool_counts(*line_);
    if (!counts) return false;
    if (counts->unfiled() > 0 && counts->unfiled() != last_) {
      last_ = counts->unfiled();
      front_.err << front_.tell("vaguemestre: lettres à classer : ", "vaguemestre: letters to file: ")
                 << last_ << "\n";
    }
    return counts->unfiled() == 0;
  }

 private:
  const RunPlan& plan_;
  Front& front_;
  std::unique_ptr<DeskLine> line_;
  std::uint64_t last_ = 0;
};

void say_where(const RunPlan& plan, Front& front) {
  const auto state = plan.config.state_dir.string();
  front.out << front.tell("État      : ", "State     : ") << state
            << front.tell("  (coffre, registre, clés)\n", "  (vault, register, keys)\n")
            << front.tell("Journaux  : ", "Logs      : ") << log_dir(plan.config).string() << "\n";
  if (!plan.hot_folder.empty())
    front.out << front.tell("Dépôt     : ", "Hot folder: ") << plan.hot_folder.string()
              << front.tell("  (faits : done/, refusés : failed/)\n", "  (done: done/, refused: failed/)\n");
  front.out << front.tell("Bureau    : ", "Desk      : ") << "vaguemestre desk --queue frais_sante --state "
            << state << "\n"
            << front.tell("Situation : ", "Standing  : ") << "vaguemestre status --state " << state << "\n";
  front.out.flush();
}

int show_all(const RunPlan& plan, Front& front) {
  const auto rows = every_case(plan.config);
  if (!rows) return fail(front, exit_code_of(rows.error()), rows.error());
  front.out << "\n" << case_table(*rows, front) << "\n" << queue_counts(*rows, front) << "\n";
  std::vector<std::vector<std::string>> refused;
  for (const auto& scan : failed_scans(plan.hot_folder, front.lang)) refused.push_back({scan.name, scan.why});
  if (!refused.empty())
    front.out << table({{front.tell("Scan refusé", "Scan refused")}, {front.tell("Pourquoi", "Why")}},
                       refused)
              << "\n";
  return belt::exit_ok;
}

// Who died is due again soon, wherever somebody sets the machine's clock meanwhile.
letter::Instant steady_now() {
  using letter::Instant;
  return Instant(
      std::chrono::duration_cast<Instant::duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

int keep_house(const RunPlan& plan, const StopSignals& signals, Front& front) {
  House house(log_dir(plan.config), children(plan, front.bin_dir));
  Drain drain(plan, front);
  constexpr int look_ms = 50, drain_looks = 10;
  for (int looks = 1;; ++looks) {
    if (auto kept = house.look(steady_now()); !kept) {
      house.stop();
      return fail(front, kept.error().code == "run.child_config" ? belt::exit_config : belt::exit_broken,
                  kept.error());
    }
    if (signals.wait(look_ms)) break;
    if (plan.drain && looks % drain_looks == 0 && drain.is_done()) {
      const int code = show_all(plan, front);
      house.stop();
      return code;
    }
  }
  front.err << front.tell("vaguemestre: arrêt demandé\n", "vaguemestre: stopping\n");
  house.stop();
  return plan.drain ? belt::exit_interrupted : belt::exit_ok;
}

int run(const Arguments& arguments, Front& front) {
  const auto plan = run_plan(arguments);
  if (!plan)
    return fail(front, plan.error().code.starts_with("usage.") ? belt::exit_usage : belt::exit_config,
                plan.error());
  if (!plan->hot_folder.empty() && !std::filesystem::is_directory(plan->hot_folder))
    return fail(front, belt::exit_file_access,
                {"run.no_hot_folder", "Le dossier de dépôt n'existe pas.", "The hot folder does not exist."});
  for (const auto& child : children(*plan, front.bin_dir))
    if (::access(child.words[0].c_str(), X_OK) != 0)
      return fail(front, belt::exit_missing,
                  {"run.no_daemon", "Il manque l'exécutable " + child.words[0] + ".",
                   child.words[0] + " is missing."});
  if (const auto missing = page::missing_walls()) {
    if (!plan->config.insecure) return fail(front, belt::exit_missing, *missing);
    front.err << front.tell("Attention : ", "Warning: ") << front.tell(missing->fr, missing->en) << "\n";
    ::setenv("VAGUEMESTRE_INSECURE", "1", 1);  // for the daemons
  }
  vault::SystemDisk disk;
  vault::make_folder_durably(disk, plan->config.state_dir, 0700);
  const RunLock lock(plan->config.state_dir / "run.lock");
  if (!lock.is_ours())
    return fail(front, belt::exit_file_access,
                {"run.locked", "Une autre maison tourne déjà sur ce dossier d'état.",
                 "Another house already runs on this state folder."});
  furnish(*plan);
  const StopSignals signals;
  say_where(*plan, front);
  return keep_house(*plan, signals, front);
}

}  // namespace

Command run_command() {
  return {
      "run",
      "fait tourner toute la maison sur cette machine",
      "runs the whole house on this machine",
      "vaguemestre run --state ./etat --hot-folder ./depot --box \"TSA 20202\" --readers 2",
      {state_option(),
       config_option(),
       insecure_option(),
       {"--hot-folder", Kind::path, "DOSSIER", "dossier de dépôt des scans ; lance une station",
        "folder where scans are put; starts a station"},
       {"--box", Kind::post_box, "BOITE", "boîte postale du dossier de dépôt", "post box of the hot folder"},
       {"--arrived", Kind::day, "AAAA-MM-JJ", "jour où La Poste a livré (défaut : jour de réception)",
        "day the post delivered (default: day of receipt)"},
       {"--readers", Kind::whole, "N", "nombre de lecteurs (défaut : réglage readers)",
        "number of readers (default: setting readers)"},
       {"--drain", Kind::flag, "", "s'arrête quand tout est classé, et imprime la table",
        "stops when all is filed, and prints the table"}},
      run};
}

}  // namespace cli
