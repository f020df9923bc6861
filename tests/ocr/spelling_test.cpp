#include "ocr/boxes/spelling.hpp"

#include <gtest/gtest.h>

namespace {

using ocr::CellChoices;

const ocr::Spelling spelling({"CHARLEVILLE", "CHARENTON", "CHARTRES", "ARPAJON", "CARPENTRAS", "PENTREZ"});

std::vector<CellChoices> cells_of(const std::string& text) {
  std::vector<CellChoices> cells;
  for (const char c : text) cells.push_back({{{c, 0.98}}, 1, true});
  return cells;
}

TEST(Spelling, LettersThatOftenFollowOneAnotherCostLess) {
  EXPECT_LT(spelling.cost("CHARPEN", 2, 'A'), spelling.cost("CHRRPEN", 2, 'R'));
}

TEST(Spelling, OfTwoShapesAlikeTheOneThatSpellsANameGoesAhead) {
  auto cells = cells_of("CHRRPENTIER");
  cells[2] = {{{'R', 0.6}, {'A', 0.4}}, 1, true};
  const ocr::Rival rival = ocr::best_rival(cells, "CHRRPENTIER", "", spelling);
  EXPECT_EQ(rival.cell, 2u);
  EXPECT_EQ(rival.letter, 'A');
  EXPECT_GT(rival.ahead, 0);
}

TEST(Spelling, LettersThatSomethingVouchesForHaveNoRival) {
  auto cells = cells_of("CHRR");
  cells[2] = {{{'R', 0.6}, {'A', 0.4}}, 1, true};
  EXPECT_LT(ocr::best_rival(cells, "CHRR", "CHRR", spelling).ahead, -1e6);
}

TEST(Spelling, FiguresAreWeighedByTheirStrokesAlone) {
  auto cells = cells_of("17");
  cells[1] = {{{'7', 0.5}, {'1', 0.5}}, 1, true};
  EXPECT_NEAR(ocr::best_rival(cells, "17", "", spelling).ahead, 0, 1e-9);
}

}  // namespace
