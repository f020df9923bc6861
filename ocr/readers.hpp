// What reads strokes: engines that are slow to make, made once and lent to whoever reads a page.
#pragma once

#include "ocr/boxes.hpp"
#include "ocr/hand.hpp"
#include "ocr/members.hpp"
#include "ocr/print.hpp"

namespace ocr {

struct Readers {
  Print& print;
  const Hand& hand;
  const Boxes& boxes;
  const Members& members;
};

}  // namespace ocr
