// Painted letters, whose truth is known, through the whole reading.
#include <gtest/gtest.h>

#include <algorithm>

#include "letter/text.hpp"
#include "models/workshop/canvas.hpp"
#include "models/workshop/encode.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/read.hpp"

namespace {

using workshop::Order;

const ocr::Form& the_form() {
  static const ocr::Form form = ocr::load_form(VAGUEMESTRE_MODELS_DIR "/forms/reclamation.toml").value();
  return form;
}

ocr::Engines& engines() {
  static ocr::Engines loaded(VAGUEMESTRE_MODELS_DIR);
  return loaded;
}

letter::ReadLetter read_bytes(const std::string& bytes, const std::string& media_type) {
  letter::Letter letter;
  letter.masters.push_back({"", bytes.size(), media_type, 1});
  return ocr::read(letter, {bytes}, engines());
}

Order typed_form(std::uint32_t index) {
  Order order;
  order.seed = 2026;
  order.index = index;
  order.arrived = letter::Day{std::chrono::year{2026} / 11 / 23};
  order.on_form = true;
  order.hand = false;
  order.difficulty = 0;  // neat: what stamps and bad pens do is measured elsewhere
  return order;
}

struct Painted {
  workshop::Truth truth;
  letter::ReadLetter read;
};
Painted paint_and_read(const Order& order) {
  const workshop::Specimen specimen = workshop::paint(the_form(), order);
  return {specimen.truth, read_bytes(specimen.bytes, specimen.media_type)};
}

int wrong_ticks(const Painted& painted) {
  int wrong = 0;
  for (const ocr::Element& element : the_form().elements) {
    if (element.kind != ocr::ElementKind::tick) continue;
    const letter::Field* field = letter::find(painted.read, element.id);
    const auto wanted =
        painted.truth.boxes.contains(element.id) ? letter::TickState::ticked : letter::TickState::blank;
    if (field == nullptr || field->tick != wanted) ++wrong;
  }
  return wrong;
}

struct Count {
  int right = 0, all = 0, accepted_wrong = 0;
};
Count combs(const Painted& painted) {
  Count count;
  for (const ocr::Element& element : the_form().elements) {
    if (element.kind != ocr::ElementKind::comb) continue;
    const letter::Field* field = letter::find(painted.read, element.id);
    const auto truth = painted.truth.boxes.find(element.id);
    const std::string wanted = truth == painted.truth.boxes.end() ? "" : truth->second;
    const bool right = field != nullptr && field->text.reveal() == wanted;
    count.all += !wanted.empty();
    count.right += right && !wanted.empty();
    count.accepted_wrong += field != nullptr && !right && field->verdict == letter::Verdict::accepted;
  }
  return count;
}

// Share of characters to change, after folding.
double character_error(const std::string& read, const std::string& truth) {
  const std::string a = letter::folded(read), b = letter::folded(truth);
  std::vector<std::size_t> before(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j)
      now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] != b[j - 1])});
    before.swap(now);
  }
  return static_cast<double>(before[b.size()]) / static_cast<double>(std::max<std::size_t>(1, b.size()));
}

TEST(Reading, TypedFormsAreReadFieldByField) {
  Count sum;
  for (std::uint32_t index = 0; index < 4; ++index) {
    const Painted painted = paint_and_read(typed_form(index));
    EXPECT_EQ(painted.read.form, "reclamation") << index;
    EXPECT_EQ(wrong_ticks(painted), 0) << index;
    EXPECT_LT(character_error(painted.read.text.reveal(), painted.truth.text), 0.05) << index;
    const Count count = combs(painted);
    sum.right += count.right, sum.all += count.all, sum.accepted_wrong += count.accepted_wrong;
  }
  EXPECT_GE(sum.all, 30);
  EXPECT_GE(sum.right, 0.9 * sum.all);
  EXPECT_LE(sum.accepted_wrong, 1);
}

TEST(Reading, AFormOnItsHeadOrItsSideAndSkewedIsReadAllTheSame) {
  for (const int turn : {90, 180, 270}) {
    Order order = typed_form(5);
    order.turn_deg = turn;
    order.skew_deg = 2.7;
    const Painted painted = paint_and_read(order);
    ASSERT_EQ(painted.read.form, "reclamation") << turn;
    EXPECT_EQ(painted.read.letter.pages[0].turn_deg, turn);
    EXPECT_NEAR(painted.read.letter.pages[0].skew_deg, 2.7, 0.05) << turn;
    EXPECT_EQ(wrong_ticks(painted), 0) << turn;
    const Count count = combs(painted);
    EXPECT_GE(count.right, 0.9 * count.all) << turn;
  }
}

TEST(Reading, BoxesLieOnTheUntouchedPage) {
  Order order = typed_form(6);
  order.turn_deg = 180;
  order.skew_deg = 0;
  order.faults = false;
  const Painted painted = paint_and_read(order);
  const letter::Field* name = letter::find(painted.read, "NOM_USAGE");
  ASSERT_NE(name, nullptr);
  // On the form its left end is 42 mm from the left and 43.2 mm from the top; the sheet stands on its head.
  EXPECT_NEAR(name->box.x, 1 - (42 + 155) / 210.0, 0.002);
  EXPECT_NEAR(name->box.y, 1 - (43.2 + 6) / 297.0, 0.002);
}

TEST(Reading, TheCodeOfTheFormAndItsDateAreRead) {
  Order order = typed_form(1);
  order.faults = false;
  const Painted painted = paint_and_read(order);
  EXPECT_EQ(letter::find(painted.read, "FORM_ID")->text.reveal(), "KLR;form=REC;v=1;p=1");
  ASSERT_FALSE(painted.truth.letter_date.empty());
  ASSERT_TRUE(painted.read.letter_date);
  EXPECT_EQ(letter::iso(*painted.read.letter_date), painted.truth.letter_date);
}

TEST(Reading, AFormFilledByHandIsToldFromATypedOne) {
  Order order = typed_form(2);
  order.hand = true;
  const Painted painted = paint_and_read(order);
  const letter::Field* town = letter::find(painted.read, "ADR_VILLE");
  ASSERT_NE(town, nullptr);
  EXPECT_EQ(town->how, letter::How::hand);
  EXPECT_EQ(wrong_ticks(painted), 0);
}

TEST(Reading, AFreeLetterIsNoFormAndItsOwnWordsAreRead) {
  Order order = typed_form(3);
  order.on_form = false;
  order.dpi = 200;
  const Painted painted = paint_and_read(order);
  EXPECT_EQ(painted.read.form, "");
  EXPECT_EQ(letter::find(painted.read, "CIV_M"), nullptr);
  EXPECT_LT(character_error(painted.read.text.reveal(), painted.truth.text), 0.05);
  EXPECT_EQ(painted.read.letter_date ? letter::iso(*painted.read.letter_date) : "",
            painted.truth.letter_date);
}

TEST(Reading, AFreeLetterOnItsHeadIsTurned) {
  Order order = typed_form(4);
  order.on_form = false;
  order.turn_deg = 180;
  order.dpi = 200;
  const Painted painted = paint_and_read(order);
  EXPECT_EQ(painted.read.letter.pages[0].turn_deg, 180);
  EXPECT_LT(character_error(painted.read.text.reveal(), painted.truth.text), 0.05);
}

TEST(Reading, APageNobodyCanReadIsANoteAndTheLetterGoesOn) {
  const letter::ReadLetter read = read_bytes("GIF89a", "image/png");
  ASSERT_EQ(read.letter.pages.size(), 1U);
  EXPECT_TRUE(read.letter.pages[0].damaged);
  EXPECT_EQ(read.letter.pages[0].notes.at(0).code, "page.unknown_format");
}

TEST(Reading, AnEmptySheetIsMarkedBlank) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, 150);
  const letter::ReadLetter read = read_bytes(workshop::png(canvas.raster()), "image/png");
  EXPECT_TRUE(read.letter.pages[0].blank);
  EXPECT_EQ(read.full_text.reveal(), "");
}

TEST(Reading, PagesThatNobodyListedAreFound) {
  workshop::Canvas first(workshop::Medium::pixels, 210, 297, 100),
      second(workshop::Medium::pixels, 210, 297, 100);
  const std::string bytes = workshop::tiff({first.raster(), second.raster()}, workshop::TiffKind::g4);
  EXPECT_EQ(read_bytes(bytes, "image/tiff").letter.pages.size(), 2U);
}

TEST(Reading, NothingOfASealedLetterIsRead) {
  letter::Letter letter;
  letter.sealed = true;
  letter.masters.push_back({"", 3, "image/png", 1});
  EXPECT_EQ(ocr::read(letter, {"abc"}, engines()).letter, letter);
}

}  // namespace
