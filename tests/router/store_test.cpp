// One contract, two registers.
#include "router/store.hpp"

#include <gtest/gtest.h>

#include "tests/router/both_registers.hpp"

namespace {

using letter::Queue;
using letter::State;
using made::on;
using made::sorted;
using router::Case;
using router::Transaction;

template <class Kind>
class Register : public made::EitherRegister<Kind> {
 protected:
  using made::EitherRegister<Kind>::transact;

  Case open_case(Queue queue, const char* ack_post_by = nullptr) {
    Case value;
    transact([&](Transaction& in) {
      value.ref = in.next_ref(2026);
      value.queue = queue;
      value.received_at = made::monday_morning();
      value.arrived_on = on("2026-11-23");
      value.sent_on = {on("2026-11-20"), letter::SentBasis::written, true};
      value.complainant = letter::PersonalText("DUPONT MARIE");
      value.confidence = 0.875;
      if (ack_post_by) value.deadlines = clocks(ack_post_by);
      in.save(value);
    });
    return value;
  }

  static letter::Deadlines clocks(const char* ack_post_by) {
    letter::Deadlines due;
    due.ack_due = due.ack_post_by = on(ack_post_by);
    due.answer_due = due.answer_post_by = on("2027-01-20");
    due.mediation_open = on("2027-01-20");
    due.mediation_last = on("2027-11-20");
    due.rule_set = "FR-2024-R-02/1";
    return due;
  }

  void attach(const Case& to, std::uint32_t number) {
    transact([&](Transaction& in) { in.attach(to.ref, sorted(number)); });
  }

  std::vector<std::string> queue(const std::vector<Queue>& queues, std::size_t limit = 100) {
    std::vector<std::string> refs;
    transact([&](Transaction& in) {
      for (const Case& value : in.queue(queues, limit)) refs.push_back(letter::text(value.ref));
    });
    return refs;
  }

  Case load(const Case& value) {
    std::optional<Case> found;
    transact([&](Transaction& in) { found = in.load(value.ref); });
    return found.value();
  }
};

TYPED_TEST_SUITE(Register, made::BothRegisters);

TYPED_TEST(Register, GivesBackACaseAsItWasSaved) {
  const Case value = this->open_case(Queue::entreprise, "2026-12-03");
  EXPECT_EQ(this->load(value), value);
}

TYPED_TEST(Register, KeepsACaseWithoutClock) {
  const Case value = this->open_case(Queue::non_reclamation);
  EXPECT_EQ(this->load(value), value);
}

TYPED_TEST(Register, KeepsSecondaryLeaseAndMerger) {
  Case value = this->open_case(Queue::entreprise);
  value.secondary = Queue::dossiers_medicaux;
  value.claimed_by = "desk:entreprise";
  value.lease_until = made::at("2026-11-23T08:30:00.000Z");
  value.fencing = 7;
  value.merged_into = "2026-0000009-01";
  this->transact([&](Transaction& in) { in.save(value); });
  EXPECT_EQ(this->load(value), value);
}

TYPED_TEST(Register, NumbersCasesFromOneInEachYear) {
  this->transact([](Transaction& in) {
    EXPECT_EQ(in.next_ref(2026), (letter::CaseRef{2026, 1}));
    EXPECT_EQ(in.next_ref(2026), (letter::CaseRef{2026, 2}));
    EXPECT_EQ(in.next_ref(2027), (letter::CaseRef{2027, 1}));
  });
}

TYPED_TEST(Register, LeavesNoGapAfterATransactionThatFailed) {
  const auto fail = [](Transaction& in) {
    in.next_ref(2026);
    throw std::logic_error("given up");
  };
  EXPECT_THROW(this->transact(fail), std::logic_error);
  EXPECT_EQ(this->open_case(Queue::autre).ref.number, 1u);
}

TYPED_TEST(Register, ForgetsEverythingOfATransactionThatFailed) {
  const Case value = this->open_case(Queue::autre);
  const auto fail = [&](Transaction& in) {
    in.attach(value.ref, sorted(1));
    in.append({0, made::monday_morning(), letter::text(value.ref), "vaguemestre", "filed", {}});
    throw std::logic_error("given up");
  };
  EXPECT_THROW(this->transact(fail), std::logic_error);
  this->transact([&](Transaction& in) {
    EXPECT_TRUE(in.letters(value.ref).empty());
    EXPECT_TRUE(in.history(value.ref).empty());
    EXPECT_FALSE(in.case_of({"LYON1", 1}));
  });
}

TYPED_TEST(Register, FindsTheCaseOfALetter) {
  const Case value = this->open_case(Queue::autre);
  this->attach(value, 12);
  this->transact([&](Transaction& in) { EXPECT_EQ(in.case_of({"LYON1", 12}), letter::text(value.ref)); });
}

TYPED_TEST(Register, GivesBackALetterAsItWasSorted) {
  const Case value = this->open_case(Queue::autre);
  this->attach(value, 12);
  this->transact([&](Transaction& in) { EXPECT_EQ(in.letters(value.ref), std::vector{sorted(12)}); });
}

TYPED_TEST(Register, KeepsLettersInTheOrderOfArrival) {
  const Case value = this->open_case(Queue::autre);
  for (const std::uint32_t number : {30u, 10u, 20u}) this->attach(value, number);
  this->transact([&](Transaction& in) {
    EXPECT_EQ(in.letters(value.ref), (std::vector{sorted(30), sorted(10), sorted(20)}));
  });
}

TYPED_TEST(Register, CountsTheSheetsOfACase) {
  const Case value = this->open_case(Queue::autre);
  this->attach(value, 1);
  this->attach(value, 2);
  this->transact([&](Transaction& in) { EXPECT_EQ(in.sheets(value.ref), (router::Sheets{2, 2})); });
}

TYPED_TEST(Register, MovesALetterToAnotherCase) {
  const Case from = this->open_case(Queue::autre), to = this->open_case(Queue::autre);
  this->attach(from, 1);
  this->transact([&](Transaction& in) { in.move({"LYON1", 1}, to.ref); });
  this->transact([&](Transaction& in) { EXPECT_EQ(in.letters(to.ref), std::vector{sorted(1)}); });
}

TYPED_TEST(Register, ReplacesACorrectedReading) {
  const Case value = this->open_case(Queue::autre);
  this->attach(value, 1);
  auto corrected = sorted(1);
  corrected.read.fields[0].text = letter::PersonalText("DURAND");
  this->transact([&](Transaction& in) { in.replace(corrected); });
  this->transact([&](Transaction& in) { EXPECT_EQ(in.letters(value.ref), std::vector{corrected}); });
}

TYPED_TEST(Register, GivesBackEventsInOrderWithTheirDetails) {
  const Case value = this->open_case(Queue::autre), other = this->open_case(Queue::autre);
  const auto happened = [](const Case& to, const char* verb) {
    return letter::Event{0,
                         made::monday_morning(),
                         letter::text(to.ref),
                         "desk:autre",
                         verb,
                         {{"reason", "à l’œil \"nu\"\n"}, {"empty", ""}}};
  };
  this->transact([&](Transaction& in) {
    in.append(happened(value, "opened"));
    in.append(happened(other, "opened"));
    in.append(happened(value, "acknowledged"));
  });
  auto first = happened(value, "opened"), second = happened(value, "acknowledged");
  first.seq = 1;
  second.seq = 3;
  this->transact([&](Transaction& in) { EXPECT_EQ(in.history(value.ref), (std::vector{first, second})); });
}

TYPED_TEST(Register, OrdersAQueueByTheNearestPostBy) {
  const Case late = this->open_case(Queue::autre, "2026-12-20"),
             soon = this->open_case(Queue::autre, "2026-12-01");
  EXPECT_EQ(this->queue({Queue::autre}), (std::vector{letter::text(soon.ref), letter::text(late.ref)}));
}

TYPED_TEST(Register, OrdersEqualDatesByReference) {
  const Case one = this->open_case(Queue::autre, "2026-12-01"),
             two = this->open_case(Queue::autre, "2026-12-01");
  EXPECT_EQ(this->queue({Queue::autre}), (std::vector{letter::text(one.ref), letter::text(two.ref)}));
}

TYPED_TEST(Register, PutsCasesWithoutClockLast) {
  const Case none = this->open_case(Queue::autre), dated = this->open_case(Queue::autre, "2026-12-01");
  EXPECT_EQ(this->queue({Queue::autre}), (std::vector{letter::text(dated.ref), letter::text(none.ref)}));
}

TYPED_TEST(Register, CountsFromTheAnswerOnceAcknowledged) {
  Case first = this->open_case(Queue::autre, "2026-12-01");
  const Case second = this->open_case(Queue::autre, "2026-12-20");
  first.state = State::acknowledged;
  this->transact([&](Transaction& in) { in.save(first); });
  EXPECT_EQ(this->queue({Queue::autre}), (std::vector{letter::text(second.ref), letter::text(first.ref)}));
}

TYPED_TEST(Register, ShowsOnlyTheQueuesAskedFor) {
  this->open_case(Queue::entreprise);
  const Case mine = this->open_case(Queue::frais_sante), also = this->open_case(Queue::autre);
  EXPECT_EQ(this->queue({Queue::autre, Queue::frais_sante}),
            (std::vector{letter::text(mine.ref), letter::text(also.ref)}));
}

TYPED_TEST(Register, ShowsNothingForNoQueue) {
  this->open_case(Queue::entreprise);
  EXPECT_TRUE(this->queue({}).empty());
}

TYPED_TEST(Register, ShowsTheMedicalQueueWhatIsMedicalInOthers) {
  Case value = this->open_case(Queue::incapacite_invalidite);
  value.secondary = Queue::dossiers_medicaux;
  this->transact([&](Transaction& in) { in.save(value); });
  EXPECT_EQ(this->queue({Queue::dossiers_medicaux}), std::vector{letter::text(value.ref)});
}

TYPED_TEST(Register, LeavesAnsweredCasesOutOfTheQueue) {
  Case value = this->open_case(Queue::autre);
  value.state = State::answered;
  this->transact([&](Transaction& in) { in.save(value); });
  EXPECT_TRUE(this->queue({Queue::autre}).empty());
}

TYPED_TEST(Register, GivesNoMoreRowsThanAskedFor) {
  for (int i = 0; i < 5; ++i) this->open_case(Queue::autre);
  EXPECT_EQ(this->queue({Queue::autre}, 3).size(), 3u);
}

TYPED_TEST(Register, ListsAllCasesByReference) {
  const Case one = this->open_case(Queue::autre), two = this->open_case(Queue::mediation);
  this->transact([&](Transaction& in) { EXPECT_EQ(in.cases_after({}, 10), (std::vector{one, two})); });
}

TYPED_TEST(Register, CountsWhatIsLateAndDueToday) {
  this->open_case(Queue::autre, "2026-11-20");
  this->open_case(Queue::autre, "2026-11-23");
  this->open_case(Queue::autre, "2026-11-24");
  this->open_case(Queue::autre);
  this->transact([](Transaction& in) {
    const auto standing = in.standing(on("2026-11-23"));
    EXPECT_EQ(standing.queues.at(Queue::autre), (router::Standing::OfQueue{4, 1, 1}));
    EXPECT_EQ(standing.queues.at(Queue::mediation), router::Standing::OfQueue{});
    EXPECT_EQ(standing.cases, 4u);
  });
}

TYPED_TEST(Register, CountsEventsOfASpan) {
  const Case value = this->open_case(Queue::autre);
  this->transact([&](Transaction& in) {
    for (const char* when :
         {"2026-11-22T23:00:00.000Z", "2026-11-23T10:00:00.000Z", "2026-11-23T23:00:00.000Z"})
      in.append({0, made::at(when), letter::text(value.ref), "vaguemestre", "filed", {}});
    EXPECT_EQ(
        in.count_events("filed", made::at("2026-11-22T23:00:00.000Z"), made::at("2026-11-23T23:00:00.000Z")),
        2u);
    EXPECT_EQ(
        in.count_events("opened", made::at("2026-11-22T23:00:00.000Z"), made::at("2026-11-23T23:00:00.000Z")),
        0u);
  });
}

}  // namespace
