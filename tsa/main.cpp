// vaguemestre-stamp: has the journal's head of each day timestamped by a third party (RFC 3161). Holds no
// key, opens no socket of the house; when the authority fails the day goes on, and it is asked again.
#include <algorithm>
#include <thread>

#include "belt/daemon.hpp"
#include "tsa/stamp.hpp"
#include "vault/disk.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int patience_s = 20;             // for one answer
constexpr int look_ms = 1'000;             // between two looks at the folder
constexpr int after_failure_ms = 600'000;  // before the authority is asked again

// DATE.json without its DATE.tsr, the latest first.
std::vector<fs::path> unstamped(const fs::path& heads, const vault::Disk& disk) {
  std::vector<fs::path> found;
  for (const std::string& name : disk.names(heads)) {
    const fs::path file = heads / name;
    const bool head = file.extension() == ".json" && letter::parse_day(file.stem().string());
    if (head && !disk.exists(fs::path(file).replace_extension(".tsr"))) found.push_back(file);
  }
  std::ranges::reverse(found);
  return found;
}

class Stamper {
 public:
  explicit Stamper(belt::Daemon& daemon) : daemon_(daemon) {}
  void run() {
    daemon_.log.info("stamp.ready");
    while (!daemon_.stop.stop_requested()) wait(stamp_all() ? look_ms : after_failure_ms);
  }

 private:
  bool stamp_all() {
    for (const fs::path& head : unstamped(daemon_.config.heads_dir, disk_)) {
      if (daemon_.stop.stop_requested()) return true;
      const auto stamped = stamp(head);
      if (!stamped) {
        daemon_.log.warn("stamp.failed", {{"head", head.stem().string()}, {"reason", stamped.error()}});
        return false;
      }
      daemon_.log.info("stamp.done", {{"head", head.stem().string()},
                                      {"at", letter::iso(stamped->at)},
                                      {"qualified", daemon_.config.tsa_qualified ? "yes" : "no"}});
    }
    return true;
  }

  letter::Result<tsa::Stamp> stamp(const fs::path& head) {
    const std::string bytes = disk_.read(head).value_or("");
    const std::string request = tsa::request_for(bytes);
    const auto answer = tsa::ask(daemon_.config.tsa, request, patience_s);
    if (!answer) return tl::unexpected(answer.error());
    auto stamp = tsa::verify(*answer, bytes, daemon_.config.tsa_ca, request);
    if (stamp) vault::write_durably(disk_, fs::path(head).replace_extension(".tsr"), *answer, 0400);
    return stamp;
  }

  void wait(int ms) const {
    constexpr int step_ms = 100;
    for (int waited = 0; waited < ms && !daemon_.stop.stop_requested(); waited += step_ms)
      std::this_thread::sleep_for(std::chrono::milliseconds{step_ms});
  }

  belt::Daemon& daemon_;
  vault::SystemDisk disk_;
};

int stamp_heads(belt::Daemon& daemon) {
  if (daemon.config.tsa == "none") {
    daemon.log.info("stamp.none");
    return belt::exit_ok;
  }
  Stamper(daemon).run();
  return belt::exit_ok;
}

}  // namespace

int main(int argc, char** argv) { return belt::run_daemon(argc, argv, "stamp", stamp_heads); }
