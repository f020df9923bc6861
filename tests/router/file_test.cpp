#include "router/file.hpp"

#include <gtest/gtest.h>

#include "router/memory_store.hpp"
#include "tests/router/letters.hpp"

namespace {

using letter::Queue;
using letter::SentBasis;
using letter::State;
using made::on;
using made::sorted;
using made::written_on;
using router::Case;
using router::Transaction;

struct Filing : testing::Test {
  router::MemoryStore store;

  letter::FiledLetter file(const letter::SortedLetter& arrived,
                           letter::Instant now = made::monday_morning()) {
    letter::FiledLetter filed;
    store.transact([&](Transaction& in) { filed = router::file(arrived, in, {}, now); });
    return filed;
  }
  Case case_at(const std::string& ref) {
    std::optional<Case> found;
    store.transact([&](Transaction& in) { found = in.load(made::ref(ref)); });
    return found.value();
  }
  void put(const Case& value) {
    store.transact([&](Transaction& in) { in.save(value); });
  }
  std::size_t cases() {
    std::size_t count = 0;
    store.transact([&](Transaction& in) { count = in.cases_after({}, 100).size(); });
    return count;
  }
  static letter::SortedLetter joining(std::uint32_t number, const std::string& ref) {
    letter::SortedLetter value = sorted(number);
    value.read.letter.joins = ref;
    return value;
  }
  static std::vector<std::string> verbs(const letter::FiledLetter& filed) {
    std::vector<std::string> found;
    for (const auto& event : filed.history) found.push_back(event.verb);
    return found;
  }
};

TEST_F(Filing, OpensACaseWithTheFirstNumberOfTheYear) {
  EXPECT_EQ(file(sorted(1)).case_ref, letter::text(letter::CaseRef{2026, 1}));
}

TEST_F(Filing, NumbersByTheYearInParis) {
  EXPECT_EQ(file(sorted(1), made::at("2026-12-31T23:30:00.000Z")).case_ref,
            letter::text(letter::CaseRef{2027, 1}));
}

TEST_F(Filing, TwiceIsOnce) {
  const auto first = file(sorted(1));
  const auto again = file(sorted(1));
  EXPECT_EQ(first, again);
  EXPECT_EQ(cases(), 1u);
}

TEST_F(Filing, NamesTheComplainantFromTheForm) {
  EXPECT_EQ(case_at(file(sorted(1)).case_ref).complainant.reveal(), "DUPONT MARIE");
}

TEST_F(Filing, NamesTheCompanyWhereACompanyWrites) {
  auto company = sorted(1, Queue::entreprise);
  company.read.fields.push_back(made::text_field("RAISON_SOCIALE", "ATELIERS DUBOIS"));
  company.read.fields.push_back(made::tick_field("QUAL_ENTREPRISE", letter::TickState::ticked));
  EXPECT_EQ(case_at(file(company).case_ref).complainant.reveal(), "ATELIERS DUBOIS");
}

TEST_F(Filing, LeavesTheNameOutWhenItCouldNotBeRead) {
  auto unread = sorted(1);
  for (auto& field : unread.read.fields) field.verdict = letter::Verdict::unread;
  EXPECT_EQ(case_at(file(unread).case_ref).complainant.reveal(), "");
}

TEST_F(Filing, StartsTheClocksOnTheDateWrittenOnTheLetter) {
  const auto filed = file(written_on(1, "2026-11-20"));
  EXPECT_EQ(filed.sent_on, (letter::SentOn{on("2026-11-20"), SentBasis::written, false}));
  EXPECT_EQ(filed.deadlines, router::deadlines(on("2026-11-20"), {}));
}

TEST_F(Filing, BelievesADateFifteenDaysBeforeTheArrival) {
  EXPECT_EQ(file(written_on(1, "2026-11-08")).sent_on.basis, SentBasis::written);
}

TEST_F(Filing, DoubtsADateSixteenDaysBeforeTheArrival) {
  EXPECT_EQ(file(written_on(1, "2026-11-07")).sent_on.basis, SentBasis::arrival_minus_3);
}

TEST_F(Filing, BelievesADateOfTheDayOfArrival) {
  EXPECT_EQ(file(written_on(1, "2026-11-23")).sent_on.basis, SentBasis::written);
}

TEST_F(Filing, DoubtsADateAfterTheArrival) {
  EXPECT_EQ(file(written_on(1, "2026-11-24")).sent_on.basis, SentBasis::arrival_minus_3);
}

TEST_F(Filing, CountsBackThreeJoursOuvrablesWithoutADate) {
  EXPECT_EQ(file(sorted(1)).sent_on.date, on("2026-11-19"));
}

TEST_F(Filing, StartsNoClockForAPlainRequest) {
  EXPECT_FALSE(file(sorted(1, Queue::non_reclamation)).deadlines);
}

TEST_F(Filing, StartsTheClockWhenItIsUnsureWhetherItIsAComplaint) {
  auto unsure = sorted(1, Queue::non_reclamation);
  unsure.needs_review = true;
  EXPECT_TRUE(file(unsure).deadlines);
}

TEST_F(Filing, KeepsThatAPersonMustLook) {
  auto unsure = sorted(1);
  unsure.needs_review = true;
  EXPECT_TRUE(case_at(file(unsure).case_ref).needs_review);
}

TEST_F(Filing, IsWrittenInTheJournal) {
  EXPECT_EQ(verbs(file(sorted(1))), std::vector<std::string>{"filed"});
}

TEST_F(Filing, NotesAnEarlierComplaintWithItsDate) {
  auto again = sorted(1);
  again.read.fields.push_back(made::text_field("DEJA_DATE", "03/10/2026"));
  const auto filed = file(again);
  ASSERT_EQ(verbs(filed), (std::vector<std::string>{"filed", "earlier_complaint"}));
  EXPECT_EQ(filed.history.back().what.at("date"), "2026-10-03");
}

TEST_F(Filing, NotesAnEarlierComplaintWithoutAReadableDate) {
  auto again = sorted(1);
  again.read.fields[2] = made::tick_field("DEJA_OUI", letter::TickState::ticked);
  EXPECT_EQ(file(again).history.back().what.at("date"), "");
}

TEST_F(Filing, JoinsTheCaseThePagesWereSentInFor) {
  const std::string first = file(sorted(1)).case_ref;
  EXPECT_EQ(file(joining(2, first)).case_ref, first);
  EXPECT_EQ(cases(), 1u);
}

TEST_F(Filing, KeepsTheEarliestClockWhenALaterLetterJoins) {
  const std::string first = file(written_on(1, "2026-11-10")).case_ref;
  file(joining(2, first));
  EXPECT_EQ(case_at(first).sent_on.date, on("2026-11-10"));
}

TEST_F(Filing, MovesTheClockBackWhenAnEarlierLetterJoins) {
  const std::string first = file(sorted(1)).case_ref;
  auto earlier = joining(2, first);
  earlier.read.letter_date = on("2026-11-10");
  file(earlier);
  EXPECT_EQ(case_at(first).deadlines, router::deadlines(on("2026-11-10"), {}));
}

TEST_F(Filing, StartsTheClockOfARequestWhenAComplaintJoins) {
  const std::string first = file(sorted(1, Queue::non_reclamation)).case_ref;
  file(joining(2, first));
  EXPECT_TRUE(case_at(first).deadlines);
  EXPECT_TRUE(case_at(first).needs_review);
}

TEST_F(Filing, KeepsTheSecretWhenAMedicalLetterJoins) {
  const std::string first = file(sorted(1)).case_ref;
  auto medical = joining(2, first);
  medical.queue = Queue::dossiers_medicaux;
  file(medical);
  EXPECT_TRUE(is_medical(case_at(first)));
}

TEST_F(Filing, FollowsAMergedCaseToTheOneThatTookItOver) {
  const std::string first = file(sorted(1)).case_ref, second = file(sorted(2)).case_ref;
  Case merged = case_at(first);
  merged.state = State::merged;
  merged.merged_into = second;
  put(merged);
  EXPECT_EQ(file(joining(3, first)).case_ref, second);
}

struct Unjoinable : Filing, testing::WithParamInterface<const char*> {};
TEST_P(Unjoinable, OpensANewCaseForAPersonToLookAt) {
  Case answered = case_at(file(sorted(1)).case_ref);
  answered.state = State::answered;
  put(answered);
  const auto filed = file(joining(2, GetParam()));
  EXPECT_EQ(filed.case_ref, letter::text(letter::CaseRef{2026, 2}));
  EXPECT_TRUE(case_at(filed.case_ref).needs_review);
  EXPECT_EQ(filed.sorted.reasons.back().code, "router.joins_unknown");
  EXPECT_EQ(verbs(filed), (std::vector<std::string>{"filed", "joins_unknown"}));
}
const std::string first_ref = letter::text(letter::CaseRef{2026, 1});
const std::string unknown_ref = letter::text(letter::CaseRef{2026, 77});
INSTANTIATE_TEST_SUITE_P(AnEndedCase, Unjoinable, testing::Values(first_ref.c_str()));
INSTANTIATE_TEST_SUITE_P(AnUnknownCase, Unjoinable, testing::Values(unknown_ref.c_str()));
INSTANTIATE_TEST_SUITE_P(AWrongKey, Unjoinable, testing::Values("2026-0000001-00"));

}  // namespace
