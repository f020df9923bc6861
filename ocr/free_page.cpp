#include "ocr/free_page.hpp"

#include "ocr/lines/lines.hpp"
#include "page/skew.hpp"

namespace ocr {

std::vector<FreeLine> read_free_page(const letter::Page& facts, std::uint32_t index, const Sight& sight,
                                     const Readers& readers) {
  const double skew = facts.skew_confidence >= page::skew_sure ? facts.skew_deg : 0;
  const page::Straight straight = page::straighten(sight.raster, facts.turn_deg, skew);
  std::vector<FreeLine> lines;
  const std::vector<LineRead> read = read_lines(straight.raster, readers);
  for (std::size_t i = 0; i < read.size(); ++i) {
    FreeLine free;
    free.line.text = letter::PersonalText(read[i].text);
    free.line.confidence = read[i].confidence;
    free.line.how = read[i].how;
    free.line.page = index;
    free.line.box = page::box_on_master(straight.to_master, read[i].box, sight.raster.grey.size());
    free.place = place_on(straight.raster.grey.size(), read[i].box);
    const int height = read[i].box.height;
    free.paragraph = i == 0 || read[i].box.y - (read[i - 1].box.y + read[i - 1].box.height) > 0.9 * height ||
                     read[i].box.y < read[i - 1].box.y;
    lines.push_back(std::move(free));
  }
  return lines;
}

}  // namespace ocr
