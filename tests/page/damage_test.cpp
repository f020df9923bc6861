// Painted scans, cut and zeroed in every place: none may be taken for whole.
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "models/workshop/encode.hpp"
#include "page/decode.hpp"
#include "tests/page/scans.hpp"

namespace {

struct Scan {
  std::string name, bytes;
  bool g4 = false;
};

std::vector<Scan> paint() {
  const workshop::Raster clean = painted::letter_page(110), grey = scans::noisy(clean, 5);
  const auto coded = [](const workshop::Raster& page, scans::Coded how) { return scans::encode(page, how); };
  const scans::Coded lzw = coded(grey, {.compression = 5}), zip = coded(grey, {.compression = 8});
  const scans::Coded two = coded(clean, {.bits = 1, .compression = 5, .photometric = 0});
  scans::Coded fax = coded(painted::letter_page(200), {.bits = 1, .compression = 4, .photometric = 0});
  scans::Coded fax_strips =
      coded(painted::letter_page(200), {.bits = 1, .compression = 4, .rows_a_strip = 400, .photometric = 0});
  const scans::Container plain;
  const std::string parms = "/DecodeParms << /K -1 /Columns " + std::to_string(fax.width) + " /Rows " +
                            std::to_string(fax.height) + " >>";
  return {{"jpeg", workshop::jpeg(grey, 85)},
          {"jpeg in pdf", workshop::image_pdf({grey}, 85)},
          {"png", workshop::png(grey)},
          {"png two tones", workshop::png_bitonal(painted::letter_page(300))},
          {"lzw", plain.file(lzw)},
          {"lzw two tones", plain.file(two)},
          {"lzw in pdf", scans::pdf_of(lzw, "LZWDecode", "")},
          {"deflate", plain.file(zip)},
          {"deflate in pdf", scans::pdf_of(zip, "FlateDecode", "")},
          {"deflate strips", plain.file(coded(grey, {.compression = 8, .rows_a_strip = 100}))},
          {"g4", plain.file(fax), true},
          {"g4 strips", plain.file(fax_strips), true},
          {"g4 in pdf", scans::pdf_of(fax, "CCITTFaxDecode", parms), true}};
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && cv::norm(a, b, cv::NORM_L1) == 0;
}

struct Tally {
  int cases = 0, silent = 0, harmless = 0;
  std::string places;
};

class Yard {
 public:
  explicit Yard(const Scan& scan) : scan_(scan) {
    auto whole = page::decode(scan.bytes, 0);
    if (!whole || whole->damaged) throw std::runtime_error(scan.name + " is not whole to begin with");
    truth_ = whole->raster.grey;
  }
  void judge(const std::string& hurt, const std::string& place, Tally& tally) const {
    ++tally.cases;
    const auto sheet = page::decode(hurt, 0);
    if (!sheet || sheet->damaged) return;
    if (same(sheet->raster.grey, truth_)) {
      ++tally.harmless;
      return;
    }
    ++tally.silent;
    tally.places += scan_.name + " " + place + "; ";
  }
  void cuts(Tally& tally) const {
    for (int percent = 5; percent <= 95; percent += 5)
      judge(scan_.bytes.substr(0, scan_.bytes.size() * static_cast<std::size_t>(percent) / 100),
            "cut at " + std::to_string(percent) + " %", tally);
  }
  void zeroed(std::size_t run, int places, Tally& tally) const {
    for (int i = 0; i < places; ++i) {
      if (scan_.bytes.size() < run + 64) return;
      const std::size_t at = 16 + (scan_.bytes.size() - run - 16) * static_cast<std::size_t>(i) /
                                      static_cast<std::size_t>(places);
      std::string hurt = scan_.bytes;
      std::fill_n(hurt.begin() + static_cast<std::ptrdiff_t>(at), run, '\0');
      judge(hurt, std::to_string(run) + " zeroed at " + std::to_string(at), tally);
    }
  }
  void flipped(int places, Tally& tally) const {
    workshop::Dice dice(11, 3);
    for (int i = 0; i < places; ++i) {
      const std::size_t at = 700 + dice.below(static_cast<std::uint32_t>(scan_.bytes.size() - 1400));
      std::string hurt = scan_.bytes;
      hurt[at] = static_cast<char>(hurt[at] ^ (1 << dice.below(8)));
      judge(hurt, "a bit at " + std::to_string(at), tally);
    }
  }

 private:
  Scan scan_;
  cv::Mat truth_;
};

TEST(Damage, NoCutOrZeroedPagePassesInSilence) {
  Tally others, fax;
  for (const Scan& scan : paint()) {
    const Yard yard(scan);
    Tally& tally = scan.g4 ? fax : others;
    yard.cuts(tally);
    yard.zeroed(4096, 22, tally);
    yard.zeroed(12'288, 12, tally);
  }
  std::cout << "outside G4: " << others.cases << " cases, " << others.silent << " silent, " << others.harmless
            << " harmless; G4: " << fax.cases << " cases, " << fax.silent << " silent\n";
  EXPECT_GE(others.cases + fax.cases, 600);
  EXPECT_EQ(others.silent, 0) << others.places;
  EXPECT_LE(fax.silent * 20, fax.cases) << fax.places;
}

TEST(Damage, SmallerDamageIsReportedAsARate) {
  std::map<std::string, Tally> rates;
  for (const Scan& scan : paint()) {
    if (scan.name.find("pdf") != std::string::npos) continue;
    const Yard yard(scan);
    yard.zeroed(64, 20, rates[scan.name + ", 64 bytes zeroed"]);
    yard.zeroed(512, 20, rates[scan.name + ", 512 bytes zeroed"]);
    yard.flipped(20, rates[scan.name + ", a bit flipped"]);
  }
  int silent = 0;
  for (const auto& [what, tally] : rates) {
    std::cout << what << ": " << tally.silent << " of " << tally.cases << " silent\n";
    silent += tally.silent;
  }
  EXPECT_GT(silent, 0) << "the yardstick finds nothing that passes: it would not notice either";
}

}  // namespace
