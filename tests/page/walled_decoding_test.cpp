// Pages look the same from behind walls, and PDF pages that must be drawn are drawn there.
#include <gtest/gtest.h>
#include <unistd.h>

#include "page/decode.hpp"
#include "page/easel.hpp"
#include "page/view.hpp"
#include "tests/page/behind_walls.hpp"
#include "tests/page/painted.hpp"

namespace {

using behind_walls::Who;

std::string vector_pdf() {
  workshop::Canvas canvas(workshop::Medium::pdf, 210, 297, 300, "letter");
  canvas.write({25, 40}, "Madame, Monsieur, je conteste ce refus.", {"DejaVu Sans", 4.2});
  canvas.curve({{30, 60}, {80, 90}, {150, 70}}, {0.6});
  return canvas.document();
}

// Resolution, size, damage and every pixel, as bytes; or the fault's code.
std::string picture(const std::string& file) {
  const auto sheet = page::decode(file, 0);
  if (!sheet) return sheet.error().code;
  const cv::Mat& grey = sheet->raster.grey;
  std::string all = std::to_string(sheet->raster.dpi) + " " + std::to_string(grey.cols) + "x" +
                    std::to_string(grey.rows) + (sheet->damaged ? " damaged " : " whole ");
  for (int y = 0; y < grey.rows; ++y) all.append(reinterpret_cast<const char*>(grey.ptr(y)), grey.cols);
  return all;
}

std::string picture_behind_walls(Who who, const std::string& file) {
  const page::MemoryFile seen;
  page::Job job;
  std::string told;
  const auto look = [&] {
    job.work = [&] { page::put_file(page::descriptor_of_answer, picture(file)); };
    job.answer = seen.fd();
    return page::run_walled(job) == page::End::done ? 0 : 1;
  };
  if (who == Who::ordinary_user && ::geteuid() == 0) {
    const pid_t child = ::fork();
    if (child == 0)
      ::_exit(::setgid(behind_walls::nobody) == 0 && ::setuid(behind_walls::nobody) == 0 ? look() : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return status == 0 ? page::whole_file(seen.fd(), 1u << 30) : "it died";
  }
  return look() == 0 ? page::whole_file(seen.fd(), 1u << 30) : "it died";
}

class WalledDecoding : public testing::TestWithParam<Who> {
 protected:
  static void expect_the_same(const std::string& file) {
    const std::string outside = picture(file);
    EXPECT_GT(outside.size(), 100u) << outside;
    EXPECT_TRUE(outside == picture_behind_walls(GetParam(), file));
  }
};

INSTANTIATE_TEST_SUITE_P(Walls, WalledDecoding, testing::Values(Who::ourselves, Who::ordinary_user),
                         [](const auto& who) {
                           return who.param == Who::ourselves ? "AsWeAre" : "AsAnOrdinaryUser";
                         });

TEST_P(WalledDecoding, AFaxedTiffLooksTheSame) {
  expect_the_same(workshop::tiff({painted::letter_page(200)}, workshop::TiffKind::g4));
}
TEST_P(WalledDecoding, AnLzwTiffLooksTheSame) {
  expect_the_same(workshop::tiff({painted::letter_page(100)}, workshop::TiffKind::grey_lzw));
}
TEST_P(WalledDecoding, APngLooksTheSame) { expect_the_same(workshop::png(painted::letter_page(100))); }
TEST_P(WalledDecoding, AJpegLooksTheSame) { expect_the_same(workshop::jpeg(painted::letter_page(100), 80)); }
TEST_P(WalledDecoding, AScannersPdfLooksTheSame) {
  expect_the_same(workshop::image_pdf({painted::letter_page(100)}, 80));
  expect_the_same(workshop::image_pdf({painted::letter_page(100)}, 0));
}
TEST_P(WalledDecoding, ADrawnPdfLooksTheSame) { expect_the_same(vector_pdf()); }

// A desk's view of a page, drawn behind walls, shows what the page shows.
std::string view_behind_walls(const std::string& file, page::ViewFormat format) {
  page::View view;
  view.format = format;
  view.turn_deg = 180;
  const auto bytes = page::in_child([&] { return page::render(file, view); }, {"test.died", "mort", "died"});
  return bytes ? *bytes : bytes.error().code;
}

void expect_shown(const workshop::Raster& drawn, const std::string& file, page::ViewFormat format) {
  const auto shown = page::decode(view_behind_walls(file, format), 0);
  ASSERT_TRUE(shown) << shown.error().code;
  const page::Raster wanted = page::turned(painted::seen(drawn), 180);
  ASSERT_EQ(shown->raster.grey.size(), wanted.grey.size());
  EXPECT_NEAR(shown->raster.dpi, wanted.dpi, 1);
  cv::Mat apart;
  cv::absdiff(shown->raster.grey, wanted.grey, apart);
  EXPECT_LT(cv::mean(apart)[0], 4);
}

TEST(WalledView, AFaxedPageIsShown) {
  const workshop::Raster drawn = painted::letter_page(200);
  const std::string file = workshop::tiff({drawn}, workshop::TiffKind::g4);
  expect_shown(drawn, file, page::ViewFormat::pdf);
  expect_shown(drawn, file, page::ViewFormat::png);
}

TEST(WalledView, AGreyPageIsShown) {
  const workshop::Raster drawn = painted::letter_page(100);
  expect_shown(drawn, workshop::png(drawn), page::ViewFormat::pdf);
  expect_shown(drawn, workshop::png(drawn), page::ViewFormat::png);
}

TEST_P(WalledDecoding, ADrawnPdfIsNotCalledDamaged) {
  EXPECT_NE(picture_behind_walls(GetParam(), vector_pdf()).find(" whole "), std::string::npos);
}

// What a child that a hostile file took over may ask of its parent.
bool parent_draws(const page::Order& order) {
  const std::string pdf = vector_pdf();  // painted out here: no painter works behind walls
  const auto outcome = behind_walls::attempt(Who::ourselves, [&] {
    bool well = false;
    page::put_file(page::descriptor_of_pdf, pdf);
    if (::write(page::descriptor_of_parent, &order, sizeof order) < 0) return std::string("unheard");
    if (::read(page::descriptor_of_parent, &well, sizeof well) != sizeof well)
      return std::string("unanswered");
    return std::string(well ? "drawn" : "refused");
  });
  EXPECT_TRUE(outcome.said == "drawn" || outcome.said == "refused") << outcome.said;
  return outcome.said == "drawn";
}

TEST(Easel, AnOrderInBoundsIsDrawn) { EXPECT_TRUE(parent_draws({1, 100, vector_pdf().size()})); }
TEST(Easel, AnAbsurdResolutionIsRefused) { EXPECT_FALSE(parent_draws({1, 1'000'000, vector_pdf().size()})); }
TEST(Easel, AnAbsurdPageIsRefused) { EXPECT_FALSE(parent_draws({~0u, 100, vector_pdf().size()})); }
TEST(Easel, AnAbsurdSizeIsRefused) { EXPECT_FALSE(parent_draws({1, 100, ~std::uint64_t{0}})); }
TEST(Easel, APageThatIsNotThereIsRefused) { EXPECT_FALSE(parent_draws({2, 100, vector_pdf().size()})); }

TEST(Easel, AnOrderOfTheWrongSizeIsPassedOver) {
  const auto outcome = behind_walls::attempt(Who::ourselves, [] {
    for (int i = 0; i < 1000; ++i)
      if (::write(page::descriptor_of_parent, "nonsense", 8) != 8) return std::string("unheard");
    return std::string("still here");
  });
  EXPECT_EQ(outcome.said, "still here");
}

TEST(Easel, AChildThatDoesNotWaitForItsDrawingStillEnds) {
  const page::Order order{1, 600, vector_pdf().size()};
  const auto outcome = behind_walls::attempt(Who::ourselves, [&] {
    page::put_file(page::descriptor_of_pdf, vector_pdf());
    return std::to_string(::write(page::descriptor_of_parent, &order, sizeof order));
  });
  EXPECT_EQ(outcome.end, page::End::done);
}

}  // namespace
