// What is told of a painted letter is true, and told in the words that were agreed.
#include <gtest/gtest.h>

#include "letter/tree.hpp"
#include "models/workshop/sender.hpp"
#include "tests/workshop/specimens.hpp"

namespace {

using namespace specimens;

TEST(Truth, BoxesHoldOnlyWhatTheirCellsMay) {
  for (std::uint32_t i = 0; i < 18; ++i) {
    for (const auto& [id, text] : paint(order_of(i, true)).truth.boxes) {
      const ocr::Element* element = ocr::find(reclamation(), id);
      ASSERT_TRUE(element) << id;
      if (element->kind != ocr::ElementKind::comb) continue;
      ASSERT_LE(text.size(), element->cell_x.size()) << id;
      for (std::size_t c = 0; c < text.size(); ++c)
        EXPECT_NE(ocr::cell_letters(*element, static_cast<std::uint32_t>(c + 1)).find(text[c]),
                  std::string::npos)
            << id << ": " << text;
    }
  }
}

// Long division by 97, digit by digit: not the painter's own arithmetic.
TEST(Truth, EveryNirHasItsKey) {
  int seen = 0;
  for (std::uint32_t i = 0; i < 27; ++i) {
    const auto boxes = paint(order_of(i, true)).truth.boxes;
    const auto nir = boxes.find("NIR");
    if (nir == boxes.end() || nir->second.size() != 15) continue;
    std::string number = nir->second.substr(0, 13);
    if (number.substr(5, 2) == "2A") number.replace(5, 2, "19");
    if (number.substr(5, 2) == "2B") number.replace(5, 2, "18");
    int rest = 0;
    for (const char c : number) rest = (rest * 10 + (c - '0')) % 97;
    EXPECT_EQ(97 - rest, std::stoi(nir->second.substr(13))) << nir->second;
    EXPECT_EQ(nir->second.substr(1, 2), boxes.at("DATE_NAISSANCE").substr(6, 2));
    ++seen;
  }
  EXPECT_GT(seen, 12);
}

TEST(Truth, CorsicanKeysFollowThePublishedExamples) {
  EXPECT_EQ(workshop::nir_key("253072A073004"), "43");
  EXPECT_EQ(workshop::nir_key("253072B073004"), "70");
}

TEST(Truth, EverySiretPassesLuhnTwice) {
  const auto luhn = [](const std::string& digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
      const int twice = (digits[i] - '0') * ((digits.size() - i) % 2 == 0 ? 2 : 1);
      sum += twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
  };
  int seen = 0;
  for (std::uint32_t i = 0; i < 12; ++i) {
    Order order = order_of(i, true);
    order.queue = letter::Queue::entreprise;
    const auto boxes = paint(order).truth.boxes;
    ASSERT_TRUE(boxes.contains("SIRET"));
    EXPECT_TRUE(luhn(boxes.at("SIRET"))) << boxes.at("SIRET");
    EXPECT_TRUE(luhn(boxes.at("SIRET").substr(0, 9)));
    ++seen;
  }
  EXPECT_EQ(seen, 12);
}

TEST(Truth, LettersAreDatedWithinFifteenDaysBeforeArrival) {
  for (std::uint32_t i = 0; i < 18; ++i) {
    const std::string date = paint(order_of(i, i % 2)).truth.letter_date;
    if (date.empty()) continue;
    const auto day = letter::parse_day(date);
    ASSERT_TRUE(day);
    const auto age = std::chrono::sys_days(arrived) - std::chrono::sys_days(*day);
    EXPECT_GE(age.count(), 0);
    EXPECT_LE(age.count(), 15);
  }
}

TEST(Truth, TheWordsOfAHandBearPlainApostrophes) {
  Order order = order_of(5, false);
  order.hand = true;
  const auto truth = paint(order).truth;
  EXPECT_TRUE(truth.hand);
  EXPECT_EQ(truth.text.find("’"), std::string::npos);
}

TEST(Truth, ItsJsonHasTheKeysThatAreAgreed) {
  const Specimen specimen = paint(order_of(1, true));
  const auto tree = letter::parse_json(workshop::truth_json(specimen.truth));
  ASSERT_TRUE(tree.has_value());
  for (const char* key :
       {"file", "form", "queue", "secondary", "is_complaint", "hand", "boxes", "ticks", "text", "letter_date",
        "signature", "faces", "unseen", "medium", "paper", "difficulty", "texts", "pages"})
    EXPECT_TRUE(tree->find(key)) << key;
  const auto& page = letter::value(*tree, "pages").items().at(0);
  EXPECT_TRUE(page.find("skew_deg"));
  EXPECT_TRUE(page.find("turn_deg"));
  for (const auto& [id, value] : letter::value(*tree, "boxes").fields())
    EXPECT_TRUE(ocr::find(reclamation(), id)->kind == ocr::ElementKind::tick ? value == letter::Tree(true)
                                                                             : value.is_text())
        << id;
}

TEST(Truth, AFreeLetterSaysWhatStandsInItsHead) {
  const Specimen specimen = paint(order_of(1, false));
  ASSERT_TRUE(specimen.truth.letter);
  EXPECT_GE(specimen.truth.letter->sender.size(), 3u);
  EXPECT_FALSE(specimen.truth.letter->recipient.empty());
  EXPECT_TRUE(specimen.truth.letter->box.starts_with("TSA ") ||
              specimen.truth.letter->box.starts_with("CS "));
  const auto tree = letter::parse_json(workshop::truth_json(specimen.truth));
  ASSERT_TRUE(tree.has_value());
  EXPECT_EQ(letter::value(letter::value(*tree, "letter"), "sender").items().size(),
            specimen.truth.letter->sender.size());
}

TEST(Truth, MarksThatAreOrderedAreTold) {
  Order order = order_of(1, true);
  order.marks = {{"CIV_M", workshop::Mark::cross},     {"CIV_MME", workshop::Mark::struck},
                 {"MOT_REFUS", workshop::Mark::faint}, {"MOT_DELAI", workshop::Mark::passing},
                 {"MOT_INFO", workshop::Mark::none},   {"MOT_COTIS", workshop::Mark::circled}};
  const auto truth = paint(order).truth;
  EXPECT_TRUE(truth.boxes.contains("CIV_M"));
  EXPECT_TRUE(truth.boxes.contains("MOT_REFUS"));
  EXPECT_FALSE(truth.boxes.contains("CIV_MME"));
  EXPECT_FALSE(truth.boxes.contains("MOT_DELAI"));
  const std::map<std::string, std::string> expected{
      {"CIV_MME", "corrected"}, {"MOT_REFUS", "ticked"}, {"MOT_DELAI", "blank"}, {"MOT_COTIS", "doubtful"}};
  EXPECT_EQ(truth.ticks, expected);
}

}  // namespace
