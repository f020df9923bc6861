// One letter a rule of the routing policy. None of them stands in the training corpus.
#include <gtest/gtest.h>

#include "tests/classify/letters.hpp"

namespace {

using letter::Queue;
using letters::form;
using letters::sorted;

TEST(Policy, R1MissingDailyAllowancesAreIncapacity) {
  EXPECT_EQ(
      sorted("Mes indemnités journalières complémentaires ne sont pas payées depuis mon arrêt de mai.").queue,
      Queue::incapacite_invalidite);
}

TEST(Policy, R2AnUnpaidDeathCapitalIsDeath) {
  EXPECT_EQ(sorted("Le capital décès de mon mari n'a toujours pas été versé aux héritiers.").queue,
            Queue::deces_rente_dependance);
}

TEST(Policy, R3ABeneficiaryClauseNotRecordedIsDesignation) {
  EXPECT_EQ(sorted("Vous n'avez pas enregistré ma nouvelle clause bénéficiaire, que j'ai modifiée en mai. Je "
                   "conteste.")
                .queue,
            Queue::designation_beneficiaires);
}

TEST(Policy, R3AMemberAliveWhoSaysDeathCapitalIsDesignation) {
  EXPECT_EQ(sorted("Pour mon capital décès j'ai désigné ma fille, votre relevé indique encore mon ex-mari : "
                   "corrigez la désignation.")
                .queue,
            Queue::designation_beneficiaires);
}

TEST(Policy, R5ARefusedExpertReportIsMedical) {
  EXPECT_EQ(
      sorted("Vous refusez de me communiquer mon dossier médical et le rapport de votre médecin expert.")
          .queue,
      Queue::dossiers_medicaux);
}

TEST(Policy, R5bPaymentAfterAnExpertiseGoesToPayment) {
  EXPECT_EQ(
      sorted("Depuis le contrôle vous ne payez plus. Je demande la reprise du versement de mes indemnités "
             "journalières d'arrêt de travail.")
          .queue,
      Queue::incapacite_invalidite);
}

TEST(Policy, R6ACompanyOnItsContributionsIsCompany) {
  EXPECT_EQ(
      sorted("Notre société conteste l'appel de cotisations du trimestre : deux de nos salariés sont partis.")
          .queue,
      Queue::entreprise);
}

TEST(Policy, R13ACompanyForAnEmployeesAllowancesIsCompanyWithTheBenefitSecond) {
  const auto out = sorted(
      "Notre entreprise attend les indemnités journalières de notre salarié en arrêt de travail ; "
      "la subrogation vous a été transmise, rien n'est payé.");
  EXPECT_EQ(out.queue, Queue::entreprise);
  EXPECT_EQ(out.secondary, Queue::incapacite_invalidite);
}

TEST(Policy, R13AnEmployeeWhoBlamesTheEmployerIsAPerson) {
  EXPECT_EQ(
      sorted("Mon employeur dit avoir envoyé mes arrêts de travail, et moi je ne touche aucune indemnité "
             "journalière. Je n'accepte plus cette attente.")
          .queue,
      Queue::incapacite_invalidite);
}

TEST(Policy, R8GlassesNotRefundedIsHealth) {
  EXPECT_EQ(sorted("Ma mutuelle n'a pas remboursé mes lunettes, je conteste ce refus.").queue,
            Queue::frais_sante);
}

TEST(Policy, R7AReferralToTheMediatorWinsOverTheSubject) {
  const auto out =
      sorted("Je saisis le médiateur du refus de remboursement de mes soins dentaires par la mutuelle.");
  EXPECT_EQ(out.queue, Queue::mediation);
  EXPECT_EQ(out.secondary, Queue::frais_sante);
}

TEST(Policy, R7AReferralWithoutTheWordMediatorIsAReferral) {
  EXPECT_EQ(
      sorted("Votre réponse ne me convient pas. Je demande qu'une personne extérieure et impartiale examine "
             "notre désaccord sur ma rente d'invalidité.")
          .queue,
      Queue::mediation);
}

TEST(Policy, R7bAThreatOfMediationStaysWithTheSubject) {
  EXPECT_EQ(sorted("Mes lunettes ne sont pas remboursées par la mutuelle. À défaut de réponse, je saisirai "
                   "le médiateur.")
                .queue,
            Queue::frais_sante);
}

TEST(Policy, R7AMediationLetterIsAlwaysAComplaint) {
  EXPECT_TRUE(
      sorted("Monsieur le médiateur, je vous demande de trancher le litige sur ma rente.").is_complaint);
}

TEST(Policy, R9nAPoliteFirstRequestIsNoComplaint) {
  const auto out = sorted("Bonjour, je souhaiterais recevoir une attestation de mutuelle. Merci d'avance.");
  EXPECT_EQ(out.queue, Queue::non_reclamation);
  EXPECT_FALSE(out.is_complaint);
}

TEST(Policy, R9nTheServiceConcernedByARequestIsSecond) {
  EXPECT_EQ(
      sorted("Bonjour, merci de m'envoyer une nouvelle carte de mutuelle avec mes nouveaux remboursements.")
          .secondary,
      Queue::frais_sante);
}

TEST(Policy, R9nAComplaintFormWithAPlainRequestIsStillARequest) {
  EXPECT_EQ(
      sorted(form("Je vous informe de ma nouvelle adresse et vous joins mon nouveau RIB. Merci d'avance.",
                  {"OBJ_SANTE"}))
          .queue,
      Queue::non_reclamation);
}

TEST(Policy, R9UnwantedSalesCallsAreOther) {
  EXPECT_EQ(
      sorted("Vos commerciaux m'appellent sans cesse pour me vendre des contrats, je proteste contre ce "
             "démarchage téléphonique.")
          .queue,
      Queue::autre);
}

TEST(Policy, R9RetirementPointsAreOther) {
  EXPECT_EQ(sorted("Il manque des points Agirc-Arrco sur mon relevé de carrière, je conteste.").queue,
            Queue::autre);
}

TEST(Policy, R11AClearTextBeatsAWrongTick) {
  EXPECT_EQ(
      sorted(form("Ma mutuelle n'a pas remboursé mes soins dentaires ni mes lunettes.", {"OBJ_INCAP_INVAL"}))
          .queue,
      Queue::frais_sante);
}

TEST(Policy, R11ASilentTextFollowsTheTick) {
  EXPECT_EQ(sorted(form("Voir courrier joint.", {"OBJ_BENEFICIAIRES"})).queue,
            Queue::designation_beneficiaires);
}

TEST(Policy, R11NoTextAtAllFollowsTheTick) {
  EXPECT_EQ(sorted(form("", {"OBJ_DECES_RENTE_DEP"})).queue, Queue::deces_rente_dependance);
}

TEST(Policy, R11NothingAtAllIsOther) { EXPECT_EQ(sorted(form("", {})).queue, Queue::autre); }

TEST(Policy, R11TwoTicksAndNoTextDecideNothing) {
  EXPECT_EQ(sorted(form("", {"OBJ_INCAP_INVAL", "OBJ_SANTE"})).queue, Queue::autre);
}

TEST(Policy, R11AnAmbiguousBoxIsNoProof) {
  auto read = letters::free_letter("Ma mutuelle n'a pas remboursé mes lunettes, je conteste ce refus.");
  read.letter.box = letter::PostBox::cs_30027;
  EXPECT_EQ(sorted(read).queue, Queue::frais_sante);
}

TEST(Policy, CaseAndAccentsDoNotMatter) {
  const std::string plain = "Ma mutuelle n'a pas remboursé mes lunettes, je réclame.";
  const std::string capitals = "MA MUTUELLE N'A PAS REMBOURSE MES LUNETTES, JE RECLAME.";
  EXPECT_EQ(sorted(plain).probabilities, sorted(capitals).probabilities);
}

}  // namespace
