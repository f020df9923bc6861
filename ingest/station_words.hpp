// The words of the command line of vaguemestre-station.
#pragma once

#include <string>
#include <vector>

#include "ingest/station.hpp"

namespace ingest {

struct StationWords {
  std::filesystem::path hot_folder;
  std::string name;  // empty: the configured station name
  letter::PostBox box = letter::PostBox::none;
  letter::Day arrived_on{};  // not ok(): nothing was said
  std::uint32_t pages_per_letter = 0;
  bool form_separates = false;  // or the setting form_first_page
  bool sealed = false;
  bool says = false;  // what happened goes to the terminal too, in the operator's words
  bool once = false;
  Handed handed;                             // --to, --postmark, --deposit, --franking, --lrar
  std::vector<std::filesystem::path> files;  // --once
  bool help = false;
  std::vector<std::string> daemon_words;  // --config and --state, for run_daemon
};

// Fault "usage.*": what is wrong with the words. `today`: no letter arrives later than that.
letter::Result<StationWords> read_words(const std::vector<std::string>& words, letter::Day today);
const char* station_help();

}  // namespace ingest
