// The texts of our own QR codes: what is written is read back, and nothing is guessed.
#include <gtest/gtest.h>

#include "page/separator.hpp"

namespace {

using page::Separator;
using page::SeparatorType;

std::string code_of(const std::string& payload) {
  const auto read = page::parse_separator(payload);
  return read ? "" : read.error().code;
}

Separator header() {
  return {SeparatorType::batch, letter::PostBox::tsa_20202, "0007", letter::parse_day("2026-11-23"), 40};
}

TEST(SeparatorPayload, ABatchHeaderIsWrittenInOneLine) {
  EXPECT_EQ(page::payload(header()), "KLS;t=BATCH;box=TSA20202;seq=0007;d=2026-11-23;n=40");
}

TEST(SeparatorPayload, WhatIsWrittenIsReadBack) {
  for (const auto type : {SeparatorType::doc, SeparatorType::batch, SeparatorType::sealed})
    for (const auto box : {letter::PostBox::none, letter::PostBox::tsa_20202, letter::PostBox::cs_30027,
                           letter::PostBox::tsa_90200})
      for (const std::string seq : {"", "1", "ZZ9999999999"}) {
        const Separator plain{type, box, seq, {}, {}};
        EXPECT_EQ(page::parse_separator(page::payload(plain)).value(), plain);
      }
  EXPECT_EQ(page::parse_separator(page::payload(header())).value(), header());
}

TEST(SeparatorPayload, KeysComeInAnyOrderAndUnknownOnesAreIgnored) {
  EXPECT_EQ(page::parse_separator("KLS;n=40;x=1;seq=0007;d=2026-11-23;color=;box=TSA20202;t=BATCH").value(),
            header());
}

TEST(SeparatorPayload, DateAndCountAreABatchsOnly) {
  const auto read = page::parse_separator("KLS;t=DOC;d=never;n=0").value();
  EXPECT_FALSE(read.arrived_on || read.expected);
}

TEST(SeparatorPayload, AnotherCodeIsNotOurs) {
  for (const char* other :
       {"", "KLS", "kls;t=DOC", "KLR;form=REC;v=1;p=1", "https://example.org", " KLS;t=DOC"})
    EXPECT_EQ(code_of(other), "separator.not_ours") << other;
}

TEST(SeparatorPayload, AMalformedCodeIsAFault) {
  for (const std::string bad : {"KLS;", "KLS;;t=DOC", "KLS;t", "KLS;=DOC", "KLS;t=DOC;", "KLS;box=TSA20202",
                                "KLS;t=DOC;t=DOC", "KLS;t=DOC;seq=1;seq=2"})
    EXPECT_EQ(code_of(bad), "separator.malformed") << bad;
  EXPECT_EQ(code_of("KLS;t=DOC;x=" + std::string(200, 'x')), "separator.malformed");
}

TEST(SeparatorPayload, AValueThatIsNoneIsAFaultOfItsOwn) {
  EXPECT_EQ(code_of("KLS;t=doc"), "separator.type");
  EXPECT_EQ(code_of("KLS;t=DOC;box=TSA20203"), "separator.box");
  EXPECT_EQ(code_of("KLS;t=DOC;seq=-1"), "separator.seq");
  EXPECT_EQ(code_of("KLS;t=DOC;seq=1234567890123"), "separator.seq");
  EXPECT_EQ(code_of("KLS;t=BATCH;d=2026-02-30"), "separator.date");
  EXPECT_EQ(code_of("KLS;t=BATCH;d="), "separator.date");
  for (const char* count : {"0", "10000", "-1", "+4", " 4", "4 ", "", "99999999999999999999"})
    EXPECT_EQ(code_of(std::string("KLS;t=BATCH;n=") + count), "separator.count") << count;
}

TEST(SeparatorPayload, EveryTruncationIsReadOrAFault) {
  const std::string whole = page::payload(header());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto read = page::parse_separator(whole.substr(0, length));
    // A cut through the count is a smaller count: the QR code's own check protects from that, not we.
    EXPECT_TRUE(!read || read->type == SeparatorType::batch) << length;
  }
}

TEST(FormPagePayload, SaysFormVersionAndPage) {
  EXPECT_EQ(page::parse_form_page("KLR;form=REC;v=1;p=2").value(), (page::FormPage{"REC", 1, 2}));
}

TEST(FormPagePayload, AMalformedOneIsAFault) {
  for (const char* bad : {"KLR;form=REC;v=1", "KLR;form=;v=1;p=1", "KLR;form=REC;v=0;p=1",
                          "KLR;form=REC;v=1;p=0", "KLR;form=RE C;v=1;p=1", "KLR;form=REC;v=1;p=1;p=1"})
    EXPECT_EQ(page::parse_form_page(bad).error().code, "form.malformed") << bad;
}

TEST(RegisteredLetter, ANumberIsItsPatternOnly) {
  EXPECT_TRUE(page::is_lrar("1A12345678901"));
  EXPECT_TRUE(page::is_lrar("2C00000000000"));
  for (const char* bad :
       {"", "1A1234567890", "1A123456789012", "3A12345678901", "1a12345678901", "1A1234567890X"})
    EXPECT_FALSE(page::is_lrar(bad)) << bad;
}

TEST(RegisteredLetter, TheFirstNumberStaysOnTheLetter) {
  letter::Letter letter;
  page::take_lrar(letter, {0, {}, false, {}, {"1A12345678901"}});
  page::take_lrar(letter, {0, {}, false, {}, {"1A12345678901"}});
  EXPECT_EQ(letter.lrar, "1A12345678901");
  EXPECT_TRUE(letter.notes.empty());
}

TEST(RegisteredLetter, OfTwoNumbersNoneIsChosen) {
  letter::Letter letter;
  for (const char* number : {"1A12345678901", "2C12345678901", "1A12345678901"})
    page::take_lrar(letter, {0, {}, false, {}, {number}});
  EXPECT_EQ(letter.lrar, "");
  ASSERT_EQ(letter.notes.size(), 1u);
  EXPECT_EQ(letter.notes[0].code, "lrar.several");
}

TEST(RegisteredLetter, ANumberThatWasKeyedStays) {
  letter::Letter letter;
  letter.lrar = letter.envelope.lrar = "1A99999999999";
  for (int page = 0; page < 2; ++page) page::take_lrar(letter, {0, {}, false, {}, {"1A12345678901"}});
  EXPECT_EQ(letter.lrar, "1A99999999999");
  ASSERT_EQ(letter.notes.size(), 1u);
  EXPECT_EQ(letter.notes[0].code, "lrar.otherwise");
}

TEST(SheetMarks, ComeBackFromTheirLine) {
  const page::SheetMarks marks{
      3, header(), true, page::FormPage{"REC", 1, 1}, {"1A12345678901", "2C12345678901"}};
  EXPECT_EQ(page::parse_sheet_marks(page::text(marks)).value(), marks);
  EXPECT_EQ(page::parse_sheet_marks(page::text({})).value(), page::SheetMarks{});
}

TEST(SheetMarks, AnyOtherLineIsAFault) {
  for (const char* bad :
       {"", "0", "5|0|||", "0|2|||", "0|0|KLS|", "0|0|KLS;t=X||", "0|0||KLR;|", "0|0|||1A", "0|0||||"})
    EXPECT_EQ(page::parse_sheet_marks(bad).error().code, "separator.marks") << bad;
}

TEST(SheetMarks, ASeparatorNeedsBothItsSigns) {
  page::SheetMarks marks{2, header(), false, {}, {}};
  EXPECT_TRUE(page::is_separator(marks) && !page::is_doubtful_separator(marks));
  marks.patch_edges = 1;
  EXPECT_TRUE(!page::is_separator(marks) && page::is_doubtful_separator(marks));
  EXPECT_TRUE(page::is_doubtful_separator({4, {}, false, {}, {}}));
  EXPECT_TRUE(page::is_doubtful_separator({0, {}, true, {}, {}}));
  EXPECT_FALSE(page::is_doubtful_separator({0, {}, false, page::FormPage{"REC", 1, 1}, {"1A12345678901"}}));
}

}  // namespace
