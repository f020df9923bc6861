// Dates keyed at the station: on the command line, or in a scan's file name.
#include "drawn.hpp"
#include "ingest/envelope_words.hpp"
#include "ingest/station_words.hpp"
#include "letters.hpp"
#include "looks.hpp"
#include "page/separator.hpp"
#include "station_scene.hpp"

namespace ingest {
namespace {

using testing::ElementsAre;

letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }
letter::Day days_before(letter::Day day, int days) {
  return std::chrono::sys_days{day} - std::chrono::days{days};
}

std::string fault_of(const std::string& name) {
  const auto found = envelope_in(name);
  return found ? "understood" : found.error().code;
}

TEST(EnvelopeInAName, SaysPostmarkDepositAndNumber) {
  const auto found = envelope_in("pli 12 cachet=2026-11-18 Dépôt=2026-11-17_lrar=1A12345678901.tif");
  EXPECT_EQ(found, (letter::Envelope{on("2026-11-17"), on("2026-11-18"), {}, "1A12345678901"}));
}

TEST(EnvelopeInAName, SpeaksEnglishToo) {
  EXPECT_EQ(envelope_in("postmark=2026-11-18.tif")->postmark, on("2026-11-18"));
}

TEST(EnvelopeInAName, AnOrdinaryNameSaysNothing) {
  for (const char* name : {"scan 2026-11-18.tif", "depot-2026-11-18.tif", "a=b.tif", "lot=7.tif"})
    EXPECT_EQ(envelope_in(name), letter::Envelope{}) << name;
}

TEST(EnvelopeInAName, ADayThatIsNoneIsRefused) {
  EXPECT_EQ(fault_of("cachet=2026-02-30.tif"), "envelope.date");
}

TEST(EnvelopeInAName, TwoDifferentPostmarksAreRefused) {
  EXPECT_EQ(fault_of("cachet=2026-11-18 postmark=2026-11-19.tif"), "envelope.twice");
}

std::string words_fault(std::vector<std::string> more) {
  more.insert(more.begin(), "--once");
  const auto found = read_words(more, on("2026-11-23"));
  return found ? "understood" : found.error().code;
}

TEST(EnvelopeOnTheCommandLine, IsKept) {
  const auto words = read_words(
      {"--once", "--postmark", "2026-11-18", "--lrar", "1A 123 456 7890 1", "a.tif"}, on("2026-11-23"));
  EXPECT_EQ(words->handed.envelope, (letter::Envelope{{}, on("2026-11-18"), {}, "1A12345678901"}));
}

TEST(EnvelopeOnTheCommandLine, ADateInTheFutureIsRefusedAtOnce) {
  EXPECT_EQ(words_fault({"--deposit", "2026-11-24", "a.tif"}), "envelope.future");
}

TEST(EnvelopeOnTheCommandLine, ADateAfterTheArrivalGivenIsRefusedAtOnce) {
  EXPECT_EQ(words_fault({"--arrived", "2026-11-20", "--postmark", "2026-11-21", "a.tif"}),
            "envelope.after_arrival");
}

TEST(EnvelopeOnTheCommandLine, AWrongNumberIsRefusedAtOnce) {
  EXPECT_EQ(words_fault({"--lrar", "12", "a.tif"}), "envelope.lrar");
}

TEST(EnvelopeOnTheCommandLine, OneEnvelopeIsOneFile) {
  EXPECT_EQ(words_fault({"--postmark", "2026-11-18", "a.tif", "b.tif"}), "usage.envelope");
}

struct KeyedTest : StationScene {
  const letter::Day day = letter::paris_day(first_instant);
  letter::Envelope postmarked{{}, days_before(day, 4), {}, ""};

  void start_seeing(std::vector<page::FirstLook> looks) {
    settings.today = [this] { return day; };
    settings.opening.eye = eye_that_sees(std::move(looks));
    start();
  }
  std::string file() const {
    vault::SystemDisk().write_synced(temp.path / "mine.tif", drawn_tiff(3), 0600);
    return temp.path / "mine.tif";
  }
  std::string refusal() const {
    for (const StationEvent& event : station->events())
      if (event.what == "refused") return event.reason.code;
    return "none";
  }
};

TEST_F(KeyedTest, TravelsWithItsLetter) {
  start_seeing({plain_page(), plain_page(), plain_page()});
  ASSERT_TRUE(station->submit(file(), {"", postmarked}));
  EXPECT_EQ(send_all().at(0).letter.envelope, postmarked);
}

TEST_F(KeyedTest, IsTheSameAfterARestart) {
  start_seeing({plain_page(), plain_page(), plain_page()});
  station->submit(file(), {"", postmarked});
  start();
  EXPECT_EQ(send_all().at(0).letter.envelope, postmarked);
}

TEST_F(KeyedTest, AFileOfSeveralLettersIsRefused) {
  start_seeing({plain_page(), doc_sheet(), plain_page()});
  station->submit(file(), {"", postmarked});
  EXPECT_EQ(refusal(), "envelope.several");
  EXPECT_TRUE(send_all().empty());
}

TEST_F(KeyedTest, AFileNameSaysIt) {
  start_seeing({plain_page(), plain_page(), plain_page()});
  const std::string name = "cachet=" + letter::iso(*postmarked.postmark) + ".tif";
  put(name, drawn_tiff(3));
  station->take(name);
  EXPECT_EQ(send_all().at(0).letter.envelope, postmarked);
}

TEST_F(KeyedTest, AFileNameThatCannotBeGoesToFailedWithItsReason) {
  start_seeing({plain_page(), plain_page(), plain_page()});
  const std::string name = "cachet=" + letter::iso(days_before(day, -1)) + ".tif";
  put(name, drawn_tiff(3));
  station->take(name);
  EXPECT_EQ(refusal(), "envelope.future");
  EXPECT_THAT(names(hot / "failed"), ElementsAre(name, name + ".reason.txt"));
}

TEST_F(KeyedTest, ANumberKeyedStandsAgainstTheLabel) {
  page::FirstLook registered = plain_page();
  registered.marks.lrar = {"1A12345678901"};
  start_seeing({registered, plain_page(), plain_page()});
  station->submit(file(), {"", {{}, {}, {}, "1A99999999999"}});
  const auto sent = send_all().at(0).letter;
  EXPECT_EQ(sent.lrar, "1A99999999999");
  EXPECT_THAT(sent.notes, ElementsAre(page::lrar_otherwise()));
}

}  // namespace
}  // namespace ingest
