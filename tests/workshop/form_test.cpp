// The form as data: the file says what the drawing office said, and a wrong file is refused.
#include "ocr/form/form.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace fs = std::filesystem;

namespace {

const fs::path models = VAGUEMESTRE_MODELS_DIR;

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// A row of the drawing office's list; a cell in quotes may hold commas.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back().push_back(c);
  }
  return cells;
}

std::vector<std::vector<std::string>> drawing_office() {
  std::ifstream in(fs::path(VAGUEMESTRE_SOURCE_DIR) / "tests/workshop/form_fields.csv");
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) rows.push_back(cells_of(line));
  return rows;
}

const char* kind_name(ocr::ElementKind kind) {
  static const char* const names[] = {"anchor", "anchor_hollow", "qr",        "tick",
                                      "comb",   "text_lines",    "signature", "reserved"};
  return names[static_cast<int>(kind)];
}

ocr::Form reclamation() {
  const auto form = ocr::load_form(models / "forms/reclamation.toml");
  EXPECT_TRUE(form.has_value()) << (form ? "" : form.error().en);
  return form.value_or(ocr::Form{});
}

// The form's text with one change, as a file of its own; the fault's code, or "loaded".
std::string code_after(const std::string& from, const std::string& to) {
  std::string text = read_all(models / "forms/reclamation.toml");
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const fs::path file = fs::path(testing::TempDir()) /
                        (std::string("changed_form_") +
                         testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml");
  std::ofstream(file, std::ios::binary) << text;
  const auto form = ocr::load_form(file);
  fs::remove(file);
  return form ? "loaded" : form.error().code;
}

TEST(FormFile, HasTheFiftyTwoElementsOfTheDrawingOfficeInOrder) {
  const ocr::Form form = reclamation();
  const auto rows = drawing_office();
  ASSERT_EQ(rows.size(), 52u);
  ASSERT_EQ(form.elements.size(), 52u);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(form.elements[i].id, rows[i][0]);
    EXPECT_EQ(kind_name(form.elements[i].kind), rows[i][1]) << rows[i][0];
    EXPECT_EQ(form.elements[i].label, rows[i][2]);
  }
}

TEST(FormFile, EveryElementStandsWhereTheDrawingOfficePutIt) {
  const ocr::Form form = reclamation();
  for (const auto& row : drawing_office()) {
    const ocr::Element* element = ocr::find(form, row[0]);
    ASSERT_TRUE(element) << row[0];
    EXPECT_DOUBLE_EQ(element->x, std::stod(row[3])) << row[0];
    EXPECT_DOUBLE_EQ(element->y, std::stod(row[4])) << row[0];
    EXPECT_DOUBLE_EQ(element->w, std::stod(row[5])) << row[0];
    EXPECT_DOUBLE_EQ(element->h, std::stod(row[6])) << row[0];
  }
}

TEST(FormFile, EveryCellStandsWhereTheDrawingOfficePutIt) {
  const ocr::Form form = reclamation();
  std::size_t cells = 0;
  for (const auto& row : drawing_office()) {
    std::istringstream list(row[8]);
    std::vector<double> expected;
    for (double x; list >> x;) expected.push_back(x);
    const ocr::Element* element = ocr::find(form, row[0]);
    ASSERT_TRUE(element);
    ASSERT_EQ(element->cell_x.size(), expected.size()) << row[0];
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_DOUBLE_EQ(element->cell_x[i], expected[i]) << row[0];
    cells += expected.size();
  }
  EXPECT_EQ(cells, 297u);
}

TEST(FormFile, CharsetsAreTheDrawingOffices) {
  const ocr::Form form = reclamation();
  for (const auto& row : drawing_office()) {
    if (row[1] != "comb") continue;
    EXPECT_EQ(ocr::find(form, row[0])->charset, row[9].substr(0, row[9].find("; "))) << row[0];
  }
}

TEST(FormFile, GroupsAndRulesAreTheDrawingOffices) {
  const ocr::Form form = reclamation();
  for (const auto& row : drawing_office()) {
    if (row[1] != "tick") continue;
    const ocr::Element* tick = ocr::find(form, row[0]);
    const std::string said = "group=" + tick->group + " " + tick->group_rule;
    EXPECT_TRUE(row[10].starts_with(said)) << row[0] << ": " << said << " / " << row[10];
  }
}

TEST(FormFile, SixTicksNameSixQueues) {
  std::set<std::string> queues;
  for (const auto& element : reclamation().elements)
    if (!element.queue.empty()) queues.insert(element.id + "=" + element.queue);
  EXPECT_EQ(queues, (std::set<std::string>{
                        "OBJ_INCAP_INVAL=incapacite_invalidite", "OBJ_DECES_RENTE_DEP=deces_rente_dependance",
                        "OBJ_BENEFICIAIRES=designation_beneficiaires", "OBJ_SANTE=frais_sante",
                        "OBJ_MEDICAL=dossiers_medicaux", "OBJ_ENTREPRISE=entreprise"}));
}

TEST(FormFile, CellSevenOfTheNirAlsoTakesTheLettersOfCorsica) {
  const ocr::Form form = reclamation();
  const ocr::Element* nir = ocr::find(form, "NIR");
  EXPECT_EQ(ocr::cell_letters(*nir, 6), "0123456789");
  EXPECT_EQ(ocr::cell_letters(*nir, 7), "0123456789AB");
}

TEST(FormFile, AHyphenAtTheEndOfACharsetIsAHyphen) {
  const ocr::Form form = reclamation();
  EXPECT_EQ(ocr::cell_letters(*ocr::find(form, "FAIT_A"), 1), "ABCDEFGHIJKLMNOPQRSTUVWXYZ '-");
  EXPECT_TRUE(ocr::cell_letters(*ocr::find(form, "EMAIL"), 1).ends_with("@._-+"));
}

TEST(FormFile, TheUnchangedFileLoads) { EXPECT_EQ(code_after("code = ", "code = "), "loaded"); }

TEST(FormFile, AnUnknownKeyIsRefused) {
  EXPECT_EQ(code_after("label = \"Mme\"", "lable = \"Mme\""), "form.unknown_key");
}

TEST(FormFile, AMissingKeyIsRefused) { EXPECT_EQ(code_after("charset = \"0-9\"\n", ""), "form.missing_key"); }

TEST(FormFile, AnIdUsedTwiceIsRefused) {
  EXPECT_EQ(code_after("id = \"CIV_MME\"", "id = \"CIV_M\""), "form.duplicate_id");
}

TEST(FormFile, AnElementOffTheSheetIsRefused) {
  EXPECT_EQ(code_after("at = [142, 250]", "at = [162, 250]"), "form.off_sheet");
}

TEST(FormFile, OverlappingElementsAreRefused) {
  EXPECT_EQ(code_after("at = [27, 44]", "at = [15, 44]"), "form.overlap");
}

TEST(FormFile, OverlappingCellsAreRefused) { EXPECT_EQ(code_after("gap = 2", "gap = -2"), "form.overlap"); }

TEST(FormFile, ABadCharsetIsRefused) {
  EXPECT_EQ(code_after("charset = \"0-9\"", "charset = \"0-99\""), "form.charset");
}

TEST(FormFile, AnUnknownCheckIsRefused) {
  EXPECT_EQ(code_after("check = \"siret\"", "check = \"siren\""), "form.check");
}

TEST(FormFile, ANumberLongerThanItsCellsIsRefused) {
  EXPECT_EQ(code_after("\"K#######\"", "\"K########\""), "form.bad_value");
}

TEST(FormFile, AnUnknownQueueIsRefused) {
  EXPECT_EQ(code_after("queue = \"frais_sante\"", "queue = \"sante\""), "form.queue");
}

TEST(FormFile, AQrThatNamesAnotherFormIsRefused) {
  EXPECT_EQ(code_after("form=REC;v=1", "form=REC;v=2"), "form.payload");
}

TEST(FormFile, ATickOfAnUnknownGroupIsRefused) {
  EXPECT_EQ(code_after("group = \"deja\"", "group = \"dejà\""), "form.group");
}

TEST(FormFile, AFileWithoutItsHollowMarkIsRefused) {
  EXPECT_EQ(code_after("\"anchor_hollow\"", "\"anchor\""), "form.anchors");
}

TEST(FormFile, TextThatIsNoTomlSaysWhere) {
  EXPECT_TRUE(code_after("sheet = [210, 297]", "sheet = [210, 297").starts_with("toml."));
}

TEST(FormFile, AFaultNamesFileElementAndKey) {
  const fs::path file = fs::path(testing::TempDir()) / "faulty.toml";
  std::string text = read_all(models / "forms/reclamation.toml");
  text.replace(text.find("check = \"siret\""), 15, "check = \"siren\"");
  std::ofstream(file, std::ios::binary) << text;
  const auto form = ocr::load_form(file);
  fs::remove(file);
  ASSERT_FALSE(form.has_value());
  for (const char* word : {"faulty.toml", "SIRET", "check"})
    EXPECT_NE(form.error().en.find(word), std::string::npos) << form.error().en;
}

TEST(Forms, AFaultyFileIsNeverSkipped) {
  const fs::path folder = fs::path(testing::TempDir()) / "faulty_models";
  fs::create_directories(folder / "forms");
  fs::copy_file(models / "forms/reclamation.toml", folder / "forms/reclamation.toml",
                fs::copy_options::overwrite_existing);
  std::ofstream(folder / "forms/zzz.toml") << "id = \"zzz\"\n";
  const auto forms = ocr::load_forms(folder);
  fs::remove_all(folder);
  ASSERT_FALSE(forms.has_value());
  EXPECT_NE(forms.error().fr.find("zzz.toml"), std::string::npos);
}

TEST(Forms, TwoFilesOfOneFormAreRefused) {
  const fs::path folder = fs::path(testing::TempDir()) / "twin_models";
  fs::create_directories(folder / "forms");
  for (const char* name : {"forms/a.toml", "forms/b.toml"})
    fs::copy_file(models / "forms/reclamation.toml", folder / name, fs::copy_options::overwrite_existing);
  const auto forms = ocr::load_forms(folder);
  fs::remove_all(folder);
  ASSERT_FALSE(forms.has_value());
  EXPECT_EQ(forms.error().code, "form.duplicate");
}

}  // namespace
