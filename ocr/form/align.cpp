#include "ocr/form/align.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/form/align_parts.hpp"
#include "ocr/form/portrait.hpp"

namespace ocr {
namespace {

constexpr double mm_an_inch = 25.4;
constexpr double coarse_hope = 0.10;  // correlation under which no finer look is worth its time
// From it on a page is plainly this form, about as large as printed. Measured: forms 0.55 and more, letters
// 0.26 and less.
constexpr double plain_form = 0.45;
constexpr double good_match = 0.45, good_residual_mm = 0.3;
constexpr double rough_match = 0.3, rough_residual_mm = 0.6, rough_share = 0.2;
constexpr double full_bend = 0.15;  // of the correlation, a pixel off its top: that direction shows well

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
cv::Matx33d square(const cv::Matx23d& map) {
  return {map(0, 0), map(0, 1), map(0, 2), map(1, 0), map(1, 1), map(1, 2), 0, 0, 1};
}
struct Guess {
  double correlation = -1;
  cv::Matx23d map;  // mm -> px of the page it was found on
};

// The page turned upright and straight, on the canvas of the form's silhouettes.
struct Upright {
  cv::Matx23d back;  // canvas px -> page px, about both middles
  cv::Mat spectrum;
};

Upright upright(const Darkness& soft, cv::Size canvas, double clockwise_deg) {
  const double rad = clockwise_deg * CV_PI / 180, k = soft.px_mm / coarse_px_mm;
  const double c = k * std::cos(rad), s = k * std::sin(rad);
  const double ax = (canvas.width - 1) / 2.0, ay = (canvas.height - 1) / 2.0;
  const double bx = (soft.map.cols - 1) / 2.0, by = (soft.map.rows - 1) / 2.0;
  Upright out;
  out.back = cv::Matx23d(c, -s, bx - (c * ax - s * ay), s, c, by - (s * ax + c * ay));
  cv::Mat turned;
  cv::warpAffine(soft.map, turned, out.back, canvas, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP);
  out.spectrum = spectrum_of(turned);
  return out;
}

// The best place of one silhouette.
Guess slide(const Upright& page, const Silhouette& silhouette, const Form& form) {
  cv::Mat product, response;
  cv::mulSpectrums(page.spectrum, silhouette.spectrum, product, 0, true);
  cv::dft(product, response, cv::DFT_INVERSE | cv::DFT_SCALE | cv::DFT_REAL_OUTPUT);
  Guess guess;
  cv::Point top;
  cv::minMaxLoc(response, nullptr, &guess.correlation, nullptr, &top);
  if (top.x > response.cols / 2) top.x -= response.cols;
  if (top.y > response.rows / 2) top.y -= response.rows;
  const double z = coarse_px_mm * silhouette.stretch;
  const cv::Matx33d mm_to_canvas(z, 0, (response.cols - 1) / 2.0 + top.x - z * form.width / 2, 0, z,
                                 (response.rows - 1) / 2.0 + top.y - z * form.height / 2, 0, 0, 1);
  guess.map = page.back * mm_to_canvas;
  return guess;
}

// The silhouette that is stretched least.
std::size_t as_printed(const std::vector<Silhouette>& all) {
  const auto off = [](const Silhouette& one) { return std::abs(one.stretch - 1); };
  return static_cast<std::size_t>(
      std::min_element(all.begin(), all.end(),
                       [&](const auto& a, const auto& b) { return off(a) < off(b); }) -
      all.begin());
}

// The best guess for this turn and its half turn, the likelier first: px of `soft`.
std::vector<Guess> slide_both(const Darkness& soft, const Form& form, const Portrait& portrait,
                              double clockwise_deg) {
  struct Way {
    Upright page;
    Guess best;
    std::size_t at = 0;
    void look(const std::vector<Silhouette>& all, std::size_t i, const Form& form) {
      if (const Guess guess = slide(page, all[i], form); guess.correlation > best.correlation)
        best = guess, at = i;
    }
  };
  const std::vector<Silhouette>& all = portrait.silhouettes;
  const std::size_t usual = as_printed(all);
  std::vector<Way> ways;
  for (const double turn : {0.0, 180.0}) {
    ways.push_back({upright(soft, portrait.canvas, clockwise_deg + turn), {}, 0});
    ways.back().look(all, usual, form);
  }
  if (std::max(ways[0].best.correlation, ways[1].best.correlation) < plain_form)
    for (Way& way : ways)
      for (std::size_t i = usual % 2; i < all.size(); i += 2)
        if (i != usual) way.look(all, i, form);
  if (ways[1].best.correlation > ways[0].best.correlation) std::swap(ways[0], ways[1]);
  // Between the stretches that were tried.
  const std::size_t middle = ways[0].at;
  if (middle > 0) ways[0].look(all, middle - 1, form);
  if (middle + 1 < all.size()) ways[0].look(all, middle + 1, form);
  return {ways[0].best, ways[1].best};
}

// A landmark where it was found: `by` mm of the form from where the affine map has it, with what each
// direction is worth.
struct Match {
  cv::Point2d mm, by, weight;
  double quality = 0;
  bool lettering = false;
};

// The top between pixels, by a parabola each way; `bend` is how sharp it is.
cv::Point2d summit(const cv::Mat& response, cv::Point top, cv::Point2d& bend) {
  const auto v = [&](int x, int y) { return static_cast<double>(response.at<float>(y, x)); };
  const auto part = [](double l, double m, double r, double& sharp) {
    sharp = std::max(0.0, 2 * m - l - r);
    return sharp > 0 ? std::clamp((r - l) / (2 * sharp), -0.5, 0.5) : 0.0;
  };
  const double x = part(v(top.x - 1, top.y), v(top.x, top.y), v(top.x + 1, top.y), bend.x);
  const double y = part(v(top.x, top.y - 1), v(top.x, top.y), v(top.x, top.y + 1), bend.y);
  return {top.x + x, top.y + y};
}

// One look at a page: how fine, and how far around.
struct Look {
  const Darkness& dark;
  const cv::Mat& picture;
  double px_mm, search_mm;
};

// Where the registration so far has it, and around; quality 0 when it is off the page or at the border of the
// search.
Match look_for(const Look& look, const Registration& sofar, const Landmark& mark) {
  const cv::Point2d beyond = sofar.beyond(mark.mm);
  Match match{mark.mm, beyond, {}, 0, mark.lettering};
  const double k = look.px_mm;
  const cv::Size size(static_cast<int>(std::lround(mark.size.width * k)),
                      static_cast<int>(std::lround(mark.size.height * k)));
  const cv::Point corner(static_cast<int>(std::lround(mark.mm.x * k - size.width / 2.0)),
                         static_cast<int>(std::lround(mark.mm.y * k - size.height / 2.0)));
  const cv::Rect piece = cv::Rect(corner, size) & cv::Rect({}, look.picture.size());
  if (piece.width < 4 || piece.height < 4) return match;
  const int search = static_cast<int>(std::ceil(look.search_mm * k));
  const cv::Matx23d map = rescaled(sofar.affine, look.dark.scale);
  const cv::Point2d there = at(map, mark.mm);
  if (there.x < 0 || there.y < 0 || there.x >= look.dark.map.cols || there.y >= look.dark.map.rows)
    return match;
  // px of the area -> mm -> px of the page.
  const cv::Matx33d area_mm(1 / k, 0, (piece.x - search + 0.5) / k + beyond.x, 0, 1 / k,
                            (piece.y - search + 0.5) / k + beyond.y, 0, 0, 1);
  cv::Mat area;
  cv::warpAffine(look.dark.map, area, map * area_mm,
                 cv::Size(piece.width + 2 * search, piece.height + 2 * search),
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(0));
  const cv::Mat response = correlations(area, look.picture(piece));
  cv::Point top;
  double quality = 0;
  cv::minMaxLoc(response, nullptr, &quality, nullptr, &top);
  if (!std::isfinite(quality) || top.x == 0 || top.y == 0 || top.x + 1 == response.cols ||
      top.y + 1 == response.rows)
    return match;
  cv::Point2d bend;
  const cv::Point2d found = summit(response, top, bend);
  match.by += (found - cv::Point2d(search, search)) / k;
  match.quality = quality;
  const double trust = quality * quality / full_bend;
  match.weight = {trust * std::min(bend.x, full_bend), trust * std::min(bend.y, full_bend)};
  return match;
}

std::vector<Match> look_for_all(const Look& look, const Portrait& portrait, const Registration& sofar) {
  std::vector<Match> matches;
  for (const Landmark& mark : portrait.landmarks) {
    matches.push_back(look_for(look, sofar, mark));
    if (matches.back().quality < 0.25) matches.pop_back();
  }
  return matches;
}

// Moves the affine map to the matches by reweighted least squares (what lies far off loses its say), and
// what they are off with it.
void fit(Registration& found, std::vector<Match>& matches, double tolerance_mm) {
  cv::Matx23d change = cv::Matx23d::zeros();
  for (int round = 0; round < 12; ++round) {
    cv::Matx33d left[2] = {cv::Matx33d::eye() * 1e-6, cv::Matx33d::eye() * 1e-6};
    cv::Vec3d right[2];
    for (const Match& m : matches) {
      const cv::Point2d off = m.by - at(change, m.mm);
      const double fall = std::pow(1 + off.dot(off) / (tolerance_mm * tolerance_mm), -2);
      const cv::Vec3d row(m.mm.x, m.mm.y, 1);
      left[0] += row * row.t() * (m.weight.x * fall), left[1] += row * row.t() * (m.weight.y * fall);
      right[0] += row * (m.by.x * m.weight.x * fall), right[1] += row * (m.by.y * m.weight.y * fall);
    }
    for (int axis = 0; axis < 2; ++axis) {
      const cv::Vec3d solved = left[axis].solve(right[axis], cv::DECOMP_SVD);
      for (int i = 0; i < 3; ++i) change(axis, i) = solved[i];
    }
  }
  for (Match& m : matches) m.by -= at(change, m.mm);
  found.affine =
      found.affine * (cv::Matx33d::eye() + square(change) - cv::Matx33d(0, 0, 0, 0, 0, 0, 0, 0, 1));
}

// The sheet is nearly rigid: a map that shears or stretches it more was fitted to noise.
bool plausible(const Registration& found) {
  const cv::Matx23d& map = found.affine;
  const double px_a_mm = found.scan_px_a_mm;
  const double across = std::hypot(map(0, 0), map(1, 0)) / px_a_mm,
               down = std::hypot(map(0, 1), map(1, 1)) / px_a_mm;
  const double shear = (map(0, 0) * map(0, 1) + map(1, 0) * map(1, 1)) / (across * down * px_a_mm * px_a_mm);
  return across > 0.9 && across < 1.1 && down > 0.9 && down < 1.1 && std::abs(shear) < 0.03 &&
         std::abs(across / down - 1) < 0.04;
}

// What the affine map leaves: first along the feed (whichever way it ran), then here and there.
void bend(Registration& found, const std::vector<Match>& matches, cv::Size master) {
  constexpr double tolerance_mm = 0.12;
  found.down = found.across = {};
  found.pulls.clear();
  const double k = found.scan_px_a_mm;
  std::vector<cv::Point2d> places;
  for (const Match& m : matches) places.push_back(at(found.affine, m.mm) / k);
  const auto curve = [&](bool down) {
    std::vector<Sighting> sightings;
    for (std::size_t i = 0; i < matches.size(); ++i)
      sightings.push_back(
          {down ? places[i].y : places[i].x, matches[i].by - found.beyond(matches[i].mm), matches[i].weight});
    return through(sightings, (down ? master.height : master.width) / k, tolerance_mm);
  };
  found.down = curve(true);
  found.across = curve(false);
  std::vector<Registration::Pull> pulls;
  for (const Match& m : matches) {
    const cv::Point2d left = m.by - found.beyond(m.mm);
    if (m.quality >= good_match && cv::norm(left) <= good_residual_mm)
      pulls.push_back({m.mm, left, std::min(m.weight.x, m.weight.y)});
  }
  found.pulls = std::move(pulls);
}

double share(const std::vector<Match>& matches, const Portrait& portrait, const Registration& found,
             const cv::Point2d& least) {
  int seen[2] = {0, 0}, all[2] = {0, 0};
  for (const Landmark& mark : portrait.landmarks) ++all[mark.lettering];
  for (const Match& m : matches)
    seen[m.lettering] += m.quality >= least.x && cv::norm(m.by - found.beyond(m.mm)) <= least.y;
  const auto ratio = [](int part, int whole) { return whole ? static_cast<double>(part) / whole : 0.0; };
  // Lettering may be of another face; lines may be too pale for two tones.
  return std::max(ratio(seen[0], all[0]), ratio(seen[0] + seen[1], all[0] + all[1]));
}

// From the affine map of the first rough look: once more as rough but nearer, then as fine as it gets.
void settle(Registration& found, const Darkness& rough, const Darkness& fine, const Portrait& portrait,
            cv::Size master) {
  std::vector<Match> matches;
  for (const Look& look :
       {Look{rough, portrait.rough, rough_px_mm, 0.9}, Look{fine, portrait.fine, fine_px_mm, 0.35}}) {
    matches = look_for_all(look, portrait, found);
    fit(found, matches, 0.25);
    bend(found, matches, master);
  }
  if (matches.empty() || !plausible(found)) return;
  found.score = share(matches, portrait, found, {good_match, good_residual_mm});
  std::vector<double> off;
  for (const Match& m : matches) off.push_back(cv::norm(m.by - found.beyond(m.mm)));
  std::nth_element(off.begin(), off.begin() + static_cast<std::ptrdiff_t>(off.size() / 2), off.end());
  found.spread = off[off.size() / 2];
}

}  // namespace

cv::Point2d Registration::beyond(const cv::Point2d& mm) const {
  const cv::Point2d place = at(affine, mm) / scan_px_a_mm;
  cv::Point2d sum;
  double weights = smooth_trust;
  for (const Pull& pull : pulls) {
    const cv::Point2d d = pull.at - mm;
    const double w = pull.weight * std::exp(-d.dot(d) / (2 * smooth_mm * smooth_mm));
    sum += w * pull.by;
    weights += w;
  }
  return down.at(place.y) + across.at(place.x) + sum * (1 / weights);
}

cv::Point2d Registration::px(double x_mm, double y_mm) const {
  return at(affine, cv::Point2d(x_mm, y_mm) + beyond({x_mm, y_mm}));
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
  const Portrait drawn_now = form.portrait ? Portrait{} : portrait_of(form, "");
  const Portrait& portrait = form.portrait ? *form.portrait : drawn_now;
  const Darkness fine = darkness_of(master, fine_px_mm), rough = coarser(fine, rough_px_mm);
  Darkness soft = rough;
  cv::GaussianBlur(rough.map, soft.map, cv::Size(), rough_px_mm / 2, rough_px_mm / 2);
  const int side = on_its_side ? 90 : 0;
  for (const int first : {side, 90 - side}) {
    for (const Guess& guess : slide_both(soft, form, portrait, first + skew_deg)) {
      if (guess.correlation < coarse_hope) continue;
      Registration found;
      found.affine = unscaled(guess.map, soft.scale), found.scan_px_a_mm = master.dpi / mm_an_inch;
      std::vector<Match> matches = look_for_all({rough, portrait.rough, rough_px_mm, 2.0}, portrait, found);
      fit(found, matches, 0.7);
      if (!plausible(found) ||
          share(matches, portrait, found, {rough_match, rough_residual_mm}) < rough_share)
        continue;
      settle(found, rough, fine, portrait, master.grey.size());
      if (found.score >= form_sure) return found;
    }
  }
  return std::nullopt;
}

}  // namespace ocr
