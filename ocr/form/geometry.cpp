#include "ocr/form/geometry.hpp"

#include <algorithm>
#include <cmath>

namespace ocr {
namespace {

constexpr double frame_mm = 0.3, cell_mm = 0.2, rule_mm = 0.2;

void outline(std::vector<Stroke>& out, double x, double y, double w, double h, double width) {
  out.push_back({{x, y}, {x + w, y}, width});
  out.push_back({{x, y + h}, {x + w, y + h}, width});
  out.push_back({{x, y}, {x, y + h}, width});
  out.push_back({{x + w, y}, {x + w, y + h}, width});
}

void add_comb(std::vector<Stroke>& out, const Element& e) {
  for (std::size_t i = 0; i < e.cell_x.size(); ++i) {
    const double x = e.cell_x[i], right = x + e.cell_w;
    const bool joined = i + 1 < e.cell_x.size() && std::abs(e.cell_x[i + 1] - right) < 0.01;
    out.push_back({{x, e.y}, {right, e.y}, cell_mm});
    out.push_back({{x, e.y + e.h}, {right, e.y + e.h}, cell_mm});
    out.push_back({{x, e.y}, {x, e.y + e.h}, cell_mm});
    if (!joined) out.push_back({{right, e.y}, {right, e.y + e.h}, cell_mm});
  }
}

void add_element(std::vector<Stroke>& out, const Element& e) {
  const double wall = e.w / 4;
  switch (e.kind) {
    case ElementKind::anchor:
      out.push_back({{e.x, e.y + e.h / 2}, {e.x + e.w, e.y + e.h / 2}, e.h});
      break;
    case ElementKind::anchor_hollow:
      outline(out, e.x + wall / 2, e.y + wall / 2, e.w - wall, e.h - wall, wall);
      break;
    case ElementKind::tick:
      outline(out, e.x, e.y, e.w, e.h, frame_mm);
      break;
    case ElementKind::comb:
      add_comb(out, e);
      break;
    case ElementKind::text_lines:
      outline(out, e.x, e.y, e.w, e.h, frame_mm);
      for (std::uint32_t i = 1; i <= e.lines; ++i)
        out.push_back({{e.x, e.y + i * e.line_pitch}, {e.x + e.w, e.y + i * e.line_pitch}, rule_mm});
      break;
    case ElementKind::signature:
    case ElementKind::reserved:
      outline(out, e.x, e.y, e.w, e.h, frame_mm);
      break;
    case ElementKind::qr:
      break;  // its pattern is read, not matched
  }
}

double distance(const cv::Point2d& p, const cv::Point2d& a, const cv::Point2d& b) {
  const cv::Point2d ab = b - a;
  const double length2 = ab.dot(ab);
  const double t = length2 > 0 ? std::clamp((p - a).dot(ab) / length2, 0.0, 1.0) : 0;
  const cv::Point2d d = p - (a + t * ab);
  return std::sqrt(d.dot(d));
}

}  // namespace

std::vector<Stroke> strokes_of(const Form& form) {
  std::vector<Stroke> out;
  for (const Element& e : form.elements) add_element(out, e);
  return out;
}

std::vector<cv::Point2d> landmarks_of(const Form& form) {
  std::vector<cv::Point2d> out;
  for (const Element& e : form.elements) {
    switch (e.kind) {
      case ElementKind::anchor:
      case ElementKind::anchor_hollow:
      case ElementKind::tick:
        out.emplace_back(e.x + e.w / 2, e.y + e.h / 2);
        break;
      case ElementKind::comb:
        out.emplace_back(e.x, e.y + e.h / 2);
        out.emplace_back(e.x + e.w, e.y + e.h / 2);
        if (e.w > 80) out.emplace_back(e.cell_x[e.cell_x.size() / 2], e.y + e.h / 2);
        break;
      case ElementKind::text_lines:
      case ElementKind::signature:
      case ElementKind::reserved:
        for (const double x : {e.x, e.x + e.w})
          for (const double y : {e.y, e.y + e.h}) out.emplace_back(x, y);
        break;
      case ElementKind::qr:
        break;
    }
  }
  return out;
}

cv::Mat drawn(const std::vector<Stroke>& strokes, const cv::Matx23d& map, cv::Size size) {
  cv::Mat out = cv::Mat::zeros(size, CV_32F);
  const double scale = std::hypot(map(0, 0), map(1, 0));
  const auto place = [&](const cv::Point2d& p) {
    const cv::Matx21d q = map * cv::Matx31d(p.x, p.y, 1);
    return cv::Point2d(q(0), q(1));
  };
  for (const Stroke& stroke : strokes) {
    const cv::Point2d a = place(stroke.from), b = place(stroke.to);
    const double half = stroke.width * scale / 2, reach = half + 1;
    const int x0 = std::max(0, static_cast<int>(std::floor(std::min(a.x, b.x) - reach)));
    const int y0 = std::max(0, static_cast<int>(std::floor(std::min(a.y, b.y) - reach)));
    const int x1 = std::min(size.width - 1, static_cast<int>(std::ceil(std::max(a.x, b.x) + reach)));
    const int y1 = std::min(size.height - 1, static_cast<int>(std::ceil(std::max(a.y, b.y) + reach)));
    // A thin line darkens a pixel by its share of it.
    const double most = std::min(1.0, 2 * half);
    for (int y = y0; y <= y1; ++y) {
      float* row = out.ptr<float>(y);
      for (int x = x0; x <= x1; ++x) {
        const double covered = std::clamp(half + 0.5 - distance(cv::Point2d(x, y), a, b), 0.0, most);
        row[x] = std::max(row[x], static_cast<float>(covered));
      }
    }
  }
  return out;
}

}  // namespace ocr
