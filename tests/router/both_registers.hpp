// One contract, two registers: a typed fixture over either.
#pragma once

#include <gtest/gtest.h>

#include "router/memory_store.hpp"
#include "router/sqlite_store.hpp"
#include "tests/router/letters.hpp"
#include "tests/router/temp_folder.hpp"

namespace made {

struct InMemory {
  router::MemoryStore store;
};

struct OnDisk {
  TempFolder folder;
  router::SqliteStore store{folder.path() / "register" / "register.sqlite"};
};

template <class Kind>
class EitherRegister : public testing::Test {
 protected:
  void transact(const std::function<void(router::Transaction&)>& work) { kind_.store.transact(work); }

  // A case of this one letter, made::sorted(number).
  letter::CaseRef case_of_letter(router::Transaction& in, std::uint32_t number) {
    router::Case value;
    value.ref = in.next_ref(2026);
    value.received_at = monday_morning();
    value.arrived_on = value.sent_on.date = on("2026-11-20");
    in.save(value);
    in.attach(value.ref, sorted(number));
    return value.ref;
  }

  Kind kind_;
};

using BothRegisters = testing::Types<InMemory, OnDisk>;

}  // namespace made
