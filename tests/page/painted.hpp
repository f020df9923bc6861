// Pages painted for these tests: lines of words, turned by a known angle.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "models/workshop/canvas.hpp"
#include "models/workshop/encode.hpp"
#include "page/raster.hpp"

namespace painted {

inline workshop::Raster letter_page(double dpi) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, dpi);
  const std::vector<std::string> words{"Madame, Monsieur,",
                                       "je conteste le refus de mes indemnités journalières",
                                       "depuis le mois de février et vous prie de revoir",
                                       "mon dossier au plus vite.",
                                       "Le montant versé ne correspond pas à mon salaire",
                                       "et personne ne répond."};
  double y = 40;
  for (int block = 0; block < 4; ++block, y += 10)
    for (const std::string& line : words) canvas.write({25, y += 7}, line, {"DejaVu Sans", 4.2});
  return canvas.raster();
}

// Clockwise by `deg`, on a sheet of the same size.
inline workshop::Raster turned_clockwise(workshop::Raster page, double deg) {
  const cv::Mat grey(page.height, page.width, CV_8U, page.grey.data());
  cv::Mat out;
  const cv::Mat map =
      cv::getRotationMatrix2D(cv::Point2d((page.width - 1) / 2.0, (page.height - 1) / 2.0), -deg, 1);
  cv::warpAffine(grey, out, map, grey.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
  std::copy(out.begin<uchar>(), out.end<uchar>(), page.grey.begin());
  return page;
}

inline page::Raster seen(const workshop::Raster& page) {
  page::Raster out{cv::Mat(page.height, page.width, CV_8U).clone(), page.dpi, false};
  std::copy(page.grey.begin(), page.grey.end(), out.grey.begin<uchar>());
  return out;
}

}  // namespace painted
