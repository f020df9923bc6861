// The real `vaguemestre run` on a temporary state folder, as a child of the test.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "belt/config.hpp"

namespace e2e {

class RunningHouse {
 public:
  // `fault`: "ingest fdatasync:9:EIO", that daemon's 9th such call goes wrong, once
  // (tests/soak/failing_disk.cpp).
  explicit RunningHouse(int readers, const std::string& fault = "");
  ~RunningHouse();  // stops the house, removes the folder
  RunningHouse(const RunningHouse&) = delete;
  RunningHouse& operator=(const RunningHouse&) = delete;

  std::filesystem::path state() const { return dir_ / "state"; }
  std::filesystem::path hot() const { return dir_ / "hot"; }
  belt::Config config() const;
  // A whole file under its name at once, as a good scanner puts it.
  void drop(const std::string& name, const std::string& bytes) const;
  // Process ids of the children that run vaguemestre-NAME.
  std::vector<pid_t> daemons(const std::string& name) const;
  // SIGKILL to one of them; its pid, 0 when none runs.
  pid_t kill_one(const std::string& name) const;
  bool is_up() const;
  bool was_struck() const;                                   // the fault came
  void set_clock_ahead(std::chrono::milliseconds by) const;  // of the daemon named in the fault
  void set_free(std::int64_t bytes) const;                   // that this daemon is told its disks have
  // SIGTERM; the exit code. -1: it did not end within 20 s and was killed.
  int stop();
  // SIGKILL to the front command itself.
  void kill_house();
  // What its log says; "run" is the front command's own words.
  std::string log_of(const std::string& name) const;

 private:
  void preload(const std::string& fault) const;
  void tell(const std::string& name, std::int64_t number) const;

  std::filesystem::path dir_;
  pid_t pid_ = -1;
};

// Polls until true; false when it did not become so.
bool eventually(std::chrono::seconds patience, const std::function<bool()>& is_so);

}  // namespace e2e
