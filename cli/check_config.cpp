// `vaguemestre check-config`: every setting as it will be used, as TOML that can be loaded again.
#include "cli/commands.hpp"
#include "cli/rules.hpp"
#include "letter/tree.hpp"

namespace cli {
namespace {

// A TOML basic string is a JSON string.
std::string quoted(const std::string& text) { return letter::dump_json(letter::Tree(text)); }

std::string number(double n) { return letter::dump_json(letter::Tree(n)); }

std::string line(const std::string& key, const std::string& value) { return key + " = " + value + "\n"; }

std::string flag(bool yes) { return yes ? "true" : "false"; }

std::string base(const belt::Config& c) {
  return line("state_dir", quoted(c.state_dir)) + line("models_dir", quoted(c.models_dir)) +
         line("ipc_dir", quoted(c.ipc_dir)) + line("lang", quoted(c.lang)) +
         line("log_json", flag(c.log_json)) + line("insecure", flag(c.insecure)) +
         line("readers", std::to_string(c.readers)) + line("station_name", quoted(c.station_name)) +
         line("form_first_page", flag(c.form_first_page)) + line("folder_batches", flag(c.folder_batches)) +
         line("quiet_ms", std::to_string(c.quiet_ms)) + line("rescan_ms", std::to_string(c.rescan_ms)) +
         line("sort_wrong_per_1000", number(c.sort_wrong_per_1000)) +
         line("desk_lease_s", std::to_string(c.desk_lease_s)) + line("follow_by_nir", flag(c.follow_by_nir)) +
         line("blind_check_one_in", std::to_string(c.blind_check_one_in)) +
         line("handover_dir", quoted(c.handover_dir.string())) +
         line("handover_medical_dir", quoted(c.handover_medical_dir.string())) +
         line("medical_key", quoted(c.medical_key.string())) +
         line("heads_dir", quoted(c.heads_dir.string())) +
         line("letters_dir", quoted(c.letters_dir.string()));
}

std::string reading(const belt::Config& c) { return "\n[reading]\n" + line("members", quoted(c.members)); }

std::string complaint_share(const belt::Config& c) {
  return "\n[complaint_share]\n" + line("elsewhere", number(c.complaint_share[0])) +
         line("tsa_20202", number(c.complaint_share[1])) + line("cs_30027", number(c.complaint_share[2])) +
         line("tsa_90200", number(c.complaint_share[3]));
}

std::string endpoints(const belt::Config& c) {
  std::string text = "\n[endpoints]\n";
  for (const char* name : {"station", "handout", "read", "sorted", "filed", "desk"})
    text += line(name, quoted(belt::endpoint(c, name)));
  return text;
}

std::string limits(const belt::Limits& l) {
  return "\n[limits]\n" + line("frame_bytes", std::to_string(l.frame_bytes)) +
         line("frames", std::to_string(l.frames)) + line("pages_a_letter", std::to_string(l.pages_a_letter)) +
         line("letters_in_flight", std::to_string(l.letters_in_flight)) +
         line("attempts", std::to_string(l.attempts)) + line("handouts", std::to_string(l.handouts)) +
         line("read_ms_a_page", std::to_string(l.read_ms_a_page)) +
         line("decode_ms", std::to_string(l.decode_ms)) +
         line("decoded_bytes", std::to_string(l.decoded_bytes)) +
         line("child_bytes", std::to_string(l.child_bytes)) + line("lease_ms", std::to_string(l.lease_ms)) +
         line("beat_ms", std::to_string(l.beat_ms)) + line("silence_ms", std::to_string(l.silence_ms)) +
         line("floor_bytes", std::to_string(l.floor_bytes)) + line("floor_share", number(l.floor_share));
}

std::string rules(const belt::Rules& r) {
  std::string worked;
  for (const auto& one : r.worked_holidays) worked += (worked.empty() ? "" : ", ") + quoted(one);
  return "\n[rules]\n" + line("ack_counts_saturdays", flag(r.ack_counts_saturdays)) +
         line("prorogation", flag(r.prorogation)) + line("region", quoted(r.region)) +
         line("worked_holidays", "[" + worked + "]");
}

int check_config(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  if (const auto made = clock_rules(config->rules); !made)
    return fail(front, belt::exit_config, made.error());
  front.out << base(*config) << reading(*config) << complaint_share(*config) << endpoints(*config)
            << limits(config->limits) << rules(config->rules);
  return belt::exit_ok;
}

}  // namespace

Command check_config_command() {
  return {"check-config",
          "vérifie les réglages et montre chaque valeur en vigueur",
          "checks the settings and shows every value in force",
          "vaguemestre check-config --config deploy/vaguemestre.toml",
          {config_option(), state_option()},
          check_config};
}

}  // namespace cli
