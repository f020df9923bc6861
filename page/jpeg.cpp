#include "page/jpeg.hpp"

#include <cstdio>
// libjpeg's headers need <cstdio> before them
#include <jpeglib.h>

#include <jerror.h>

#include <csetjmp>
#include <vector>

namespace page {
namespace {

constexpr long most_memory_bytes = 1'000'000'000;

struct Ear {
  jpeg_error_mgr base{};
  std::jmp_buf out{};
  bool doubtful = false;
};

Ear& ear(j_common_ptr codec) { return *reinterpret_cast<Ear*>(codec->err); }

[[noreturn]] void on_error(j_common_ptr codec) { std::longjmp(ear(codec).out, 1); }
void on_message(j_common_ptr codec, int level) {
  if (level >= 0) return;  // a trace, not a warning
  const int code = codec->err->msg_code;
  // About markers that say how to show colours, not about coefficients.
  if (code != JWRN_JFIF_MAJOR && code != JWRN_ADOBE_XFORM) ear(codec).doubtful = true;
}
void say_nothing(j_common_ptr) {}

struct Codec {
  jpeg_decompress_struct codec{};
  Ear ear;
  Codec() {
    codec.err = jpeg_std_error(&ear.base);
    ear.base.error_exit = on_error;
    ear.base.emit_message = on_message;
    ear.base.output_message = say_nothing;
  }
  ~Codec() { jpeg_destroy_decompress(&codec); }
  Codec(const Codec&) = delete;
  Codec& operator=(const Codec&) = delete;
};

// Ink on paper; Adobe's files hold it inverted.
void grey_of_inks(const std::vector<uchar>& inks, bool inverted, uchar* grey, int width) {
  for (int x = 0; x < width; ++x) {
    const uchar* p = &inks[static_cast<std::size_t>(x) * 4];
    const auto light = [&](int i) { return inverted ? p[i] : 255 - p[i]; };
    grey[x] = static_cast<uchar>((299 * light(0) + 587 * light(1) + 114 * light(2)) / 1000 * light(3) / 255);
  }
}

// Nothing with a destructor may begin between here and an error: it jumps out. False: not even begun.
bool begin(Codec& c, const std::string& bytes) {
  if (setjmp(c.ear.out) != 0) return false;
  jpeg_create_decompress(&c.codec);
  c.codec.mem->max_memory_to_use = most_memory_bytes;
  jpeg_mem_src(&c.codec, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&c.codec, TRUE);
  c.codec.out_color_space = c.codec.num_components == 4 ? JCS_CMYK : JCS_GRAYSCALE;
  jpeg_start_decompress(&c.codec);
  return true;
}

// The number of rows that came out.
int read_rows(Codec& c, cv::Mat& grey, std::vector<uchar>& inks) {
  volatile int rows = 0;
  if (setjmp(c.ear.out) != 0) return rows;
  while (rows < grey.rows) {
    JSAMPROW row = inks.empty() ? grey.ptr<uchar>(rows) : inks.data();
    if (jpeg_read_scanlines(&c.codec, &row, 1) != 1) return rows;
    if (!inks.empty()) grey_of_inks(inks, c.codec.saw_Adobe_marker, grey.ptr<uchar>(rows), grey.cols);
    rows = rows + 1;
  }
  jpeg_finish_decompress(&c.codec);
  return rows;
}

}  // namespace

letter::Result<Flat> read_jpeg(const std::string& bytes) {
  Codec c;
  Flat flat;
  int rows = 0;
  if (begin(c, bytes)) {
    const double to_inch = c.codec.density_unit == 1 ? 1 : c.codec.density_unit == 2 ? 2.54 : 0;
    flat.x_dpi = c.codec.X_density * to_inch, flat.y_dpi = c.codec.Y_density * to_inch;
    flat.grey = cv::Mat(static_cast<int>(c.codec.output_height), static_cast<int>(c.codec.output_width),
                        CV_8U, cv::Scalar(255));
    std::vector<uchar> inks(c.codec.num_components == 4 ? c.codec.output_width * std::size_t{4} : 0);
    rows = read_rows(c, flat.grey, inks);
  }
  if (rows == 0)
    return letter::fault("jpeg.broken", "L’image JPEG est illisible.", "The JPEG image cannot be read.");
  flat.damaged = rows < flat.grey.rows || c.ear.doubtful;
  return flat;
}

}  // namespace page
