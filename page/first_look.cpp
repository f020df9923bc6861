#include "page/first_look.hpp"

#include <algorithm>
#include <cmath>

#include "letter/tree.hpp"
#include "page/decode.hpp"
#include "page/disposable.hpp"

namespace page {
namespace {

using letter::Reason;
using letter::Result;
using letter::Tree;

const Reason died{"page.died", "L'examen de la page a échoué : elle n'a pas pu être vue.",
                  "Looking at the page failed: it could not be seen."};
const Reason not_looked_at{
    "page.not_looked_at",
    "Une page précédente a fait échouer l'examen du fichier : celle-ci n'a pas été vue.",
    "An earlier page made looking at the file fail: this one was not seen."};

FirstLook unseen(const Reason& why) {
  FirstLook look;
  look.why_not = why;
  look.quality.flaws = {Flaw::unreadable};
  return look;
}

Result<std::string> look_in_child(const std::string& bytes, std::uint32_t index,
                                  std::uint64_t decoded_bytes) {
  cv::setNumThreads(0);  // the pool's threads did not come along
  const auto sheet = decode(bytes, index, decoded_bytes);
  if (!sheet) return tl::unexpected(sheet.error());
  FirstLook look;
  look.seen = true;
  look.damaged = sheet->damaged;
  look.quality = judge(sheet->raster);
  if (sheet->damaged) look.quality.flaws.insert(look.quality.flaws.begin(), Flaw::damaged);
  look.marks = sheet_marks(sheet->raster);
  return text(look);
}

}  // namespace

std::string text(const FirstLook& look) {
  Tree flaws = Tree::list();
  for (const Flaw flaw : look.quality.flaws) flaws.push(id(flaw));
  Tree tree = Tree::object();
  tree.set("dpi", look.quality.dpi).set("damaged", look.damaged).set("blank", look.quality.blank);
  tree.set("skew", look.quality.skew_deg ? Tree(*look.quality.skew_deg) : Tree());
  tree.set("flaws", std::move(flaws)).set("marks", text(look.marks));
  return letter::dump_json(tree);
}

Result<FirstLook> parse_first_look(const std::string& said) {
  const auto tree = letter::parse_json(said);
  if (!tree || !tree->is_object()) return tl::unexpected(died);
  const auto marks = parse_sheet_marks(letter::value(*tree, "marks").text_or(""));
  if (!marks) return tl::unexpected(died);
  FirstLook look;
  look.seen = true;
  look.marks = *marks;
  look.damaged = letter::value(*tree, "damaged").flag_or(true);
  look.quality.blank = letter::value(*tree, "blank").flag_or(false);
  look.quality.dpi = letter::value(*tree, "dpi").number_or(0);
  const Tree& skew = letter::value(*tree, "skew");
  if (skew.is_number()) look.quality.skew_deg = skew.number_or(0);
  for (const Tree& item : letter::value(*tree, "flaws").items()) {
    const auto flaw = parse_flaw(item.text_or(""));
    if (!flaw || std::ranges::count(look.quality.flaws, *flaw) > 0) return tl::unexpected(died);
    look.quality.flaws.push_back(*flaw);
  }
  return look;
}

FirstLook first_look(const std::string& bytes, std::uint32_t index, const FileLimits& limits) {
  const auto said =
      in_child([&] { return look_in_child(bytes, index, limits.decoded_bytes); }, died, room_for(limits));
  if (!said) return unseen(said.error());
  const auto look = parse_first_look(*said);
  return look ? *look : unseen(look.error());
}

std::vector<FirstLook> first_looks(const std::string& bytes, std::uint32_t pages, const FileLimits& limits) {
  std::vector<FirstLook> looks;
  bool too_slow = false;
  while (looks.size() < pages) {
    looks.push_back(too_slow ? unseen(not_looked_at)
                             : first_look(bytes, static_cast<std::uint32_t>(looks.size()), limits));
    too_slow = too_slow || looks.back().why_not.code == "child.time";
  }
  return looks;
}

}  // namespace page
