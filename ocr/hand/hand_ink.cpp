#include "ocr/hand/hand_ink.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "letter/result.hpp"
#include "ocr/hand/hand_net.hpp"

namespace ocr {
namespace {

// Resampling as Pillow does it, to its fixed-point numbers: the net learned from these very pixels.
constexpr int fraction_bits = 22;
constexpr double lanczos_reach = 3.0;

double lanczos(double x) {
  if (x < -lanczos_reach || x >= lanczos_reach) return 0.0;
  const auto sinc = [](double v) {
    return v == 0.0 ? 1.0 : std::sin(v * std::numbers::pi) / (v * std::numbers::pi);
  };
  return sinc(x) * sinc(x / lanczos_reach);
}

struct Share {  // of the pixels from `first` on
  int first = 0;
  std::vector<std::int32_t> weights;
};

std::vector<Share> shares(int from, int to) {
  const double scale = static_cast<double>(from) / to;
  const double stretch = std::max(scale, 1.0);
  const double reach = lanczos_reach * stretch;
  std::vector<Share> all(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const double middle = (i + 0.5) * scale;
    const int first = std::max(0, static_cast<int>(middle - reach + 0.5));
    const int end = std::min(from, static_cast<int>(middle + reach + 0.5));
    std::vector<double> weights;
    double sum = 0;
    for (int x = first; x < end; ++x) {
      weights.push_back(lanczos((x - middle + 0.5) * (1.0 / stretch)));
      sum += weights.back();
    }
    Share& share = all[static_cast<std::size_t>(i)];
    share.first = first;
    for (const double weight : weights) {
      const double fixed = (sum != 0.0 ? weight / sum : weight) * (1 << fraction_bits);
      share.weights.push_back(static_cast<std::int32_t>(fixed < 0 ? fixed - 0.5 : fixed + 0.5));
    }
  }
  return all;
}

unsigned char rounded(std::int32_t sum) {
  return static_cast<unsigned char>(std::clamp(sum >> fraction_bits, 0, 255));
}

cv::Mat across(const cv::Mat& grey, int width) {
  if (width == grey.cols) return grey;
  const auto all = shares(grey.cols, width);
  cv::Mat out(grey.rows, width, CV_8U);
  for (int y = 0; y < grey.rows; ++y) {
    const auto* from = grey.ptr<unsigned char>(y);
    for (int x = 0; x < width; ++x) {
      const Share& share = all[static_cast<std::size_t>(x)];
      std::int32_t sum = 1 << (fraction_bits - 1);
      for (std::size_t k = 0; k < share.weights.size(); ++k)
        sum += from[static_cast<std::size_t>(share.first) + k] * share.weights[k];
      out.at<unsigned char>(y, x) = rounded(sum);
    }
  }
  return out;
}

cv::Mat down(const cv::Mat& grey, int height) {
  if (height == grey.rows) return grey;
  const auto all = shares(grey.rows, height);
  cv::Mat out(height, grey.cols, CV_8U);
  std::vector<std::int32_t> sums(static_cast<std::size_t>(grey.cols));
  for (int y = 0; y < height; ++y) {
    const Share& share = all[static_cast<std::size_t>(y)];
    std::fill(sums.begin(), sums.end(), 1 << (fraction_bits - 1));
    for (std::size_t k = 0; k < share.weights.size(); ++k) {
      const auto* from = grey.ptr<unsigned char>(share.first + static_cast<int>(k));
      for (std::size_t x = 0; x < sums.size(); ++x) sums[x] += from[x] * share.weights[k];
    }
    std::transform(sums.begin(), sums.end(), out.ptr<unsigned char>(y), rounded);
  }
  return out;
}

// numpy's percentile of whole numbers: between its two neighbours by share.
double percentile(const std::array<std::size_t, 256>& counts, std::size_t total, double percent) {
  const double place = static_cast<double>(total - 1) * (percent / 100.0);
  const auto below = static_cast<std::size_t>(place);
  const auto value_at = [&](std::size_t index) {
    std::size_t seen = 0;
    for (std::size_t grey = 0; grey < counts.size(); ++grey)
      if ((seen += counts[grey]) > index) return static_cast<double>(grey);
    return 255.0;
  };
  const double low = value_at(below), high = value_at(std::min(below + 1, total - 1));
  const double share = place - static_cast<double>(below);
  return share >= 0.5 ? high - (high - low) * (1 - share) : low + (high - low) * share;
}

}  // namespace

cv::Mat to_ink(const cv::Mat& grey) {
  ENSURE(grey.type() == CV_8UC1 && grey.rows >= 2 && grey.cols >= 2);
  const double wide = std::nearbyint(static_cast<double>(grey.cols) * hand_height / grey.rows);
  const int width = static_cast<int>(std::clamp(wide, 8.0, static_cast<double>(hand_widest)));
  const cv::Mat small = down(across(grey, width), hand_height);

  std::array<std::size_t, 256> counts{};
  for (int y = 0; y < small.rows; ++y)
    for (int x = 0; x < small.cols; ++x) ++counts[small.at<unsigned char>(y, x)];
  const double paper = percentile(counts, small.total(), 90), ink = percentile(counts, small.total(), 1);
  const auto scale = static_cast<float>(255.0 / std::max(paper - ink, 32.0));
  cv::Mat out(small.size(), CV_8U);
  for (int y = 0; y < small.rows; ++y)
    for (int x = 0; x < small.cols; ++x) {
      const float dark =
          (static_cast<float>(paper) - static_cast<float>(small.at<unsigned char>(y, x))) * scale;
      out.at<unsigned char>(y, x) = static_cast<unsigned char>(std::clamp(dark, 0.0F, 255.0F));
    }
  return out;
}

}  // namespace ocr
