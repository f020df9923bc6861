#define POINTERHOLDER_TRANSITION 4  // plain std::shared_ptr

#include "page/pdf_image.hpp"

#include <algorithm>
#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>

#include "page/damage.hpp"
#include "page/g4.hpp"
#include "page/headers.hpp"
#include "page/jpeg.hpp"
#include "page/tiff.hpp"

namespace page {
namespace {

// Keeps what comes through, up to a limit: a few bytes can stand for gigabytes.
class Jar : public Pipeline {
 public:
  explicit Jar(std::uint64_t most) : Pipeline("jar", nullptr), most_(most) {}
  std::string bytes;
  void write(unsigned char const* from, size_t count) override {
    if (bytes.size() + count > most_) throw std::length_error("more than a page can be");
    bytes.append(reinterpret_cast<const char*>(from), count);
  }
  void finish() override {}

 private:
  std::uint64_t most_;
};

std::string raw_bytes(QPDFObjectHandle image) {
  const auto buffer = image.getRawStreamData();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
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
      const int n = number_of(space.getArrayItem(1).getDict(), "/N", 0);
      return n == 1 || n == 3 ? n : 0;
    }
  }
  return 0;
}

std::size_t row_bytes(int width, int depth) { return (static_cast<std::size_t>(width) * depth + 7) / 8; }

Flat from_samples(std::string samples, int width, int height, int depth) {
  const std::size_t row = row_bytes(width, depth);
  Flat flat;
  flat.bilevel = depth == 1;
  flat.damaged = samples.size() < row * height;
  samples.resize(row * height, '\xff');
  auto* p = reinterpret_cast<uchar*>(samples.data());
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

// What the image's dictionary says.
struct Facts {
  int width = 0, height = 0, bits = 8, colours = 0;
  bool masked = false, inverted = false, plain_decode = true;
  std::string filter;  // "" = none, "?" = several
  QPDFObjectHandle parms = QPDFObjectHandle::newNull();
};

Facts facts_of(QPDFObjectHandle image) {
  QPDFObjectHandle dict = image.getDict();
  Facts facts;
  facts.width = number_of(dict, "/Width", 0), facts.height = number_of(dict, "/Height", 0);
  const bool mask = flag(dict, "/ImageMask");
  facts.bits = mask ? 1 : number_of(dict, "/BitsPerComponent", 8);
  facts.colours = mask ? 1 : channels(dict.getKey("/ColorSpace"));
  facts.masked = dict.hasKey("/SMask") || dict.hasKey("/Mask");
  QPDFObjectHandle decode = dict.getKey("/Decode");
  facts.plain_decode = !decode.isArray() || decode.getArrayNItems() == 2;
  facts.inverted = decode.isArray() && decode.getArrayNItems() == 2 && decode.getArrayItem(0).isNumber() &&
                   decode.getArrayItem(0).getNumericValue() == 1;
  QPDFObjectHandle filter = dict.getKey("/Filter");
  facts.parms = dict.getKey("/DecodeParms");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  if (facts.parms.isArray() && facts.parms.getArrayNItems() == 1) facts.parms = facts.parms.getArrayItem(0);
  facts.filter = filter.isName() ? filter.getName() : filter.isNull() ? "" : "?";
  return facts;
}

bool fax_whole(const Facts& facts, const std::string& stream) {
  const int columns = number_of(facts.parms, "/Columns", 1728);
  if (number_of(facts.parms, "/K", 0) >= 0 || columns <= 0 || facts.height <= 0) return true;
  const G4Strip strip{static_cast<std::uint32_t>(columns), static_cast<std::uint32_t>(facts.height), false,
                      flag(facts.parms, "/EncodedByteAlign")};
  return check_g4(stream, strip).end != G4End::broken;
}

bool lzw_stream_whole(const Facts& facts, const std::string& stream, std::uint64_t bytes) {
  return lzw_whole(stream, bytes, number_of(facts.parms, "/EarlyChange", 1) != 0);
}

std::optional<letter::Result<Flat>> jpeg_pixels(const std::string& stream, std::uint64_t decoded_bytes) {
  const auto header = read_header(stream);
  if (!header || header->kind != FileKind::jpeg) return std::nullopt;
  if (const auto why = refusal(FileKind::jpeg, header->pages[0], decoded_bytes))
    return letter::Result<Flat>(tl::unexpected(*why));
  return read_jpeg(stream);
}

std::optional<letter::Result<Flat>> fax_pixels(const Facts& facts, const std::string& stream) {
  const int k = number_of(facts.parms, "/K", 0);
  const bool aligned = flag(facts.parms, "/EncodedByteAlign");
  if (number_of(facts.parms, "/Columns", 1728) != facts.width || (k < 0 && aligned)) return std::nullopt;
  const FaxStream fax{static_cast<std::uint32_t>(facts.width), static_cast<std::uint32_t>(facts.height), k,
                      flag(facts.parms, "/BlackIs1") != facts.inverted, aligned};
  auto page = read_tiff(tiff_of(fax, stream), 0);
  if (!page) return letter::Result<Flat>(tl::unexpected(page.error()));
  return letter::Result<Flat>(std::move(page->flat));
}

}  // namespace

int number_of(QPDFObjectHandle dict, const std::string& key, int otherwise) {
  QPDFObjectHandle value = dict.isDictionary() ? dict.getKey(key) : QPDFObjectHandle::newNull();
  return value.isInteger() ? value.getIntValueAsInt() : otherwise;
}

std::optional<std::string> stream_bytes(QPDFObjectHandle stream, std::uint64_t most) {
  Jar jar(most);
  bool decoded = false;
  try {
    if (!stream.pipeStreamData(&jar, &decoded, 0, qpdf_dl_specialized, false, false)) return std::nullopt;
  } catch (const std::length_error&) {
    return std::nullopt;
  }
  return std::move(jar.bytes);
}

std::optional<letter::Result<Flat>> pixels_of(QPDFObjectHandle image, std::uint64_t decoded_bytes) {
  const Facts facts = facts_of(image);
  if (facts.width <= 0 || facts.height <= 0 || facts.colours == 0 || facts.masked || !facts.plain_decode)
    return std::nullopt;
  if (facts.filter == "/DCTDecode" && !facts.inverted) return jpeg_pixels(raw_bytes(image), decoded_bytes);
  if (facts.filter == "/CCITTFaxDecode") return fax_pixels(facts, raw_bytes(image));
  const int depth = facts.colours * facts.bits;
  const bool packed = facts.filter == "/FlateDecode" || facts.filter == "/LZWDecode";
  if ((!packed && !facts.filter.empty()) || (depth != 1 && depth != 8 && depth != 24)) return std::nullopt;
  const std::uint64_t bytes = row_bytes(facts.width, depth) * static_cast<std::uint64_t>(facts.height);
  const auto samples = stream_bytes(image, decoded_bytes);
  if (!samples) return std::nullopt;
  Flat flat = from_samples(*samples, facts.width, facts.height, depth);
  if (facts.inverted) flat.grey = 255 - flat.grey;
  if (facts.filter == "/LZWDecode" && !lzw_stream_whole(facts, raw_bytes(image), bytes)) flat.damaged = true;
  if (facts.filter == "/FlateDecode" && !deflate_whole(raw_bytes(image), 0)) flat.damaged = true;
  return letter::Result<Flat>(std::move(flat));
}

bool image_whole(QPDFObjectHandle image) {
  const Facts facts = facts_of(image);
  if (facts.filter == "/CCITTFaxDecode") return fax_whole(facts, raw_bytes(image));
  if (facts.filter == "/LZWDecode") return lzw_stream_whole(facts, raw_bytes(image), 0);
  if (facts.filter == "/FlateDecode") return deflate_whole(raw_bytes(image), 0);
  if (facts.filter != "/DCTDecode") return true;
  const auto flat = jpeg_pixels(raw_bytes(image), FileLimits{}.decoded_bytes);
  return flat && *flat && !(*flat)->damaged;
}

}  // namespace page
