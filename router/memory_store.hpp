// A register in memory: for tests and for the journey in one process. Keeps the same promises as
// SqliteStore but that of surviving the process.
#pragma once

#include <memory>

#include "router/store.hpp"

namespace router {

class MemoryStore : public Store {
 public:
  MemoryStore();
  ~MemoryStore() override;
  MemoryStore(const MemoryStore&) = delete;
  MemoryStore& operator=(const MemoryStore&) = delete;
  void transact(const std::function<void(Transaction&)>& work) override;

 private:
  struct Register;
  class Changes;
  std::unique_ptr<Register> register_;
};

}  // namespace router
