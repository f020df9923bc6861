#include "ocr/boxes/members.hpp"

#include <gtest/gtest.h>

namespace {

using ocr::BoxRead;
using ocr::CellChoices;

const std::string heading = "number,nir,last_name,birth_name,first_name,birth_date,postcode\n";
const std::string two = heading +
                        "K1234567,253072B07300470,Lefèvre,,Solène,1953-07-12,20200\n"
                        "K7654321,184027635161928,\"D'Angelo\",,Karim,21/02/1984,68100\n";

ocr::Element element(const std::string& id, std::size_t cells) {
  ocr::Element one;
  one.id = id, one.kind = ocr::ElementKind::comb;
  one.cell_x.resize(cells);
  return one;
}
const ocr::Element number = element("NUM_ADHERENT", 8), name = element("NOM_USAGE", 31),
                   first = element("PRENOM", 17), code = element("ADR_CP", 5);

// What the strokes say; a letter in brackets is doubtful, and the one after it nearly as likely: "LE[FE]VRE".
BoxRead box(const ocr::Element& of, const std::string& text) {
  BoxRead read;
  read.element = &of;
  for (std::size_t i = 0; i < text.size(); ++i) {
    CellChoices cell;
    cell.inked = true;
    if (text[i] == '[') {
      cell.letters = {{text[i + 1], 0.6}, {text[i + 2], 0.3}};
      i += 3;
    } else {
      cell.letters = {{text[i], 0.99}};
    }
    read.cells.push_back(cell);
    read.settled.text.push_back(cell.letters[0].letter);
  }
  read.settled.score = 0.5;
  return read;
}

ocr::Members list() { return *ocr::Members::parse(two); }
bool is_member(const BoxRead& read) {
  return std::any_of(read.settled.notes.begin(), read.settled.notes.end(),
                     [](const letter::Reason& note) { return note.code == "field.member"; });
}

TEST(Members, AreReadAsTheFormWritesThem) {
  EXPECT_EQ(list().all()[1],
            (ocr::Member{"K7654321", "184027635161928", "D'ANGELO", "", "KARIM", "21021984", "68100"}));
}

TEST(Members, ANameReadNearlyIsPutRightByItsMember) {
  std::vector<BoxRead> boxes{box(number, "K1234567"), box(name, "L[FE]FEVRE"), box(first, "SOLENE")};
  list().match(boxes);
  EXPECT_EQ(boxes[1].settled.text, "LEFEVRE");
  EXPECT_TRUE(boxes[1].settled.repaired);
}

TEST(Members, FieldsThatAgreeAreSurer) {
  std::vector<BoxRead> boxes{box(number, "K1234567"), box(name, "LEFEVRE"), box(first, "SOLENE")};
  list().match(boxes);
  EXPECT_GT(boxes[2].settled.score, 0.95);
  EXPECT_TRUE(is_member(boxes[2]));
}

TEST(Members, AFieldThatSaysSomethingElseIsLeftAsItIs) {
  std::vector<BoxRead> boxes{box(number, "K1234567"), box(name, "LEFEVRE"), box(code, "75011")};
  list().match(boxes);
  EXPECT_EQ(boxes[2].settled.text, "75011");
  EXPECT_FALSE(is_member(boxes[2]));
}

TEST(Members, AnEmptyFieldStaysEmpty) {
  std::vector<BoxRead> boxes{box(number, "K1234567"), box(name, "LEFEVRE"), box(first, "")};
  list().match(boxes);
  EXPECT_EQ(boxes[2].settled.text, "");
}

TEST(Members, ANameAloneIsNobody) {
  std::vector<BoxRead> boxes{box(name, "LEFEVRE"), box(first, "SOLENE")};
  list().match(boxes);
  EXPECT_FALSE(is_member(boxes[0]));
}

TEST(Members, TwoThatFitAlikeAreNobody) {
  const auto twins = ocr::Members::parse(two + "K1234567,,Lefèvre,,Solène,,\n");
  std::vector<BoxRead> boxes{box(number, "K1234567"), box(name, "LEFEVRE")};
  twins->match(boxes);
  EXPECT_FALSE(is_member(boxes[0]));
}

TEST(Members, AListWithoutAColumnIsAFaultThatNamesIt) {
  const auto faulty = ocr::Members::parse("number,nir\nK1,2\n");
  ASSERT_FALSE(faulty);
  EXPECT_EQ(faulty.error().code, "members.heading");
  EXPECT_NE(faulty.error().en.find("last_name"), std::string::npos);
}

TEST(Members, ARowThatIsCutShortIsAFaultThatSaysWhichAndNotWhat) {
  const auto faulty = ocr::Members::parse(two + "K999,18");
  ASSERT_FALSE(faulty);
  EXPECT_EQ(faulty.error().code, "members.row");
  EXPECT_NE(faulty.error().en.find("line 4"), std::string::npos);
  EXPECT_EQ(faulty.error().en.find("K999"), std::string::npos);
}

TEST(Members, AFileThatIsNotThereIsAFault) {
  EXPECT_EQ(ocr::Members::load("/nowhere/members.csv").error().code, "members.unreadable");
}

}  // namespace
