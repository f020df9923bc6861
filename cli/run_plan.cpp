#include "cli/run_plan.hpp"

#include "belt/keys.hpp"
#include "cli/places.hpp"
#include "vault/disk.hpp"

namespace cli {

namespace fs = std::filesystem;

letter::Result<RunPlan> run_plan(const Arguments& arguments) {
  auto config = settings(arguments);
  if (!config) return tl::unexpected(config.error());
  RunPlan plan;
  plan.config = std::move(*config);
  plan.config.readers = static_cast<std::uint32_t>(arguments.whole("--readers", plan.config.readers));
  if (plan.config.readers < 1 || plan.config.readers > 256)
    return letter::fault("usage.value", "--readers va de 1 à 256.", "--readers goes from 1 to 256.");
  if (arguments.has("--config")) plan.config_file = fs::absolute(arguments.text("--config"));
  if (arguments.has("--hot-folder")) plan.hot_folder = fs::absolute(arguments.text("--hot-folder"));
  plan.box = arguments.text("--box");
  plan.arrived = arguments.text("--arrived");
  plan.drain = arguments.has("--drain");
  if (!plan.hot_folder.empty() && plan.box.empty())
    return letter::fault("usage.missing", "Il manque --box : la boîte postale du dossier de dépôt.",
                         "--box is missing: the post box of the hot folder.");
  if (plan.hot_folder.empty() && !plan.box.empty())
    return letter::fault("usage.missing", "--box ne va qu'avec --hot-folder.",
                         "--box goes with --hot-folder only.");
  return plan;
}

std::vector<ChildPlan> children(const RunPlan& plan, const fs::path& bin_dir) {
  const auto daemon = [&](const std::string& name) {
    std::vector<std::string> words{(bin_dir / ("vaguemestre-" + name)).string(), "--state",
                                   plan.config.state_dir.string()};
    if (!plan.config_file.empty()) words.insert(words.end(), {"--config", plan.config_file.string()});
    return words;
  };
  std::vector<ChildPlan> all{
      {"ingest", daemon("ingest")}, {"router", daemon("router")}, {"classify", daemon("classify")}};
  for (std::uint32_t i = 1; i <= plan.config.readers; ++i)
    all.push_back({plan.config.readers == 1 ? "ocr" : "ocr-" + std::to_string(i), daemon("ocr")});
  if (plan.config.tsa != "none") all.push_back({"stamp", daemon("stamp")});
  if (!plan.hot_folder.empty()) {
    auto words = daemon("station");
    words.insert(words.end(), {"--hot-folder", plan.hot_folder.string(), "--box", plan.box});
    if (!plan.arrived.empty()) words.insert(words.end(), {"--arrived", plan.arrived});
    all.push_back({"station", std::move(words)});
  }
  return all;
}

void furnish(const RunPlan& plan) {
  vault::SystemDisk disk;
  vault::make_folder_durably(disk, plan.config.state_dir, 0700);
  vault::make_folder_durably(disk, log_dir(plan.config), 0700);
  vault::make_folder_durably(disk, keys_dir(plan.config), 0700);
  belt::make_keys(keys_dir(plan.config), {plan.config.station_name});
}

}  // namespace cli
