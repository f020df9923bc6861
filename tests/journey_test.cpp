// The whole journey in one process, with no ZeroMQ: a painted scan goes in at the station's side of
// ingest and comes out as a filed case with its clocks.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <variant>

#include "belt/handout.hpp"
#include "classify/sort.hpp"
#include "ingest/intake.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/form/form.hpp"
#include "ocr/read.hpp"
#include "router/file.hpp"
#include "router/memory_store.hpp"
#include "vault/memory_vault.hpp"

namespace fs = std::filesystem;
using namespace std::chrono;

namespace {

const fs::path models = VAGUEMESTRE_SOURCE_DIR "/models";
constexpr letter::Day arrived = 2026y / November / 23;
const letter::Instant received_at = sys_days(arrived) + 8h;
constexpr double review_below = 0.8;

// The rooms in the order a letter meets them; engines are slow to make, so one house serves every test.
struct House {
  ocr::Engines engines{models};
  classify::Triage triage{models / "triage"};
  ocr::Form form = ocr::load_form(models / "forms/reclamation.toml").value();
};

House& house() {
  static House one;
  return one;
}

letter::Submission submission(std::uint32_t number, const std::string& bytes, const std::string& media_type,
                              std::uint32_t pages) {
  letter::Submission made;
  made.letter.id = {"STATION1", number};
  made.letter.box = letter::PostBox::tsa_20202;
  made.letter.arrived_on = arrived;
  made.letter.masters = {{vault::sha256_hex(bytes), bytes.size(), media_type, pages}};
  for (std::uint32_t i = 0; i < pages; ++i) made.letter.pages.push_back({.master = 0, .index = i});
  made.masters = {bytes};
  return made;
}

class Journey : public testing::Test {
 protected:
  Journey() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    spool_ = std::make_unique<ingest::Spool>(folder_);
  }
  ~Journey() override {
    spool_.reset();
    fs::remove_all(folder_);
  }

  letter::Receipt arrive(const letter::Submission& sent) {
    const ingest::DiskSpace space{100ull << 30, 100ull << 30};
    auto answer =
        ingest::take_in({{sent, "station:STATION1"}}, {vault_, *spool_, {}, space, received_at}).front();
    EXPECT_TRUE(std::holds_alternative<letter::Receipt>(answer));
    return std::get<letter::Receipt>(answer);
  }

  letter::FiledLetter travel(const letter::LetterId& id) {
    const letter::Letter letter = spool_->find(id).value();
    std::vector<std::string> masters;
    for (std::uint32_t i = 0; i < letter.masters.size(); ++i)
      masters.push_back(vault_.get(letter, i).value());
    const auto read = ocr::read(letter, masters, house().engines);
    return file(classify::sort(read, house().triage, {review_below, {}}));
  }

  letter::FiledLetter file(const letter::SortedLetter& sorted) {
    letter::FiledLetter filed;
    store_.transact([&](router::Transaction& transaction) {
      filed = router::file(sorted, transaction, rules_, received_at + 2s);
    });
    spool_->filed(sorted.read.letter.id, filed.case_ref);
    return filed;
  }

  std::vector<router::Case> cases() {
    std::vector<router::Case> found;
    store_.transact([&](router::Transaction& transaction) { found = transaction.cases_after({}, 1000); });
    return found;
  }

  fs::path folder_ = fs::temp_directory_path() / ("vaguemestre-journey-" + std::to_string(::getpid()));
  vault::MemoryVault vault_;
  std::unique_ptr<ingest::Spool> spool_;
  router::MemoryStore store_;
  router::FilingRules rules_;
};

workshop::Specimen typed_form(std::uint32_t index) {
  return workshop::paint(house().form, {.seed = 7,
                                        .index = index,
                                        .arrived = arrived,
                                        .on_form = true,
                                        .hand = false,
                                        .queue = letter::Queue::incapacite_invalidite});
}

TEST_F(Journey, ATypedFormReachesADeskWithItsDeadlines) {
  const auto specimen = typed_form(0);
  const auto receipt = arrive(submission(1, specimen.bytes, specimen.media_type,
                                         static_cast<std::uint32_t>(specimen.truth.pages.size())));
  const auto filed = travel(receipt.id);
  EXPECT_EQ(filed.sorted.read.form, "reclamation");
  ASSERT_TRUE(filed.deadlines.has_value());
  ASSERT_EQ(cases().size(), 1u);
  EXPECT_EQ(*filed.deadlines,
            router::deadlines(filed.sent_on.date, rules_.clocks, cases()[0].first_complaint));
  EXPECT_EQ(letter::text(cases()[0].ref), filed.case_ref);
}

TEST_F(Journey, WhatWasTypedIsWhatTheDeskReads) {
  const auto specimen = typed_form(1);
  const auto receipt = arrive(submission(1, specimen.bytes, specimen.media_type,
                                         static_cast<std::uint32_t>(specimen.truth.pages.size())));
  const auto filed = travel(receipt.id);
  const auto* name = letter::find(filed.sorted.read, "NOM_USAGE");
  ASSERT_NE(name, nullptr);
  const auto truth = specimen.truth.boxes.find("NOM_USAGE");
  ASSERT_NE(truth, specimen.truth.boxes.end());
  EXPECT_EQ(name->text.reveal(), truth->second);
}

TEST_F(Journey, TwiceIsOnce) {
  const auto specimen = typed_form(2);
  const auto sent = submission(1, specimen.bytes, specimen.media_type,
                               static_cast<std::uint32_t>(specimen.truth.pages.size()));
  const auto first = arrive(sent);
  const auto filed = travel(first.id);
  EXPECT_EQ(arrive(sent), first) << "a resend gets its first receipt again";
  EXPECT_EQ(travel(first.id).case_ref, filed.case_ref);
  EXPECT_EQ(cases().size(), 1u);
  EXPECT_TRUE(spool_->unfiled().empty());
}

TEST_F(Journey, TheSameScanUnderAnotherNumberIsALetterOfItsOwn) {
  const auto specimen = typed_form(3);
  const auto pages = static_cast<std::uint32_t>(specimen.truth.pages.size());
  arrive(submission(1, specimen.bytes, specimen.media_type, pages));
  const auto second = arrive(submission(2, specimen.bytes, specimen.media_type, pages));
  EXPECT_EQ(second.same_scan_as, "STATION1-0000001");
  EXPECT_EQ(spool_->unfiled().size(), 2u);
}

TEST_F(Journey, AClosedEnvelopeReachesTheMedicalDeskUnreadWithAClock) {
  const auto specimen = typed_form(4);
  auto sent = submission(1, specimen.bytes, specimen.media_type,
                         static_cast<std::uint32_t>(specimen.truth.pages.size()));
  sent.letter.sealed = true;
  const letter::Letter letter = spool_->find(arrive(sent).id).value();
  const auto read = ocr::read(letter, {}, house().engines);
  EXPECT_TRUE(read.full_text.reveal().empty());
  const auto filed = file(classify::sort(read, house().triage, {review_below, {}}));
  EXPECT_EQ(filed.sorted.queue, letter::Queue::dossiers_medicaux);
  EXPECT_TRUE(filed.deadlines.has_value());
  EXPECT_LE(filed.sent_on.date, arrived) << "nothing is known but the day it came";
}

TEST_F(Journey, AFileNobodyCanReadIsACaseThatAPersonSees) {
  const auto receipt = arrive(submission(1, std::string("II*\0no picture at all", 21), "image/tiff", 1));
  const auto filed = travel(receipt.id);
  EXPECT_TRUE(filed.sorted.needs_review);
  EXPECT_FALSE(filed.sorted.reasons.empty());
  EXPECT_TRUE(filed.sorted.is_complaint) << "unsure is a complaint: the clock runs";
  EXPECT_TRUE(filed.deadlines.has_value());
}

// A reader that takes the letter, begins it and is never heard of again; the reason, once ingest gives up.
std::optional<letter::Reason> break_a_reader(belt::Handout& handout, const std::string& reader,
                                             belt::Millis& now) {
  using enum letter::ProgressKind;
  handout.hear(reader, {.kind = hello, .stage = "ocr", .instance = reader}, now);
  handout.hear(reader, {.kind = ready, .stage = "ocr", .instance = reader, .credit = 1}, now);
  std::optional<letter::Reason> given_up;
  for (const auto silent_since = now; now < silent_since + 4s; now += 100ms)
    for (const auto& decision : handout.decide(now)) {
      if (const auto* give_up = std::get_if<belt::GiveUp>(&decision)) given_up = give_up->reason;
      if (const auto* work = std::get_if<belt::HandOut>(&decision))
        handout.hear(reader, {.kind = begin, .stage = "ocr", .instance = reader, .id = work->id}, now);
    }
  return given_up;
}

TEST_F(Journey, ALetterThatBreaksEveryReaderReachesAPerson) {
  const auto receipt = arrive(submission(1, "%PDF-1.4 poison", "application/pdf", 1));
  belt::Handout handout({.attempts = 3});
  handout.add(receipt.id, 0);
  belt::Millis now{0};
  EXPECT_FALSE(break_a_reader(handout, "reader-1", now));
  EXPECT_FALSE(break_a_reader(handout, "reader-2", now));
  const auto given_up = break_a_reader(handout, "reader-3", now);
  ASSERT_TRUE(given_up.has_value());
  letter::SortedLetter bare;
  bare.read.letter = spool_->find(receipt.id).value();
  bare.needs_review = true;
  bare.reasons = {*given_up};
  bare.probabilities.fill(1.0 / letter::queue_count);
  const auto filed = file(bare);
  EXPECT_TRUE(cases().at(0).needs_review);
  EXPECT_TRUE(filed.deadlines.has_value());
  EXPECT_TRUE(spool_->unfiled().empty());
}

}  // namespace
