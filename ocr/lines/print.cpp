#include "ocr/lines/print.hpp"

#include <tesseract/baseapi.h>

#include <algorithm>

#include "letter/text.hpp"

namespace ocr {

struct Print::Impl {
  tesseract::TessBaseAPI api;
  std::string allowed;
};

namespace {

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::string plain(const char* utf8) {
  std::string text = letter::valid_utf8(utf8 ? utf8 : "");
  replace_all(text, "\u2019", "'");
  replace_all(text, "\u2018", "'");
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

struct Freed {
  void operator()(char* text) const { delete[] text; }
};
using Text = std::unique_ptr<char, Freed>;

cv::Rect box_of(const tesseract::ResultIterator& at, tesseract::PageIteratorLevel level) {
  int left = 0, top = 0, right = 0, bottom = 0;
  at.BoundingBox(level, &left, &top, &right, &bottom);
  return {left, top, right - left, bottom - top};
}

// A word's confidence weighs by its length: a full stop is as long as nothing.
letter::Confidence line_confidence(const tesseract::ResultIterator& line) {
  tesseract::ResultIterator word(line);
  double sum = 0, weight = 0;
  do {
    const Text text(word.GetUTF8Text(tesseract::RIL_WORD));
    const double length = text ? static_cast<double>(std::string(text.get()).size()) : 0;
    sum += length * word.Confidence(tesseract::RIL_WORD) / 100;
    weight += length;
  } while (!word.IsAtFinalElement(tesseract::RIL_TEXTLINE, tesseract::RIL_WORD) &&
           word.Next(tesseract::RIL_WORD));
  return weight > 0 ? std::clamp(sum / weight, 0.0, 1.0) : 0;
}

}  // namespace

Print::Print() : impl_(std::make_unique<Impl>()) {
  tesseract::TessBaseAPI& api = impl_->api;
  if (api.Init(nullptr, "fra", tesseract::OEM_LSTM_ONLY) != 0)
    throw letter::BrokenWorld("Tesseract's French model is missing (tesseract-ocr-fra)");
  api.SetVariable("debug_file", "/dev/null");
  api.SetVariable("tessedit_do_invert", "0");  // white on black is not what letters are written in
}

Print::~Print() { impl_->api.End(); }

namespace {

void look_at(tesseract::TessBaseAPI& api, const cv::Mat& grey, double dpi, tesseract::PageSegMode mode) {
  api.SetPageSegMode(mode);
  api.SetImage(grey.data, grey.cols, grey.rows, 1, static_cast<int>(grey.step));
  api.SetSourceResolution(static_cast<int>(std::clamp(dpi, 70.0, 1200.0)));
}

std::vector<PrintedLine> lines_of(tesseract::TessBaseAPI& api) {
  std::vector<PrintedLine> lines;
  if (api.Recognize(nullptr) != 0) return lines;
  const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
  if (!at) return lines;
  do {
    if (at->Empty(tesseract::RIL_TEXTLINE)) continue;
    const Text text(at->GetUTF8Text(tesseract::RIL_TEXTLINE));
    PrintedLine line{plain(text.get()), line_confidence(*at), box_of(*at, tesseract::RIL_TEXTLINE)};
    if (!line.text.empty()) lines.push_back(std::move(line));
  } while (at->Next(tesseract::RIL_TEXTLINE));
  return lines;
}

std::string symbols_of(tesseract::TessBaseAPI& api) {
  std::string symbols;
  if (api.Recognize(nullptr) != 0) return symbols;
  const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
  if (!at) return symbols;
  do {
    if (at->Empty(tesseract::RIL_SYMBOL)) continue;
    const Text text(at->GetUTF8Text(tesseract::RIL_SYMBOL));
    const std::string symbol = plain(text.get());
    if (symbol != " ") symbols += symbol;
  } while (at->Next(tesseract::RIL_SYMBOL));
  return symbols;
}

}  // namespace

std::string Print::line(const cv::Mat& grey, const std::string& allowed) {
  impl_->api.SetVariable("tessedit_char_whitelist", allowed.c_str());
  look_at(impl_->api, grey, 300, tesseract::PSM_SINGLE_LINE);
  return symbols_of(impl_->api);
}

PrintedLine Print::text(const cv::Mat& grey, double dpi) {
  impl_->api.SetVariable("tessedit_char_whitelist", "");
  look_at(impl_->api, grey, dpi, tesseract::PSM_RAW_LINE);
  PrintedLine whole;
  double weight = 0;
  for (PrintedLine& line : lines_of(impl_->api)) {  // more than one where a row is no single line
    const auto length = static_cast<double>(line.text.size());
    whole.confidence += line.confidence * length, weight += length;
    whole.text += (whole.text.empty() ? "" : " ") + line.text;
    whole.box |= line.box;
  }
  if (weight > 0) whole.confidence /= weight;
  return whole;
}

}  // namespace ocr
