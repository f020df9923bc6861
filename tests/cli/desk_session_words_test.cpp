// What a desk says of dates, letters and medical secrecy.
#include "tests/cli/fake_desk.hpp"

#include <gtest/gtest.h>

namespace {

using made::Desk;

TEST(Desk, MedicalPapersAreOneWord) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("médical un certificat est joint");
  EXPECT_EQ(desk.router.asked.back().verb, "reroute");
  EXPECT_EQ(desk.router.asked.back().queue, "frais_sante");
  EXPECT_EQ(desk.router.asked.back().args,
            (std::map<std::string, std::string>{{"secondary", "dossiers_medicaux"},
                                                {"reason", "un certificat est joint"}}));
}

TEST(Desk, TheSecretIsLiftedInOneWord) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("lever rien de médical");
  EXPECT_EQ(desk.router.asked.back().args,
            (std::map<std::string, std::string>{{"secondary", "none"}, {"reason", "rien de médical"}}));
}

TEST(Desk, WhatIsTheMedicalServicesOwnIsFirstGivenItsQueue) {
  Desk desk;
  desk.router.file.row.queue = "dossiers_medicaux";
  desk.session.hear("suivant");
  desk.session.hear("lever rien de médical");
  EXPECT_EQ(desk.router.asked.back().verb, "claim");
}

TEST(Desk, ADelayIsNotAnnouncedInWordsThatNoLetterMaySay) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("attente 2027-02-15 votre certificat médical manque");
  EXPECT_EQ(desk.router.asked.back().verb, "claim");
  EXPECT_NE(desk.stage.err.str().find("[post.health_word]"), std::string::npos);
}

TEST(Desk, TheSendingDateIsCorrectedWithItsReason) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("date 2026-11-20 relu avec le membre");
  EXPECT_EQ(
      desk.router.asked.back().args,
      (std::map<std::string, std::string>{{"sent_on", "2026-11-20"}, {"reason", "relu avec le membre"}}));
}

TEST(Desk, TheTextOfTheAcknowledgementIsAWordAway) {
  Desk desk;
  desk.router.file.row.deadlines = letter::Deadlines{};
  desk.session.hear("suivant");
  desk.session.hear("lettre");
  EXPECT_NE(desk.stage.out.str().find("LETTRE acknowledgement"), std::string::npos);
}

TEST(Desk, NoLetterIsWrittenThatIsNotDue) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("lettre");
  EXPECT_EQ(desk.stage.out.str().find("LETTRE"), std::string::npos);
}

TEST(Desk, AReasonThatBeginsWithItsProofNamesIt) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("date 2026-11-17 cachet de la poste");
  EXPECT_EQ(desk.router.asked.back().args.at("basis"), "postmark");
}

TEST(Desk, AnyOtherReasonIsTheDesksOwnWord) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("date 2026-11-17 appel du membre");
  EXPECT_FALSE(desk.router.asked.back().args.contains("basis"));
}

TEST(Desk, ThereMayBeNoEarlierComplaint) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("premiere aucune case cochée par erreur");
  EXPECT_EQ(desk.router.asked.back().args.at("first_complaint"), "none");
}

TEST(Desk, ADelayIsAnnouncedWithItsDayAndCircumstances) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("attente 2027-02-15 attente d'un organisme");
  EXPECT_EQ(desk.router.asked.back().verb, "hold");
  EXPECT_EQ(desk.router.asked.back().args.at("answer_by"), "2027-02-15");
  EXPECT_EQ(desk.router.asked.back().args.at("reason"), "attente d'un organisme");
}

TEST(Desk, AnAnswerNamesItsOutcome) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("répondre Favorable");
  EXPECT_EQ(desk.router.asked.back().args.at("outcome"), "favorable");
}

}  // namespace
