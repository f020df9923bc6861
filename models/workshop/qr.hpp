// QR codes, drawn; qr.cpp is the one file that sees libqrencode.
#pragma once

#include <string>

#include "models/workshop/canvas.hpp"

namespace workshop {

// How much of the code may be lost: about 15 or 30 hundredths.
enum class QrCare { medium, high };

// A QR code that fills `where`, a square, with its quiet zone of four modules inside.
void draw_qr(Canvas& canvas, const Rect& where, const std::string& payload, QrCare care);

}  // namespace workshop
