#include "ocr/boxes/one_hand.hpp"

#include <gtest/gtest.h>

namespace {

using ocr::BoxRead;
using ocr::CellChoices;

ocr::Element comb(const std::string& check) {
  ocr::Element element;
  element.kind = ocr::ElementKind::comb, element.check = check;
  return element;
}
const ocr::Element words = comb(""), number = comb("siret");

// Shapes that are one another's opposites.
std::vector<float> shape(int kind) {
  std::vector<float> look(4, 0);
  look[static_cast<std::size_t>(kind)] = 1;
  return look;
}

CellChoices cell(char first, double p, char second) {
  CellChoices choices{{{first, p}, {second, 1 - p}}, 1, true};
  return choices;
}

BoxRead box(const ocr::Element& element, const std::vector<CellChoices>& cells,
            const std::vector<int>& shapes) {
  BoxRead read;
  read.element = &element;
  read.cells = read.strokes = cells;
  for (const int one : shapes) read.looks.push_back(shape(one));
  read.settled.text = ocr::favourite(cells);
  return read;
}

// A number whose keys fit: all of it is vouched for.
BoxRead sure_number() {
  const std::string digits = "73282932000074";
  std::vector<CellChoices> cells;
  std::vector<int> shapes;
  for (const char c : digits) {
    cells.push_back(cell(c, 0.99, c == '2' ? '3' : '2'));
    shapes.push_back(c == '2' ? 1 : 0);
  }
  BoxRead read = box(number, cells, shapes);
  read.settled.text = digits, read.settled.score = 0.999;
  return read;
}

TEST(OneHand, ADoubtfulShapeIsTheLetterThatItIsWhereAKeyVouchesForIt) {
  std::vector<BoxRead> boxes{sure_number(), box(words, {cell('1', 0.6, '2')}, {1})};
  ocr::learn_hand(boxes, ocr::Likeness(boxes));
  EXPECT_EQ(boxes[1].cells[0].letters[0].letter, '2');
}

TEST(OneHand, ShapesThatAreUnlikeTellNothing) {
  std::vector<BoxRead> boxes{sure_number(), box(words, {cell('1', 0.6, '2')}, {3})};
  ocr::learn_hand(boxes, ocr::Likeness(boxes));
  EXPECT_NEAR(boxes[1].cells[0].letters[0].p, 0.6, 0.02);
}

TEST(OneHand, WhatNothingVouchesForSaysLess) {
  const BoxRead doubtful = box(words, {cell('1', 0.6, '2')}, {1});
  std::vector<BoxRead> vouched{sure_number(), doubtful},
      unvouched{box(words, {cell('2', 0.99, '3')}, {1}), doubtful};
  ocr::learn_hand(vouched, ocr::Likeness(vouched));
  ocr::learn_hand(unvouched, ocr::Likeness(unvouched));
  EXPECT_LT(unvouched[1].cells[0].of('2'), vouched[1].cells[0].of('2'));
}

TEST(OneHand, AZeroOfANumberSpeaksForAnOAmongLetters) {
  std::vector<BoxRead> boxes{sure_number(), box(words, {cell('D', 0.6, 'O')}, {2})};
  for (std::size_t i = 0; i < boxes[0].looks.size(); ++i)
    if (boxes[0].settled.text[i] == '0') boxes[0].looks[i] = shape(2);
  ocr::learn_hand(boxes, ocr::Likeness(boxes));
  EXPECT_EQ(boxes[1].cells[0].letters[0].letter, 'O');
}

TEST(OneHand, AloneACellSaysWhatItsStrokesSay) {
  std::vector<BoxRead> boxes{box(words, {cell('E', 0.7, 'F')}, {0})};
  ocr::learn_hand(boxes, ocr::Likeness(boxes));
  EXPECT_NEAR(boxes[0].cells[0].letters[0].p, 0.7, 1e-9);
}

// A machine's noughts, the last `others` of them of another shape.
std::vector<BoxRead> machine_noughts(std::size_t others, double as_eight = 0.02) {
  constexpr std::size_t all = 14;
  BoxRead read =
      box(number, std::vector<CellChoices>(all, cell('0', 1 - as_eight, '8')), std::vector<int>(all, 0));
  for (std::size_t i = 0; i < all; ++i)
    read.shapes.push_back(i + others < all ? std::vector<float>{1, 0} : std::vector<float>{0.95F, 0.312F});
  return {read};
}

TEST(OneHand, AMachinesLetterThatComesInTwoShapesIsDoubted) {
  std::vector<BoxRead> boxes = machine_noughts(5);
  ocr::doubt_twofold(boxes, ocr::Likeness(boxes));
  for (const CellChoices& one : boxes[0].strokes) EXPECT_LT(one.of('0'), 0.7);
}

TEST(OneHand, TheShapeThatMayWellBeAnotherLetterIsThatLetter) {
  std::vector<BoxRead> boxes = machine_noughts(5, 0.1);
  ocr::doubt_twofold(boxes, ocr::Likeness(boxes));
  EXPECT_EQ(boxes[0].cells[13].letters[0].letter, '8');
}

TEST(OneHand, AMachinesLetterOfOneShapeIsNotDoubted) {
  std::vector<BoxRead> boxes = machine_noughts(0);
  ocr::doubt_twofold(boxes, ocr::Likeness(boxes));
  EXPECT_NEAR(boxes[0].strokes[0].of('0'), 0.98, 1e-9);
}

TEST(OneHand, AShapeThatComesOnceIsDirtAndDoubtsNothing) {
  std::vector<BoxRead> boxes = machine_noughts(1);
  ocr::doubt_twofold(boxes, ocr::Likeness(boxes));
  EXPECT_NEAR(boxes[0].strokes[0].of('0'), 0.98, 1e-9);
}

TEST(OneHand, AHandMayDrawALetterInTwoWays) {
  std::vector<BoxRead> boxes = machine_noughts(5);
  boxes[0].shapes.assign(boxes[0].looks.size(), {});
  ocr::doubt_twofold(boxes, ocr::Likeness(boxes));
  EXPECT_NEAR(boxes[0].strokes[0].of('0'), 0.98, 1e-9);
}

}  // namespace
