// What a screen shows of the fields of a letter.
#include "cli/field_table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

letter::Field field(const std::string& id, const std::string& text) {
  letter::Field made;
  made.id = id;
  made.text = letter::PersonalText(text);
  return made;
}

std::string shown(const std::vector<letter::Field>& fields, cli::Nir nir) {
  std::ostringstream out, err;
  letter::ReadLetter read;
  read.fields = fields;
  return cli::field_table(read, nir, {"fr", out, err, [] { return letter::Instant{}; }, {}});
}

TEST(FieldTable, ANirIsMaskedUnlessAskedFor) {
  const std::vector<letter::Field> fields{field("NIR", "253072A07300443")};
  EXPECT_EQ(shown(fields, cli::Nir::masked).find("073004"), std::string::npos);
  EXPECT_NE(shown(fields, cli::Nir::shown).find("253072A07300443"), std::string::npos);
}

TEST(FieldTable, WhatIsEmptyIsLeftOut) { EXPECT_EQ(shown({field("PRENOM", "")}, cli::Nir::shown), ""); }

TEST(FieldTable, AnAddressStandsOnOneLine) {
  const auto text = shown({field("EXPEDITEUR", "Odile Petit\n2 rue Neuve")}, cli::Nir::masked);
  EXPECT_NE(text.find("Odile Petit 2 rue Neuve"), std::string::npos) << text;
}

TEST(FieldTable, TheNotesOfAFieldStandUnderTheTable) {
  auto enclosed = field("NB_PJ", "03");
  enclosed.notes.push_back({"field.enclosures_missing", "Il en manque.", "Some are missing."});
  EXPECT_NE(shown({enclosed}, cli::Nir::masked).find("NB_PJ : Il en manque."), std::string::npos);
}

TEST(FieldTable, ARepairedFieldSaysSo) {
  auto nir = field("NUM_CONTRAT", "P12345678");
  nir.repaired = true;
  EXPECT_NE(shown({nir}, cli::Nir::masked).find("réparé"), std::string::npos);
}

}  // namespace
