#include "tests/e2e/short_letters.hpp"

#include <array>

#include "models/workshop/canvas.hpp"
#include "models/workshop/encode.hpp"
#include "models/workshop/separator_sheet.hpp"

namespace e2e {
namespace {

constexpr double dpi = 150;

workshop::Raster letter_page(int number) {
  constexpr double width = 210, height = 148;
  static constexpr std::array<const char*, 3> matters{
      "Je conteste le refus de remboursement de mes lunettes.",
      "Mes indemnités journalières ne sont toujours pas versées.",
      "Le capital décès de mon mari n'est pas payé depuis six mois."};
  workshop::Canvas canvas(workshop::Medium::pixels, width, height, dpi);
  workshop::Lettering face;
  face.family = "DejaVu Sans";
  face.size = 5;
  canvas.write({20, 30}, "Madame, Monsieur,", face);
  canvas.write({20, 45}, matters[static_cast<std::size_t>(number) % matters.size()], face);
  canvas.write({20, 60}, "Je demande une réponse. Mon dossier est le " + std::to_string(1000 + number) + ".",
               face);
  canvas.write({20, 80}, "Cordialement", face);
  return canvas.raster();
}

workshop::Raster separator_sheet() {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, dpi);
  workshop::draw_separator(canvas, page::Separator{});
  return canvas.raster();
}

}  // namespace

std::string short_letter(int number) { return workshop::tiff({letter_page(number)}, workshop::TiffKind::g4); }

std::string stack_of(int letters) {
  std::vector<workshop::Raster> pages;
  for (int number = 0; number < letters; ++number) {
    pages.push_back(separator_sheet());
    pages.push_back(letter_page(number));
  }
  return workshop::tiff(pages, workshop::TiffKind::g4);
}

}  // namespace e2e
