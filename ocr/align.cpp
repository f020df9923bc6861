#include "ocr/align.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ocr/geometry.hpp"

namespace ocr {
namespace {

constexpr double mm_an_inch = 25.4;
constexpr double coarse_px_mm = 2.0, reach_mm = 22;  // how far off its place a sheet may lie
constexpr double first_px_mm = 3.0, first_search_mm = 2.6;
constexpr double last_px_mm = 6.0, last_search_mm = 0.8;
constexpr double patch_mm = 9;
constexpr double coarse_hope = 0.06;  // correlation under which no finer look is worth its time
constexpr double good_match = 0.45, good_residual_mm = 0.4;
constexpr double smooth_mm = 28, smooth_trust = 0.6;

// How dark each pixel is against its surroundings, 0..1 at `px_mm`; heavy ink counts no more than print.
struct Darkness {
  cv::Mat map;  // CV_32F
  double px_mm = 1;
  double scale = 1;  // px of map per px of the master
};

Darkness darkness_of(const page::Raster& master, double px_mm) {
  Darkness out;
  out.scale = std::min(1.0, px_mm * mm_an_inch / master.dpi);
  out.px_mm = master.dpi / mm_an_inch * out.scale;
  cv::Mat small, mean, dark;
  cv::resize(master.grey, small, cv::Size(), out.scale, out.scale, cv::INTER_AREA);
  const int window = static_cast<int>(4 * out.px_mm) | 1;
  cv::blur(small, mean, cv::Size(window, window), cv::Point(-1, -1), cv::BORDER_REPLICATE);
  cv::subtract(mean, small, dark);  // saturates at 0
  cv::min(dark, 80, dark);
  dark.convertTo(out.map, CV_32F, 1.0 / 80);
  return out;
}

// cv::resize puts pixel centres at (x + 0.5) * scale - 0.5.
cv::Matx23d rescaled(const cv::Matx23d& map, double scale) {
  cv::Matx23d out = map * scale;
  out(0, 2) += 0.5 * scale - 0.5, out(1, 2) += 0.5 * scale - 0.5;
  return out;
}
cv::Matx23d unscaled(const cv::Matx23d& map, double scale) {
  cv::Matx23d out = map;
  out(0, 2) -= 0.5 * scale - 0.5, out(1, 2) -= 0.5 * scale - 0.5;
  return out * (1 / scale);
}

struct Guess {
  double correlation = -1;
  cv::Matx23d map;  // mm -> px of the master
};

// The form, drawn upright at `coarse_px_mm`, slid over the page turned upright and straight.
Guess slide(const Darkness& dark, const Form& form, const cv::Mat& picture, double clockwise_deg,
            double stretch) {
  const double rad = clockwise_deg * CV_PI / 180, c = std::cos(rad), s = std::sin(rad);
  const double margin = reach_mm * coarse_px_mm, k = dark.px_mm * stretch / coarse_px_mm;
  const cv::Size canvas(picture.cols + static_cast<int>(2 * margin),
                        picture.rows + static_cast<int>(2 * margin));
  // canvas px -> page px: about both middles.
  const double ax = (canvas.width - 1) / 2.0, ay = (canvas.height - 1) / 2.0;
  const double bx = (dark.map.cols - 1) / 2.0, by = (dark.map.rows - 1) / 2.0;
  const cv::Matx33d back(k * c, -k * s, bx - k * (c * ax - s * ay), k * s, k * c, by - k * (s * ax + c * ay),
                         0, 0, 1);
  cv::Mat upright, response;
  cv::warpAffine(dark.map, upright, back.get_minor<2, 3>(0, 0), canvas,
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP);
  cv::GaussianBlur(upright, upright, cv::Size(3, 3), 0);
  cv::matchTemplate(upright, picture, response, cv::TM_CCOEFF_NORMED);
  cv::Point at;
  Guess guess;
  cv::minMaxLoc(response, nullptr, &guess.correlation, nullptr, &at);
  const cv::Matx33d mm_to_canvas(picture.cols / form.width, 0, at.x - 0.5, 0, picture.rows / form.height,
                                 at.y - 0.5, 0, 0, 1);
  guess.map = unscaled((back * mm_to_canvas).get_minor<2, 3>(0, 0), dark.scale);
  return guess;
}

struct Match {
  cv::Point2d mm, px;  // px of the master
  double quality = 0;
};

// The top between pixels, by a parabola each way.
cv::Point2d summit(const cv::Mat& response, cv::Point at) {
  const auto part = [](double l, double m, double r) {
    const double bend = l - 2 * m + r;
    return bend < 0 ? std::clamp((l - r) / (2 * bend), -0.5, 0.5) : 0.0;
  };
  cv::Point2d top(at.x, at.y);
  const auto v = [&](int x, int y) { return static_cast<double>(response.at<float>(y, x)); };
  if (at.x > 0 && at.x + 1 < response.cols)
    top.x += part(v(at.x - 1, at.y), v(at.x, at.y), v(at.x + 1, at.y));
  if (at.y > 0 && at.y + 1 < response.rows)
    top.y += part(v(at.x, at.y - 1), v(at.x, at.y), v(at.x, at.y + 1));
  return top;
}

std::vector<Stroke> near(const std::vector<Stroke>& strokes, const cv::Point2d& mm, double reach) {
  std::vector<Stroke> out;
  for (const Stroke& s : strokes)
    if (std::max(s.from.x, s.to.x) > mm.x - reach && std::min(s.from.x, s.to.x) < mm.x + reach &&
        std::max(s.from.y, s.to.y) > mm.y - reach && std::min(s.from.y, s.to.y) < mm.y + reach)
      out.push_back(s);
  return out;
}

// Looks for one landmark around where the map puts it; quality 0 when it is off the page.
Match look_for(const Darkness& dark, const std::vector<Stroke>& strokes, const cv::Matx23d& master_map,
               const cv::Point2d& mm, double search_mm) {
  Match match{mm, {}, 0};
  cv::Matx23d map = rescaled(master_map, dark.scale);
  const cv::Matx21d centre = map * cv::Matx31d(mm.x, mm.y, 1);
  const int half = static_cast<int>(std::lround(patch_mm / 2 * dark.px_mm));
  const int search = static_cast<int>(std::ceil(search_mm * dark.px_mm));
  const cv::Point corner(static_cast<int>(std::lround(centre(0))) - half,
                         static_cast<int>(std::lround(centre(1))) - half);
  const cv::Rect area(corner.x - search, corner.y - search, 2 * (half + search) + 1, 2 * (half + search) + 1);
  if ((area & cv::Rect({}, dark.map.size())) != area) return match;
  map(0, 2) -= corner.x, map(1, 2) -= corner.y;
  const cv::Mat picture = drawn(near(strokes, mm, patch_mm), map, cv::Size(2 * half + 1, 2 * half + 1));
  cv::Mat response;
  cv::matchTemplate(dark.map(area), picture, response, cv::TM_CCOEFF_NORMED);
  cv::Point at;
  cv::minMaxLoc(response, nullptr, &match.quality, nullptr, &at);
  if (!std::isfinite(match.quality)) match.quality = 0;
  const cv::Point2d top = summit(response, at);
  const cv::Matx21d found(centre(0) + top.x - search, centre(1) + top.y - search);
  match.px = {(found(0) + 0.5) / dark.scale - 0.5, (found(1) + 0.5) / dark.scale - 0.5};
  return match;
}

std::vector<Match> look_for_all(const Darkness& dark, const Form& form, const cv::Matx23d& map,
                                double search_mm) {
  const std::vector<Stroke> strokes = strokes_of(form);
  std::vector<Match> matches;
  for (const cv::Point2d& mm : landmarks_of(form))
    matches.push_back(look_for(dark, strokes, map, mm, search_mm));
  return matches;
}

cv::Point2d residual(const Match& match, const cv::Matx23d& map) {
  const cv::Matx21d at = map * cv::Matx31d(match.mm.x, match.mm.y, 1);
  return {match.px.x - at(0), match.px.y - at(1)};
}

// Affine by reweighted least squares: what lies far off loses its say.
cv::Matx23d fit(const std::vector<Match>& matches, cv::Matx23d map, double tolerance_px) {
  for (int round = 0; round < 12; ++round) {
    cv::Matx33d left = cv::Matx33d::eye() * 1e-9;
    cv::Matx<double, 3, 2> right = cv::Matx<double, 3, 2>::zeros();
    for (const Match& m : matches) {
      if (m.quality < 0.25) continue;
      const cv::Point2d r = residual(m, map);
      const double w = m.quality * m.quality / std::pow(1 + r.dot(r) / (tolerance_px * tolerance_px), 2);
      const cv::Vec3d row(m.mm.x, m.mm.y, 1);
      left += row * row.t() * w;
      right += row * cv::Matx12d(m.px.x, m.px.y) * w;
    }
    map = left.solve(right, cv::DECOMP_SVD).t();
  }
  return map;
}

// The sheet is nearly rigid: a map that shears or stretches it more was fitted to noise.
bool plausible(const cv::Matx23d& map, double px_a_mm) {
  const double across = std::hypot(map(0, 0), map(1, 0)) / px_a_mm,
               down = std::hypot(map(0, 1), map(1, 1)) / px_a_mm;
  const double shear = (map(0, 0) * map(0, 1) + map(1, 0) * map(1, 1)) / (across * down * px_a_mm * px_a_mm);
  return across > 0.9 && across < 1.1 && down > 0.9 && down < 1.1 && std::abs(shear) < 0.03 &&
         std::abs(across / down - 1) < 0.04;
}

Registration settle(const Darkness& dark, const Form& form, const cv::Matx23d& map, double px_a_mm) {
  Registration out;
  const std::vector<Match> matches = look_for_all(dark, form, map, last_search_mm);
  out.affine = fit(matches, map, 0.25 * px_a_mm);
  std::vector<double> off;
  for (const Match& m : matches) {
    const cv::Point2d r = residual(m, out.affine);
    const double mm = std::hypot(r.x, r.y) / px_a_mm;
    if (m.quality < good_match || mm > good_residual_mm) continue;
    off.push_back(mm);
    out.pulls.push_back({m.mm, r, m.quality});
  }
  if (off.empty() || !plausible(out.affine, px_a_mm)) return out;
  std::nth_element(off.begin(), off.begin() + static_cast<std::ptrdiff_t>(off.size() / 2), off.end());
  out.spread = off[off.size() / 2];
  out.score = static_cast<double>(off.size()) / static_cast<double>(matches.size());
  return out;
}

}  // namespace

cv::Point2d Registration::px(double x_mm, double y_mm) const {
  const cv::Matx21d at = affine * cv::Matx31d(x_mm, y_mm, 1);
  cv::Point2d sum;
  double weights = smooth_trust;
  for (const Pull& pull : pulls) {
    const cv::Point2d d = pull.at - cv::Point2d(x_mm, y_mm);
    const double w = pull.weight * std::exp(-d.dot(d) / (2 * smooth_mm * smooth_mm));
    sum += w * pull.by;
    weights += w;
  }
  return cv::Point2d(at(0), at(1)) + sum * (1 / weights);
}

int Registration::turn_deg() const {
  const double clockwise = std::atan2(affine(1, 0), affine(0, 0)) * 180 / CV_PI;
  return (static_cast<int>(std::lround(clockwise / 90)) * 90 + 360) % 360;
}

double Registration::skew_deg() const {
  const double clockwise = std::atan2(affine(1, 0), affine(0, 0)) * 180 / CV_PI;
  return clockwise - 90 * std::round(clockwise / 90);
}

double Registration::px_a_mm() const { return std::hypot(affine(0, 0), affine(1, 0)); }

letter::Box Registration::box(double x, double y, double w, double h, cv::Size master) const {
  const cv::Point2d a = px(x, y), b = px(x + w, y), c = px(x, y + h);
  // An affine map of the rectangle itself, so that the bounding box is taken in one place.
  const cv::Matx23d map((b.x - a.x) / w, (c.x - a.x) / h, a.x, (b.y - a.y) / w, (c.y - a.y) / h, a.y);
  return page::box_on_master(map, cv::Rect2d(0, 0, w, h), master);
}

std::optional<Registration> align(const page::Raster& master, const Form& form, double skew_deg,
                                  bool on_its_side) {
  if (master.grey.cols < 200 || master.grey.rows < 200) return std::nullopt;
  const double px_a_mm = master.dpi / mm_an_inch;
  const Darkness coarse = darkness_of(master, coarse_px_mm);
  cv::Mat picture = drawn(
      strokes_of(form), cv::Matx23d(coarse_px_mm, 0, -0.5, 0, coarse_px_mm, -0.5),
      cv::Size(static_cast<int>(form.width * coarse_px_mm), static_cast<int>(form.height * coarse_px_mm)));
  cv::GaussianBlur(picture, picture, cv::Size(3, 3), 0);

  const Darkness rough = darkness_of(master, first_px_mm), fine = darkness_of(master, last_px_mm);
  const int side = on_its_side ? 90 : 0;
  double hope = 0;
  for (const double stretch : {1.0, 0.975, 1.025}) {
    if (stretch != 1.0 && hope < coarse_hope) break;
    for (const int first : {side, 90 - side}) {
      std::vector<Guess> guesses;
      for (const int turn : {first, first + 180})
        guesses.push_back(slide(coarse, form, picture, turn + skew_deg, stretch));
      const Guess& guess = guesses[guesses[1].correlation > guesses[0].correlation ? 1 : 0];
      hope = std::max(hope, guess.correlation);
      if (guess.correlation < coarse_hope) continue;
      const cv::Matx23d map =
          fit(look_for_all(rough, form, guess.map, first_search_mm), guess.map, 0.7 * px_a_mm);
      if (!plausible(map, px_a_mm)) continue;
      const Registration found = settle(fine, form, map, px_a_mm);
      if (found.score >= form_sure) return found;
    }
  }
  return std::nullopt;
}

cv::Mat cut(const page::Raster& master, const Registration& where, const cv::Rect2d& mm, double px_a_mm) {
  const cv::Size size(std::max(1, static_cast<int>(std::lround(mm.width * px_a_mm))),
                      std::max(1, static_cast<int>(std::lround(mm.height * px_a_mm))));
  // The map is smooth: known every few millimetres, straight in between.
  constexpr int step = 32;
  const cv::Size knots(size.width / step + 2, size.height / step + 2);
  cv::Mat knot_x(knots, CV_32F), knot_y(knots, CV_32F);
  for (int j = 0; j < knots.height; ++j) {
    for (int i = 0; i < knots.width; ++i) {
      const cv::Point2d p = where.px(mm.x + (i * step + 0.5) / px_a_mm, mm.y + (j * step + 0.5) / px_a_mm);
      knot_x.at<float>(j, i) = static_cast<float>(p.x), knot_y.at<float>(j, i) = static_cast<float>(p.y);
    }
  }
  const auto spread_out = [&](const cv::Mat& knot) {
    cv::Mat full;
    // Knot i stands at pixel i * step of the piece.
    cv::warpAffine(knot, full, cv::Matx23d(1.0 / step, 0, 0, 0, 1.0 / step, 0), size,
                   cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    return full;
  };
  cv::Mat out;
  cv::remap(master.grey, out, spread_out(knot_x), spread_out(knot_y), cv::INTER_LINEAR, cv::BORDER_CONSTANT,
            cv::Scalar(255));
  return out;
}

}  // namespace ocr
