#include "ocr/hand/hand.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "ocr/hand/hand_ink.hpp"
#include "ocr/model_file.hpp"

namespace ocr {
namespace {

// Made by models/workshop/handwriting/export.py --fixture: a tiny net, and what PyTorch makes of painted
// lines.
const std::string fixtures = std::string(VAGUEMESTRE_SOURCE_DIR) + "/tests/ocr/hand/";

std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

cv::Mat picture(const std::string& name) {
  std::ifstream in(fixtures + name, std::ios::binary);
  std::string kind;
  int width = 0, height = 0, most = 0;
  in >> kind >> width >> height >> most;
  in.get();
  cv::Mat grey(height, width, CV_8U);
  in.read(reinterpret_cast<char*>(grey.data), static_cast<std::streamsize>(grey.total()));
  EXPECT_TRUE(in && kind == "P5") << name;
  return grey;
}

HandNet tiny(Kernel kernel = Kernel()) {
  const std::string bytes = file_bytes(fixtures + "tiny.net");
  return HandNet::parse(bytes, kernel).value();
}

double furthest_from_pytorch(const HandNet& net, const std::string& name) {
  const std::string bytes = file_bytes(fixtures + name + ".scores");
  std::vector<float> wanted(bytes.size() / 4);
  std::memcpy(wanted.data(), bytes.data(), bytes.size());
  const HandScores scores = net(picture(name + ".ink.pgm"));
  EXPECT_EQ(scores.log_p.size(), wanted.size());
  double furthest = 0;
  for (std::size_t i = 0; i < std::min(wanted.size(), scores.log_p.size()); ++i)
    furthest = std::max(furthest, std::abs(static_cast<double>(wanted[i]) - scores.log_p[i]));
  return furthest;
}

class Lines : public testing::TestWithParam<const char*> {};

TEST_P(Lines, InkIsTheTrainersByteForByte) {
  const cv::Mat ink = to_ink(picture(std::string(GetParam()) + ".pgm"));
  const cv::Mat wanted = picture(std::string(GetParam()) + ".ink.pgm");
  ASSERT_EQ(ink.size(), wanted.size());
  EXPECT_EQ(cv::norm(ink, wanted, cv::NORM_INF), 0);
}

TEST_P(Lines, TheNetSaysWhatPyTorchSays) { EXPECT_LT(furthest_from_pytorch(tiny(), GetParam()), 1e-4); }

TEST_P(Lines, SoItDoesWithoutWideVectors) {
  EXPECT_LT(furthest_from_pytorch(tiny(Kernel(true)), GetParam()), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(Hand, Lines, testing::Values("tall", "low", "same"));

TEST(HandModelFile, EveryCutOfTheNetIsAFault) {
  const std::string bytes = file_bytes(fixtures + "tiny.net");
  for (std::size_t cut = 0; cut < bytes.size(); cut += 97)
    EXPECT_FALSE(HandNet::parse(std::string_view(bytes).substr(0, cut))) << cut;
}

TEST(HandModelFile, AChangedWeightIsAFault) {
  std::string bytes = file_bytes(fixtures + "tiny.net");
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_FALSE(HandNet::parse(bytes));
}

TEST(HandModelFile, HalfPrecisionNumbersAreReadExactly) {
  EXPECT_EQ(from_half(0x3C00), 1.0F);
  EXPECT_EQ(from_half(0xC100), -2.5F);
  EXPECT_EQ(from_half(0x0001), std::ldexp(1.0F, -24));
  EXPECT_EQ(from_half(0x7BFF), 65504.0F);
}

// Scores by hand: each step names the letter it is sure of, '_' for none.
const std::u32string few_letters = U" abcdeilmnortu";

HandScores spelled(const std::u32string& steps, float sure = 0.9F) {
  HandScores scores;
  scores.width = static_cast<int>(few_letters.size()) + 1;
  scores.steps = static_cast<int>(steps.size());
  for (const char32_t letter : steps) {
    const std::size_t at = letter == U"_"[0] ? 0 : few_letters.find(letter) + 1;
    for (std::size_t k = 0; k <= few_letters.size(); ++k)
      scores.log_p.push_back(std::log(k == at ? sure : (1 - sure) / static_cast<float>(few_letters.size())));
  }
  return scores;
}

TEST(Beam, ReadsWhatTheNetIsSureOf) {
  const Beam beam(few_letters, nullptr);
  EXPECT_EQ(beam.search(spelled(U"_mm_o_t_"), {}).texts.at(0).text, U"mot");
}

TEST(Beam, ADoubleLetterNeedsABlankBetween) {
  const Beam beam(few_letters, nullptr);
  EXPECT_EQ(beam.search(spelled(U"bal_l_e"), {}).texts.at(0).text, U"balle");
}

TEST(Beam, AddsUpTheWaysToSayTheSame) {
  // At each of two steps: 'a' 0.4, blank 0.6. The best single path is "", the likelier text is "a".
  HandScores scores;
  scores.width = static_cast<int>(few_letters.size()) + 1;
  scores.steps = 2;
  for (int step = 0; step < 2; ++step)
    for (int k = 0; k < scores.width; ++k)
      scores.log_p.push_back(k == 0 ? std::log(0.6F) : k == 2 ? std::log(0.4F) : -30.0F);
  BeamRules rules;
  rules.letter_bonus = 0;
  EXPECT_EQ(Beam(few_letters, nullptr).search(scores, rules).texts.at(0).text, U"a");
  EXPECT_EQ(greedy_text(scores, few_letters), U"");
}

TEST(Beam, OnlyAllowedLettersAreWritten) {
  BeamRules rules;
  rules.allowed = U"ot";
  const auto text = Beam(few_letters, nullptr).search(spelled(U"_m_o_t_"), rules).texts.at(0).text;
  EXPECT_EQ(text.find_first_not_of(U"ot"), std::u32string::npos);
}

TEST(Beam, NothingWrittenReadsAsNothing) {
  const auto answer = Beam(few_letters, nullptr).search(spelled(U"____", 0.9999999F), {});
  EXPECT_TRUE(answer.letters.empty());
}

TEST(Beam, ADoubtedLetterIsLessSureThanItsNeighbours) {
  HandScores scores = spelled(U"m_o_t", 0.99F);
  float* middle = scores.log_p.data() + 2 * scores.width;
  middle[few_letters.find(U"o"[0]) + 1] = std::log(0.5F);
  middle[few_letters.find(U"a"[0]) + 1] = std::log(0.4F);
  const auto letters = Beam(few_letters, nullptr).search(scores, {}).letters;
  ASSERT_EQ(letters.size(), 3u);
  EXPECT_LT(letters[1].agreed, letters[0].agreed);
  EXPECT_LT(letters[1].seen, letters[2].seen);
}

class HandModels : public testing::Test {
 protected:
  const std::string letters_ = file_bytes(std::string(VAGUEMESTRE_MODELS_DIR) + "/handwriting/letters.model");
  const LettersModel model_ = LettersModel::parse(letters_).value();
};

TEST_F(HandModels, TheProbabilitiesOfWhatFollowsSumToOne) {
  LettersModel::Past past = model_.start();
  for (const char32_t c : std::u32string(U"rembours")) model_.follow(past, model_.index(c));
  double sum = 0;
  for (char32_t c = 1; c < 0x2100; ++c) {
    LettersModel::Past next = past;
    if (model_.index(c) != LettersModel::no_letter) sum += std::exp(model_.follow(next, model_.index(c)));
  }
  EXPECT_NEAR(sum, 1.0, 0.05);  // costs are kept in tenths of a bit
}

TEST_F(HandModels, FrenchIsLikelierThanTheSameLettersStirred) {
  const auto log_p = [&](const std::u32string& text) {
    LettersModel::Past past = model_.start();
    double sum = 0;
    for (const char32_t c : text) sum += model_.follow(past, model_.index(c));
    return sum;
  };
  EXPECT_GT(log_p(U"je vous demande de rembourser"), log_p(U"je vuos dmeadne ed reombusrer") + 20);
}

TEST_F(HandModels, TheLetterModelSettlesWhatTheNetDoubts) {
  // m, o or a, t: "mot" or "mat"; after "le " both are words, but "un r?" ... the model knows "le mot".
  HandScores scores = spelled(U"l_e_ _m_o_n_t_a_n_t", 0.99F);
  float* third = scores.log_p.data() + 10 * scores.width;
  third[few_letters.find(U"n"[0]) + 1] = std::log(0.45F);
  third[few_letters.find(U"u"[0]) + 1] = std::log(0.5F);
  EXPECT_EQ(Beam(few_letters, nullptr).search(scores, {}).texts.at(0).text, U"le moutant");
  EXPECT_EQ(Beam(few_letters, &model_).search(scores, {}).texts.at(0).text, U"le montant");
}

TEST_F(HandModels, ADamagedLetterModelIsAFault) {
  for (std::size_t cut = 0; cut < letters_.size(); cut += 400'009)
    EXPECT_FALSE(LettersModel::parse(std::string_view(letters_).substr(0, cut))) << cut;
  std::string changed = letters_;
  changed[changed.size() / 3] ^= 4;
  EXPECT_FALSE(LettersModel::parse(changed));
}

TEST(Hand, WhatIsNoLineReadsAsNothing) {
  const Hand hand(VAGUEMESTRE_MODELS_DIR);
  EXPECT_EQ(hand.line(cv::Mat(2, 2, CV_8U, cv::Scalar(255))).text, "");
  EXPECT_EQ(hand.line(cv::Mat()).text, "");
}

TEST(Hand, APaintedLineHasLettersFromLeftToRightAndSharesThatSumToOne) {
  const Hand hand(VAGUEMESTRE_MODELS_DIR);
  const HandLine line = hand.line(picture("tall.pgm"));
  EXPECT_TRUE(std::is_sorted(line.letters.begin(), line.letters.end(),
                             [](const HandLetter& a, const HandLetter& b) { return a.middle < b.middle; }));
  double sum = 0;
  for (const HandText& text : line.alternatives) sum += text.share;
  EXPECT_NEAR(sum, 1.0, 1e-9);
}

TEST(Hand, AMissingModelIsABrokenWorld) {
  EXPECT_THROW(Hand(std::string(VAGUEMESTRE_SOURCE_DIR) + "/tests"), letter::BrokenWorld);
}

}  // namespace
}  // namespace ocr
