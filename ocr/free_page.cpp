#include "ocr/free_page.hpp"

#include <algorithm>

#include "page/skew.hpp"

namespace ocr {

std::vector<FreeLine> read_free_page(const letter::Page& facts, std::uint32_t index, const Sight& sight,
                                     const Readers& readers) {
  const double skew = facts.skew_confidence >= page::skew_sure ? facts.skew_deg : 0;
  const page::Straight straight = page::straighten(sight.raster, facts.turn_deg, skew);
  std::vector<FreeLine> lines;
  std::vector<PrintedLine> printed = readers.print.page(straight.raster);
  // A letter is one column: an address on the right is a line of its own height, not of another column.
  std::stable_sort(printed.begin(), printed.end(), [](const PrintedLine& a, const PrintedLine& b) {
    return a.box.y + a.box.height / 2 < b.box.y + b.box.height / 2;
  });
  for (std::size_t i = 0; i < printed.size(); ++i) {
    FreeLine free;
    free.line.text = letter::PersonalText(printed[i].text);
    free.line.confidence = printed[i].confidence;
    free.line.how = printed[i].confidence < 0.6 ? letter::How::hand : letter::How::typed;
    free.line.page = index;
    free.line.box = page::box_on_master(straight.to_master, printed[i].box, sight.raster.grey.size());
    free.place = place_on(straight.raster.grey.size(), printed[i].box);
    const int height = printed[i].box.height;
    free.paragraph = i == 0 ||
                     printed[i].box.y - (printed[i - 1].box.y + printed[i - 1].box.height) > 0.9 * height ||
                     printed[i].box.y < printed[i - 1].box.y;
    lines.push_back(std::move(free));
  }
  return lines;
}

}  // namespace ocr
