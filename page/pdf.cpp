#include "page/pdf.hpp"

#define POINTERHOLDER_TRANSITION 4  // plain std::shared_ptr

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "page/damage.hpp"
#include "page/headers.hpp"
#include "page/pdf_image.hpp"
#include "page/pdftoppm.hpp"

namespace page {
namespace {

constexpr int drawing_dpi = 300;
constexpr std::uint64_t most_content_bytes = 64u << 20;
constexpr std::size_t most_depth = 1000, most_images = 1000, most_nested = 100;
constexpr double most_drawings = 100'000;

// What a page's contents draw: the images, where, and whether anything else shows.
class Drawing : public QPDFObjectHandle::ParserCallbacks {
 public:
  struct Image {
    std::string name;
    cv::Matx33d placed;
  };
  std::vector<Image> images;
  bool anything_else = false;

  void contentSize(size_t) override {}
  void handleEOF() override {}
  void handleObject(QPDFObjectHandle object, size_t, size_t) override {
    if (object.isInlineImage()) anything_else = true;
    if (!object.isOperator()) {
      if (operands_.size() < 64) operands_.push_back(object);
      return;
    }
    operate(object.getOperatorValue());
    operands_.clear();
  }

 private:
  void operate(const std::string& op) {
    if (op == "q" && stack_.size() < most_depth) stack_.push_back(now_);
    if (op == "Q" && !stack_.empty()) now_ = stack_.back(), stack_.pop_back();
    if (op == "cm" && operands_.size() == 6) now_ = now_ * matrix();
    if (op == "Tr" && operands_.size() == 1) invisible_ = operands_[0].getNumericValue() == 3;
    if (op == "Do" && operands_.size() == 1 && operands_[0].isName() && images.size() < most_images)
      images.push_back({operands_[0].getName(), now_});
    static const std::vector<std::string> text{"Tj", "TJ", "'", "\""};
    static const std::vector<std::string> paint{"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "BI"};
    if (!invisible_ && std::ranges::find(text, op) != text.end()) anything_else = true;
    if (std::ranges::find(paint, op) != paint.end()) anything_else = true;
  }
  cv::Matx33d matrix() {
    const auto v = [&](std::size_t i) {
      return operands_[i].isNumber() ? operands_[i].getNumericValue() : 0.0;
    };
    return {v(0), v(2), v(4), v(1), v(3), v(5), 0, 0, 1};
  }
  std::vector<QPDFObjectHandle> operands_;
  std::vector<cv::Matx33d> stack_;
  cv::Matx33d now_ = cv::Matx33d::eye();
  bool invisible_ = false;  // a scanner's own text layer under the image
};

struct Sheet2D {  // the visible rectangle of a page, in points
  double left = 0, bottom = 0, width = 0, height = 0;
};

std::optional<Sheet2D> visible(QPDFPageObjectHelper& page) {
  QPDFObjectHandle box = page.getCropBox();
  if (!box.isRectangle()) return std::nullopt;
  const auto r = box.getArrayAsRectangle();
  const Sheet2D sheet{std::min(r.llx, r.urx), std::min(r.lly, r.ury), std::abs(r.urx - r.llx),
                      std::abs(r.ury - r.lly)};
  if (sheet.width < 1 || sheet.height < 1) return std::nullopt;
  return sheet;
}

// How often a content draws each of its named objects.
class Uses : public QPDFObjectHandle::ParserCallbacks {
 public:
  std::map<std::string, double> times;
  void handleEOF() override {}
  void handleObject(QPDFObjectHandle object, size_t, size_t) override {
    if (object.isOperator() && object.getOperatorValue() == "Do" && !name_.empty()) times[name_] += 1;
    name_ = object.isName() ? object.getName() : "";
  }

 private:
  std::string name_;
};

using Costs = std::map<QPDFObjGen, double>;

// Drawings that a page or form unfolds to: forms that draw forms ten times each keep a renderer busy for
// ever.
double drawings_in(QPDFObjectHandle drawn, Costs& known, std::size_t depth) {
  constexpr std::size_t most_forms = 10'000;
  if (const auto found = known.find(drawn.getObjGen()); found != known.end()) return found->second;
  known[drawn.getObjGen()] = 1;  // also what a form that draws itself counts for
  if (depth > most_nested || known.size() > most_forms) return most_drawings + 1;
  if (drawn.isStream() && !stream_bytes(drawn, most_content_bytes)) return most_drawings + 1;
  QPDFPageObjectHelper content(drawn);
  Uses uses;
  content.parseContents(&uses);
  QPDFObjectHandle resources = content.getAttribute("/Resources", false);
  QPDFObjectHandle named =
      resources.isDictionary() ? resources.getKey("/XObject") : QPDFObjectHandle::newNull();
  double sum = 1;
  for (const auto& [name, times] : uses.times) {
    QPDFObjectHandle inner = named.isDictionary() ? named.getKey(name) : QPDFObjectHandle::newNull();
    const bool form = inner.isStream() && inner.getDict().getKey("/Subtype").isNameAndEquals("/Form");
    sum += times * (form ? drawings_in(inner, known, depth + 1) : 1);
  }
  return known[drawn.getObjGen()] = sum;
}

// False when what the page draws with unfolds to more than anybody would write.
bool bounded(QPDFPageObjectHelper& page) {
  std::uint64_t left = most_content_bytes;
  for (QPDFObjectHandle& content : page.getPageContents()) {
    const auto bytes = stream_bytes(content, left);
    if (!bytes) return false;
    left -= bytes->size();
  }
  Costs known;
  return drawings_in(page.getObjectHandle(), known, 0) <= most_drawings;
}

// Pages of the tree, or one more than is allowed: libqpdf itself would follow a tree that grows without end.
std::size_t count_pages(QPDFObjectHandle node, std::size_t depth) {
  QPDFObjectHandle kids = node.isDictionary() ? node.getKey("/Kids") : QPDFObjectHandle::newNull();
  if (!kids.isArray()) return 1;
  if (depth > 40) return max_pages + 1;
  std::size_t pages = 0;
  for (int i = 0; i < kids.getArrayNItems() && pages <= max_pages; ++i)
    pages += count_pages(kids.getArrayItem(i), depth + 1);
  return pages;
}

// Every image of a page that is drawn: the renderer says little of those that are cut.
bool images_whole(QPDFPageObjectHelper& page) {
  bool whole = true;
  std::size_t seen = 0;
  page.forEachImage(true, [&](QPDFObjectHandle& image, QPDFObjectHandle&, const std::string&) {
    if (whole && ++seen <= most_images) whole = image_whole(image);
  });
  return whole;
}

// The one image that is the whole page, or null.
QPDFObjectHandle only_image(QPDFPageObjectHelper& page, const Sheet2D& sheet) {
  Drawing drawing;
  page.parseContents(&drawing);
  if (drawing.anything_else || drawing.images.size() != 1) return QPDFObjectHandle::newNull();
  auto images = page.getImages();
  const auto found = images.find(drawing.images[0].name);
  if (found == images.end()) return QPDFObjectHandle::newNull();
  const cv::Matx33d& m = drawing.images[0].placed;
  const double slack_x = 0.02 * sheet.width, slack_y = 0.02 * sheet.height;
  const bool upright = std::abs(m(0, 1)) < 0.01 && std::abs(m(1, 0)) < 0.01;
  const bool covers = std::abs(m(0, 0) - sheet.width) < slack_x &&
                      std::abs(m(1, 1) - sheet.height) < slack_y &&
                      std::abs(m(0, 2) - sheet.left) < slack_x && std::abs(m(1, 2) - sheet.bottom) < slack_y;
  return upright && covers ? found->second : QPDFObjectHandle::newNull();
}

void turn_as_shown(QPDFPageObjectHelper& page, Flat& flat) {
  QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
  const int turn = rotate.isInteger() ? ((rotate.getIntValueAsInt() % 360) + 360) % 360 : 0;
  if (turn == 90) cv::rotate(flat.grey, flat.grey, cv::ROTATE_90_CLOCKWISE);
  if (turn == 180) cv::rotate(flat.grey, flat.grey, cv::ROTATE_180);
  if (turn == 270) cv::rotate(flat.grey, flat.grey, cv::ROTATE_90_COUNTERCLOCKWISE);
  if (turn % 180 == 90) std::swap(flat.x_dpi, flat.y_dpi);
}

struct Wanted {
  const std::string& bytes;  // of the whole file
  std::uint32_t index = 0;
  std::uint64_t decoded_bytes = 0;  // at most
};

letter::Result<Flat> flat_page(const Wanted& wanted, QPDFPageObjectHelper& page) {
  const auto sheet = visible(page);
  if (!sheet)
    return letter::fault("pdf.broken", "La page PDF n’a pas de taille.", "The PDF page has no size.");
  if (!bounded(page))
    return letter::fault("pdf.flood", "Le contenu de la page PDF est démesuré.",
                         "The PDF page's content is far too large.");
  QPDFObjectHandle image = only_image(page, *sheet);
  if (image.isStream()) {
    const int width = number_of(image.getDict(), "/Width", 0),
              height = number_of(image.getDict(), "/Height", 0);
    Claim claim;
    claim.width = static_cast<std::uint64_t>(std::max(width, 0));
    claim.height = static_cast<std::uint64_t>(std::max(height, 0));
    claim.bits_a_pixel = 8;
    if (const auto why = refusal(FileKind::pdf, claim, wanted.decoded_bytes)) return tl::unexpected(*why);
    if (auto flat = pixels_of(image, wanted.decoded_bytes)) {
      if (!*flat) return *flat;
      (*flat)->x_dpi = width * 72 / sheet->width;
      (*flat)->y_dpi = height * 72 / sheet->height;
      turn_as_shown(page, **flat);
      return *flat;
    }
  }
  const double longest_in = std::max(sheet->width, sheet->height) / 72;
  if (longest_in > 60)
    return letter::fault("pdf.page_size", "La page PDF dépasse 1,5 mètre.",
                         "The PDF page is over 5 feet long.");
  auto drawn = draw_pdf(wanted.bytes, wanted.index + 1, longest_in > 24 ? 100 : drawing_dpi);
  if (drawn && !images_whole(page)) drawn->damaged = true;
  return drawn;
}

letter::Result<PdfPage> read_open(QPDF& pdf, const Wanted& wanted) {
  if (count_pages(pdf.getRoot().getKey("/Pages"), 0) > max_pages) return header_fault("page.too_many");
  auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
  if (pages.empty()) return letter::fault("pdf.empty", "Le PDF n’a aucune page.", "The PDF has no page.");
  if (pages.size() > max_pages) return header_fault("page.too_many");
  if (wanted.index >= pages.size())
    return letter::fault("page.absent", "La page n’existe pas dans le fichier.",
                         "The file has no such page.");
  auto flat = flat_page(wanted, pages[wanted.index]);
  if (!flat) return tl::unexpected(flat.error());
  PdfPage out;
  out.flat = std::move(*flat);
  out.pages = static_cast<std::uint32_t>(pages.size());
  for (const QPDFExc& warning : pdf.getWarnings())
    if (weigh_pdf_warning(warning.what()) == Weight::damage) out.flat.damaged = true;
  if (out.flat.damaged)
    out.notes.push_back({"pdf.damaged", "Le PDF est abîmé : une partie de la page peut manquer.",
                         "The PDF is damaged: part of the page may be missing."});
  return out;
}

}  // namespace

letter::Result<PdfPage> read_pdf(const std::string& bytes, std::uint32_t index, std::uint64_t decoded_bytes) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("master", bytes.data(), bytes.size());
    return read_open(pdf, {bytes, index, decoded_bytes});
  } catch (const QPDFExc& e) {
    if (e.getErrorCode() == qpdf_e_password)
      return letter::fault("pdf.locked", "Le PDF est protégé par un mot de passe.",
                           "The PDF is locked by a password.");
  } catch (const std::bad_alloc&) {
    return header_fault("page.memory");  // a stream that unfolds without end: what it took is free again
  } catch (const letter::BrokenWorld&) {
    throw;
  } catch (const std::exception&) {
    // libqpdf throws logic and runtime errors alike on what it cannot make sense of
  }
  return letter::fault("pdf.broken", "Le PDF est illisible.", "The PDF cannot be read.");
}

}  // namespace page
