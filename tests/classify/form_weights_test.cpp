// How much ticks and boxes say is learned from how often they were wrong.
#include "classify/form_weights.hpp"

#include <gtest/gtest.h>

namespace {

using letter::Queue;

classify::Rules rules() {
  classify::Rules out;
  out.form = {{"object_tick", 0.5}, {"cs_30027", 0.4}};
  return out;
}

// `right` of ten letters ticked "health" are about health, the others about income; their words say nothing.
double learned_tick(int right) {
  std::vector<classify::Lesson> lessons(10);
  std::vector<classify::Marked> letters;
  for (int i = 0; i < 10; ++i) {
    classify::Example example;
    example.ticks = {Queue::frais_sante};
    auto& lesson = lessons[static_cast<std::size_t>(i)];
    lesson.answers.fill(classify::not_asked);
    lesson.answers[8] =
        classify::queue_first +
        static_cast<std::size_t>(i < right ? Queue::frais_sante : Queue::incapacite_invalidite);
    lesson.heed.fill(1);
    letters.push_back({classify::marks_of(classify::as_read(example), rules()), {}, &lesson});
  }
  std::array<double, classify::question_count> temperature{};
  temperature.fill(1);
  return classify::fit_form(letters, rules().form, temperature).at("object_tick");
}

TEST(FormWeights, ATickThatIsOftenRightWeighsMore) { EXPECT_GT(learned_tick(10), learned_tick(6)); }

TEST(FormWeights, ATickThatIsMostlyWrongWeighsNothing) { EXPECT_LT(learned_tick(0), 0.1); }

TEST(FormWeights, AMarkThatNobodyBoreKeepsItsWrittenWeight) {
  EXPECT_EQ(classify::fit_form({}, rules().form, {}).at("cs_30027"), 0.4);
}

TEST(FormWeights, ReliabilityCountsWhomTheMarkNamed) {
  classify::Example right, wrong;
  right.box = wrong.box = letter::PostBox::cs_30027;
  right.queue = Queue::deces_rente_dependance;
  wrong.queue = Queue::frais_sante;
  const auto borne = classify::reliability_of({right, wrong}, rules(), rules().form);
  EXPECT_EQ(borne.at("cs_30027").letters, 2U);
  EXPECT_EQ(borne.at("cs_30027").right, 1U);
}

}  // namespace
