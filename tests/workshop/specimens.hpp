// Orders for the workshop that are quick to paint.
#pragma once

#include <filesystem>

#include "models/workshop/specimen.hpp"

namespace specimens {

using workshop::Order;
using workshop::Specimen;

inline const ocr::Form& reclamation() {
  static const ocr::Form form =
      ocr::load_form(std::filesystem::path(VAGUEMESTRE_MODELS_DIR) / "forms/reclamation.toml")
          .value_or(ocr::Form{});
  return form;
}

inline const letter::Day arrived = *letter::parse_day("2026-11-23");

// A quick one: coarse, clean, straight.
inline Order order_of(std::uint32_t index, bool on_form) {
  Order order;
  order.index = index;
  order.arrived = arrived;
  order.on_form = on_form;
  order.dpi = 100;
  order.file = workshop::ScanFile::png;
  order.faults = false;
  return order;
}

inline Specimen paint(const Order& order) { return workshop::paint(reclamation(), order); }

}  // namespace specimens
