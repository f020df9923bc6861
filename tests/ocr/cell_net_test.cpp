#include "ocr/boxes/cell_net.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

namespace {

// Made by models/workshop/handwriting/cells_export.py --fixture.
const std::string folder = std::string(VAGUEMESTRE_SOURCE_DIR) + "/tests/ocr/cell/";

std::string bytes_of(const std::string& name) {
  std::ifstream in(folder + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<cv::Mat> painted_cells() {
  const std::string bytes = bytes_of("cells.bytes");
  std::vector<cv::Mat> cells;
  constexpr std::size_t size = ocr::cell_side * ocr::cell_side;
  for (std::size_t at = 0; at + size <= bytes.size(); at += size) {
    cells.emplace_back(ocr::cell_side, ocr::cell_side, CV_8UC1);
    std::memcpy(cells.back().data, bytes.data() + at, size);
  }
  return cells;
}

double worst_difference(const ocr::CellNet& net) {
  const auto seen = net(painted_cells());
  const std::string bytes = bytes_of("cells.scores");
  std::vector<float> expected(bytes.size() / sizeof(float));
  std::memcpy(expected.data(), bytes.data(), bytes.size());
  double worst = seen.size() * seen.front().log_p.size() == expected.size() ? 0 : 1e9;
  for (std::size_t i = 0; i < expected.size() && worst < 1e9; ++i)
    worst = std::max<double>(
        worst, std::abs(seen[i / seen[0].log_p.size()].log_p[i % seen[0].log_p.size()] - expected[i]));
  return worst;
}

TEST(CellNet, SaysWhatPyTorchSays) {
  const auto net = ocr::CellNet::parse(bytes_of("tiny.net"));
  ASSERT_TRUE(net);
  EXPECT_LT(worst_difference(*net), 1e-3);
}

TEST(CellNet, SaysTheSameWithoutAVX2) {
  const auto net = ocr::CellNet::parse(bytes_of("tiny.net"), ocr::Kernel(true));
  ASSERT_TRUE(net);
  EXPECT_LT(worst_difference(*net), 1e-3);
}

TEST(CellNet, ACellReadsAloneAsItReadsAmongMany) {
  const auto net = ocr::CellNet::parse(bytes_of("tiny.net"));
  ASSERT_TRUE(net);
  std::vector<cv::Mat> many;
  for (int i = 0; i < 4; ++i)
    for (const cv::Mat& cell : painted_cells()) many.push_back(cell);
  const auto alone = (*net)({many[17]});
  const auto among = (*net)(many);
  for (std::size_t k = 0; k < alone[0].log_p.size(); ++k)
    EXPECT_NEAR(alone[0].log_p[k], among[17].log_p[k], 1e-5);
}

TEST(CellNet, NoCellsAreNoAnswers) {
  const auto net = ocr::CellNet::parse(bytes_of("tiny.net"));
  ASSERT_TRUE(net);
  EXPECT_TRUE((*net)({}).empty());
}

TEST(CellNet, EveryTruncationIsAFault) {
  const std::string whole = bytes_of("tiny.net");
  for (std::size_t size = 0; size < whole.size(); size += 97)
    EXPECT_FALSE(ocr::CellNet::parse(std::string_view(whole).substr(0, size))) << size;
}

TEST(CellNet, AChangedByteIsAFault) {
  std::string bytes = bytes_of("tiny.net");
  bytes[bytes.size() - 9] ^= 1;
  EXPECT_FALSE(ocr::CellNet::parse(bytes));
}

}  // namespace
