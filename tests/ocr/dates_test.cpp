#include "ocr/prose/dates.hpp"

#include <gtest/gtest.h>

#include "ocr/prose/layout.hpp"

namespace {

std::string first(const std::string& text) {
  const auto found = ocr::find_dates(text);
  return found.empty() ? "" : letter::iso(found.front().day);
}

TEST(Dates, AreFoundHoweverTheyAreWritten) {
  for (const char* text : {"Lyon, le 3 mars 2026", "le 03/03/2026", "3.3.26", "2026-03-03", "03-03-2026",
                           "3 MARS 2026", "Le 3 Mars 26", "le 3  mars  2026."})
    EXPECT_EQ(first(text), "2026-03-03") << text;
}

TEST(Dates, MonthsAreKnownWithAccentsWithoutAndShortened) {
  EXPECT_EQ(first("1er août 2026"), "2026-08-01");
  EXPECT_EQ(first("1 aout 2026"), "2026-08-01");
  EXPECT_EQ(first("28 février 2026"), "2026-02-28");
  EXPECT_EQ(first("28 fév. 2026"), "2026-02-28");
  EXPECT_EQ(first("25 DÉCEMBRE 2025"), "2025-12-25");
  EXPECT_EQ(first("14 juillet 2025"), "2025-07-14");
  EXPECT_EQ(first("14 juin 2025"), "2025-06-14");
  EXPECT_EQ(first("2 avril 2026"), "2026-04-02");
}

TEST(Dates, WhatIsNoDayOfTheCalendarIsNoDate) {
  for (const char* text : {"30/02/2026", "31 avril 2026", "le 32/01/2026", "12/2026", "01 02 03 04 05",
                           "3 marsouins 2026", "10,50 euros", "1234/56/7890", "contrat 12.34.5678901"})
    EXPECT_EQ(first(text), "") << text;
}

TEST(Dates, SeveralAreFoundInOrderWithTheirPlaces) {
  const std::string text = "du 1er mars 2026 au 15/04/2026";
  const auto found = ocr::find_dates(text);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(text.substr(found[0].at, found[0].length), "1er mars 2026");
  EXPECT_EQ(text.substr(found[1].at, found[1].length), "15/04/2026");
}

std::vector<ocr::FreeLine> lines_of(const std::vector<std::string>& texts) {
  std::vector<ocr::FreeLine> lines;
  for (const std::string& text : texts) {
    lines.emplace_back();
    lines.back().line.text = letter::PersonalText(text);
  }
  ocr::mark_own_words(lines);
  return lines;
}

const std::vector<std::string> a_letter{"Mme Jeanne Dupont",
                                        "née le 2 mai 1961",
                                        "12 rue des Lilas",
                                        "69003 LYON",
                                        "KLESIA",
                                        "TSA 20202",
                                        "Lyon, le 3 mars 2026",
                                        "Objet : retard de paiement",
                                        "Madame, Monsieur,",
                                        "Depuis le 4 janvier 2026 je n'ai rien reçu.",
                                        "C'est inadmissible.",
                                        "Veuillez agréer mes salutations.",
                                        "Jeanne Dupont"};

std::string only_date(const std::string& text) {
  const auto found = ocr::find_dates(text);
  return found.size() == 1 ? letter::iso(found.front().day) : "";
}

TEST(Dates, StrokesReadAsFiguresAreSeenBehindLe) {
  EXPECT_EQ(only_date("Caen, le 11/1112026"), "2026-11-11");
  EXPECT_EQ(only_date("Lyon. Le 2211112026."), "2026-11-22");
  EXPECT_EQ(only_date("Aix-en-Provence, le 16114/2026"), "");  // no month 14
  EXPECT_EQ(only_date("dossier 2211112026"), "");
}

TEST(Dates, AZeroWithAStrokeIsNoEightInAYear) { EXPECT_EQ(only_date("le 18 novembre 2826"), "2026-11-18"); }

TEST(Layout, OwnWordsRunFromTheGreetingToTheClosing) {
  EXPECT_EQ(ocr::own_text(lines_of(a_letter)),
            "Madame, Monsieur, Depuis le 4 janvier 2026 je n'ai rien reçu. C'est inadmissible. Veuillez "
            "agréer mes salutations.");
}

TEST(Layout, TheDateOfALetterIsNeitherItsStorysNorABirthday) {
  const auto date = ocr::date_of_letter(lines_of(a_letter));
  ASSERT_TRUE(date);
  EXPECT_EQ(letter::iso(date->day), "2026-03-03");
}

TEST(Layout, ALetterWithoutGreetingSpeaksAfterItsDate) {
  EXPECT_EQ(ocr::own_text(lines_of({"Jean Petit", "Paris, le 3 mars 2026", "Je conteste votre refus."})),
            "Je conteste votre refus.");
}

TEST(Layout, AShortNoteIsAllOwnWords) {
  EXPECT_EQ(ocr::own_text(lines_of({"J'attends toujours.", "Quand payez-vous ?"})),
            "J'attends toujours. Quand payez-vous ?");
}

TEST(Dates, AYearThatLostItsLastFigureIsOneOfNoLetter) {
  const auto found = ocr::find_dates("Le 12 novembre 202");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(letter::iso(found[0].day), "2020-11-12");
  EXPECT_TRUE(ocr::find_dates("Le 12 novembre 312").empty());
}

}  // namespace
