// What speaks for a sending date, as a desk sees it.
#include "cli/sent_dates.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using letter::Fate;
using letter::SentBasis;
using letter::Source;

letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }

// An envelope of 220 x 110 mm: a postmark that was read in doubt, a deposit that was keyed.
letter::CaseFile deposited() {
  letter::CaseFile file;
  file.row.ref = "2026-0000001-59";
  file.row.sent_on = {on("2026-11-17"), SentBasis::lrar_deposit, false};
  file.letters.resize(1);
  letter::Letter& mail = file.letters[0].read.letter;
  mail.id = {"LYON1", 1};
  mail.pages.resize(1);
  mail.pages[0].dpi = 254;
  mail.pages[0].width_px = 2200;
  mail.pages[0].height_px = 1100;
  file.sent_candidates = {
      {"LYON1-0000001", on("2026-11-17"), SentBasis::lrar_deposit, Source::keyed, 1, 0, {}, Fate::kept},
      {"LYON1-0000001",
       on("2026-11-16"),
       SentBasis::postmark,
       Source::read,
       0.55,
       0,
       {0.75, 0.2, 0.1, 0.05},
       Fate::unsure}};
  return file;
}

std::string text_of(const letter::CaseFile& file) {
  std::ostringstream out, err;
  return cli::sent_dates_text(file, {"fr", out, err, [] { return letter::Instant{}; }, {}});
}
bool says(const std::string& text, const char* what) { return text.find(what) != std::string::npos; }

TEST(SentDates, SayWhichProofWasKeptAndWhyTheOtherLost) {
  const auto text = text_of(deposited());
  for (const char* what : {"2026-11-17  Dépôt du recommandé", "saisie au poste", "RETENUE", "2026-11-16",
                           "lue sans certitude", "55 %"})
    EXPECT_TRUE(says(text, what)) << what << "\n" << text;
}

TEST(SentDates, SayWhereOnThePaper) { EXPECT_TRUE(says(text_of(deposited()), "p. 1, 165 × 22 mm")); }

TEST(SentDates, WithoutASizeThePlaceIsToldInShares) {
  auto file = deposited();
  file.letters[0].read.letter.pages[0].dpi = 0;
  EXPECT_TRUE(says(text_of(file), "p. 1, 75 % 20 %"));
}

TEST(SentDates, AConflictIsToldWithWhatToDo) {
  auto file = deposited();
  EXPECT_FALSE(says(text_of(file), "CONFLIT"));
  file.row.sent_on.conflict = true;
  EXPECT_TRUE(says(text_of(file), "CONFLIT"));
}

TEST(SentDates, ADateKeptInDoubtSaysSo) {
  auto file = deposited();
  file.sent_candidates[0].in_doubt = true;
  EXPECT_TRUE(says(text_of(file), "RETENUE, lue sans certitude"));
}

TEST(SentDates, ADesksWordStandsFirstWithItsReason) {
  auto file = deposited();
  file.row.sent_on = {on("2026-11-18"), SentBasis::postmark, false};
  letter::Event corrected;
  corrected.verb = "corrected";
  corrected.who = "desk:entreprise";
  corrected.what = {{"now.sent_on", "2026-11-18"}, {"reason", "cachet de Lyon"}};
  file.history = {corrected};
  const auto text = text_of(file);
  EXPECT_TRUE(says(text, "desk:entreprise")) << text;
  EXPECT_TRUE(says(text, "RETENUE : cachet de Lyon")) << text;
  EXPECT_TRUE(says(text, "de cette lettre, pas du dossier")) << text;
}

TEST(SentDates, InJsonEachHasItsPlaceInMillimetres) {
  const auto list = cli::sent_dates_tree(deposited());
  ASSERT_EQ(list.items().size(), 2u);
  EXPECT_TRUE(letter::value(list.items()[0], "chosen").flag_or(false));
  EXPECT_TRUE(letter::value(list.items()[0], "box").is_null());
  EXPECT_EQ(letter::dump_json(letter::value(list.items()[1], "box_mm")), "[165,22,22,6]");
  EXPECT_EQ(letter::value(list.items()[1], "fate").text_or(""), "unsure");
}

}  // namespace
