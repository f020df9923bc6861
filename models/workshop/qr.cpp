#include "models/workshop/qr.hpp"

#include <qrencode.h>

#include <memory>

#include "letter/result.hpp"

namespace workshop {

constexpr int quiet_modules = 4;  // the white border that the QR standard asks for

void draw_qr(Canvas& canvas, const Rect& where, const std::string& payload, QrCare care) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString8bit(payload.c_str(), 0, care == QrCare::high ? QR_ECLEVEL_H : QR_ECLEVEL_M),
      QRcode_free);
  ENSURE(code != nullptr);  // payloads are short: those who write them see to it
  const double module = where.w / (code->width + 2 * quiet_modules);
  for (int row = 0; row < code->width; ++row) {
    for (int column = 0; column < code->width; ++column) {
      if (!(code->data[row * code->width + column] & 1)) continue;
      int run = 1;  // neighbours in one piece, so that no hairline shows between them
      while (column + run < code->width && (code->data[row * code->width + column + run] & 1)) ++run;
      canvas.fill({where.x + (column + quiet_modules) * module, where.y + (row + quiet_modules) * module,
                   run * module, module});
      column += run - 1;
    }
  }
}

}  // namespace workshop
