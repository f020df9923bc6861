// Whether each page of a form is there once.
#include "ocr/form/form_pages.hpp"

#include <gtest/gtest.h>

namespace {

using page::FormPage;

const FormPage first{"REC", 1, 1}, second{"REC", 1, 2};

std::vector<ocr::Form> forms_of(int pages) {
  std::vector<ocr::Form> forms;
  for (int number = 1; number <= pages; ++number) {
    ocr::Form form;
    form.code = "REC", form.version = 1, form.page = number;
    forms.push_back(form);
  }
  return forms;
}

std::vector<std::string> codes(const std::vector<FormPage>& seen, int pages) {
  std::vector<std::string> found;
  for (const auto& note : ocr::form_page_notes(seen, forms_of(pages))) found.push_back(note.code);
  return found;
}
using Codes = std::vector<std::string>;

TEST(FormPages, AFreeLetterHasNone) { EXPECT_EQ(codes({}, 2), Codes{}); }
TEST(FormPages, OneOfOneIsWhole) { EXPECT_EQ(codes({first}, 1), Codes{}); }
TEST(FormPages, TwoOfTwoAreWholeInAnyOrder) { EXPECT_EQ(codes({second, first}, 2), Codes{}); }
TEST(FormPages, OneOfTwoLacksOne) { EXPECT_EQ(codes({first}, 2), Codes{"form.page_missing"}); }
TEST(FormPages, ASecondPageAloneLacksTheFirst) { EXPECT_EQ(codes({second}, 1), Codes{"form.page_missing"}); }
TEST(FormPages, ASecondPageTwiceIsTold) {
  EXPECT_EQ(codes({first, second, second}, 2), Codes{"form.page_twice"});
}
TEST(FormPages, AFirstPageTwiceIsASecondForm) {
  EXPECT_EQ(codes({first, first}, 1), Codes{"letter.second_form"});
}
TEST(FormPages, AnotherFormsFirstPageIsASecondForm) {
  EXPECT_EQ(codes({first, {"AUT", 1, 1}}, 1), Codes{"letter.second_form"});
}
TEST(FormPages, AnotherEditionIsASecondForm) {
  EXPECT_EQ(codes({first, {"REC", 2, 1}}, 1), Codes{"letter.second_form"});
}

}  // namespace
