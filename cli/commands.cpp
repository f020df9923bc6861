#include "cli/commands.hpp"

namespace cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      run_command(),    station_command(),     submit_command(),       queue_command(),  case_command(),
      desk_command(),   letters_command(),     register_command(),     audit_command(),  purge_command(),
      gel_command(),    corrections_command(), handovers_command(),    status_command(), reconcile_command(),
      backup_command(), restore_command(),     read_command(),         page_command(),   clock_command(),
      form_command(),   specimen_command(),    check_config_command(), keys_command(),   train_command(),
      triage_command(), evaluate_command(),    version_command()};
  return all;
}

}  // namespace cli
