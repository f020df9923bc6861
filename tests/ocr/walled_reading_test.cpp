// A letter is read the same behind the walls of its child as in this process.
#include <gtest/gtest.h>

#include "models/workshop/encode.hpp"
#include "models/workshop/specimen.hpp"
#include "ocr/read.hpp"
#include "ocr/zygote.hpp"
#include "tests/page/painted.hpp"

namespace {

letter::Work work_of(const std::string& bytes, const std::string& media_type) {
  letter::Work work;
  work.letter.id = {"LYON1", 7};
  work.letter.received_at = letter::Instant(std::chrono::milliseconds(1'795'000'000'000));
  work.letter.arrived_on = letter::paris_day(work.letter.received_at);
  work.letter.masters.push_back({std::string(64, 'a'), bytes.size(), media_type, 1});
  work.letter.pages.emplace_back();
  work.masters.push_back(bytes);
  return work;
}

void expect_the_same(const letter::Work& work) {
  static const ocr::Engines engines(VAGUEMESTRE_MODELS_DIR);
  const letter::ReadLetter outside = ocr::read(work.letter, work.masters, engines);
  ocr::Zygote zygote(VAGUEMESTRE_MODELS_DIR, {.ms_a_page = 60'000});
  const auto inside = zygote.read(work, ocr::Task::read);
  ASSERT_TRUE(inside) << inside.error().code;
  EXPECT_FALSE(outside.full_text.reveal().empty());
  EXPECT_TRUE(*inside == outside);
}

TEST(WalledReading, AFormIsReadTheSame) {
  workshop::Order order;
  order.seed = 2026;
  order.arrived = letter::Day{std::chrono::year{2026} / 11 / 23};
  order.on_form = true;
  const ocr::Form form = ocr::load_form(VAGUEMESTRE_MODELS_DIR "/forms/reclamation.toml").value();
  const workshop::Specimen specimen = workshop::paint(form, order);
  expect_the_same(work_of(specimen.bytes, specimen.media_type));
}

TEST(WalledReading, APdfThatMustBeDrawnIsReadTheSame) {
  workshop::Canvas canvas(workshop::Medium::pdf, 210, 297, 300, "letter");
  canvas.write({25, 40}, "Madame, Monsieur, je conteste ce refus de mes indemnités.", {"DejaVu Sans", 4.2});
  canvas.write({25, 50}, "Je vous prie de revoir mon dossier au plus vite.", {"DejaVu Sans", 4.2});
  expect_the_same(work_of(canvas.document(), "application/pdf"));
}

}  // namespace
