// Letters sorted without a person, as the register keeps them: the same in memory and on disk.
#include "tests/router/both_registers.hpp"

namespace {

using letter::LetterId;
using letter::Queue;
using router::Automatic;
using router::Transaction;

template <class Kind>
class AutomaticLetters : public made::EitherRegister<Kind> {
 protected:
  using made::EitherRegister<Kind>::transact;

  Automatic kept(std::uint32_t number, const std::string& lead, bool picked = false) {
    Automatic one;
    transact([&](Transaction& in) {
      this->case_of_letter(in, number);
      one.id = {"LYON1", number};
      one.queue = Queue::frais_sante;
      one.lead = lead;
      one.model = "m1";
      one.sorted_at = made::monday_morning();
      one.picked = picked;
      in.save_automatic(one);
    });
    return one;
  }
  void pass(Automatic one) {
    one.checked = made::monday_morning();
    one.passed = true;
    transact([&](Transaction& in) { in.save_automatic(one); });
  }
  std::vector<std::uint32_t> ground(const Automatic& one) {
    std::vector<std::uint32_t> numbers;
    transact([&](Transaction& in) {
      for (const auto& other : in.same_ground(one, 100)) numbers.push_back(other.id.number);
    });
    return numbers;
  }
};

TYPED_TEST_SUITE(AutomaticLetters, made::BothRegisters);

const std::string lead("\x01\0\xff", 3);  // a hash is any bytes

TYPED_TEST(AutomaticLetters, AreGivenBackAsTheyWereSaved) {
  Automatic one = this->kept(1, lead, true);
  one.held_by = "desk:tous";
  one.held_until = one.sorted_at + std::chrono::minutes{5};
  one.checked = one.sorted_at;
  this->transact([&](Transaction& in) {
    in.save_automatic(one);
    EXPECT_EQ(in.automatic(one.id), one);
  });
}

TYPED_TEST(AutomaticLetters, OthersAreNone) {
  this->kept(1, lead);
  this->transact([](Transaction& in) {
    in.attach({2026, 1}, made::sorted(2));
    EXPECT_FALSE(in.automatic({"LYON1", 2}));
  });
}

TYPED_TEST(AutomaticLetters, WaitForTheirCheckOldestFirst) {
  const auto one = this->kept(1, lead, true), two = this->kept(2, lead, true);
  this->kept(3, lead, false);
  this->transact([&](Transaction& in) { EXPECT_EQ(in.checks_waiting(10), (std::vector{one, two})); });
  this->pass(one);
  this->transact([&](Transaction& in) { EXPECT_EQ(in.checks_waiting(10), std::vector{two}); });
}

TYPED_TEST(AutomaticLetters, OfOneGroundAreFound) {
  const auto one = this->kept(1, lead);
  this->kept(2, "other");
  this->kept(3, lead);
  EXPECT_EQ(this->ground(one), (std::vector<std::uint32_t>{1, 3}));
}

TYPED_TEST(AutomaticLetters, BeforeTheLastThatPassedAreLeftOut) {
  this->kept(1, lead);
  const auto passed = this->kept(2, lead, true);
  const auto wrong = this->kept(3, lead, true);
  const auto later = this->kept(4, lead, true);
  this->kept(5, lead);
  this->pass(passed);
  this->pass(later);
  EXPECT_EQ(this->ground(wrong), (std::vector<std::uint32_t>{3, 4, 5}));
}

TYPED_TEST(AutomaticLetters, AreCountedWhileTheyWait) {
  const auto one = this->kept(1, lead, true);
  this->transact([](Transaction& in) { EXPECT_EQ(in.standing(made::on("2026-11-23")).checks, 1u); });
  this->pass(one);
  this->transact([](Transaction& in) { EXPECT_EQ(in.standing(made::on("2026-11-23")).checks, 0u); });
}

TYPED_TEST(AutomaticLetters, EventsOfSomeKindsAreGivenAfterANumber) {
  this->kept(1, lead);
  this->transact([](Transaction& in) {
    const std::string ref = letter::text(letter::CaseRef{2026, 1});
    for (const char* verb : {"opened", "rerouted", "requalified", "rerouted"})
      in.append({0, made::monday_morning(), ref, "desk:tous", verb, {}});
    const auto found = in.events_of({"rerouted", "requalified"}, 2, 10);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].verb, "requalified");
    EXPECT_EQ(found[1].seq, 4u);
    EXPECT_EQ(in.events_of({"rerouted"}, 0, 1).size(), 1u);
  });
}

}  // namespace
