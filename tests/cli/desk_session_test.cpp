// A person at a terminal desk: words in, errands out.
#include "tests/cli/fake_desk.hpp"

#include <gtest/gtest.h>

namespace {

using made::Desk;

TEST(Desk, NextClaimsTheCase) {
  Desk desk;
  desk.session.hear("suivant");
  EXPECT_EQ(desk.router.verbs(), (std::vector<std::string>{"next", "claim"}));
}

TEST(Desk, ACaseIsTakenByItsReference) {
  Desk desk;
  desk.session.hear("suivant 2026-0000001-59");
  EXPECT_EQ(desk.router.verbs(), (std::vector<std::string>{"claim"}));
  EXPECT_EQ(desk.session.prompt(), "frais_sante 2026-0000001-59> ");
}

TEST(Desk, AWrongReferenceIsToldAndNotSent) {
  Desk desk;
  desk.session.hear("suivant 2026-0000001-58");
  EXPECT_TRUE(desk.router.asked.empty());
  EXPECT_NE(desk.stage.err.str().find("[case.ref]"), std::string::npos);
}

TEST(Desk, EnglishWordsWork) {
  Desk desk;
  desk.session.hear("next");
  EXPECT_EQ(desk.router.asked.back().verb, "claim");
}

TEST(Desk, AccentsAndCapitalsDoNotMatter) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("Répondre");
  EXPECT_EQ(desk.router.asked.back().verb, "answer");
}

TEST(Desk, AChangeCarriesTheFencingNumber) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("ack");
  EXPECT_EQ(desk.router.asked.back().verb, "acknowledge");
  EXPECT_EQ(desk.router.asked.back().fencing, 42u);
  EXPECT_EQ(desk.router.asked.back().ref, "2026-0000001-59");
}

TEST(Desk, NothingIsChangedWithoutACaseInHand) {
  Desk desk;
  desk.session.hear("ack");
  EXPECT_TRUE(desk.router.asked.empty());
}

TEST(Desk, TheCaseIsGivenBackAtQuit) {
  Desk desk;
  desk.session.hear("next");
  EXPECT_FALSE(desk.session.hear("quitter"));
  EXPECT_EQ(desk.router.asked.back().verb, "release");
}

TEST(Desk, TheCaseIsGivenBackBeforeTheNext) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("next");
  EXPECT_EQ(desk.router.verbs(), (std::vector<std::string>{"next", "claim", "release", "next", "claim"}));
}

TEST(Desk, TheClaimIsRenewedWhileThePersonThinks) {
  Desk desk;
  desk.session.hear("next");
  desk.stage.now += std::chrono::seconds(61);
  desk.session.tick();
  EXPECT_EQ(desk.router.asked.back().verb, "renew");
}

TEST(Desk, AClaimIsNotRenewedEverySecond) {
  Desk desk;
  desk.session.hear("next");
  desk.stage.now += std::chrono::seconds(2);
  desk.session.tick();
  EXPECT_EQ(desk.router.asked.back().verb, "claim");
}

TEST(Desk, TheNirIsMasked) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("voir");
  EXPECT_EQ(desk.stage.out.str().find("12345642"), std::string::npos);
}

TEST(Desk, TheNirIsShownWhenItIsTheFieldToConfirm) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("voir NIR");
  EXPECT_NE(desk.stage.out.str().find("295105912345642"), std::string::npos);
}

TEST(Desk, ATextIsCorrected) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("corriger nir 2 95 10");
  EXPECT_EQ(desk.router.asked.back().args,
            (std::map<std::string, std::string>{{"field", "NIR"}, {"text", "2 95 10"}}));
}

TEST(Desk, ATickIsCorrectedByItsState) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("corriger OBJ_SANTE coché");
  EXPECT_EQ(desk.router.asked.back().args,
            (std::map<std::string, std::string>{{"field", "OBJ_SANTE"}, {"state", "ticked"}}));
}

TEST(Desk, ATickIsNotGuessedFromAMistypedWord) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("corriger OBJ_SANTE cohé");
  EXPECT_EQ(desk.router.asked.back().verb, "open");
}

TEST(Desk, AReroutedCaseNamesItsNewQueue) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("reroute entreprise c'est l'employeur");
  EXPECT_EQ(desk.router.asked.back().queue, "entreprise");
}

TEST(Desk, PagesComeAsPdf) {
  Desk desk;
  desk.session.hear("next");
  desk.session.hear("pages");
  EXPECT_EQ(desk.shown, "%PDF-1");
}

TEST(Desk, AProposedJoinIsShownWithTheCase) {
  Desk desk;
  desk.router.propose();
  desk.session.hear("suivant");
  EXPECT_NE(desk.stage.out.str().find("2026-0000002-58"), std::string::npos);
}

TEST(Desk, OneKeyAcceptsAProposedJoin) {
  Desk desk;
  desk.router.propose();
  desk.session.hear("suivant");
  desk.session.hear("o");
  EXPECT_EQ(desk.router.verbs()[3], "accept_join");
}

TEST(Desk, OneKeyRefusesAProposedJoin) {
  Desk desk;
  desk.router.propose();
  desk.session.hear("suivant");
  desk.session.hear("n");
  EXPECT_EQ(desk.router.verbs()[3], "refuse_join");
}

TEST(Desk, ACaseThatWasJoinedToAnotherIsNoLongerInHand) {
  Desk desk;
  desk.router.propose();
  desk.session.hear("suivant");
  desk.router.file.row.state = letter::State::merged;
  desk.session.hear("o");
  EXPECT_EQ(desk.router.asked.back().verb, "release");
  EXPECT_EQ(desk.session.prompt(), "frais_sante> ");
}

TEST(Desk, ABlindCheckIsAnsweredWithOneKey) {
  Desk desk;
  desk.session.hear("controler");
  desk.session.hear("2");
  EXPECT_EQ(desk.router.asked.back().verb, "check_answer");
  EXPECT_EQ(desk.router.asked.back().queue, "deces_rente_dependance");
  EXPECT_EQ(desk.router.asked.back().args.at("letter"), "LYON1-0000007");
}

TEST(Desk, ABlindCheckShowsTheTextAndNoDecision) {
  Desk desk;
  desk.session.hear("controler");
  EXPECT_NE(desk.stage.out.str().find("Je conteste."), std::string::npos);
  EXPECT_EQ(desk.stage.out.str().find("Indice"), std::string::npos);
}

TEST(Desk, AfterABlindCheckTheProgramsAnswerIsTold) {
  Desk desk;
  desk.session.hear("controler");
  desk.session.hear("2");
  EXPECT_NE(desk.stage.out.str().find("incapacite_invalidite"), std::string::npos);
}

TEST(Desk, ThePagesOfACheckAreAskedForWithoutACase) {
  Desk desk;
  desk.session.hear("controler");
  desk.session.hear("pages");
  EXPECT_EQ(desk.router.asked.back().ref, "");
  EXPECT_EQ(desk.router.asked.back().args.at("letter"), "LYON1-0000007");
}

TEST(Desk, ANumberWithoutACheckIsAnUnknownWord) {
  Desk desk;
  desk.session.hear("2");
  EXPECT_TRUE(desk.router.asked.empty());
}

TEST(Desk, WhatIsNoComplaintIsHandedOverAndLeavesTheHand) {
  Desk desk;
  desk.session.hear("suivant");
  desk.session.hear("remettre simple demande");
  EXPECT_EQ(desk.router.verbs()[2], "hand_over");
  EXPECT_EQ(desk.router.asked[2].args.at("reason"), "simple demande");
  EXPECT_EQ(desk.router.asked.back().verb, "release");
}

TEST(Desk, AHandOverThatFailsLeavesTheCaseInHand) {
  Desk desk;
  desk.session.hear("suivant");
  desk.router.refuses = letter::Reason{"handover.no_space", "Plein.", "Full."};
  desk.session.hear("remettre");
  EXPECT_EQ(desk.session.prompt(), "frais_sante 2026-0000001-59> ");
}

TEST(Desk, ARefusalIsToldWithItsCode) {
  Desk desk;
  desk.session.hear("next");
  desk.router.refuses = letter::Reason{"desk.wrong_state", "Non.", "No."};
  desk.session.hear("ack");
  EXPECT_NE(desk.stage.err.str().find("[desk.wrong_state]"), std::string::npos);
}

TEST(Desk, ALostClaimIsHeldNoLonger) {
  Desk desk;
  desk.session.hear("next");
  desk.router.refuses = letter::Reason{"desk.stale", "Trop tard.", "Too late."};
  desk.session.hear("ack");
  EXPECT_EQ(desk.session.prompt(), "frais_sante> ");
}

TEST(Desk, HelpListsBothLanguages) {
  Desk desk;
  desk.session.hear("aide");
  EXPECT_NE(desk.stage.out.str().find("suivant"), std::string::npos);
  EXPECT_NE(desk.stage.out.str().find("next"), std::string::npos);
}

}  // namespace
