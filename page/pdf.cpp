#include "page/pdf.hpp"

#define POINTERHOLDER_TRANSITION 4  // plain std::shared_ptr

#include <algorithm>
#include <cmath>
#include <optional>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "page/pdftoppm.hpp"
#include "page/tiff.hpp"

namespace page {
namespace {

constexpr int drawing_dpi = 300;

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
    if (op == "q") stack_.push_back(now_);
    if (op == "Q" && !stack_.empty()) now_ = stack_.back(), stack_.pop_back();
    if (op == "cm" && operands_.size() == 6) now_ = now_ * matrix();
    if (op == "Tr" && operands_.size() == 1) invisible_ = operands_[0].getNumericValue() == 3;
    if (op == "Do" && operands_.size() == 1 && operands_[0].isName())
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

std::string raw_bytes(QPDFObjectHandle image, bool decoded) {
  const auto buffer = decoded ? image.getStreamData(qpdf_dl_specialized) : image.getRawStreamData();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

int number(QPDFObjectHandle dict, const std::string& key, int otherwise) {
  QPDFObjectHandle value = dict.isDictionary() ? dict.getKey(key) : QPDFObjectHandle::newNull();
  return value.isInteger() ? value.getIntValueAsInt() : otherwise;
}
bool flag(QPDFObjectHandle dict, const std::string& key) {
  QPDFObjectHandle value = dict.isDictionary() ? dict.getKey(key) : QPDFObjectHandle::newNull();
  return value.isBool() && value.getBoolValue();
}

// 1 for grey, 3 for RGB, 0 for whatever needs a real PDF renderer.
int channels(QPDFObjectHandle space) {
  if (space.isName()) {
    if (space.getName() == "/DeviceGray" || space.getName() == "/G") return 1;
    if (space.getName() == "/DeviceRGB" || space.getName() == "/RGB") return 3;
  }
  if (space.isArray() && space.getArrayNItems() >= 2 && space.getArrayItem(0).isName()) {
    const std::string kind = space.getArrayItem(0).getName();
    if (kind == "/CalGray") return 1;
    if (kind == "/CalRGB") return 3;
    if (kind == "/ICCBased" && space.getArrayItem(1).isStream()) {
      const int n = number(space.getArrayItem(1).getDict(), "/N", 0);
      return n == 1 || n == 3 ? n : 0;
    }
  }
  return 0;
}

std::optional<Flat> from_samples(const std::string& samples, int width, int height, int depth) {
  const std::size_t row =
      depth == 1 ? (static_cast<std::size_t>(width) + 7) / 8 : static_cast<std::size_t>(width) * (depth / 8);
  Flat flat;
  flat.bilevel = depth == 1;
  flat.damaged = samples.size() < row * height;
  std::string whole = samples;
  whole.resize(row * height, '\xff');
  auto* p = reinterpret_cast<uchar*>(whole.data());
  if (depth == 24) {
    cv::cvtColor(cv::Mat(height, width, CV_8UC3, p), flat.grey, cv::COLOR_RGB2GRAY);
  } else if (depth == 8) {
    flat.grey = cv::Mat(height, width, CV_8U, p).clone();
  } else {
    flat.grey.create(height, width, CV_8U);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        flat.grey.at<uchar>(y, x) =
            (p[y * row + static_cast<std::size_t>(x) / 8] >> (7 - x % 8)) & 1 ? 255 : 0;
  }
  return flat;
}

// The scanner's own pixels; none for what only a renderer understands.
std::optional<letter::Result<Flat>> pixels_of(QPDFObjectHandle image) {
  QPDFObjectHandle dict = image.getDict();
  const int width = number(dict, "/Width", 0), height = number(dict, "/Height", 0);
  const bool mask = flag(dict, "/ImageMask");
  const int bits = mask ? 1 : number(dict, "/BitsPerComponent", 8);
  const int colours = mask ? 1 : channels(dict.getKey("/ColorSpace"));
  if (width <= 0 || height <= 0 || colours == 0 || dict.hasKey("/SMask") || dict.hasKey("/Mask"))
    return std::nullopt;
  QPDFObjectHandle decode = dict.getKey("/Decode");
  const bool inverted = decode.isArray() && decode.getArrayNItems() == 2 &&
                        decode.getArrayItem(0).isNumber() && decode.getArrayItem(0).getNumericValue() == 1;
  if (decode.isArray() && decode.getArrayNItems() > 2) return std::nullopt;
  QPDFObjectHandle filter = dict.getKey("/Filter"), parms = dict.getKey("/DecodeParms");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  if (parms.isArray() && parms.getArrayNItems() == 1) parms = parms.getArrayItem(0);
  const std::string how = filter.isName() ? filter.getName() : filter.isNull() ? "" : "?";
  if (how == "/DCTDecode" && !inverted) return read_jpeg(raw_bytes(image, false));
  if (how == "/CCITTFaxDecode") {
    if (number(parms, "/Columns", 1728) != width) return std::nullopt;
    const FaxStream fax{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height),
                        number(parms, "/K", 0), flag(parms, "/BlackIs1") != inverted,
                        flag(parms, "/EncodedByteAlign")};
    auto page = read_tiff(tiff_of(fax, raw_bytes(image, false)), 0);
    if (!page) return tl::unexpected(page.error());
    return page->flat;
  }
  const int depth = colours * bits;
  if ((how == "" || how == "/FlateDecode" || how == "/LZWDecode") &&
      (depth == 1 || depth == 8 || depth == 24)) {
    auto flat = from_samples(raw_bytes(image, true), width, height, depth);
    if (flat && inverted) flat->grey = 255 - flat->grey;
    if (flat) return *flat;
  }
  return std::nullopt;
}

void turn_as_shown(QPDFPageObjectHelper& page, Flat& flat) {
  QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
  const int turn = rotate.isInteger() ? ((rotate.getIntValueAsInt() % 360) + 360) % 360 : 0;
  if (turn == 90) cv::rotate(flat.grey, flat.grey, cv::ROTATE_90_CLOCKWISE);
  if (turn == 180) cv::rotate(flat.grey, flat.grey, cv::ROTATE_180);
  if (turn == 270) cv::rotate(flat.grey, flat.grey, cv::ROTATE_90_COUNTERCLOCKWISE);
  if (turn % 180 == 90) std::swap(flat.x_dpi, flat.y_dpi);
}

letter::Result<Flat> flat_page(const std::string& bytes, QPDFPageObjectHelper& page, std::uint32_t index) {
  const auto sheet = visible(page);
  if (!sheet)
    return letter::fault("pdf.broken", "La page PDF n’a pas de taille.", "The PDF page has no size.");
  QPDFObjectHandle image = only_image(page, *sheet);
  if (image.isStream()) {
    const int width = number(image.getDict(), "/Width", 0), height = number(image.getDict(), "/Height", 0);
    if (width > static_cast<int>(max_side) || height > static_cast<int>(max_side) ||
        static_cast<std::uint64_t>(std::max(width, 0)) * std::max(height, 0) > max_pixels)
      return letter::fault("page.too_large", "L’image est démesurée.", "The image is far too large.");
    if (auto flat = pixels_of(image)) {
      if (!*flat) return *flat;
      (*flat)->x_dpi = width * 72 / sheet->width;
      (*flat)->y_dpi = height * 72 / sheet->height;
      turn_as_shown(page, **flat);
      return *flat;
    }
  }
  const double longest_in = std::max(sheet->width, sheet->height) / 72;
  if (longest_in > 60)
    return letter::fault("page.too_large", "La page PDF est démesurée.", "The PDF page is far too large.");
  return draw_pdf(bytes, index + 1, longest_in > 24 ? 100 : drawing_dpi);
}

letter::Result<PdfPage> read_open(QPDF& pdf, const std::string& bytes, std::uint32_t index) {
  auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
  if (pages.empty()) return letter::fault("pdf.empty", "Le PDF n’a aucune page.", "The PDF has no page.");
  if (pages.size() > max_pages)
    return letter::fault("page.too_many", "Le fichier a trop de pages.", "The file has too many pages.");
  if (index >= pages.size())
    return letter::fault("page.absent", "La page n’existe pas dans le fichier.",
                         "The file has no such page.");
  auto flat = flat_page(bytes, pages[index], index);
  if (!flat) return tl::unexpected(flat.error());
  PdfPage out;
  out.flat = std::move(*flat);
  out.pages = static_cast<std::uint32_t>(pages.size());
  out.flat.damaged = out.flat.damaged || pdf.anyWarnings();
  if (out.flat.damaged)
    out.notes.push_back({"pdf.damaged", "Le PDF est abîmé : une partie de la page peut manquer.",
                         "The PDF is damaged: part of the page may be missing."});
  return out;
}

}  // namespace

letter::Result<PdfPage> read_pdf(const std::string& bytes, std::uint32_t index) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("master", bytes.data(), bytes.size());
    return read_open(pdf, bytes, index);
  } catch (const QPDFExc& e) {
    if (e.getErrorCode() == qpdf_e_password)
      return letter::fault("pdf.locked", "Le PDF est protégé par un mot de passe.",
                           "The PDF is locked by a password.");
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const letter::BrokenWorld&) {
    throw;
  } catch (const std::exception&) {
    // libqpdf throws logic and runtime errors alike on what it cannot make sense of
  }
  return letter::fault("pdf.broken", "Le PDF est illisible.", "The PDF cannot be read.");
}

std::string join_pdf(const std::vector<std::string>& pages) {
  QPDF joined;
  joined.emptyPDF();
  QPDFPageDocumentHelper to(joined);
  std::vector<std::unique_ptr<QPDF>> parts;  // alive until written: pages refer to their own file
  for (const std::string& bytes : pages) {
    parts.push_back(std::make_unique<QPDF>());
    parts.back()->processMemoryFile("page", bytes.data(), bytes.size());
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(*parts.back()).getAllPages())
      to.addPage(page, false);
  }
  QPDFWriter writer(joined);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.write();
  const std::unique_ptr<Buffer> out(writer.getBuffer());
  return {reinterpret_cast<const char*>(out->getBuffer()), out->getSize()};
}

}  // namespace page
