// A station with a stack in its hot folder: separators, batches, closed envelopes, folders, verdicts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "drawn.hpp"
#include "letter/tree.hpp"
#include "letters.hpp"
#include "looks.hpp"
#include "station_scene.hpp"
#include "tests/vault/watched_disk.hpp"

namespace ingest {
namespace {

using letter::Tree;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct StationStackTest : StationScene {
  StationStackTest() {
    settings.today = [] { return letter::paris_day(first_instant); };
  }
  void start_seeing(std::vector<page::FirstLook> looks) {
    settings.opening.eye = eye_that_sees(std::move(looks));
    start();
  }
  std::vector<letter::Submission> take_all(const std::string& name) {
    station->take(name);
    auto sent = send_all();
    for (const auto& submission : sent) receive(submission);
    return sent;
  }
  Tree verdict(const std::string& name = "scan.tif") const {
    const auto text = vault::SystemDisk().read(hot / "done" / today / (name + ".quality.json"));
    return text ? letter::parse_json(*text).value_or(Tree()) : Tree();
  }
  std::vector<StationEvent> events_of(const std::string& what) const {
    auto all = station->events();
    std::erase_if(all, [&](const StationEvent& event) { return event.what != what; });
    return all;
  }
};

TEST_F(StationStackTest, AStackIsSentAsItsLettersWithoutItsSeparators) {
  start_seeing({plain_page(), doc_sheet(), plain_page(), plain_page()});
  put("scan.tif", drawn_tiff(4));
  const auto pages = pixels_of(drawn_tiff(4));
  const auto sent = take_all("scan.tif");
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_THAT(pixels_of(sent[0].masters.at(0)), ElementsAre(pages[0]));
  EXPECT_THAT(pixels_of(sent[1].masters.at(0)), ElementsAre(pages[2], pages[3]));
}

TEST_F(StationStackTest, TheWholeFileIsKeptWithItsSeparators) {
  start_seeing({doc_sheet(), plain_page()});
  put("scan.tif", drawn_tiff(2));
  take_all("scan.tif");
  EXPECT_EQ(vault::SystemDisk().read(hot / "done" / today / "scan.tif"), drawn_tiff(2));
}

TEST_F(StationStackTest, OneLetterBehindASeparatorIsCutOut) {
  start_seeing({doc_sheet(), plain_page()});
  put("scan.tif", drawn_tiff(2));
  EXPECT_EQ(take_all("scan.tif").at(0).letter.pages.size(), 1U);
}

TEST_F(StationStackTest, TheJournalCountsLettersPagesAndSeparators) {
  start_seeing({batch_sheet(1), plain_page(), plain_page()});
  put("scan.tif", drawn_tiff(3));
  take_all("scan.tif");
  station.reset();
  const auto records = vault::recover(*vault::SystemDisk().read(settings.journal / "journal"))->records;
  const auto cut = std::ranges::find(records, 'P', &vault::Record::type);
  ASSERT_NE(cut, records.end());
  const Tree tree = *letter::parse_json(cut->payload);
  EXPECT_EQ(letter::value(tree, "pages").integer_or(0), 3);
  EXPECT_EQ(letter::value(tree, "separators").items().size(), 1U);
  EXPECT_EQ(letter::value(letter::value(tree, "letters").items().at(0), "pages").integer_or(0), 2);
}

TEST_F(StationStackTest, SeparatorsAloneAreDoneAndSendNothing) {
  start_seeing({doc_sheet(), doc_sheet()});
  put("scan.tif", drawn_tiff(2));
  EXPECT_THAT(take_all("scan.tif"), IsEmpty());
  EXPECT_TRUE(station->idle());
  EXPECT_TRUE(std::filesystem::exists(hot / "done" / today / "scan.tif"));
}

TEST_F(StationStackTest, AShortBatchIsToldAndNoted) {
  start_seeing({batch_sheet(3), plain_page(), doc_sheet(), plain_page()});
  put("scan.tif", drawn_tiff(4));
  station->take("scan.tif");
  const auto told = events_of("batch");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].expected, 3U);
  EXPECT_EQ(told[0].found, 2U);
  for (const auto& sent : send_all()) EXPECT_EQ(sent.letter.notes.at(0).code, "batch.count");
}

TEST_F(StationStackTest, ABatchEndsWithItsFile) {
  start_seeing({batch_sheet(1, letter::PostBox::cs_30027), plain_page()});
  put("scan.tif", drawn_tiff(2));
  take_all("scan.tif");
  start_seeing({});
  put("next.png", drawn_png());
  EXPECT_EQ(take_all("next.png").at(0).letter.box, letter::PostBox::none);
}

TEST_F(StationStackTest, AFileInTheSealedFolderIsSealed) {
  start_seeing({});
  put("sealed/scan.png", drawn_png());
  EXPECT_TRUE(take_all("sealed/scan.png").at(0).letter.sealed);
  EXPECT_FALSE(std::filesystem::exists(hot / "done" / today / "scan.png"));
}

TEST_F(StationStackTest, ASealedFileStaysSealedAcrossARestart) {
  start_seeing({});
  put("sealed/scan.png", drawn_png());
  station->take("sealed/scan.png");
  start();
  EXPECT_TRUE(send_all().at(0).letter.sealed);
}

TEST_F(StationStackTest, ASealedFileNobodyKnowsIsToBePutBackUnderSealed) {
  start_seeing({});
  put("work/T1-0000009.sealed.png", drawn_png());
  start();
  EXPECT_THAT(*vault::SystemDisk().read(hot / "failed" / "T1-0000009.sealed.png.reason.txt"),
              HasSubstr("sealed/"));
}

TEST_F(StationStackTest, TheVerdictLiesBesideTheFile) {
  page::FirstLook dark = plain_page();
  dark.quality.flaws = {page::Flaw::too_dark};
  start_seeing({plain_page(), dark});
  put("scan.tif", drawn_tiff(2));
  take_all("scan.tif");
  const Tree said = verdict();
  EXPECT_EQ(letter::value(said, "verdict").text_or(""), "look_again");
  const Tree& page = letter::value(said, "pages").items().at(1);
  EXPECT_EQ(letter::value(letter::value(page, "alarms").items().at(0), "code").text_or(""),
            "quality.too_dark");
}

TEST_F(StationStackTest, AGoodFileHasAGoodVerdict) {
  start_seeing({plain_page(), blank_page()});
  put("scan.tif", drawn_tiff(2));
  take_all("scan.tif");
  EXPECT_EQ(letter::value(verdict(), "verdict").text_or(""), "good");
}

TEST_F(StationStackTest, AFlawIsToldWithItsPageAndStopsNothing) {
  page::FirstLook dark = plain_page();
  dark.quality.flaws = {page::Flaw::too_dark};
  start_seeing({plain_page(), dark});
  put("scan.tif", drawn_tiff(2));
  station->take("scan.tif");
  const auto told = events_of("flaw");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].page, 2U);
  EXPECT_EQ(send_all().size(), 1U);
}

TEST_F(StationStackTest, WhereNothingCanBeSeenTheFileFailsWithItsReason) {
  start_seeing({unseen_page(), unseen_page()});
  put("scan.tif", drawn_tiff(2));
  EXPECT_THAT(take_all("scan.tif"), IsEmpty());
  EXPECT_THAT(names(hot / "failed"), ElementsAre("scan.tif", "scan.tif.quality.json", "scan.tif.reason.txt"));
}

TEST_F(StationStackTest, AFolderOfPagesIsOneStackInTheOrderOfItsNumbers) {
  start_seeing({});
  std::filesystem::create_directory(hot / "lot");
  put("lot/page10.tif", drawn_tiff(1));
  put("lot/page9.png", drawn_png());
  const auto sent = take_all("lot");
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_THAT(sent[0].masters, ElementsAre(drawn_png(), drawn_tiff(1)));
  EXPECT_EQ(sent[0].letter.pages.at(1).master, 1U);
  EXPECT_TRUE(std::filesystem::is_directory(hot / "done" / today / "lot"));
}

TEST_F(StationStackTest, AFolderIsCutAtItsSeparatorFiles) {
  int file = 0;
  settings.opening.eye = [&](const std::string&, std::uint32_t) {
    return std::vector<page::FirstLook>{++file == 2 ? doc_sheet() : plain_page()};
  };
  start();
  std::filesystem::create_directory(hot / "lot");
  for (const char* name : {"lot/1.png", "lot/2.png", "lot/3.png"}) put(name, drawn_png());
  EXPECT_EQ(take_all("lot").size(), 2U);
}

TEST_F(StationStackTest, ALetterOfTooManyFilesIsRefused) {
  settings.files_a_letter = 1;
  start_seeing({});
  std::filesystem::create_directory(hot / "lot");
  for (const char* name : {"lot/1.png", "lot/2.png"}) put(name, drawn_png());
  station->take("lot");
  EXPECT_EQ(events_of("failed").at(0).reason.code, "station.too_many_files");
}

TEST_F(StationStackTest, LooksBesideTheLoopGiveTheSameLetters) {
  settings.looks_at_once = 2;
  start_seeing({plain_page(), doc_sheet()});
  put("a.tif", drawn_tiff(3));
  put("b.tif", drawn_tiff(3));
  station->take("a.tif");
  station->take("b.tif");
  while (station->due(Millis(0)).size() < 4) station->look_on();
  std::set<std::uint32_t> numbers;
  for (const auto& sent : send_all()) numbers.insert(sent.letter.id.number);
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4));
}

// The disk breaks at every step in turn, in a stack with a batch header, a closed envelope and a separator
// at its end: each letter that ingest saw keeps its number, its facts and its bytes, and the file is gone
// once all are received.
TEST_F(StationStackTest, ACrashAtAnyStepSendsTheSamePartsUnderTheSameNumbers) {
  page::FirstLook registered = plain_page();
  registered.marks.lrar = {"1A12345678901"};
  settings.opening.eye = eye_that_sees({batch_sheet(9, letter::PostBox::cs_30027), registered, blank_page(),
                                        sealed_sheet(), plain_page(), doc_sheet()});
  EXPECT_GT(break_at_every_step(drawn_tiff(6), 2, Kept::no), 20U);
}

TEST_F(StationStackTest, AJournalFromBeforeSeparatorsStillResumes) {
  std::filesystem::create_directories(hot / "work");
  put("work/T1-0000001.tif", drawn_tiff(2));
  put("work/T1-0000001-1.part", drawn_tiff(1));
  put("work/T1-0000001-2.part", drawn_tiff(1));
  std::filesystem::create_directories(settings.journal);
  const std::string sha256 = vault::sha256_hex(drawn_tiff(2));
  vault::SystemDisk().write_synced(
      settings.journal / "journal",
      vault::framed({'C', R"({"claim":1,"name":"scan.tif","extension":"tif","sha256":")" + sha256 +
                              R"(","box":"TSA 20202","joins":"","arrived_on":"","pages_per_letter":1})"}) +
          vault::framed({'P', R"({"claim":1,"letters":[1,2]})"}),
      0600);
  start();
  const auto sent = send_all();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[1].letter.box, letter::PostBox::tsa_20202);
}

}  // namespace
}  // namespace ingest
