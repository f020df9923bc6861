// Tick boxes in all four states, each painted by itself on a form whose place is known.
#include "ocr/form/ticks.hpp"

#include <gtest/gtest.h>

#include "models/workshop/blank_form.hpp"
#include "models/workshop/marks.hpp"
#include "models/workshop/scanner.hpp"

using workshop::Canvas;
using workshop::Mark;

namespace {

const ocr::Form& reclamation() {
  static const ocr::Form form = ocr::load_forms(VAGUEMESTRE_MODELS_DIR).value().front();
  return form;
}

const ocr::Element& box_named(const char* id) { return *ocr::find(reclamation(), id); }

workshop::Rect rect_of(const ocr::Element& box) { return {box.x, box.y, box.w, box.h}; }

page::Raster page_of(const workshop::Scan& scan, bool two_tones) {
  const cv::Mat grey(scan.raster.height, scan.raster.width, CV_8U,
                     const_cast<std::uint8_t*>(scan.raster.grey.data()));
  return {grey.clone(), scan.raster.dpi, two_tones};
}

// Where the painter says the form lies.
ocr::Registration place_of(const workshop::Scan& scan) {
  ocr::Registration where;
  const auto& e = scan.print.even;
  where.affine = cv::Matx23d(e[0], e[1], e[2], e[3], e[4], e[5]);
  where.scan_px_a_mm = scan.print.px_a_mm;
  return where;
}

struct Scanner {
  workshop::Faults faults;
  double dpi = 200;
};
Scanner two_tones() { return {.faults = {.noise = 8, .paper = 240, .threshold = 150}}; }
Scanner grey() { return {.faults = {.blur = 0.6, .noise = 4, .paper = 235}}; }
Scanner thick_copy() { return {.faults = {.copies = 2, .toner = 0.9, .paper = 220}}; }

constexpr const char* boxes[] = {"CIV_M", "OBJ_SANTE", "DEJA_MEDIATEUR"};

// The form with something drawn on it, scanned, and boxes of it judged.
template <class Draw>
std::vector<std::string> judged(const std::vector<const char*>& ids, const Scanner& scanner, Draw draw) {
  Canvas canvas(workshop::Medium::pixels, 210, 297, scanner.dpi);
  workshop::draw_blank(canvas, reclamation());
  draw(canvas);
  workshop::Dice dice(5, 5);
  const workshop::Scan scan = workshop::scanned(canvas.raster(), scanner.faults, dice);
  const page::Raster page = page_of(scan, scanner.faults.threshold > 0);
  std::vector<std::string> states;
  for (const char* id : ids)
    states.emplace_back(letter::id(ocr::see_tick(page, place_of(scan), reclamation(), box_named(id)).state));
  return states;
}

std::vector<std::string> marked(const std::vector<const char*>& ids, const Scanner& scanner, Mark mark) {
  return judged(ids, scanner, [&](Canvas& canvas) {
    workshop::Writing writing;
    writing.hand = true;
    writing.ink = 0.8;
    workshop::Dice dice(1, 9);
    for (const char* id : boxes) workshop::make_mark(canvas, writing, rect_of(box_named(id)), mark, dice);
  });
}

void expect_state(Mark mark, const std::string& state) {
  const std::vector<const char*> ids(std::begin(boxes), std::end(boxes));
  for (const Scanner& scanner : {two_tones(), grey(), thick_copy()})
    EXPECT_EQ(marked(ids, scanner, mark), std::vector<std::string>(ids.size(), state))
        << workshop::name_of(mark) << " on paper " << scanner.faults.paper;
}

TEST(Ticks, AnEmptyBoxIsBlankOnAnyScan) { expect_state(Mark::none, "blank"); }

TEST(Ticks, CrossesChecksAndScribblesTick) {
  for (const Mark mark : {Mark::cross, Mark::check, Mark::scribble, Mark::slash, Mark::blob, Mark::filled})
    expect_state(mark, "ticked");
}

TEST(Ticks, StrokesThatLeaveTheBoxTickIt) { expect_state(Mark::leaving, "ticked"); }

TEST(Ticks, ACrossHalfBesideTheBoxTicksIt) { expect_state(Mark::beside, "ticked"); }

TEST(Ticks, FaintPencilTicksOnAGreyScan) {
  EXPECT_EQ(marked({"CIV_M", "OBJ_SANTE"}, grey(), Mark::faint), std::vector<std::string>(2, "ticked"));
}

TEST(Ticks, AStrokeThatOnlyPassesThroughLeavesTheBoxBlank) {
  for (const Scanner& scanner : {two_tones(), grey()})
    EXPECT_EQ(marked({"CIV_M", "OBJ_SANTE", "DEJA_MEDIATEUR"}, scanner, Mark::passing),
              std::vector<std::string>(3, "blank"));
}

TEST(Ticks, InkThatEndsAtTheFrameLeavesTheBoxBlank) { expect_state(Mark::grazed, "blank"); }

TEST(Ticks, ATickCrossedOutIsCorrected) { expect_state(Mark::struck, "corrected"); }

TEST(Ticks, ABoxBlackenedFarOverItsFrameIsCorrected) { expect_state(Mark::blackened, "corrected"); }

TEST(Ticks, AnEmptyBoxWithARingAroundItIsDoubtful) { expect_state(Mark::circled, "doubtful"); }

TEST(Ticks, DustIsNoTick) {
  const auto seen = judged({"CIV_M"}, two_tones(), [](Canvas& canvas) {
    const ocr::Element& box = box_named("CIV_M");
    canvas.dots({{box.x + 1.5, box.y + 1.2}, {box.x + 2.9, box.y + 2.6}}, 0.35, 1);
  });
  EXPECT_EQ(seen.front(), "blank");
}

TEST(Ticks, AMereTouchOfThePenIsDoubtful) {
  const auto seen = judged({"CIV_M"}, grey(), [](Canvas& canvas) {
    const ocr::Element& box = box_named("CIV_M");
    canvas.stroke({{box.x + 1.6, box.y + 2}, {box.x + 2.4, box.y + 2.2}}, {0.2, 0.7});
  });
  EXPECT_EQ(seen.front(), "doubtful");
}

// The box is judged by itself: what its group's other boxes look like changes nothing.
TEST(Ticks, AnEmptyGroupIsEmpty) {
  const auto seen = marked({"MOT_DELAI", "MOT_REFUS", "MOT_MONTANT", "MOT_INFO", "MOT_COTIS", "MOT_AUTRE"},
                           two_tones(), Mark::none);
  EXPECT_EQ(seen, std::vector<std::string>(6, "blank"));
}

TEST(Ticks, TwoFullBoxesOfAGroupAreBothTicked) {
  const auto both = [](Canvas& canvas) {
    workshop::Writing writing;
    writing.hand = true;
    workshop::Dice dice(3, 3);
    for (const char* id : {"CIV_M", "CIV_MME"})
      workshop::make_mark(canvas, writing, rect_of(box_named(id)), Mark::cross, dice);
  };
  EXPECT_EQ(judged({"CIV_M", "CIV_MME"}, grey(), both), std::vector<std::string>(2, "ticked"));
}

TEST(Ticks, ABoxOffThePageIsBlank) {
  ocr::Registration where;
  where.affine = cv::Matx23d(8, 0, -5000, 0, 8, -5000);
  where.scan_px_a_mm = 8;
  const page::Raster page{cv::Mat(400, 400, CV_8U, cv::Scalar(255)), 203.2, false};
  EXPECT_EQ(letter::id(ocr::see_tick(page, where, reclamation(), box_named("CIV_M")).state), "blank");
}

}  // namespace
