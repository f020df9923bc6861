// Every setting of the house, from defaults, then deploy-style TOML, then VAGUEMESTRE_* variables.
// deploy/vaguemestre.toml shows every key with its default and why.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "letter/result.hpp"
#include "letter/service.hpp"

namespace belt {

struct Endpoints {  // "" = ipc socket of that name under Config::ipc_dir
  std::string station, handout, read, sorted, filed, desk;
};

struct Limits {
  std::uint64_t frame_bytes = 64u << 20;  // one frame, one master file
  std::uint32_t frames = 16;              // frames of one message
  std::uint32_t pages_a_letter = 200;
  std::uint32_t letters_in_flight = 64;  // between hand-out and Filed
  std::uint32_t attempts = 3;            // a letter that breaks readers this often goes to a person
  std::uint32_t handouts = 20;           // the same, for letters lost on the way without blame
  std::uint32_t read_ms_a_page = 10'000;
  std::uint32_t decode_ms = 10'000;          // to open a file, and to look at each page of it
  std::uint64_t decoded_bytes = 300u << 20;  // of a page: pixels times bytes a pixel
  std::uint64_t child_bytes = 1536u << 20;   // memory of a process that decodes or reads, beyond its engines
  std::uint64_t daemon_bytes = 4ull << 30;   // of a daemon that others may send to; more: it leaves
  std::uint32_t lease_ms = 30'000;           // no news of a letter this long: hand it out again
  std::uint32_t beat_ms = 500;               // loops say so this often
  std::uint32_t silence_ms = 3'000;          // no beat this long: the worker is gone
  std::uint64_t floor_bytes = 1ull << 30;    // free space under which ingest takes nothing more
  double floor_share = 0.05;                 // the same, as a share of the disk; the larger holds
};

struct Rules {                               // clocks, domain rule 2.2
  bool ack_counts_saturdays = true;          // jours ouvrables; false = Monday-Friday
  bool prorogation = false;                  // CPC 642 on the answer date
  std::string region;                        // "" | "AM" | "GP" | "MQ" | "GF" | "RE" | "YT" | "BL" | "MF"
  std::vector<std::string> worked_holidays;  // ISO dates or "whit_monday"
};

// How long an ended case is kept, by queue in the order of letter::all_queues (letter::parse_period). Domain
// rule 4.3 and the prescription of L.932-13 CSS: 5 years, 10 where the beneficiary is not the participant.
using Retention = std::array<std::string, letter::queue_count>;
inline const Retention usual_retention{"5 years", "10 years", "10 years", "5 years", "5 years",
                                       "5 years", "5 years",  "90 days",  "5 years"};

struct Config {
  std::filesystem::path state_dir = "/var/lib/vaguemestre";
  std::filesystem::path models_dir;  // default: the models the build came with
  std::filesystem::path ipc_dir;     // default: state_dir/ipc when short enough, else a 0700 /tmp folder
  std::string lang = "fr";           // "fr" | "en"
  bool log_json = false;
  bool insecure = false;  // go on where the kernel cannot wall in what decodes strangers' files
  std::uint32_t readers = 1;
  std::string station_name = "STATION1";
  bool form_first_page = false;     // a form's first page begins a letter, as a separator sheet does
  bool folder_batches = false;      // a folder put into the hot folder is one stack of pages
  std::uint32_t quiet_ms = 1'000;   // a file must lie still this long before it is taken
  std::uint32_t rescan_ms = 2'000;  // in case an event was missed
  double sort_wrong_per_1000 = 20;  // allowed among the letters sorted without a person
  // Expected share of complaints among the letters of each post box (by letter::PostBox); 0 = not known.
  std::array<double, 4> complaint_share{};
  std::uint32_t desk_lease_s = 900;
  std::filesystem::path members;          // reading.members: the house's list of members; empty = none
  bool follow_by_nir = false;             // a NIR may tell that two letters are of one person
  std::uint32_t blind_check_one_in = 50;  // of the letters sorted without a person; 0 = none
  std::filesystem::path handover_dir;     // what is no complaint leaves by it; default: state_dir/handover
  std::filesystem::path handover_medical_dir;  // the same for what is secret; empty: it cannot leave
  std::filesystem::path medical_key;           // the medical service's secret; default: STATE_DIR.medical.key
  std::filesystem::path heads_dir;             // the journal's head of each day; default: state_dir/heads
  std::string tsa = "none";                    // who timestamps those heads (RFC 3161): "none" or http://...
  std::filesystem::path tsa_ca;                // PEM: under whose certificates its tokens must be signed
  bool tsa_qualified = false;                  // the house says that it is a qualified one (eIDAS)
  std::uint32_t done_hours = 0;                // a station keeps a receipted scan this long in done/; 0 = not
  std::filesystem::path letters_dir;           // templates of the letters out; default: models_dir/letters
  Endpoints endpoints;
  Limits limits;
  Rules rules;
  Retention retention = usual_retention;
};

// file empty: VAGUEMESTRE_CONFIG, then /etc/vaguemestre/vaguemestre.toml if it exists, else defaults.
// state_dir not empty: takes the place of the configured one, before what is derived from it.
// A variable is the key in capitals, its section first: VAGUEMESTRE_LANG, VAGUEMESTRE_LIMITS_LEASE_MS; lists
// are separated by commas. VAGUEMESTRE_MODELS says where the models are when `models_dir` does not.
// Unknown keys, wrong kinds and out-of-range values are faults ("config.*") that name key and line.
letter::Result<Config> load_config(const std::filesystem::path& file,
                                   const std::filesystem::path& state_dir = {});

// Every key a file may have, dotted ("lang", "limits.lease_ms").
std::vector<std::string> config_keys();

// The folder of ipc sockets for a state folder: beside it when the paths fit a socket's name, else a folder
// of this user under /tmp. Nothing is made here: who binds makes it.
std::filesystem::path default_ipc_dir(const std::filesystem::path& state_dir);

// The endpoint to use for a socket name ("station", "handout", ...): configured, or ipc in ipc_dir.
std::string endpoint(const Config& config, const std::string& socket_name);

}  // namespace belt
