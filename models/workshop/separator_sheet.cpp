#include "models/workshop/separator_sheet.hpp"

#include <algorithm>

#include "models/workshop/qr.hpp"
#include "page/pdf.hpp"
#include "page/separator_patch.hpp"

namespace workshop {
namespace {

constexpr double sheet_w = 210, sheet_h = 297;
constexpr double margin = 8;  // from each edge to its patch; scanners see nothing in the outer 6.4 mm
constexpr double patch_short = 120, patch_long = 160;  // along the short and the long edges
constexpr double qr_side = 72, qr_top = 92;
constexpr double text_left = 36, text_right = 174;  // between the patches at the sides
constexpr const char* face = "DejaVu Sans";

struct Words {
  const char *title, *title_en;
  const char *how, *how_en;
};

Words words_of(page::SeparatorType type) {
  switch (type) {
    case page::SeparatorType::batch:
      return {"EN-TÊTE DE LOT", "Batch header",
              "Posez cette feuille devant le premier pli du lot, dans n’importe quel sens, face imprimée du "
              "côté lu. Elle dit pour "
              "tous les plis "
              "qui suivent la boîte et la date d’arrivée du courrier, et combien de plis sont attendus.",
              "Lay this sheet in front of the batch’s first letter, any way up, print to the camera. It "
              "tells the post box and "
              "the day of "
              "arrival of all letters that follow, and how many are expected."};
    case page::SeparatorType::sealed:
      return {"PLI FERMÉ", "Sealed letter",
              "Posez cette feuille devant l’enveloppe fermée, dans n’importe quel sens, face imprimée du "
              "côté lu. N’ouvrez pas le pli "
              ": seul son "
              "extérieur est numérisé. Rien n’en est lu ; il va au service médical.",
              "Lay this sheet in front of the closed envelope, any way up, print to the camera. Do not open "
              "it: only its outside "
              "is scanned. "
              "Nothing of it is read; it goes to the medical service."};
    case page::SeparatorType::doc:
      break;
  }
  return {"INTERCALAIRE – NOUVEAU PLI", "Separator – a new letter begins",
          "Posez cette feuille devant chaque pli, dans n’importe quel sens, face imprimée du côté lu, sans "
          "la plier ni l’agrafer. Tout "
          "ce qui suit, "
          "jusqu’au prochain intercalaire, est un seul pli.",
          "Lay this sheet in front of each letter, any way up, print to the camera, neither folded nor "
          "stapled. All that follows, "
          "up to the "
          "next separator, is one letter."};
}

// One patch: `at(depth, thickness)` is the rectangle of a bar that begins so deep in the sheet.
void draw_patch(Canvas& canvas, const auto& at) {
  double depth = margin;
  for (int i = 0; i < 7; ++i) {
    const double thick = page::patch_t[i] * page::patch_module_mm;
    if (i % 2 == 0) canvas.fill(at(depth, thick));
    depth += thick;
  }
}

void draw_patches(Canvas& canvas) {
  const double x = (sheet_w - patch_short) / 2, y = (sheet_h - patch_long) / 2;
  draw_patch(canvas, [&](double depth, double thick) { return Rect{x, depth, patch_short, thick}; });
  draw_patch(canvas, [&](double depth, double thick) {
    return Rect{x, sheet_h - depth - thick, patch_short, thick};
  });
  draw_patch(canvas, [&](double depth, double thick) { return Rect{depth, y, thick, patch_long}; });
  draw_patch(canvas, [&](double depth, double thick) {
    return Rect{sheet_w - depth - thick, y, thick, patch_long};
  });
}

void write_middle(Canvas& canvas, double y, const std::string& text, Lettering lettering) {
  const double room = text_right - text_left, wide = canvas.width(text, lettering);
  if (wide > room) lettering.size *= room / wide;
  canvas.write({(sheet_w - canvas.width(text, lettering)) / 2, y}, text, lettering);
}

double write_paragraph(Canvas& canvas, double y, const std::string& text, const Lettering& lettering) {
  for (const std::string& line : wrapped(canvas, text, lettering, text_right - text_left)) {
    canvas.write({text_left, y}, line, lettering);
    y += 1.45 * lettering.size;
  }
  return y;
}

// French in bold, its English small beneath.
void write_facts(Canvas& canvas, const page::Separator& separator) {
  double y = qr_top + qr_side + 8;
  const auto fact = [&](const std::string& fr, const std::string& en) {
    write_middle(canvas, y, fr, {face, 6, true});
    write_middle(canvas, y + 4.2, en, {face, 2.8});
    y += 11.5;
  };
  if (separator.box != letter::PostBox::none)
    fact("Boîte " + std::string(letter::id(separator.box)), "Post box");
  const bool batch = separator.type == page::SeparatorType::batch;
  if (batch && separator.arrived_on) fact("Arrivé le " + letter::french(*separator.arrived_on), "Arrived on");
  if (batch && separator.expected)
    fact("Plis attendus : " + std::to_string(*separator.expected), "Letters expected");
  if (!separator.seq.empty()) fact("N° " + separator.seq, "Sheet number");
}

}  // namespace

void draw_separator(Canvas& canvas, const page::Separator& separator) {
  const Words words = words_of(separator.type);
  draw_patches(canvas);
  write_middle(canvas, 46, words.title, {face, 11, true});
  write_middle(canvas, 52, words.title_en, {face, 4});
  const double y = write_paragraph(canvas, 63, words.how, {face, 4});
  write_paragraph(canvas, y + 1, words.how_en, {face, 2.8});
  draw_qr(canvas, {(sheet_w - qr_side) / 2, qr_top, qr_side, qr_side}, page::payload(separator),
          QrCare::high);
  write_facts(canvas, separator);
  if (separator.type == page::SeparatorType::batch) return;  // of one batch only
  write_middle(canvas, 254, "À réutiliser tant qu’elle est propre et à plat. Ne rien écrire dessus.",
               {face, 3});
  write_middle(canvas, 258.5, "Use again while clean and flat. Do not write on it.", {face, 2.6});
}

std::string print_separators(const std::vector<page::Separator>& separators) {
  ENSURE(!separators.empty());
  std::vector<std::string> sheets;
  for (const page::Separator& separator : separators) {
    Canvas canvas(Medium::pdf, sheet_w, sheet_h, 300, words_of(separator.type).title);
    draw_separator(canvas, separator);
    sheets.push_back(canvas.document());
  }
  return sheets.size() == 1 ? sheets.front() : page::join_pdf(sheets);
}

letter::Result<std::vector<page::Separator>> numbered_separators(const page::Separator& first,
                                                                 std::uint32_t copies) {
  const auto wrong = letter::fault("separator.seq",
                                   "Le premier numéro doit être de 1 à 9 chiffres, avec de la place "
                                   "pour toutes les feuilles.",
                                   "The first number must be 1 to 9 digits, with room for all sheets.");
  const std::string& seq = first.seq;
  if (seq.empty() || seq.size() > 9 ||
      !std::all_of(seq.begin(), seq.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return wrong;
  std::vector<page::Separator> all;
  for (std::uint32_t i = 0; i < copies; ++i) {
    std::string number = std::to_string(std::stoul(seq) + i);
    if (number.size() > seq.size()) return wrong;
    number.insert(0, seq.size() - number.size(), '0');
    all.push_back(first);
    all.back().seq = std::move(number);
  }
  return all;
}

}  // namespace workshop
