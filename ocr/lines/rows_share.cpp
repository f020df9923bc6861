#include <algorithm>
#include <cmath>
#include <limits>

#include "ocr/lines/rows_parts.hpp"

namespace ocr {
namespace {

constexpr double band_share = 0.9;   // of the small letters' height, about their middle
constexpr double whole_share = 0.6;  // of it: what stands so high there is a letter, not a neighbour's tail
constexpr double beside_cores = 2;   // a line goes on so far beyond its trace
// Dots, accents and commas are smaller than this; they stand so near their letters, or are specks.
constexpr double small_cores = 0.5, near_letter_cores = 2, near_band_cores = 1.5;

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
    std::vector<int> top, bottom;
    for (int x = from; x <= to; ++x) {
      top.push_back(std::max(0, static_cast<int>(std::lround(band_top(line, x)))));
      bottom.push_back(std::min(ink.rows - 1, static_cast<int>(std::lround(band_bottom(line, x)))));
    }
    if (top.empty()) continue;
    const int first = *std::min_element(top.begin(), top.end());
    const int last = *std::max_element(bottom.begin(), bottom.end());
    for (int y = first; y <= last; ++y) {
      const auto* inked = ink.ptr<unsigned char>(y);
      auto* number = out.ptr<std::int16_t>(y);
      for (int x = from; x <= to; ++x) {
        const auto column = static_cast<std::size_t>(x - from);
        if (inked[x] != 0 && number[x] == 0 && y >= top[column] && y <= bottom[column])
          number[x] = static_cast<std::int16_t>(i + 1);
      }
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
  Sharing(const cv::Mat& ink, const Marks& marks, const std::vector<Trace>& lines)
      : lines_(lines),
        marks_(marks),
        bands_(bands(ink, lines)),
        out_(cv::Mat::zeros(ink.size(), CV_16S)),
        in_bands_(marks_of(bands_ > 0)),
        pieces_(in_bands_.box.size()),
        first_(marks.box.size(), 0),
        several_(marks.box.size(), false) {}

  cv::Mat shared_out() {
    judge_pieces();
    give_whole_marks();
    part_the_others();
    return out_;
  }

 private:
  void judge_pieces() {
    for (int y = 0; y < bands_.rows; ++y) {
      const auto* band = bands_.ptr<std::int16_t>(y);
      const auto *number = in_bands_.label.ptr<int>(y), *mark_of = marks_.label.ptr<int>(y);
      for (int x = 0; x < bands_.cols; ++x) {
        if (band[x] == 0) continue;
        Piece& piece = pieces_[static_cast<std::size_t>(number[x])];
        if (piece.line == 0) {
          piece.line = band[x];
          piece.letter = in_bands_.box[static_cast<std::size_t>(number[x])].height >=
                         whole_share * band_share * lines_[static_cast<std::size_t>(piece.line - 1)].core;
        }
        if (!piece.letter) continue;
        const auto mark = static_cast<std::size_t>(mark_of[x]);
        if (first_[mark] == 0) first_[mark] = piece.line;
        if (first_[mark] != piece.line) several_[mark] = true;
      }
    }
  }

  void give_whole_marks() {
    for (std::size_t mark = 1; mark < first_.size(); ++mark)
      if (first_[mark] == 0) first_[mark] = nearest_line(marks_.box[mark], lines_);
    leave_out_specks();
    for (int y = 0; y < out_.rows; ++y) {
      const auto *number = in_bands_.label.ptr<int>(y), *mark_of = marks_.label.ptr<int>(y);
      auto* out = out_.ptr<std::int16_t>(y);
      for (int x = 0; x < out_.cols; ++x) {
        if (mark_of[x] == 0) continue;
        const auto mark = static_cast<std::size_t>(mark_of[x]);
        const Piece& piece = pieces_[static_cast<std::size_t>(number[x])];
        if (!several_[mark]) {
          out[x] = first_[mark];
        } else if (piece.letter) {
          out[x] = piece.line;
          edge_.push_back({x, y});
        }
      }
    }
  }

  bool is_small(std::size_t mark) const {
    const cv::Rect& box = marks_.box[mark];
    const double core = lines_[static_cast<std::size_t>(first_[mark] - 1)].core;
    return std::max(box.width, box.height) < small_cores * core;
  }

  // Small marks far from every letter of their line, or far above or below it, belong to none.
  void leave_out_specks() {
    std::vector<std::vector<bool>> near(lines_.size());
    for (std::size_t mark = 1; mark < first_.size(); ++mark) {
      if (first_[mark] == 0 || is_small(mark)) continue;
      const auto line = static_cast<std::size_t>(first_[mark] - 1);
      const int reach = static_cast<int>(near_letter_cores * lines_[line].core);
      const cv::Rect& box = marks_.box[mark];
      near[line].resize(static_cast<std::size_t>(out_.cols));
      const auto from = near[line].begin() + std::max(0, box.x - reach);
      const auto to = near[line].begin() + std::min(out_.cols, box.br().x + reach);
      std::fill(from, std::max(from, to), true);
    }
    for (std::size_t mark = 1; mark < first_.size(); ++mark) {
      if (first_[mark] == 0 || !is_small(mark)) continue;
      const auto line = static_cast<std::size_t>(first_[mark] - 1);
      const cv::Rect& box = marks_.box[mark];
      const int x = box.x + box.width / 2;
      const double above = band_top(lines_[line], x) - box.br().y,
                   below = box.y - band_bottom(lines_[line], x);
      const bool beside = !near[line].empty() && near[line][static_cast<std::size_t>(x)];
      if (!beside || std::max(above, below) > near_band_cores * lines_[line].core) first_[mark] = 0;
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
            if (marks_.label.at<int>(to) == 0 || out_.at<std::int16_t>(to) != 0) continue;
            out_.at<std::int16_t>(to) = out_.at<std::int16_t>(from);
            next.push_back(to);
          }
      std::swap(edge_, next);
    }
  }

  const std::vector<Trace>& lines_;
  const Marks& marks_;
  cv::Mat bands_, out_;
  Marks in_bands_;
  std::vector<Piece> pieces_;        // by their number in in_bands_
  std::vector<std::int16_t> first_;  // line of each mark; of the first of its letters
  std::vector<bool> several_;        // its letters are of several lines
  std::vector<cv::Point> edge_;
};

}  // namespace

cv::Mat share_out(const cv::Mat& ink, const Marks& marks, const std::vector<Trace>& lines) {
  return lines.empty() ? cv::Mat::zeros(ink.size(), CV_16S) : Sharing(ink, marks, lines).shared_out();
}

}  // namespace ocr
