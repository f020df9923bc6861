// Texts of strangers: valid, comparable, masked, and never written by accident.
#include <gtest/gtest.h>

#include <concepts>
#include <ostream>

#include "letter/text.hpp"

namespace {

using namespace letter;

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};

static_assert(Streamable<std::string>);
static_assert(!Streamable<PersonalText>, "a name must not reach a stream");
static_assert(!std::convertible_to<PersonalText, std::string>, "a name must not become a text unasked");
static_assert(!std::convertible_to<std::string, PersonalText>);

TEST(Utf8, ValidTextStaysAsItIs) {
  const std::string text = "Réclamation n° 7 – « œuvre » 𝄞\n";
  EXPECT_EQ(valid_utf8(text), text);
}

TEST(Utf8, ABadByteBecomesAReplacementSign) { EXPECT_EQ(valid_utf8("caf\xe9!"), "caf\uFFFD!"); }

TEST(Utf8, ACutSequenceBecomesAReplacementSign) { EXPECT_EQ(valid_utf8("\xe2\x82"), "\uFFFD"); }

TEST(Utf8, SurrogatesAndOverlongFormsAreNotLetThrough) {
  EXPECT_EQ(valid_utf8("\xed\xa0\x80").find('\xed'), std::string::npos);
  EXPECT_EQ(valid_utf8("\xc0\xaf").find('\xc0'), std::string::npos);
}

TEST(Utf8, NulIsTakenOut) { EXPECT_EQ(valid_utf8(std::string_view("a\0b", 3)), "ab"); }

TEST(Utf8, WhatWasMadeValidStaysAsItIs) {
  std::string every_byte;
  for (int c = 0; c < 256; ++c) every_byte += static_cast<char>(c);
  EXPECT_EQ(valid_utf8(valid_utf8(every_byte)), valid_utf8(every_byte));
}

TEST(Folding, AccentsCaseAndSpacesFall) { EXPECT_EQ(folded("L’été  à\nNîmes"), "L'ETE A NIMES"); }

TEST(Folding, LigaturesComeApart) {
  EXPECT_EQ(folded("cœur, œuvre, ﬁn, Æsop, straße"), "COEUR, OEUVRE, FIN, AESOP, STRASSE");
}

TEST(Folding, ComposedAndDecomposedAccentsAreTheSame) { EXPECT_EQ(folded("e\u0301te\u0301"), folded("été")); }

TEST(Folding, DashesAndNonBreakingSpacesArePlain) {
  EXPECT_EQ(folded("Incapacité\u00A0–\u202FInvalidité"), "INCAPACITE - INVALIDITE");
}

TEST(Folding, OuterSpaceIsTakenOff) { EXPECT_EQ(folded(" \t a \n"), "A"); }

TEST(Folding, SoftHyphensVanish) { EXPECT_EQ(folded("récla\u00ADmation"), "RECLAMATION"); }

TEST(Folding, FoldingTwiceChangesNothing) {
  const std::string once = folded("J´ai « reçu » l`avis n° ½ — Çà et là…");
  EXPECT_EQ(folded(once), once);
}

TEST(Nir, ShowsSexYearAndMonthAlone) { EXPECT_EQ(masked_nir("295109912611193"), "2 95 10 ** *** *** **"); }

TEST(Nir, MayBeSpacedAndWithoutItsKey) {
  EXPECT_EQ(masked_nir("2 95 10 99 126 111"), "2 95 10 ** *** *** **");
}

TEST(Nir, OfCorsicaIsMaskedToo) { EXPECT_EQ(masked_nir("1 85 05 2A 004 012 65"), "1 85 05 ** *** *** **"); }

TEST(Nir, ThatIsNotWholeIsHiddenWhole) {
  EXPECT_EQ(masked_nir("29510"), "* ** ** ** *** *** **");
  EXPECT_EQ(masked_nir("A95109912611193"), "* ** ** ** *** *** **");
}

}  // namespace
