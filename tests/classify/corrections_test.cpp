// What desks corrected is taught as they decided it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "classify/corpus.hpp"

namespace {

using letter::Queue;

class Corrections : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(file_); }
  letter::Result<classify::Corpus> load(const std::string& line) {
    std::ofstream(file_) << line << "\n";
    return classify::load_corrections(file_);
  }
  classify::Example only(const std::string& line) { return load(line).value().examples.at(0); }
  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("vaguemestre-corrections-" + std::to_string(::getpid()));
};

constexpr const char* rerouted =
    R"({"id":"S1-0000001","text":"Mes lunettes","box":"TSA 20202","ticks":["OBJ_SANTE"],"queue":"autre",)"
    R"("is_complaint":true,"decided_queue":"frais_sante","decided_complaint":true,"automatic":true,)"
    R"("source":"blind_check","at":"2026-11-23T08:00:00.000Z"})";

TEST_F(Corrections, TheDesksQueueIsTheTruth) { EXPECT_EQ(only(rerouted).queue, Queue::frais_sante); }

TEST_F(Corrections, TicksComeByTheFormsIds) {
  EXPECT_EQ(only(rerouted).ticks, std::vector<Queue>{Queue::frais_sante});
}

TEST_F(Corrections, ItIsKnownWhatHadBeenSortedAlone) { EXPECT_TRUE(only(rerouted).automatic); }

// A line with this text, decision, complaint or not, and source.
std::string line(const std::string& text, const std::string& queue, bool complaint,
                 const std::string& source) {
  return R"({"id":"S1-0000001","text":")" + text + R"(","box":null,"ticks":[],"decided_queue":")" + queue +
         R"(","decided_complaint":)" + (complaint ? "true" : "false") + R"(,"source":")" + source + R"("})";
}

TEST_F(Corrections, OnlyBlindChecksCountAsEvidence) {
  EXPECT_FALSE(only(line("ma rente", "autre", true, "blind_check")).drill);
  EXPECT_TRUE(only(line("ma rente", "autre", true, "reroute")).drill);
}

TEST_F(Corrections, WhatIsNoComplaintIsAPlainRequestToThatService) {
  const auto one = only(line("ma rente", "frais_sante", false, "review"));
  EXPECT_EQ(one.queue, Queue::non_reclamation);
  EXPECT_EQ(one.secondary, Queue::frais_sante);
}

TEST_F(Corrections, TheLastDecisionOfALetterHolds) {
  const auto both = load(line("ma rente", "autre", true, "review") + "\n" +
                         line("ma rente", "frais_sante", true, "reroute"));
  ASSERT_EQ(both.value().examples.size(), 1U);
  EXPECT_EQ(both.value().examples[0].queue, Queue::frais_sante);
}

TEST_F(Corrections, ALetterWhoseTextWasNotGivenOutIsLeftOut) {
  EXPECT_TRUE(load(line("", "autre", true, "review")).value().examples.empty());
}

TEST_F(Corrections, ALetterWithoutADecisionIsRefused) {
  EXPECT_EQ(load(R"({"id":"S1-0000001","text":"Mes lunettes"})").error().code, "corpus.line");
}

TEST_F(Corrections, AFaultNamesTheLineAndNeverTheText) {
  EXPECT_EQ(load(R"({"id":"S1-0000001","text":"Mes lunettes"})").error().en.find("lunettes"),
            std::string::npos);
}

}  // namespace
