#include "page/separator.hpp"

#include <algorithm>

#include "page/barcode.hpp"
#include "page/separator_patch.hpp"

namespace page {
namespace {

constexpr std::size_t most_codes = 3;  // of one kind on one piece of a page; strangers print codes too
constexpr double qr_dpi = 150;         // a separator's modules are 7 px there, a form's 3
constexpr double corner_mm = 60;       // a form's code stands in a corner, whichever way the sheet was fed
constexpr double linear_dpi = 300;     // the thin bars of a label are 3 px there

// True when it was one of ours.
bool take_qr(const std::string& text, SheetMarks& marks) {
  if (text.starts_with("KLS;")) {
    if (auto separator = parse_separator(text))
      marks.separator = std::move(*separator);
    else
      marks.broken_separator = true;
    return true;
  }
  auto form = parse_form_page(text);
  if (form) marks.form = std::move(*form);
  return form.has_value();
}

bool take_qrs(const cv::Mat& grey, SheetMarks& marks) {
  bool ours = false;
  for (const Code& code : read_codes(grey, Symbology::qr, most_codes))
    ours = take_qr(code.text, marks) || ours;
  return ours;
}

// The small code of a form is lost in a coarse copy; its corners are small enough to be looked at as they
// are.
void look_into_corners(const cv::Mat& grey, double dpi, SheetMarks& marks) {
  const int side = std::min({static_cast<int>(corner_mm * dpi / 25.4), grey.cols / 2, grey.rows / 2});
  for (const cv::Point at : {cv::Point(grey.cols - side, 0), cv::Point(0, grey.rows - side), cv::Point(0, 0),
                             cv::Point(grey.cols - side, grey.rows - side)})
    if (take_qrs(grey(cv::Rect(at, cv::Size(side, side))), marks)) return;
}

void look_for_qr(const Raster& raster, const Raster& coarse, SheetMarks& marks) {
  // Large modules are lost to zxing as small ones are: hence a coarser copy too.
  if (take_qrs(coarse.grey, marks) || take_qrs(reduced(coarse, coarse.dpi / 2).grey, marks)) return;
  if (marks.patch_edges > 0) {
    // It must be there: without its specks, and at last as the scanner saw it, which takes longest.
    cv::Mat smooth;
    cv::medianBlur(coarse.grey, smooth, 3);
    if (!take_qrs(smooth, marks)) take_qrs(raster.grey, marks);
    return;
  }
  look_into_corners(raster.grey, raster.dpi, marks);
}

void look_for_labels(const Raster& raster, SheetMarks& marks) {
  const Raster fine = halved(raster, linear_dpi);
  for (const Code& code : read_codes(fine.grey, Symbology::code_128, most_codes))
    if (is_lrar(code.text) && std::find(marks.lrar.begin(), marks.lrar.end(), code.text) == marks.lrar.end())
      marks.lrar.push_back(code.text);
}

}  // namespace

bool is_separator(const SheetMarks& marks) { return marks.separator.has_value() && marks.patch_edges >= 2; }

bool is_doubtful_separator(const SheetMarks& marks) {
  return !is_separator(marks) && (marks.separator || marks.broken_separator || marks.patch_edges > 0);
}

letter::Reason separator_doubtful() {
  return {"separator.doubtful",
          "Une feuille ressemble à un intercalaire sans en être un à coup sûr : deux plis sont peut-être "
          "réunis ici.",
          "A sheet looks like a separator without surely being one: two letters may be joined here."};
}

letter::Reason lrar_several() {
  return {"lrar.several", "Plusieurs numéros de recommandé ont été lus : aucun n’a été retenu.",
          "Several registered-letter numbers were read: none was kept."};
}

letter::Reason lrar_otherwise() {
  return {"lrar.otherwise", "Le numéro de recommandé saisi n’est pas celui que montre l’étiquette.",
          "The registered-letter number that was keyed is not the one that the label shows."};
}

void take_lrar(letter::Letter& letter, const SheetMarks& marks) {
  const auto told = [&](const letter::Reason& reason) {
    return std::find(letter.notes.begin(), letter.notes.end(), reason) != letter.notes.end();
  };
  for (const std::string& number : marks.lrar) {
    if (told(lrar_several()) || letter.lrar == number) continue;
    if (!letter.envelope.lrar.empty()) {
      if (!told(lrar_otherwise())) letter.notes.push_back(lrar_otherwise());
    } else if (letter.lrar.empty()) {
      letter.lrar = number;
    } else {
      letter.lrar.clear();
      letter.notes.push_back(lrar_several());
    }
  }
}

SheetMarks label_marks(const Raster& raster) {
  SheetMarks marks;
  if (!raster.grey.empty() && raster.dpi > 0) look_for_labels(raster, marks);
  return marks;
}

SheetMarks sheet_marks(const Raster& raster) {
  SheetMarks marks;
  if (raster.grey.empty() || !(raster.dpi > 0)) return marks;
  const Raster coarse = halved(raster, qr_dpi);
  marks.patch_edges = patch_t_edges(coarse);
  look_for_qr(raster, coarse, marks);
  if (!is_separator(marks)) look_for_labels(raster, marks);
  return marks;
}

}  // namespace page
