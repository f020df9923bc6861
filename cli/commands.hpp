// The commands, one a file.
#pragma once

#include "belt/daemon.hpp"
#include "cli/command.hpp"

namespace cli {

Command run_command();
Command station_command();
Command submit_command();
Command queue_command();
Command case_command();
Command desk_command();
Command status_command();
Command reconcile_command();
Command backup_command();
Command restore_command();
Command read_command();
Command page_command();
Command clock_command();
Command form_command();
Command specimen_command();
Command check_config_command();
Command letters_command();
Command register_command();
Command audit_command();
Command purge_command();
Command gel_command();
Command corrections_command();
Command handovers_command();
Command keys_command();
Command train_command();
Command triage_command();
Command evaluate_command();
Command version_command();

}  // namespace cli
