// The parts of a letter by its lines and where they stand.
#include "ocr/prose/blocks.hpp"

#include <gtest/gtest.h>

namespace {

using ocr::FreeLine;

FreeLine line(const std::string& text, double x, double y) {
  FreeLine made;
  made.line.text = letter::PersonalText(text);
  made.line.confidence = 0.95;
  made.place = made.line.box = {x, y, 0.01 * static_cast<double>(text.size()), 0.012};
  return made;
}

// As a letter stands: who writes on the left, the house on the right a little lower, all in reading order.
std::vector<FreeLine> letter_lines() {
  std::vector<FreeLine> lines{
      line("M. Bernard Philippe", 0.1, 0.08),
      line("80 rue du 8 mai 1945", 0.1, 0.10),
      line("KLESIA Prévoyance", 0.55, 0.11),
      line("69007 Lyon", 0.1, 0.12),
      line("Service Décès - Rentes", 0.55, 0.13),
      line("Tél. 06 39 98 12 34", 0.1, 0.14),
      line("CS 30027", 0.55, 0.15),
      line("bernard.philippe@mail.example", 0.1, 0.16),
      line("93108 MONTREUIL CEDEX", 0.55, 0.17),
      line("Lyon, le 17 novembre 2026", 0.55, 0.22),
      line("Objet : rente de conjoint, demande d'explication pour le mois de mai et de", 0.1, 0.26),
      line("juin", 0.1, 0.28),
      line("Contrat n° P12345678", 0.1, 0.32),
      line("Madame, Monsieur,", 0.1, 0.36),
      line("Mon contrat n° P99999999 et ma rente ne sont pas payés.", 0.1, 0.40),
      line("Cordialement,", 0.1, 0.44),
      line("Bernard Philippe", 0.55, 0.50),
      line("P.J. : copie du contrat, relevé d'identité", 0.1, 0.60)};
  ocr::mark_own_words(lines);
  return lines;
}

std::string field(const std::vector<FreeLine>& lines, const std::string& id) {
  for (const auto& one : ocr::letter_fields(lines))
    if (one.id == id) return one.text.reveal();
  return "";
}

TEST(Blocks, TheSenderStandsOnTheLeftWithoutHisNumbers) {
  EXPECT_EQ(field(letter_lines(), "EXPEDITEUR"), "M. Bernard Philippe\n80 rue du 8 mai 1945\n69007 Lyon");
}

TEST(Blocks, TheHouseStandsOnTheRight) {
  EXPECT_EQ(field(letter_lines(), "DESTINATAIRE"),
            "KLESIA Prévoyance\nService Décès - Rentes\nCS 30027\n93108 MONTREUIL CEDEX");
  EXPECT_EQ(field(letter_lines(), "BOITE"), "CS 30027");
}

TEST(Blocks, APostcodeIsMadeOfFigures) {
  auto lines = letter_lines();
  lines[3].line.text = letter::PersonalText("69O07 Lyon");
  lines[8].line.text = letter::PersonalText("69307 LYON CEDEX o7");
  EXPECT_NE(field(lines, "EXPEDITEUR").find("69007 Lyon"), std::string::npos);
  EXPECT_NE(field(lines, "DESTINATAIRE").find("CEDEX 07"), std::string::npos);
  lines[3].line.text = letter::PersonalText("6OO0l Lyon");
  EXPECT_NE(field(lines, "EXPEDITEUR").find("60001 Lyon"), std::string::npos);
  lines[3].line.text = letter::PersonalText("69OOP Lyon");
  EXPECT_NE(field(lines, "EXPEDITEUR").find("69OOP Lyon"), std::string::npos);
}

TEST(Blocks, ADateWhoseDayIsLostIsStillNoLineOfAnAddress) {
  auto lines = letter_lines();
  lines[9].line.text = letter::PersonalText("Auens,, ke IS novembre 2026");
  EXPECT_EQ(field(lines, "DESTINATAIRE").find("novembre"), std::string::npos);
}

TEST(Blocks, ABoxReadBadlyIsKnownInItsBlock) {
  auto lines = letter_lines();
  lines[6].line.text = letter::PersonalText("C$ 38027");
  EXPECT_EQ(field(lines, "BOITE"), "CS 30027");
}

TEST(Blocks, TheHouseMayComeFirst) {
  std::vector<FreeLine> lines{line("KLESIA", 0.1, 0.08),
                              line("TSA 20202", 0.1, 0.10),
                              line("69307 LYON CEDEX 07", 0.1, 0.12),
                              line("Odile Petit", 0.1, 0.20),
                              line("2 rue Neuve", 0.1, 0.22),
                              line("38000 Grenoble", 0.1, 0.24),
                              line("Madame, Monsieur,", 0.1, 0.3)};
  ocr::mark_own_words(lines);
  EXPECT_EQ(field(lines, "EXPEDITEUR"), "Odile Petit\n2 rue Neuve\n38000 Grenoble");
  EXPECT_EQ(ocr::sender_of(lines), "Odile Petit");
}

TEST(Blocks, PlaceAndDateStandOnOneLine) {
  EXPECT_EQ(field(letter_lines(), "LIEU"), "Lyon");
  EXPECT_EQ(field(letter_lines(), "DATE"), "17/11/2026");
}

TEST(Blocks, TheObjectGoesOnUnderAFullLine) {
  EXPECT_EQ(field(letter_lines(), "OBJET"),
            "rente de conjoint, demande d'explication pour le mois de mai et de juin");
}

TEST(Blocks, TheObjectIsKnownHoweverItsCapitalWasRead) {
  for (const char* word : {"jet", "(jet", "Cujet", "Mojat", "Oozot", "Ajet"}) {
    auto lines = letter_lines();
    lines[10].line.text = letter::PersonalText(std::string(word) + " : rente de conjoint");
    EXPECT_TRUE(field(lines, "OBJET").starts_with("rente de conjoint")) << word;
  }
}

TEST(Blocks, AnotherShortWordWithAColonIsNoObject) {
  for (const char* text : {"Date : 17 novembre 2026", "Siret : 73282932000074", "Mail : a@b.example"}) {
    auto lines = letter_lines();
    lines[10].line.text = letter::PersonalText(text);
    EXPECT_EQ(field(lines, "OBJET"), "") << text;
  }
}

TEST(Blocks, ANumberOfTheHeadCountsMoreThanOneOfTheStory) {
  EXPECT_EQ(field(letter_lines(), "CONTRAT"), "P12345678");
}

TEST(Blocks, TwoDifferentNumbersMakeBothDoubtful) {
  for (const auto& one : ocr::letter_fields(letter_lines()))
    if (one.id == "CONTRAT") {
      EXPECT_LT(one.confidence, 0.8);
    }
}

TEST(Blocks, ContactsAreFoundInTheHead) {
  EXPECT_EQ(field(letter_lines(), "TELEPHONE"), "0639981234");
  EXPECT_EQ(field(letter_lines(), "COURRIEL"), "bernard.philippe@mail.example");
}

TEST(Blocks, EnclosuresStandUnderTheLetter) {
  EXPECT_EQ(field(letter_lines(), "PIECES_JOINTES"), "copie du contrat\nrelevé d'identité");
}

TEST(Blocks, EnclosuresUnderTheClosingAreFoundWhateverTheirWordWasReadAs) {
  auto lines = letter_lines();
  lines.back().line.text = letter::PersonalText("DL: relevé d'identité bancaire");
  EXPECT_EQ(field(lines, "PIECES_JOINTES"), "relevé d'identité bancaire");
}

TEST(Blocks, ALetterWithoutGreetingHasItsHeadYet) {
  auto lines = letter_lines();
  lines.erase(lines.begin() + 13);
  lines.erase(lines.begin() + 9);
  ocr::mark_own_words(lines);
  EXPECT_EQ(field(lines, "EXPEDITEUR"), "M. Bernard Philippe\n80 rue du 8 mai 1945\n69007 Lyon");
  EXPECT_EQ(field(lines, "BOITE"), "CS 30027");
}

TEST(Blocks, WhereALetterIsWrittenIsItsSendersTownWhenNearlySo) {
  auto lines = letter_lines();
  lines[9].line.text = letter::PersonalText("Iyon, le 17 novembre 2026");
  EXPECT_EQ(field(lines, "LIEU"), "Lyon");
}

TEST(Blocks, AYearFromWhichNoLetterComesIsTheYearItCame) {
  auto lines = letter_lines();
  lines[9].line.text = letter::PersonalText("Lyon, le 17 novembre 2006");
  using namespace std::chrono;
  const letter::Day arrived{year{2026}, month{11}, day{23}};
  std::string date;
  for (const auto& one : ocr::letter_fields(lines, {nullptr, arrived}))
    if (one.id == "DATE") date = one.text.reveal();
  EXPECT_EQ(date, "17/11/2026");
  EXPECT_EQ(field(lines, "DATE"), "17/11/2006");
}

TEST(Blocks, AnIbanIsNeverWrittenOut) {
  auto lines = letter_lines();
  lines.insert(lines.begin() + 12, line("IBAN FR76 3000 6000 0112 3456 7890 189", 0.1, 0.30));
  ocr::mark_own_words(lines);
  EXPECT_EQ(field(lines, "IBAN"), "FR76 **** **** **** **** **** 189");
}

TEST(Blocks, AFieldLiesWhereItsLinesDo) {
  for (const auto& one : ocr::letter_fields(letter_lines()))
    if (one.id == "DESTINATAIRE") {
      EXPECT_NEAR(one.box.x, 0.55, 1e-9);
      EXPECT_NEAR(one.box.y, 0.11, 1e-9);
      EXPECT_NEAR(one.box.h, 0.072, 1e-9);
    }
}

TEST(Blocks, AContinuationSheetHasNoHead) {
  auto lines = letter_lines();
  for (auto& one : lines) one.continuation = true;
  EXPECT_TRUE(ocr::letter_fields(lines).empty());
}

}  // namespace
