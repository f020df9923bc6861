// Every face of the workshop draws every character that a writer may put, with its own signs.
#include <gtest/gtest.h>

#include <set>

#include "models/workshop/penmanship.hpp"

using workshop::Canvas;
using workshop::Face;
using workshop::Faces;

namespace {

const workshop::Stock& stock() {
  static const workshop::Stock stock = workshop::load_stock();
  return stock;
}

constexpr const char* french =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789àâäçéèêëîïôöùûüœÀÂÇÉÈÊËÎÔŒ.,;:!?'’\"-–()/"
    "%€@°«»&+_";
constexpr const char* capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-'@._+";

std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> all;
  for (const char c : text)
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80)
      all.back().push_back(c);
    else
      all.emplace_back(1, c);
  return all;
}

// A face may name a character and have nothing to draw for it.
bool leaves_ink(const std::string& family, const std::string& character) {
  Canvas canvas(workshop::Medium::pixels, 20, 20, 100);
  canvas.write({5, 12}, character, {family, 8});
  for (const auto grey : canvas.raster().grey)
    if (grey < 128) return true;
  return false;
}

void expect_complete(const std::vector<Face>& faces, const char* wanted) {
  for (const Face& face : faces) {
    ASSERT_TRUE(Canvas::has_face(face.family)) << face.family;
    workshop::Writing writing;
    writing.face = face;
    for (const std::string& c : characters(wanted)) {
      const std::string put = workshop::as_written(writing, c);
      EXPECT_TRUE(Canvas::covers(face.family, put)) << face.family << " has no " << c;
      EXPECT_TRUE(leaves_ink(face.family, put)) << face.family << " draws nothing for " << c;
    }
  }
}

TEST(Faces, EveryPrintDrawsAllOfFrench) {
  expect_complete(stock().typed, french);
  expect_complete(stock().typewriter, french);
  expect_complete(stock().dot, french);
}

TEST(Faces, EveryHandDrawsAllOfFrench) { expect_complete(stock().hands, french); }

TEST(Faces, EveryHandOfCapitalsDrawsWhatCellsMayHold) { expect_complete(stock().capitals, capitals); }

TEST(Faces, AMissingSignIsNoticed) {
  EXPECT_FALSE(Canvas::covers("Kristi", "œ"));
  EXPECT_FALSE(leaves_ink("kiloji", "ç"));
}

TEST(Faces, EachListHasSomeThatNoTrainingMaySee) {
  for (const auto* faces :
       {&stock().typed, &stock().typewriter, &stock().dot, &stock().hands, &stock().capitals}) {
    std::set<std::string> seen, unseen;
    for (const Face& face : workshop::among(*faces, Faces::seen)) seen.insert(face.family);
    for (const Face& face : workshop::among(*faces, Faces::unseen)) unseen.insert(face.family);
    EXPECT_EQ(seen.size() + unseen.size(), faces->size());  // none on both sides, none twice
  }
}

TEST(Faces, ASignThatTheFaceLacksIsPutOtherwise) {
  workshop::Writing writing;
  writing.face = {"Kristi", 1, "œŒ€"};
  EXPECT_EQ(workshop::as_written(writing, "cœur à 3 €"), "coeur à 3 euros");
}

}  // namespace
