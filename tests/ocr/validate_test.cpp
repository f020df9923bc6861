#include "ocr/check/validate.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <sstream>

namespace {

using ocr::CheckVerdict;

TEST(Validate, EveryExampleOfTheDomainGetsItsVerdict) {
  const std::map<std::string, std::function<ocr::Checked(std::string_view)>> checks{
      {"code_postal", ocr::check_postcode},
      {"date", ocr::check_date},
      {"iban", ocr::check_iban},
      {"nir", ocr::check_nir},
      {"siren", ocr::check_siren},
      {"siret", ocr::check_siret},
      {"recommande", ocr::check_registered},
      {"telephone", ocr::check_phone}};
  std::ifstream csv(VAGUEMESTRE_SOURCE_DIR "/tests/ocr/validators.csv");
  std::string line;
  ASSERT_TRUE(std::getline(csv, line));
  int rows = 0;
  while (std::getline(csv, line)) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    ASSERT_EQ(cells.size(), 5U) << line;
    const ocr::Checked checked = checks.at(cells[0])(cells[1]);
    EXPECT_EQ(checked.normalised, cells[3]) << line;
    EXPECT_EQ(ocr::id(checked.verdict), cells[4]) << line;
    ++rows;
  }
  EXPECT_GE(rows, 19);
}

TEST(Validate, NoSingleWrongDigitOfANirPasses) {
  const std::string nir = "253072B07300470";
  for (std::size_t at = 0; at < nir.size(); ++at) {
    if (at == 6) continue;
    for (char c = '0'; c <= '9'; ++c) {
      std::string wrong = nir;
      wrong[at] = c;
      EXPECT_TRUE(wrong == nir || ocr::check_nir(wrong).verdict != CheckVerdict::ok) << wrong;
    }
  }
}

TEST(Validate, AnAddressForMailHasOneAtAndADomain) {
  EXPECT_EQ(ocr::check_email("JEANNE.DUPONT@POSTE.EXAMPLE"),
            (ocr::Checked{"jeanne.dupont@poste.example", CheckVerdict::ok}));
  for (const char* wrong :
       {"", "jeanne", "@poste.fr", "jeanne@poste", "a@b@c.fr", "a@.fr", "a@poste..fr", "a@poste.f"})
    EXPECT_EQ(ocr::check_email(wrong).verdict, CheckVerdict::bad_pattern) << wrong;
}

TEST(Validate, The29thOfFebruaryIsRealOnlyInLeapYears) {
  EXPECT_EQ(ocr::check_date("29022024").verdict, CheckVerdict::ok);
  EXPECT_EQ(ocr::check_date("29022026").verdict, CheckVerdict::bad_date);
}

TEST(Validate, AnUnknownCheckAcceptsEverything) { EXPECT_TRUE(ocr::good(ocr::check("", "x").verdict)); }

}  // namespace
