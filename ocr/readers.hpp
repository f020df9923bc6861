// What reads strokes: engines that are slow to make, made once and lent to whoever reads a page.
#pragma once

#include "ocr/boxes/boxes.hpp"
#include "ocr/boxes/members.hpp"
#include "ocr/hand/hand.hpp"
#include "ocr/lines/print.hpp"

namespace ocr {

struct Readers {
  Print& print;
  const Hand& hand;
  const Boxes& boxes;
  const Members& members;
};

}  // namespace ocr
