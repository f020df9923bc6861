// Letters to complainants: what they say, what they never say, and that they are paper.
#include <gtest/gtest.h>

#include <fstream>
#include <qpdf/QPDF.hh>
#include <sstream>

#include "post/draft.hpp"
#include "post/secrecy.hpp"
#include "post/sheet.hpp"

namespace {

using letter::Outgoing;

letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }

letter::Field field(const char* id, const char* text, letter::Verdict verdict = letter::Verdict::accepted) {
  letter::Field made;
  made.id = id;
  made.text = letter::PersonalText(text);
  made.verdict = verdict;
  return made;
}

letter::Field ticked(const char* id) {
  letter::Field made;
  made.id = id;
  made.how = letter::How::tick;
  made.tick = letter::TickState::ticked;
  return made;
}

letter::CaseFile complaint(const char* queue = "entreprise",
                           letter::PostBox box = letter::PostBox::tsa_90200) {
  letter::CaseFile file;
  file.row.ref = "2026-0000001-59";
  file.row.queue = queue;
  file.row.box = box;
  file.row.received_at = letter::parse_instant("2026-11-23T08:15:00.000Z").value();
  file.row.sent_on = {on("2026-11-20"), letter::SentBasis::postmark, false};
  letter::Deadlines due;
  due.ack_due = due.ack_post_by = on("2026-12-02");
  due.answer_due = due.answer_post_by = on("2027-01-20");
  due.mediation_open = on("2027-01-20");
  due.mediation_last = on("2027-11-20");
  file.row.deadlines = due;
  file.letters.resize(1);
  file.letters[0].read.fields = {field("PRENOM", "Anaïs"), field("NOM_USAGE", "LEFÈVRE"),
                                 field("ADR_VOIE", "3 rue de l'Hôpital"), field("ADR_CP", "69007"),
                                 field("ADR_VILLE", "LYON")};
  return file;
}

std::string template_text(const std::string& name) {
  std::ifstream in(VAGUEMESTRE_MODELS_DIR "/letters/" + name);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string letter_of(const letter::CaseFile& file, Outgoing kind = Outgoing::acknowledgement) {
  const auto made =
      post::Template::parse(template_text(post::template_name(file.row, kind)), post::template_words());
  EXPECT_TRUE(made.has_value());
  return made->filled(post::words_of(file, kind, on("2026-11-23"))).reveal();
}

bool says(const std::string& text, const char* what) { return text.find(what) != std::string::npos; }

TEST(Acknowledgement, SaysReferenceDatesBasisAndMediator) {
  const auto text = letter_of(complaint());
  for (const char* what : {"2026-0000001-59", "23/11/2026", "20/11/2026", "Cachet de la poste", "20/01/2027",
                           "20/11/2027", "CTIP", "10 rue Cambacérès"})
    EXPECT_TRUE(says(text, what)) << what;
}

TEST(Acknowledgement, SaysTheObjectAsUnderstood) {
  auto file = complaint();
  file.letters[0].read.fields.push_back(ticked("MOT_DELAI"));
  EXPECT_TRUE(says(letter_of(file), "le contrat de votre entreprise (délai de traitement)"));
}

TEST(Acknowledgement, SaysThatTheBoxWasWrong) {
  EXPECT_TRUE(says(letter_of(complaint("entreprise", letter::PostBox::cs_30027)), "TSA 90200"));
}

TEST(Acknowledgement, KeepsSilentOfABoxThatWasRight) {
  EXPECT_FALSE(says(letter_of(complaint()), "l'adresse"));
}

TEST(Acknowledgement, SendsHealthExpensesToTheCentreDeGestion) {
  EXPECT_TRUE(says(letter_of(complaint("frais_sante", letter::PostBox::tsa_20202)), "centre de gestion"));
}

TEST(Acknowledgement, TellsOfAnEarlierComplaintOnlyWhereThereIsOne) {
  auto file = complaint();
  EXPECT_FALSE(says(letter_of(file), "déjà écrit"));
  file.row.first_complaint = on("2026-10-01");
  EXPECT_TRUE(says(letter_of(file), "déjà écrit le 01/10/2026"));
}

TEST(Acknowledgement, LeavesNoHoleWhereASentenceWasLeftOut) {
  EXPECT_FALSE(says(letter_of(complaint()), "\n\n\n"));
}

TEST(Acknowledgement, SaysWhenThePostBroughtTheLetterNotWhenItWasScanned) {
  auto file = complaint();
  file.letters[0].read.letter.arrived_on = on("2026-11-21");
  EXPECT_TRUE(says(letter_of(file), "reçu le 21/11/2026"));
}

TEST(RedirectionNotice, SaysWhereTheComplaintWentAndKeepsItsDay) {
  const auto text = letter_of(complaint("frais_sante"), Outgoing::redirection);
  for (const char* what : {"2026-0000001-59", "accusé réception", "centre de gestion", "20/01/2027", "CTIP"})
    EXPECT_TRUE(says(text, what)) << what << "\n" << text;
  EXPECT_FALSE(says(text, "en retard"));
}

TEST(RedirectionNotice, SaysTheDayThatWasAnnouncedForALateAnswer) {
  auto file = complaint("frais_sante");
  file.row.answer_told = on("2027-02-15");
  EXPECT_TRUE(says(letter_of(file, Outgoing::redirection), "15/02/2027"));
}

TEST(HoldingLetter, TellsOfTheEarlierComplaintThatItsDayRestsOn) {
  auto file = complaint();
  file.row.first_complaint = on("2026-10-01");
  EXPECT_TRUE(says(letter_of(file, Outgoing::holding), "déjà écrit le 01/10/2026"));
}

TEST(HoldingLetter, SaysCircumstancesAndTheNewDay) {
  auto file = complaint();
  file.row.answer_told = on("2027-02-15");
  letter::Event held;
  held.verb = "held_up";
  held.what = {{"circumstances", "une pièce est attendue d'un autre organisme"}};
  file.history = {held};
  const auto text = letter_of(file, Outgoing::holding);
  EXPECT_TRUE(says(text, "une pièce est attendue d'un autre organisme"));
  EXPECT_TRUE(says(text, "15/02/2027"));
  EXPECT_TRUE(says(text, "CTIP"));
}

TEST(Secrecy, NoLetterOfAnyQueueSpeaksOfHealth) {
  for (const auto queue : letter::all_queues)
    for (const auto kind : {Outgoing::acknowledgement, Outgoing::redirection, Outgoing::holding})
      for (const auto box :
           {letter::PostBox::tsa_20202, letter::PostBox::cs_30027, letter::PostBox::tsa_90200}) {
        const auto text = letter_of(complaint(std::string(letter::id(queue)).c_str(), box), kind);
        EXPECT_TRUE(post::is_discreet(letter::PersonalText(text))) << letter::id(queue);
      }
}

TEST(Secrecy, AWordOfHealthIsFound) {
  for (const char* text : {"suite à votre hospitalisation", "votre invalidité de 2e catégorie", "Burn-out",
                           "L'ARRET DE TRAVAIL du 3 mai"})
    EXPECT_EQ(post::is_discreet(letter::PersonalText(text)).error().code, "post.health_word") << text;
}

TEST(Secrecy, AFaultDoesNotRepeatTheWord) {
  EXPECT_FALSE(says(post::is_discreet(letter::PersonalText("cancer")).error().fr, "cancer"));
}

TEST(Templates, AnUnknownWordIsToldWithItsLine) {
  const auto made = post::Template::parse("Bonjour\n{nom_du_chien}\n", post::template_words());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "post.template_word");
  EXPECT_TRUE(says(made.error().fr, "ligne 2"));
}

TEST(Templates, ABraceThatDoesNotCloseIsTold) {
  EXPECT_EQ(post::Template::parse("Le {date\n", post::template_words()).error().code, "post.template_brace");
}

TEST(Templates, RemarksAreNotPrinted) {
  const auto made = post::Template::parse("# une remarque\nLe {date}\n", post::template_words());
  EXPECT_EQ(made->filled({{"date", letter::PersonalText("23/11/2026")}}).reveal(), "Le 23/11/2026\n");
}

TEST(Templates, AnEmptyOneIsRefused) {
  EXPECT_EQ(post::Template::parse("# rien\n", post::template_words()).error().code, "post.template_empty");
}

TEST(Addressee, IsReadFromTheForm) {
  const auto to = post::addressee_of(complaint());
  EXPECT_EQ(to.lines.reveal(), "Anaïs LEFÈVRE\n3 rue de l'Hôpital\n69007 LYON\n");
  EXPECT_TRUE(to.is_sure);
}

TEST(Addressee, WithAPartInDoubtIsNotSure) {
  auto file = complaint();
  file.letters[0].read.fields[3].verdict = letter::Verdict::to_confirm;
  EXPECT_FALSE(post::addressee_of(file).is_sure);
}

TEST(Addressee, OfAFreeLetterIsItsSender) {
  auto file = complaint();
  file.letters[0].read.fields = {field("EXPEDITEUR", "Anaïs Lefèvre\n3 rue des Lilas\n69007 Lyon")};
  EXPECT_EQ(post::addressee_of(file).lines.reveal(), "Anaïs Lefèvre\n3 rue des Lilas\n69007 Lyon\n");
}

TEST(Addressee, OfACompanyIsTheCompany) {
  auto file = complaint();
  file.letters[0].read.fields.push_back(ticked("QUAL_ENTREPRISE"));
  file.letters[0].read.fields.push_back(field("RAISON_SOCIALE", "ATELIERS DUBOIS"));
  EXPECT_TRUE(post::addressee_of(file).lines.reveal().starts_with("ATELIERS DUBOIS\n"));
}

TEST(Sheet, IsAPdf) {
  const auto bytes =
      post::pdf({"KLESIA\n", letter::PersonalText("A\nB\n"), letter::PersonalText("Bonjour\n")}, "2026");
  EXPECT_TRUE(bytes.starts_with("%PDF-"));
}

TEST(Sheet, ALongLetterGoesOnOnTheNextPage) {
  std::string body;
  for (int i = 0; i < 80; ++i) body += "Une ligne.\n";
  const auto bytes = post::pdf({"", {}, letter::PersonalText(body)}, "x");
  QPDF document;
  document.processMemoryFile("letter", bytes.data(), bytes.size());
  EXPECT_EQ(document.getAllPages().size(), 2u);
}

}  // namespace
