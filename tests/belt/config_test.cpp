// Settings: defaults, then the file, then the environment; anything odd is refused with its place.
#include "belt/config.hpp"

#include <gtest/gtest.h>
#include <sys/un.h>

#include <fstream>
#include <set>
#include <sstream>

#include "letter/tree.hpp"
#include "tests/belt/folder.hpp"

namespace {

using belt::Config;
using belt::load_config;
using scene::Folder;
using scene::Variable;

const std::filesystem::path shipped =
    std::filesystem::path(VAGUEMESTRE_SOURCE_DIR) / "deploy/vaguemestre.toml";

letter::Result<Config> load(const std::string& text) {
  const Folder folder;
  return load_config(folder.write("v.toml", text));
}

// "config.range v.toml:2": the fault's code, and the file's line it names.
std::string fault_of(const std::string& text) {
  const auto config = load(text);
  if (config) return "";
  const auto at = config.error().en.find("v.toml:");
  const auto place = at == std::string::npos ? "" : config.error().en.substr(at);
  return config.error().code + " " + place.substr(0, place.find_first_of(" ", 7));
}

void expect_defaults(const Config& config) {
  const Config plain;
  EXPECT_EQ(config.state_dir, plain.state_dir);
  EXPECT_EQ(config.lang, plain.lang);
  EXPECT_EQ(config.log_json, plain.log_json);
  EXPECT_EQ(config.readers, plain.readers);
  EXPECT_EQ(config.station_name, plain.station_name);
  EXPECT_EQ(config.quiet_ms, plain.quiet_ms);
  EXPECT_EQ(config.rescan_ms, plain.rescan_ms);
  EXPECT_EQ(config.sort_wrong_per_1000, plain.sort_wrong_per_1000);
  EXPECT_EQ(config.complaint_share, plain.complaint_share);
  EXPECT_EQ(config.desk_lease_s, plain.desk_lease_s);
  EXPECT_EQ(config.follow_by_nir, plain.follow_by_nir);
  EXPECT_EQ(config.blind_check_one_in, plain.blind_check_one_in);
  EXPECT_EQ(config.handover_medical_dir, plain.handover_medical_dir);
  EXPECT_EQ(config.endpoints.station + config.endpoints.handout + config.endpoints.read, "");
  EXPECT_EQ(config.endpoints.sorted + config.endpoints.filed + config.endpoints.desk, "");
  EXPECT_EQ(config.limits.frame_bytes, plain.limits.frame_bytes);
  EXPECT_EQ(config.limits.frames, plain.limits.frames);
  EXPECT_EQ(config.limits.pages_a_letter, plain.limits.pages_a_letter);
  EXPECT_EQ(config.limits.letters_in_flight, plain.limits.letters_in_flight);
  EXPECT_EQ(config.limits.attempts, plain.limits.attempts);
  EXPECT_EQ(config.limits.handouts, plain.limits.handouts);
  EXPECT_EQ(config.limits.read_ms_a_page, plain.limits.read_ms_a_page);
  EXPECT_EQ(config.limits.lease_ms, plain.limits.lease_ms);
  EXPECT_EQ(config.limits.beat_ms, plain.limits.beat_ms);
  EXPECT_EQ(config.limits.silence_ms, plain.limits.silence_ms);
  EXPECT_EQ(config.limits.floor_bytes, plain.limits.floor_bytes);
  EXPECT_EQ(config.limits.floor_share, plain.limits.floor_share);
  EXPECT_EQ(config.rules.ack_counts_saturdays, plain.rules.ack_counts_saturdays);
  EXPECT_EQ(config.rules.prorogation, plain.rules.prorogation);
  EXPECT_EQ(config.rules.region, plain.rules.region);
  EXPECT_EQ(config.rules.worked_holidays, plain.rules.worked_holidays);
}

TEST(Settings, AnEmptyFileGivesTheDefaults) { expect_defaults(load("").value()); }

TEST(Settings, TheShippedFileSaysTheDefaults) { expect_defaults(load_config(shipped).value()); }

TEST(Settings, TheShippedFileShowsEveryKeyAndNoOther) {
  std::ifstream in(shipped);
  std::stringstream text;
  text << in.rdbuf();
  const auto tree = letter::parse_toml(text.str(), "vaguemestre.toml").value();
  std::set<std::string> shown;
  for (const auto& [key, value] : tree.fields())
    if (value.is_object())
      for (const auto& [inner, unused] : value.fields()) shown.insert(key + "." + inner);
    else
      shown.insert(key);
  const auto keys = belt::config_keys();
  EXPECT_EQ(shown, std::set<std::string>(keys.begin(), keys.end()));
}

TEST(Settings, TheFileReplacesADefault) {
  EXPECT_EQ(load("[limits]\nlease_ms = 5000\n")->limits.lease_ms, 5'000u);
}

TEST(Settings, TheEnvironmentReplacesTheFile) {
  const Variable lease("VAGUEMESTRE_LIMITS_LEASE_MS", "7000"), lang("VAGUEMESTRE_LANG", "en");
  const auto config = load("[limits]\nlease_ms = 5000\n").value();
  EXPECT_EQ(config.limits.lease_ms, 7'000u);
  EXPECT_EQ(config.lang, "en");
}

TEST(Settings, EveryKindCanComeFromTheEnvironment) {
  const Variable json("VAGUEMESTRE_LOG_JSON", "true"), share("VAGUEMESTRE_LIMITS_FLOOR_SHARE", "0.1"),
      days("VAGUEMESTRE_RULES_WORKED_HOLIDAYS", "whit_monday,2027-05-06"),
      state("VAGUEMESTRE_STATE_DIR", "/x/y");
  const auto config = load("").value();
  EXPECT_TRUE(config.log_json);
  EXPECT_EQ(config.limits.floor_share, 0.1);
  EXPECT_EQ(config.rules.worked_holidays, (std::vector<std::string>{"whit_monday", "2027-05-06"}));
  EXPECT_EQ(config.state_dir, "/x/y");
}

TEST(Settings, AWrongVariableIsAFaultThatNamesIt) {
  const Variable lease("VAGUEMESTRE_LIMITS_LEASE_MS", "soon");
  const auto config = load("");
  EXPECT_EQ(config.error().code, "config.kind");
  EXPECT_NE(config.error().en.find("VAGUEMESTRE_LIMITS_LEASE_MS"), std::string::npos);
}

TEST(Settings, AnUnknownKeyIsAFaultWithItsLine) {
  EXPECT_EQ(fault_of("lang = \"fr\"\nlangue = \"fr\"\n"), "config.unknown_key v.toml:2");
}

TEST(Settings, AnUnknownKeyInASectionIsAFaultWithItsLine) {
  EXPECT_EQ(fault_of("lang = \"fr\"\n[limits]\n# lease\nleases = 1\n"), "config.unknown_key v.toml:4");
}

TEST(Settings, AnUnknownSectionIsAFaultWithItsLine) {
  EXPECT_EQ(fault_of("lang = \"fr\"\n\n[limit]\nlease_ms = 1\n"), "config.unknown_key v.toml:3");
}

TEST(Settings, AKeyOutsideItsSectionIsAFault) {
  EXPECT_EQ(fault_of("lease_ms = 1000\n"), "config.unknown_key v.toml:1");
}

TEST(Settings, AnotherKindIsAFaultWithItsLine) {
  EXPECT_EQ(fault_of("\nreaders = \"two\"\n"), "config.kind v.toml:2");
  EXPECT_EQ(fault_of("readers = 1.5\n"), "config.kind v.toml:1");
  EXPECT_EQ(fault_of("lang = 1\n"), "config.kind v.toml:1");
  EXPECT_EQ(fault_of("log_json = 1\n"), "config.kind v.toml:1");
  EXPECT_EQ(fault_of("[rules]\nworked_holidays = [1]\n"), "config.kind v.toml:2");
  EXPECT_EQ(fault_of("limits = 3\n"), "config.unknown_key v.toml:1");
}

TEST(Settings, AValueOutOfRangeIsAFaultWithItsLine) {
  EXPECT_EQ(fault_of("readers = 0\n"), "config.range v.toml:1");
  EXPECT_EQ(fault_of("readers = -1\n"), "config.range v.toml:1");
  EXPECT_EQ(fault_of("sort_wrong_per_1000 = 1001\n"), "config.range v.toml:1");
  EXPECT_EQ(fault_of("sort_wrong_per_1000 = nan\n"), "config.range v.toml:1");
  EXPECT_EQ(fault_of("lang = \"de\"\n"), "config.range v.toml:1");
  EXPECT_EQ(fault_of("station_name = \"lyon 1\"\n"), "config.range v.toml:1");
  EXPECT_EQ(fault_of("[rules]\nregion = \"Alsace\"\n"), "config.range v.toml:2");
  EXPECT_EQ(fault_of("[rules]\nworked_holidays = [\"2026-02-30\"]\n"), "config.range v.toml:2");
  EXPECT_EQ(fault_of("[endpoints]\ndesk = \"http://x\"\n"), "config.range v.toml:2");
}

TEST(Settings, BrokenTomlIsAFaultWithItsLine) {
  EXPECT_EQ(fault_of("lang = \n"), "config.syntax v.toml:1:8:");
}

TEST(Settings, SilenceMustOutlastSomeBeats) {
  EXPECT_EQ(load("[limits]\nbeat_ms = 2000\n").error().code, "config.range");
}

TEST(Settings, AMissingFileIsAFault) {
  EXPECT_EQ(load_config("/nowhere/v.toml").error().code, "config.missing");
}

TEST(Settings, TheVariableNamesTheFile) {
  const Folder folder;
  const Variable file("VAGUEMESTRE_CONFIG", folder.write("v.toml", "lang = \"en\"\n").string());
  EXPECT_EQ(load_config({})->lang, "en");
}

TEST(Settings, TheStateFolderOfTheCommandLineComesFirst) {
  const Folder folder;
  const auto config = load_config(folder.write("v.toml", "state_dir = \"/a\"\n"), "/b").value();
  EXPECT_EQ(config.state_dir, "/b");
  EXPECT_EQ(config.ipc_dir, "/b/ipc");
}

TEST(Settings, ModelsComeWithTheBuildUnlessSaidOtherwise) {
  EXPECT_EQ(load("")->models_dir, VAGUEMESTRE_MODELS_DIR);
  const Variable models("VAGUEMESTRE_MODELS", "/m");
  EXPECT_EQ(load("")->models_dir, "/m");
  EXPECT_EQ(load("models_dir = \"/n\"\n")->models_dir, "/n");
}

TEST(Endpoints, AreSocketsBesideTheStateByDefault) {
  EXPECT_EQ(belt::endpoint(load("state_dir = \"/var/lib/v\"").value(), "desk"), "ipc:///var/lib/v/ipc/desk");
}

TEST(Endpoints, AreWhatTheFileSays) {
  const auto config = load("[endpoints]\ndesk = \"tcp://127.0.0.1:7001\"\n").value();
  EXPECT_EQ(belt::endpoint(config, "desk"), "tcp://127.0.0.1:7001");
}

TEST(Endpoints, OfADeepStateFolderStayShort) {
  const std::string deep = "/" + std::string(120, 'd');
  const auto config = load("state_dir = \"" + deep + "\"").value();
  EXPECT_LE(belt::endpoint(config, "handout").size(), std::string("ipc://").size() + 100);
  EXPECT_NE(belt::default_ipc_dir(deep), belt::default_ipc_dir(deep + "e"));
  EXPECT_LT(belt::endpoint(config, "handout").size(), sizeof(sockaddr_un::sun_path));
}

}  // namespace
