#include <gtest/gtest.h>

#include "ocr/boxes/boxes.hpp"

namespace {

class LostWriting : public testing::Test {
 protected:
  ocr::Element comb(const std::string& id) {
    ocr::Element element;
    element.id = id, element.kind = ocr::ElementKind::comb, element.charset = "A-Z0-9 '-";
    element.cell_x.resize(20);
    return element;
  }
  ocr::BoxRead box(const ocr::Element& element, const std::string& text) {
    ocr::BoxRead read;
    read.element = &element;
    for (const char c : text) read.cells.push_back({{{c, 0.98}}, 1, c != ' '});
    read.strokes = read.cells;
    return read;
  }
  // What is made of an empty comb beside these.
  ocr::Settled empty_beside(const std::string& name, const std::string& street, const std::string& town) {
    std::vector<ocr::BoxRead> boxes{box(name_, name), box(street_, street), box(town_, town),
                                    box(number_, "")};
    ocr::settle_all(boxes, known_, std::nullopt);
    return boxes.back().settled;
  }
  ocr::Boxes known_{VAGUEMESTRE_MODELS_DIR};
  ocr::Element name_ = comb("NOM_USAGE"), street_ = comb("ADR_VOIE"), town_ = comb("ADR_VILLE"),
               number_ = comb("NUM_ADHERENT");
};

TEST_F(LostWriting, OfAFormWithNeitherNameNorAddressNothingIsSurelyEmpty) {
  const ocr::Settled empty = empty_beside("", "", "");
  EXPECT_EQ(empty.score, 0);
  ASSERT_EQ(empty.notes.size(), 1U);
  EXPECT_EQ(empty.notes[0].code, "field.writing_lost");
}

TEST_F(LostWriting, SpecksOfLostStrokesAreNeitherNameNorAddress) {
  EXPECT_EQ(empty_beside("", "        6  2     6", " 2   U").score, 0);
  EXPECT_EQ(empty_beside("Z", "", "").score, 0);
}

TEST_F(LostWriting, BesideAWholeNameAnEmptyCombIsEmpty) {
  EXPECT_EQ(empty_beside("MARTIN", "        6  2     6", "").score, ocr::empty_score);
  EXPECT_EQ(empty_beside("", " 8 RUE DU BAC", "").score, ocr::empty_score);
}

}  // namespace
