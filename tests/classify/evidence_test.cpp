// Why a letter was sorted as it was, and where on the page that stands.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/classify/letters.hpp"

namespace {

using letter::Evidence;
using letters::form;
using letters::free_letter;
using letters::sorted;

const Evidence* of_kind(const letter::SortedLetter& out, std::string_view kind) {
  const auto found = std::find_if(out.evidence.begin(), out.evidence.end(),
                                  [&](const Evidence& e) { return e.kind == kind; });
  return found == out.evidence.end() ? nullptr : &*found;
}

TEST(Evidence, ProbabilitiesAddUpToOne) {
  const auto out = sorted("Mes lunettes ne sont pas remboursées.");
  EXPECT_NEAR(std::accumulate(out.probabilities.begin(), out.probabilities.end(), 0.0), 1.0, 1e-9);
}

TEST(Evidence, ConfidenceIsTheProbabilityOfTheQueue) {
  const auto out = sorted("Mes lunettes ne sont pas remboursées.");
  EXPECT_EQ(out.confidence, out.probabilities[static_cast<std::size_t>(out.queue)]);
}

TEST(Evidence, StrongestFirst) {
  const auto out = sorted("Mes lunettes et mes soins dentaires ne sont pas remboursés par la mutuelle.");
  EXPECT_TRUE(std::is_sorted(
      out.evidence.begin(), out.evidence.end(),
      [](const Evidence& a, const Evidence& b) { return std::abs(a.weight) > std::abs(b.weight); }));
}

TEST(Evidence, AWordStandsWhereItsLineStands) {
  auto read = free_letter("Bonjour");
  read.text = letter::PersonalText("Bonjour\nma mutuelle ne rembourse pas");
  letter::Line second;
  second.text = letter::PersonalText("ma mutuelle ne rembourse pas");
  second.page = 1;
  second.box = {0.2, 0.6, 0.5, 0.03};
  second.confidence = 0.9;
  read.lines.push_back(second);
  const auto out = sorted(read);
  const auto word = std::find_if(out.evidence.begin(), out.evidence.end(),
                                 [](const Evidence& e) { return e.what.reveal() == "MUTUELLE"; });
  ASSERT_NE(word, out.evidence.end());
  EXPECT_EQ(word->page, 1U);
  EXPECT_EQ(word->box, second.box);
}

TEST(Evidence, ATickIsListedWithItsBox) {
  const auto out = sorted(form("Voir courrier.", {"OBJ_SANTE"}));
  const Evidence* tick = of_kind(out, "tick");
  ASSERT_NE(tick, nullptr);
  EXPECT_EQ(tick->what.reveal(), "OBJ_SANTE");
  EXPECT_GT(tick->box.w, 0);
}

TEST(Evidence, ThePostBoxIsListed) {
  auto read = free_letter("Voir courrier.");
  read.letter.box = letter::PostBox::cs_30027;
  ASSERT_NE(of_kind(sorted(read), "box"), nullptr);
}

TEST(Evidence, ACompanyNamedAloneSpeaksForACompany) {
  auto read = form("Voir courrier.", {});
  letters::fill(read, "RAISON_SOCIALE", "ATELIERS NOVA");
  const Evidence* role = of_kind(sorted(read), "role");
  ASSERT_NE(role, nullptr);
  EXPECT_GT(role->weight, 0);
}

TEST(Evidence, AnEmployersNameBesideAPersonsSpeaksForNoCompany) {
  auto read = form("Voir courrier.", {});
  letters::fill(read, "RAISON_SOCIALE", "ATELIERS NOVA");
  letters::fill(read, "NOM_USAGE", "MARTIN");
  EXPECT_EQ(of_kind(sorted(read), "role"), nullptr);
}

TEST(Evidence, ACorrectedTickIsNoTick) {
  auto read = form("Voir courrier.", {"OBJ_SANTE"});
  read.fields[0].tick = letter::TickState::corrected;
  EXPECT_EQ(of_kind(sorted(read), "tick"), nullptr);
}

}  // namespace
