#include "ingest/station.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "drawn.hpp"
#include "letters.hpp"
#include "looks.hpp"
#include "station_scene.hpp"
#include "tests/vault/watched_disk.hpp"

namespace ingest {
namespace {

using letter::Receipt;
using letter::Refusal;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct StationTest : StationScene {
  StationTest() {
    settings.opening.eye = eye_that_sees({});
    start();
  }
  static std::vector<std::string> names(const std::filesystem::path& dir) {
    auto all = StationScene::names(dir);  // but the verdicts, which have tests of their own
    std::erase_if(all, [](const std::string& name) { return name.find(".quality.") != std::string::npos; });
    return all;
  }
  static std::string read(const std::filesystem::path& file) {
    return vault::SystemDisk().read(file).value_or("(none)");
  }
};

TEST_F(StationTest, AFileBecomesALetterWithANumber) {
  put("scan.tif", drawn_tiff(2));
  station->take("scan.tif");
  EXPECT_EQ(letter::text(send_all().at(0).letter.id), "T1-0000001");
}

TEST_F(StationTest, ALetterListsEveryPage) {
  put("scan.tif", drawn_tiff(3));
  station->take("scan.tif");
  EXPECT_EQ(send_all().at(0).letter.pages.size(), 3U);
}

TEST_F(StationTest, BytesTravelUntouched) {
  put("scan.tif", drawn_tiff(2));
  station->take("scan.tif");
  EXPECT_THAT(send_all().at(0).masters, ElementsAre(drawn_tiff(2)));
}

TEST_F(StationTest, AClaimedFileIsOutOfTheHotFolder) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  EXPECT_THAT(names(hot / "work"), ElementsAre("T1-0000001.png"));
  EXPECT_FALSE(std::filesystem::exists(hot / "scan.png"));
}

TEST_F(StationTest, BeforeTheReceiptNothingIsDone) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  send_all();
  EXPECT_THAT(names(hot / "done"), IsEmpty());
}

TEST_F(StationTest, AfterTheReceiptTheFileIsDoneUnderItsOwnName) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  receive(send_all().at(0));
  EXPECT_THAT(names(hot / "done" / today), ElementsAre("scan.png"));
  EXPECT_THAT(names(hot / "work"), IsEmpty());
}

TEST_F(StationTest, WithoutATimeInDoneNoCopyStaysInTheClear) {
  settings.done_hours = 0;
  start();
  put("scan.png", drawn_png());
  station->take("scan.png");
  EXPECT_FALSE(names(hot / "work").empty());
  receive(send_all().at(0));
  EXPECT_THAT(names(hot / "work"), IsEmpty());
  EXPECT_THAT(names(hot / "done" / today), IsEmpty());
  EXPECT_TRUE(station->idle());
}

TEST_F(StationTest, AClosedEnvelopeNeverStaysInDone) {
  put("sealed/envelope.png", drawn_png());
  station->take("sealed/envelope.png");
  receive(send_all().at(0));
  EXPECT_THAT(names(hot / "done" / today), IsEmpty());
  EXPECT_THAT(names(hot / "work"), IsEmpty());
}

TEST_F(StationTest, WhatWasKeptLongEnoughIsSwept) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  receive(send_all().at(0));
  put("done/" + today + "/scan.png.quality.json", "{}");
  const auto now = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  station->sweep(now + std::chrono::hours{23});
  EXPECT_TRUE(std::filesystem::exists(hot / "done" / today / "scan.png"));
  station->sweep(now + std::chrono::hours{25});
  EXPECT_FALSE(std::filesystem::exists(hot / "done" / today / "scan.png"));
  EXPECT_TRUE(std::filesystem::exists(hot / "done" / today / "scan.png.quality.json"));
}

TEST_F(StationTest, ASweepTouchesNothingButDaysOfDone) {
  put("scan.png", "not taken yet");
  std::filesystem::create_directories(hot / "done" / "mine");
  put("done/mine/scan.png", "an operator's");
  put("failed/scan.png", "refused");
  station->sweep(letter::Instant{std::chrono::hours{24 * 365 * 100}});
  for (const char* kept : {"scan.png", "done/mine/scan.png", "failed/scan.png"})
    EXPECT_TRUE(std::filesystem::exists(hot / kept)) << kept;
}

TEST_F(StationTest, AFileOfTheSameNameNeverReplacesOne) {
  for (int i = 0; i < 3; ++i) {
    put("scan.png", drawn_png() + std::to_string(i));
    station->take("scan.png");
    receive(send_all().at(0));
  }
  EXPECT_THAT(names(hot / "done" / today), ElementsAre("scan-2.png", "scan-3.png", "scan.png"));
}

TEST_F(StationTest, TwoFilesOfTheSameContentAreTwoLetters) {
  put("a.png", drawn_png());
  put("b.png", drawn_png());
  station->take("a.png");
  station->take("b.png");
  EXPECT_EQ(send_all().size(), 2U);
}

TEST_F(StationTest, ABadFileFailsWithAReasonInFrenchAndEnglish) {
  put("scan.png", drawn_png().substr(0, 60));
  station->take("scan.png");
  EXPECT_THAT(names(hot / "failed"), ElementsAre("scan.png", "scan.png.reason.txt"));
  const std::string why = read(hot / "failed" / "scan.png.reason.txt");
  EXPECT_THAT(why, HasSubstr("Le fichier est coupé"));
  EXPECT_THAT(why, HasSubstr("The file is cut"));
  EXPECT_THAT(why, HasSubstr("sheets.cut"));
  EXPECT_THAT(why, HasSubstr("T1-0000001"));
}

TEST_F(StationTest, OneBadFileDoesNotStopTheNext) {
  put("bad.png", "");
  put("good.png", drawn_png());
  station->take("bad.png");
  station->take("good.png");
  EXPECT_EQ(send_all().size(), 1U);
}

TEST_F(StationTest, TwoBadFilesOfOneNameKeepTheirReasons) {
  for (const char* bytes : {"", "text"}) {
    put("scan.png", bytes);
    station->take("scan.png");
  }
  EXPECT_THAT(read(hot / "failed" / "scan.png.reason.txt"), HasSubstr("sheets.empty"));
  EXPECT_THAT(read(hot / "failed" / "scan-2.png.reason.txt"), HasSubstr("sheets.unknown"));
}

TEST_F(StationTest, ARefusedLetterFails) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  station->refusal(Refusal{send_all().at(0).letter.id, {"intake.hash", "fr", "en"}, false}, Millis(0));
  EXPECT_THAT(read(hot / "failed" / "scan.png.reason.txt"), HasSubstr("intake.hash"));
}

TEST_F(StationTest, ARefusalForNowKeepsTheFileAndTriesAgain) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  station->refusal(Refusal{send_all().at(0).letter.id, {"intake.no_space", "fr", "en"}, true}, Millis(0));
  EXPECT_THAT(names(hot / "work"), ElementsAre("T1-0000001.png"));
  EXPECT_THAT(station->due(Outbox::last_wait), ElementsAre(1));
}

TEST_F(StationTest, AFileThatIsGoneTakesNoNumber) {
  station->take("never.png");
  EXPECT_TRUE(station->idle());
}

TEST_F(StationTest, AfterARestartAnUnsentLetterIsSentUnderTheSameNumber) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  start();
  EXPECT_EQ(letter::text(send_all().at(0).letter.id), "T1-0000001");
}

TEST_F(StationTest, AfterARestartASentLetterIsSentAgainTheSame) {
  settings.rule.box = letter::PostBox::tsa_20202;
  start();
  put("scan.png", drawn_png());
  station->take("scan.png");
  const auto first = send_all();
  settings.rule.box = letter::PostBox::cs_30027;
  start();
  EXPECT_EQ(send_all(), first);
}

TEST_F(StationTest, NumbersGoOnAfterARestart) {
  put("a.png", drawn_png());
  station->take("a.png");
  receive(send_all().at(0));
  start();
  put("b.png", drawn_png());
  station->take("b.png");
  EXPECT_EQ(send_all().at(0).letter.id.number, 2U);
}

TEST_F(StationTest, ASecondReceiptChangesNothing) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  const auto sent = send_all();
  receive(sent.at(0));
  receive(sent.at(0));
  EXPECT_THAT(names(hot / "done" / today), ElementsAre("scan.png"));
}

TEST_F(StationTest, AReceiptOfAnotherStationChangesNothing) {
  put("scan.png", drawn_png());
  station->take("scan.png");
  station->receipt(Receipt{{"T2", 1}, first_instant, ""});
  EXPECT_FALSE(station->idle());
}

// The disk breaks at every step in turn: whatever happens, the file ends in done/ once, and every letter
// that ingest saw keeps its number and its content.
TEST_F(StationTest, ACrashAtAnyStepLosesNothingAndSendsTheSame) {
  settings.rule.pages_per_letter = 1;
  EXPECT_GT(break_at_every_step(drawn_tiff(2), 2), 10U);
}

TEST_F(StationTest, ABatchIsCutAndItsLettersKnowTheirPlace) {
  settings.rule.pages_per_letter = 2;
  start();
  put("batch.tif", drawn_tiff(5));
  station->take("batch.tif");
  std::vector<std::pair<std::string, std::uint32_t>> places;
  for (const auto& sent : send_all()) places.emplace_back(sent.letter.batch, sent.letter.position);
  EXPECT_THAT(places,
              ElementsAre(std::pair{std::string("T1-0000001"), 1U}, std::pair{std::string("T1-0000001"), 2U},
                          std::pair{std::string("T1-0000001"), 3U}));
}

TEST_F(StationTest, ABatchIsDoneWhenItsLastLetterIsReceived) {
  settings.rule.pages_per_letter = 1;
  start();
  put("batch.tif", drawn_tiff(2));
  station->take("batch.tif");
  const auto sent = send_all();
  receive(sent.at(0));
  EXPECT_THAT(names(hot / "done"), IsEmpty());
  receive(sent.at(1));
  EXPECT_THAT(names(hot / "done" / today), ElementsAre("batch.tif"));
  EXPECT_THAT(names(hot / "work"), IsEmpty());
}

TEST_F(StationTest, ABatchWithOneRefusedLetterFailsAndSaysWhatWasReceived) {
  settings.rule.pages_per_letter = 1;
  start();
  put("batch.tif", drawn_tiff(2));
  station->take("batch.tif");
  const auto sent = send_all();
  receive(sent.at(0));
  station->refusal(Refusal{sent.at(1).letter.id, {"intake.hash", "fr", "en"}, false}, Millis(0));
  EXPECT_THAT(read(hot / "failed" / "batch.tif.reason.txt"), HasSubstr("1 autre(s)"));
}

TEST_F(StationTest, AFileInWorkThatNobodyKnowsGoesToAPerson) {
  put("work/T1-0000009.png", drawn_png());
  start();
  EXPECT_THAT(read(hot / "failed" / "T1-0000009.png.reason.txt"), HasSubstr("station.orphan"));
}

TEST_F(StationTest, ANameThatIsNoTextSurvivesARestart) {
  const std::string name = "caf\xe9 100%.png";
  put(name, drawn_png());
  station->take(name);
  start();
  receive(send_all().at(0));
  EXPECT_THAT(names(hot / "done" / today), ElementsAre(name));
}

TEST_F(StationTest, TheWindowFillsUp) {
  settings.window = 2;
  start();
  for (const char* name : {"a.png", "b.png"}) {
    EXPECT_TRUE(station->has_room());
    put(name, drawn_png());
    station->take(name);
  }
  EXPECT_FALSE(station->has_room());
}

TEST_F(StationTest, ASubmittedFileStaysWhereItIs) {
  const auto file = temp.path / "mine.png";
  vault::SystemDisk().write_synced(file, drawn_png(), 0600);
  ASSERT_EQ(station->submit(file, {"2026-0000001-23", {}}), 1U);
  const auto sent = send_all();
  EXPECT_EQ(sent.at(0).letter.joins, "2026-0000001-23");
  receive(sent.at(0));
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_THAT(names(hot / "work"), IsEmpty());
}

TEST_F(StationTest, SubmittingWhatIsNotThereIsAFault) {
  EXPECT_EQ(station->submit(temp.path / "none.png", {}).error().code, "station.absent");
}

TEST_F(StationTest, OnlyOneProcessIsThisStation) { EXPECT_THROW(Station{settings}, letter::BrokenWorld); }

}  // namespace
}  // namespace ingest
