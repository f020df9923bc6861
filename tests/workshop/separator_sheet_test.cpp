// The separator sheet as a document: what is printed is what is read.
#include "models/workshop/separator_sheet.hpp"

#include <gtest/gtest.h>

#include "page/pdf_sheets.hpp"

namespace {

const page::Separator first{page::SeparatorType::doc, letter::PostBox::cs_30027, "0099", {}, {}};

TEST(SeparatorSheet, NumbersCountOnWithTheSameDigits) {
  const auto sheets = workshop::numbered_separators(first, 3).value();
  ASSERT_EQ(sheets.size(), 3u);
  EXPECT_EQ(sheets[0], first);
  EXPECT_EQ(sheets[2].seq, "0101");
}

TEST(SeparatorSheet, NumbersWithoutRoomAreRefused) {
  page::Separator last = first;
  for (const char* seq : {"99", "", "A1", "1234567890"}) {
    last.seq = seq;
    EXPECT_EQ(workshop::numbered_separators(last, 2).error().code, "separator.seq") << seq;
  }
}

TEST(SeparatorSheet, EachIsAPageOfItsOwn) {
  const auto sheets = workshop::numbered_separators(first, 3).value();
  EXPECT_EQ(page::count_pdf(workshop::print_separators(sheets), {}).value(), 3u);
}

TEST(SeparatorSheet, TheSameSheetGivesTheSameBytes) {
  EXPECT_EQ(workshop::print_separators({first}), workshop::print_separators({first}));
}

}  // namespace
