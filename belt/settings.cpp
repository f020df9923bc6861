#include "belt/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "letter/letter.hpp"
#include "letter/period.hpp"
#include "letter/when.hpp"

namespace belt {
namespace {

using letter::fault;
using letter::Result;
using letter::Tree;

constexpr double day_ms = 86'400'000;

bool is_lang(const std::string& s) { return s == "fr" || s == "en"; }
bool is_region(const std::string& s) {
  static constexpr std::array<std::string_view, 9> regions{"",   "AM", "GP", "MQ", "GF",
                                                           "RE", "YT", "BL", "MF"};
  return std::ranges::find(regions, s) != regions.end();
}
bool is_worked_holiday(const std::string& s) {
  return s == "whit_monday" || letter::parse_day(s).has_value();
}
bool is_station(const std::string& s) { return letter::parse_letter_id(s + "-0000001").has_value(); }
bool is_authority(const std::string& s) { return s == "none" || s.starts_with("http://"); }
bool is_period(const std::string& s) { return letter::parse_period(s).has_value(); }
bool is_endpoint(const std::string& s) {
  return s.empty() || s.starts_with("ipc:///") || s.starts_with("tcp://");
}

tl::unexpected<letter::Reason> wrong_kind(const std::string& fr, const std::string& en) {
  return fault("kind", "on attend " + fr, "expected " + en);
}

std::string plain(double n) {
  return letter::dump_json(n == std::floor(n) ? Tree(static_cast<std::int64_t>(n)) : Tree(n));
}

template <class Number>
Result<void> put_number(const Setting& setting, Number* slot, double number) {
  if (!(number >= setting.low && number <= setting.high)) {
    const std::string bounds = plain(setting.low) + " .. " + plain(setting.high);
    return fault("range", "hors limites (" + bounds + ")", "out of range (" + bounds + ")");
  }
  *slot = static_cast<Number>(number);
  return {};
}

// Puts a Tree of the right kind into the slot it is called with.
struct Assign {
  const Setting& setting;
  const Tree& value;

  Result<void> operator()(std::filesystem::path* slot) const {
    if (!value.is_text()) return wrong_kind("un chemin entre guillemets", "a path in quotes");
    *slot = value.text_or("");
    return {};
  }
  Result<void> operator()(std::string* slot) const {
    if (!value.is_text()) return wrong_kind("un texte entre guillemets", "a text in quotes");
    const auto text = value.text_or("");
    if (setting.fits && !setting.fits(text))
      return fault("range", "valeur non admise", "not an allowed value");
    *slot = text;
    return {};
  }
  Result<void> operator()(bool* slot) const {
    if (value.flag_or(true) != value.flag_or(false)) return wrong_kind("true ou false", "true or false");
    *slot = value.flag_or(false);
    return {};
  }
  template <class Integer>
  requires std::is_integral_v<Integer> Result<void>
  operator()(Integer* slot) const {
    const bool whole = value.integer_or(0) == value.integer_or(1);
    if (!whole) return wrong_kind("un nombre entier", "a whole number");
    return put_number(setting, slot, static_cast<double>(value.integer_or(0)));
  }
  Result<void> operator()(double* slot) const {
    if (!value.is_number()) return wrong_kind("un nombre", "a number");
    return put_number(setting, slot, value.number_or(0));
  }
  Result<void> operator()(std::vector<std::string>* slot) const {
    if (!value.is_list()) return wrong_kind("une liste de textes", "a list of texts");
    std::vector<std::string> items;
    for (const auto& item : value.items()) {
      if (!item.is_text()) return wrong_kind("une liste de textes", "a list of texts");
      items.push_back(item.text_or(""));
      if (setting.fits && !setting.fits(items.back()))
        return fault("range", "valeur non admise", "not an allowed value");
    }
    *slot = items;
    return {};
  }
};

std::vector<Setting> limits_of(Limits& limits) {
  return {{"limits", "frame_bytes", &limits.frame_bytes, 1 << 16, 1 << 30},
          {"limits", "frames", &limits.frames, 3, 256},
          {"limits", "pages_a_letter", &limits.pages_a_letter, 1, 1'000},
          {"limits", "letters_in_flight", &limits.letters_in_flight, 1, 10'000},
          {"limits", "attempts", &limits.attempts, 1, 20},
          {"limits", "handouts", &limits.handouts, 1, 1'000},
          {"limits", "read_ms_a_page", &limits.read_ms_a_page, 100, 600'000},
          {"limits", "decode_ms", &limits.decode_ms, 100, 600'000},
          {"limits", "decoded_bytes", &limits.decoded_bytes, 1 << 20, 16e9},
          {"limits", "child_bytes", &limits.child_bytes, 256 << 20, 64e9},
          {"limits", "daemon_bytes", &limits.daemon_bytes, 256 << 20, 1e12},
          {"limits", "lease_ms", &limits.lease_ms, 100, day_ms},
          {"limits", "beat_ms", &limits.beat_ms, 10, 60'000},
          {"limits", "silence_ms", &limits.silence_ms, 100, 600'000},
          {"limits", "floor_bytes", &limits.floor_bytes, 0, 1e15},
          {"limits", "floor_share", &limits.floor_share, 0, 0.9}};
}

std::vector<Setting> endpoints_of(Endpoints& endpoints) {
  std::vector<Setting> out;
  const std::array<std::pair<std::string_view, std::string*>, 6> named{{{"station", &endpoints.station},
                                                                        {"handout", &endpoints.handout},
                                                                        {"read", &endpoints.read},
                                                                        {"sorted", &endpoints.sorted},
                                                                        {"filed", &endpoints.filed},
                                                                        {"desk", &endpoints.desk}}};
  for (const auto& [name, slot] : named) out.push_back({"endpoints", name, slot, 0, 0, is_endpoint});
  return out;
}

}  // namespace

std::vector<Setting> settings_of(Config& config) {
  std::vector<Setting> out{{"", "state_dir", &config.state_dir},
                           {"", "models_dir", &config.models_dir},
                           {"", "ipc_dir", &config.ipc_dir},
                           {"", "lang", &config.lang, 0, 0, is_lang},
                           {"", "log_json", &config.log_json},
                           {"", "insecure", &config.insecure},
                           {"", "readers", &config.readers, 1, 256},
                           {"", "station_name", &config.station_name, 0, 0, is_station},
                           {"", "form_first_page", &config.form_first_page},
                           {"", "folder_batches", &config.folder_batches},
                           {"", "quiet_ms", &config.quiet_ms, 0, 600'000},
                           {"", "rescan_ms", &config.rescan_ms, 50, 600'000},
                           {"", "sort_wrong_per_1000", &config.sort_wrong_per_1000, 0, 1000},
                           {"", "desk_lease_s", &config.desk_lease_s, 10, 86'400},
                           {"", "follow_by_nir", &config.follow_by_nir},
                           {"", "blind_check_one_in", &config.blind_check_one_in, 0, 100'000},
                           {"", "handover_dir", &config.handover_dir},
                           {"", "handover_medical_dir", &config.handover_medical_dir},
                           {"", "medical_key", &config.medical_key},
                           {"", "heads_dir", &config.heads_dir},
                           {"", "tsa", &config.tsa, 0, 0, is_authority},
                           {"", "tsa_ca", &config.tsa_ca},
                           {"", "tsa_qualified", &config.tsa_qualified},
                           {"", "done_hours", &config.done_hours, 0, 8'760},
                           {"", "letters_dir", &config.letters_dir}};
  out.push_back({"reading", "members", &config.members});
  for (auto& setting : limits_of(config.limits)) out.push_back(setting);
  for (auto& setting : endpoints_of(config.endpoints)) out.push_back(setting);
  auto& share = config.complaint_share;  // in letter::PostBox's order
  out.push_back({"complaint_share", "elsewhere", &share[0], 0, 1});
  out.push_back({"complaint_share", "tsa_20202", &share[1], 0, 1});
  out.push_back({"complaint_share", "cs_30027", &share[2], 0, 1});
  out.push_back({"complaint_share", "tsa_90200", &share[3], 0, 1});
  for (const auto queue : letter::all_queues)
    out.push_back({"retention", letter::id(queue), &config.retention.at(static_cast<std::size_t>(queue)), 0,
                   0, is_period});
  auto& rules = config.rules;
  out.push_back({"rules", "ack_counts_saturdays", &rules.ack_counts_saturdays});
  out.push_back({"rules", "prorogation", &rules.prorogation});
  out.push_back({"rules", "region", &rules.region, 0, 0, is_region});
  out.push_back({"rules", "worked_holidays", &rules.worked_holidays, 0, 0, is_worked_holiday});
  return out;
}

Result<void> assign(const Setting& setting, const Tree& value) {
  return std::visit(Assign{setting, value}, setting.slot);
}

Result<void> assign_text(const Setting& setting, const std::string& text) {
  if (std::holds_alternative<bool*>(setting.slot)) {
    if (text == "1" || text == "true") return assign(setting, Tree(true));
    if (text == "0" || text == "false") return assign(setting, Tree(false));
    return wrong_kind("true ou false", "true or false");
  }
  if (std::holds_alternative<std::vector<std::string>*>(setting.slot)) {
    Tree list = Tree::list();
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find(',', at), text.size());
      list.push(text.substr(at, end - at));
      at = end + 1;
    }
    return assign(setting, list);
  }
  const bool a_text = std::holds_alternative<std::filesystem::path*>(setting.slot) ||
                      std::holds_alternative<std::string*>(setting.slot);
  if (a_text) return assign(setting, Tree(text));
  const auto number = letter::parse_json(text);  // the one spelling of numbers this house reads
  return assign(setting, number ? *number : Tree());
}

}  // namespace belt
