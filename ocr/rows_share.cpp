#include <algorithm>
#include <cmath>
#include <limits>

#include "ocr/rows_parts.hpp"

namespace ocr {
namespace {

constexpr double band_share = 0.9;   // of the small letters' height, about their middle
constexpr double whole_share = 0.6;  // of it: what stands so high there is a letter, not a neighbour's tail
constexpr double beside_cores = 2;   // a line goes on so far beyond its trace

struct Piece {  // of a mark, within one line's band
  std::int16_t line = 0;
  bool letter = false;
};

double band_top(const Trace& line, double x) { return line.at(x) - band_share * line.core / 2; }
double band_bottom(const Trace& line, double x) { return line.at(x) + band_share * line.core / 2; }

// Ink within the band of a line: that line's number + 1, else 0.
cv::Mat bands(const cv::Mat& ink, const std::vector<Trace>& lines) {
  cv::Mat out = cv::Mat::zeros(ink.size(), CV_16S);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Trace& line = lines[i];
    const int from = std::max(0, static_cast<int>(line.left - beside_cores * line.core));
    const int to = std::min(ink.cols - 1, static_cast<int>(line.right() + beside_cores * line.core));
    for (int x = from; x <= to; ++x) {
      const int top = std::max(0, static_cast<int>(std::lround(band_top(line, x))));
      const int bottom = std::min(ink.rows - 1, static_cast<int>(std::lround(band_bottom(line, x))));
      for (int y = top; y <= bottom; ++y)
        if (ink.at<unsigned char>(y, x) != 0 && out.at<std::int16_t>(y, x) == 0)
          out.at<std::int16_t>(y, x) = static_cast<std::int16_t>(i + 1);
    }
  }
  return out;
}

// The line whose band is nearest to a mark that stands in none as a letter does: a dot, an accent, a comma.
std::int16_t nearest_line(const cv::Rect& mark, const std::vector<Trace>& lines) {
  const double x = mark.x + mark.width / 2.0;
  double least = std::numeric_limits<double>::max();
  std::int16_t best = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Trace& line = lines[i];
    const double above = band_top(line, x) - (mark.y + mark.height), below = mark.y - band_bottom(line, x);
    const double beside = std::max({0.0, line.left - x, x - line.right()});
    const double apart = std::max({0.0, above, below}) + std::max(0.0, beside - beside_cores * line.core);
    if (apart < 2.5 * line.core && apart < least) {
      least = apart;
      best = static_cast<std::int16_t>(i + 1);
    }
  }
  return best;
}

// A mark's letters name its line; those of two lines' letters are parted on the way from one to the other.
class Sharing {
 public:
  Sharing(const cv::Mat& ink, const std::vector<Trace>& lines)
      : lines_(lines), bands_(bands(ink, lines)), out_(cv::Mat::zeros(ink.size(), CV_16S)) {
    marks_ = cv::connectedComponentsWithStats(ink, mark_of_, mark_stats_, centres_, 8, CV_32S);
    const int pieces =
        cv::connectedComponentsWithStats(bands_ > 0, piece_of_, piece_stats_, centres_, 8, CV_32S);
    pieces_.resize(static_cast<std::size_t>(pieces));
  }

  cv::Mat shared_out() {
    judge_pieces();
    give_whole_marks();
    part_the_others();
    return out_;
  }

 private:
  void judge_pieces() {
    first_.assign(static_cast<std::size_t>(marks_), 0);
    several_.assign(static_cast<std::size_t>(marks_), false);
    for (int y = 0; y < bands_.rows; ++y)
      for (int x = 0; x < bands_.cols; ++x) {
        const int number = piece_of_.at<int>(y, x);
        if (number == 0) continue;
        Piece& piece = pieces_[static_cast<std::size_t>(number)];
        if (piece.line == 0) {
          piece.line = bands_.at<std::int16_t>(y, x);
          piece.letter = piece_stats_.at<int>(number, cv::CC_STAT_HEIGHT) >=
                         whole_share * band_share * lines_[static_cast<std::size_t>(piece.line - 1)].core;
        }
        if (!piece.letter) continue;
        const auto mark = static_cast<std::size_t>(mark_of_.at<int>(y, x));
        if (first_[mark] == 0) first_[mark] = piece.line;
        if (first_[mark] != piece.line) several_[mark] = true;
      }
  }

  void give_whole_marks() {
    for (int i = 1; i < marks_; ++i) {
      const auto mark = static_cast<std::size_t>(i);
      if (first_[mark] != 0) continue;
      first_[mark] = nearest_line(
          {mark_stats_.at<int>(i, cv::CC_STAT_LEFT), mark_stats_.at<int>(i, cv::CC_STAT_TOP),
           mark_stats_.at<int>(i, cv::CC_STAT_WIDTH), mark_stats_.at<int>(i, cv::CC_STAT_HEIGHT)},
          lines_);
    }
    for (int y = 0; y < out_.rows; ++y)
      for (int x = 0; x < out_.cols; ++x) {
        const auto mark = static_cast<std::size_t>(mark_of_.at<int>(y, x));
        if (mark == 0) continue;
        if (!several_[mark]) {
          out_.at<std::int16_t>(y, x) = first_[mark];
        } else if (const int piece = piece_of_.at<int>(y, x);
                   piece != 0 && pieces_[static_cast<std::size_t>(piece)].letter) {
          out_.at<std::int16_t>(y, x) = pieces_[static_cast<std::size_t>(piece)].line;
          edge_.push_back({x, y});
        }
      }
  }

  // From all letters at once, a step at a time along the ink.
  void part_the_others() {
    std::vector<cv::Point> next;
    while (!edge_.empty()) {
      next.clear();
      for (const cv::Point& from : edge_)
        for (int dy = -1; dy <= 1; ++dy)
          for (int dx = -1; dx <= 1; ++dx) {
            const cv::Point to(from.x + dx, from.y + dy);
            if (to.x < 0 || to.y < 0 || to.x >= out_.cols || to.y >= out_.rows) continue;
            if (mark_of_.at<int>(to) == 0 || out_.at<std::int16_t>(to) != 0) continue;
            out_.at<std::int16_t>(to) = out_.at<std::int16_t>(from);
            next.push_back(to);
          }
      std::swap(edge_, next);
    }
  }

  const std::vector<Trace>& lines_;
  cv::Mat bands_, out_, mark_of_, mark_stats_, piece_of_, piece_stats_, centres_;
  int marks_ = 0;
  std::vector<Piece> pieces_;
  std::vector<std::int16_t> first_;
  std::vector<bool> several_;
  std::vector<cv::Point> edge_;
};

}  // namespace

cv::Mat share_out(const cv::Mat& ink, const std::vector<Trace>& lines) {
  return lines.empty() ? cv::Mat::zeros(ink.size(), CV_16S) : Sharing(ink, lines).shared_out();
}

}  // namespace ocr
