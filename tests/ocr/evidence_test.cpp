#include "ocr/boxes/evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using ocr::BoxRead;

const ocr::Spelling spelling({"MARTIN", "CHARPENTIER", "SAINT MARTIN"});

ocr::Element comb(const std::string& id, const std::string& check, const std::string& charset) {
  ocr::Element element;
  element.id = id, element.kind = ocr::ElementKind::comb, element.check = check, element.charset = charset;
  element.cell_x.resize(20);
  return element;
}
const ocr::Element nir = comb("NIR", "nir", "0-9"), born = comb("DATE_NAISSANCE", "date", "0-9"),
                   phone = comb("TEL", "", "0-9"), name = comb("NOM_USAGE", "", "A-Z -'"),
                   code = comb("ADR_CP", "postcode", "0-9"), town = comb("ADR_VILLE", "", "A-Z -'"),
                   signed_at = comb("FAIT_A", "", "A-Z -'"), email = comb("EMAIL", "email", "A-Z0-9@.");

// Each letter has a shape of its own.
std::vector<float> shape(char letter) {
  std::vector<float> look(128, 0);
  look[static_cast<std::size_t>(letter)] = 1;
  return look;
}

BoxRead box(const ocr::Element& element, const std::string& text) {
  BoxRead read;
  read.element = &element;
  for (const char c : text) {
    const bool inked = c != ' ';
    read.cells.push_back({{{c, 0.98}}, 1, inked});
    read.looks.push_back(inked ? shape(c) : std::vector<float>());
    read.ink.push_back({inked ? 2.0 : 0.0, inked ? 0.8 : 0.0});
  }
  read.strokes = read.cells;
  read.settled.text = text, read.settled.score = 0.97;
  return read;
}

double told(const std::vector<BoxRead>& boxes, std::size_t which, std::string_view what) {
  const auto at = std::find(ocr::evidence_names.begin(), ocr::evidence_names.end(), what);
  return ocr::evidence_of(boxes, spelling, true)[which].at(
      static_cast<std::size_t>(at - ocr::evidence_names.begin()));
}

TEST(Evidence, AnEmptyCellInsideANumberSpeaksAgainstIt) {
  EXPECT_EQ(told({box(phone, "06 3989641")}, 0, "long_holes"), 1);
  EXPECT_EQ(told({box(phone, "0639989641")}, 0, "long_holes"), 0);
}

TEST(Evidence, AnEmptyCellPartsWords) { EXPECT_EQ(told({box(name, "LE GALL")}, 0, "long_holes"), 0); }

TEST(Evidence, TwoEmptyCellsBetweenLettersAreInkThatWasLost) {
  EXPECT_EQ(told({box(name, "GA  LL")}, 0, "long_holes"), 1);
}

TEST(Evidence, ABirthdayThatTheNumberOfSocialSecurityTellsIsBorneOut) {
  EXPECT_EQ(told({box(nir, "253072B07300470"), box(born, "12071953")}, 1, "agrees"), 1);
  EXPECT_EQ(told({box(nir, "253072B07300470"), box(born, "12071958")}, 1, "contradicts"), 1);
}

TEST(Evidence, ANameInTheAddressOfItsWriterIsWorthLessThanThat) {
  const std::vector<BoxRead> boxes{box(name, "MARTIN"), box(email, "A.MARTIN@FREE.FR")};
  EXPECT_EQ(told(boxes, 0, "named"), 1);
  EXPECT_EQ(told(boxes, 0, "agrees"), 0);
}

TEST(Evidence, AShapeThatAKeyVouchesForAsAnotherLetterIsDoubtful) {
  auto wrong = box(phone, "0439988842");
  wrong.looks[4] = shape('0');  // a 9 that looks like the number's noughts
  EXPECT_GT(told({box(nir, "253072B07300470"), wrong}, 1, "like_others"), 0.5);
}

TEST(Evidence, AMarkBehindANameIsProbablyDirt) { EXPECT_EQ(told({box(name, "MARTIN-")}, 0, "stray_end"), 1); }

TEST(Evidence, OneFaintLetterIsToldByItsTone) {
  auto read = box(name, "MARTIN");
  read.ink[2].tone = 0.2;
  EXPECT_NEAR(told({read}, 0, "faint"), 0.75, 1e-9);
}

TEST(Evidence, ARivalOfNearlyTheSameLikenessIsTold) {
  auto read = box(name, "MARTIM");
  read.cells[5] = {{{'M', 0.55}, {'N', 0.45}}, 1, true};
  EXPECT_GT(told({read}, 0, "rival"), told({box(name, "MARTIN")}, 0, "rival"));
}

TEST(Evidence, WhatThisHandIsKnownToDrawForAnotherLetterIsDoubtful) {
  auto number = box(nir, "253072B07300470");
  number.strokes[1] = {{{'9', 0.9}, {'5', 0.1}}, 1, true};
  EXPECT_EQ(told({number, box(phone, "0639989641")}, 1, "confused"), 3);
  EXPECT_EQ(told({box(nir, "253072B07300470"), box(phone, "0639989641")}, 1, "confused"), 0);
}

TEST(Evidence, LettersThatNothingOnTheFormHasShownAreUntested) {
  EXPECT_EQ(told({box(nir, "253072B07300470"), box(phone, "0253")}, 1, "untested"), 0);
  EXPECT_EQ(told({box(nir, "253072B07300470"), box(phone, "0698")}, 1, "untested"), 3);
}

std::vector<BoxRead> signed_in(const std::string& lives, const std::string& note, const std::string& signs) {
  std::vector<BoxRead> boxes{box(code, "42000"), box(town, lives), box(signed_at, signs)};
  boxes[1].settled.notes.push_back({note, "", ""});
  return boxes;
}

TEST(Evidence, WhereAWriterLivesBearsOutWhereTheFormWasSigned) {
  EXPECT_EQ(told(signed_in("SAINT-ETIENNE", "field.listed", "SAINT-ETIENNE"), 2, "agrees"), 1);
}

TEST(Evidence, NothingBearsOutAHyphenThatOneOfTwoFieldsLacks) {
  EXPECT_EQ(told(signed_in("SAINT-ETIENNE", "field.listed", "SAINT ETIENNE"), 2, "agrees"), 0);
  const auto both = signed_in("SAINT ETIENNE", "field.hyphen_unseen", "SAINT ETIENNE");
  for (const std::size_t which : {1, 2}) {
    EXPECT_EQ(told(both, which, "agrees"), 0);
    EXPECT_EQ(told(both, which, "contradicts"), 0);
  }
}

TEST(Evidence, AnEmptyBoxHasNone) {
  const ocr::Evidence none{};
  EXPECT_EQ(ocr::evidence_of({box(name, "")}, spelling, true)[0], none);
}

}  // namespace
