#include "models/workshop/specimen.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "models/workshop/encode.hpp"
#include "models/workshop/mishap.hpp"
#include "models/workshop/sheets.hpp"

namespace workshop {
namespace {

double two_places(double degrees) { return std::round(degrees * 100) / 100; }

Telling telling_of(const Stock& stock, const Order& order, Dice& dice) {
  constexpr auto queues = static_cast<std::uint32_t>(letter::queue_count);
  const letter::Queue queue =
      order.queue.value_or(letter::all_queues[Dice::dealt(order.seed, order.index, queues)]);
  const auto& stories = stock.stories[static_cast<std::size_t>(queue)];
  const auto deal =
      Dice::dealt(order.seed ^ 0x5709135, order.index / queues, static_cast<std::uint32_t>(stories.size()));
  return invent(stock, stories[deal], order.arrived, dice);
}

bool is_bitonal(ScanFile file) {
  return file == ScanFile::tiff_g4 || file == ScanFile::tiff_lzw || file == ScanFile::png_bitonal ||
         file == ScanFile::pdf_g4;
}

ScanFile file_of(const Order& order, std::size_t pages, Dice& dice) {
  static const std::vector<ScanFile> kinds{
      ScanFile::tiff_g4, ScanFile::tiff_g4, ScanFile::tiff_lzw,    ScanFile::tiff_grey, ScanFile::jpeg,
      ScanFile::jpeg,    ScanFile::png,     ScanFile::png_bitonal, ScanFile::pdf_jpeg,  ScanFile::pdf_g4};
  const ScanFile file = order.file.value_or(dice.pick(kinds));
  if (pages == 1) return file;
  if (file == ScanFile::jpeg || file == ScanFile::png) return ScanFile::tiff_grey;
  return file == ScanFile::png_bitonal ? ScanFile::tiff_g4 : file;
}

Faults faults_of(const Order& order, bool bitonal, int turn, Dice& dice) {
  if (order.scan) return *order.scan;
  Faults faults;
  const double skew = dice.chance(0.2) ? 0 : dice.chance(0.7) ? dice.around(0, 1.1) : dice.uniform(-4, 4);
  faults.skew_deg = order.skew_deg.value_or(order.faults ? two_places(skew) : 0);
  faults.turn_deg = turn;
  if (bitonal) faults.threshold = order.faults ? dice.between(140, 190) : 160;
  if (!order.faults) return faults;
  faults.shift = {dice.around(0, 0.7), dice.around(0, 0.7)};
  faults.blur = dice.chance(0.6) ? dice.uniform(0.3, 0.9) : 0;
  faults.noise = dice.chance(0.8) ? dice.uniform(1, bitonal ? 16 : 6) : 0;
  faults.paper = dice.uniform(228, 255);
  faults.specks = dice.chance(0.4) ? dice.below(120) : 0;
  if (dice.chance(0.35)) {  // folded in three, as into a long envelope
    faults.folds = {99 + dice.around(0, 2), 198 + dice.around(0, 2)};
    faults.fold_depth = dice.uniform(15, 70);
  }
  return faults;
}

struct Encoded {
  std::string bytes, media_type, extension;
};

Encoded encoded(const std::vector<Raster>& pages, ScanFile file, int quality) {
  switch (file) {
    case ScanFile::tiff_g4:
      return {tiff(pages, TiffKind::g4), "image/tiff", ".tif"};
    case ScanFile::tiff_lzw:
      return {tiff(pages, TiffKind::bitonal_lzw), "image/tiff", ".tif"};
    case ScanFile::tiff_grey:
      return {tiff(pages, TiffKind::grey_lzw), "image/tiff", ".tif"};
    case ScanFile::jpeg:
      return {jpeg(pages.at(0), quality), "image/jpeg", ".jpg"};
    case ScanFile::png:
      return {png(pages.at(0)), "image/png", ".png"};
    case ScanFile::png_bitonal:
      return {png_bitonal(pages.at(0)), "image/png", ".png"};
    case ScanFile::pdf_jpeg:
      return {image_pdf(pages, quality), "application/pdf", ".pdf"};
    case ScanFile::pdf_g4:
      return {image_pdf(pages, 0), "application/pdf", ".pdf"};
  }
  return {};
}

std::string file_name(std::uint32_t index, const std::string& extension) {
  const std::string number = std::to_string(index + 1);
  return "specimen-" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number + extension;
}

int turn_of(const Order& order, Dice& dice) {
  if (order.turn_deg) return *order.turn_deg;
  const double fate = dice.unit();
  if (!order.faults || fate < 0.8) return 0;
  return fate < 0.94 ? 180 : fate < 0.97 ? 90 : 270;
}

// Chance that decides how it is written, apart from the chance that decides what.
Dice taste_of(const Order& order) { return {order.seed ^ 0x7A57Eu, order.index}; }

double difficulty_of(const Order& order, Dice& taste) {
  const double mild = taste.unit() * taste.unit();
  return order.difficulty.value_or(order.faults ? mild : 0);
}

Manner manner_of(const Order& order, bool hand, double difficulty, Dice& taste) {
  const double fate = taste.unit();
  if (order.manner) return *order.manner;
  if (hand) return Manner::hand;
  const bool faces_given = order.face || !order.families.empty();  // they have no grid of needles
  if (faces_given || difficulty <= 0 || fate < 0.8) return Manner::typed;
  return fate < 0.92 ? Manner::typewriter : Manner::dot;
}

void name_faces(const Writing& writing, bool on_form, Truth& truth) {
  truth.manner = writing.manner;
  truth.faces = {writing.face.family};
  truth.unseen = writing.face.unseen;
  if (!on_form || writing.capitals.family == writing.face.family) return;
  truth.faces.push_back(writing.capitals.family);
  truth.unseen = truth.unseen && writing.capitals.unseen;
}

// What it says, to what it is: all of the truth that does not depend on the pen.
void begin(Truth& truth, const Telling& telling) {
  truth.queue = telling.story.queue;
  truth.secondary = telling.story.secondary;
  truth.is_complaint = truth.queue != letter::Queue::non_reclamation;
}

Order with_mishap(Order order) {
  order.dpi = order.index % 3 == 0 ? 200 : 300;
  Dice dice(order.seed * 31, order.index);
  const auto mishap = ordinary_mishaps[(order.index + order.index / 97) % ordinary_mishaps.size()];
  order.scan = faults_of(mishap, *order.dpi, dice);
  order.file = order.scan->threshold > 0 ? ScanFile::tiff_g4 : ScanFile::jpeg;
  return order;
}

Specimen painted(const Stock& stock, const ocr::Form& form, const Order& order) {
  if (order.mishaps && !order.scan) return painted(stock, form, with_mishap(order));
  Dice dice(order.seed, order.index), taste = taste_of(order);
  const Telling telling = telling_of(stock, order, dice);
  const bool on_form = order.on_form.value_or(dice.chance(0.55));
  const bool hand = order.manner ? *order.manner == Manner::hand : order.hand.value_or(dice.chance(0.5));
  const double difficulty = difficulty_of(order, taste);
  Writing writing =
      writing_of(stock, {manner_of(order, hand, difficulty, taste), order.faces, difficulty}, taste);
  if (order.face) writing.face = writing.capitals = *order.face;
  if (const auto& list = order.families; !order.face && !list.empty())
    writing.face = writing.capitals = list[order.index % list.size()];
  for (const Face* face : {&writing.face, &writing.capitals})
    if (!Canvas::has_face(face->family))
      throw letter::BrokenWorld("the face " + face->family + " is not installed");
  const int dpi = order.dpi.value_or(dice.chance(0.5) ? 300 : 200);

  Specimen specimen;
  Truth& truth = specimen.truth;
  begin(truth, telling);
  truth.hand = hand;
  truth.difficulty = two_places(difficulty);
  truth.texts = order.texts;
  name_faces(writing, on_form, truth);
  Desk desk{form, telling, writing,    order.arrived, static_cast<double>(dpi),
            dice, truth,   difficulty, order.paper,   order.marks ? &*order.marks : nullptr};
  std::vector<Raster> pages = on_form ? filled_form(desk) : free_letter(desk, stock);
  if (order.envelope) pages.insert(pages.begin(), envelope(desk, stock));

  const ScanFile file = file_of(order, pages.size(), dice);
  const int turn = turn_of(order, dice);
  for (Raster& page : pages) {
    const Faults faults = faults_of(order, is_bitonal(file), turn, dice);
    specimen.scans.push_back(scanned(page, faults, dice));
    page = specimen.scans.back().raster;
    truth.pages.push_back({faults.skew_deg, faults.turn_deg});
  }
  const Encoded whole = encoded(pages, file, dice.between(60, 92));
  truth.file = file_name(order.index, whole.extension);
  specimen.bytes = whole.bytes;
  specimen.media_type = whole.media_type;
  return specimen;
}

bool write_whole(const std::filesystem::path& path, const std::string& bytes) {
  const std::filesystem::path part = path.string() + ".part";
  {
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) return false;
  }
  std::error_code failed;
  std::filesystem::rename(part, path, failed);
  return !failed;
}

}  // namespace

Specimen paint(const ocr::Form& form, const Order& order) {
  return painted(load_stock(order.texts), form, order);
}

Specimen paint(const ocr::Form& form, std::uint64_t seed, std::uint32_t index, letter::Day arrived) {
  Order order;
  order.seed = seed;
  order.index = index;
  order.arrived = arrived;
  return paint(form, order);
}

letter::Result<std::vector<Face>> load_families(const std::filesystem::path& file) {
  const auto faulty = [](std::size_t number) {
    const std::string n = std::to_string(number);
    return letter::fault("workshop.families", "Liste d’écritures illisible à la ligne " + n + ".",
                         "The list of faces cannot be read at line " + n + ".");
  };
  std::vector<Face> faces;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t end = line.find(';');
    Face face{line.substr(0, end)};
    std::istringstream numbers(line.substr(end == std::string::npos ? line.size() : end + 1));
    char apart = ';';
    const bool told = !!(numbers >> face.scale), dotted = told && !!(numbers >> apart);
    if (!told || (dotted && (apart != ';' || !(numbers >> face.dots) || face.dots < 8 || face.dots > 24)))
      return faulty(faces.size() + 1);
    face.lacks = "œŒ–€«»’";  // faces of others often do
    if (!Canvas::has_face(face.family))
      return letter::fault("workshop.face", "Cette écriture n’est pas installée : " + face.family,
                           "This face is not installed: " + face.family);
    faces.push_back(std::move(face));
  }
  if (faces.empty()) return faulty(1);
  return faces;
}

letter::Result<std::vector<std::filesystem::path>> write_specimens(const std::filesystem::path& dir,
                                                                   std::uint32_t count, const ocr::Form& form,
                                                                   Order order) {
  const auto unwritable = [&] {
    return letter::fault("specimen.unwritable", "Impossible d’écrire dans " + dir.string() + ".",
                         "Cannot write into " + dir.string() + ".");
  };
  std::error_code failed;
  std::filesystem::create_directories(dir, failed);
  if (failed) return unwritable();
  const Stock stock = load_stock(order.texts);
  std::vector<std::filesystem::path> scans;
  for (order.index = 0; order.index < count; ++order.index) {
    const Specimen specimen = painted(stock, form, order);
    const std::filesystem::path scan = dir / specimen.truth.file;
    // The truth first: who sees the scan finds its truth beside it.
    if (!write_whole(dir / (scan.stem().string() + ".truth.json"), truth_json(specimen.truth)) ||
        !write_whole(scan, specimen.bytes))
      return unwritable();
    scans.push_back(scan);
  }
  return scans;
}

}  // namespace workshop
