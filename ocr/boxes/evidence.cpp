#include "ocr/boxes/evidence.hpp"

#include <algorithm>
#include <cmath>

#include "letter/result.hpp"
#include "ocr/boxes/corroborate.hpp"
#include "ocr/boxes/likeness.hpp"
#include "ocr/check/validate.hpp"

namespace ocr {
namespace {

constexpr double least_p = 1e-4;

double cost(double p) { return -std::log(std::max(p, least_p)); }

bool is_twin(char c) { return twin_of(c) != c; }

// Sum, count and the two greatest of a row of numbers.
struct Row {
  double sum = 0, most = 0, second = 0;
  int n = 0;
  void add(double value) {
    sum += value, ++n;
    second = std::max(second, std::min(most, value)), most = std::max(most, value);
  }
  double mean() const { return n ? sum / n : 0; }
};

char said(const BoxRead& box, std::size_t cell) {
  return cell < box.settled.text.size() ? box.settled.text[cell] : ' ';
}

bool keyed(const BoxRead& box) {
  const CheckVerdict verdict = check(box.element->check, box.settled.text).verdict;
  return (box.element->check == "nir" && verdict == CheckVerdict::ok) ||
         (box.element->check == "siret" &&
          (verdict == CheckVerdict::ok || verdict == CheckVerdict::ok_laposte));
}

bool vouched(const BoxRead& box, std::size_t cell) {
  return keyed(box) || has_note(box, "field.listed") ||
         (cell < box.settled.vouched.size() && box.settled.vouched[cell] != ' ');
}

// What the whole form tells of the hand: alike for all its fields.
struct Hand {
  Row known, sure, sense;
  double changed = 0, holes = 0;
  std::string tested;    // what the strokes said where something vouches for just that
  std::string confused;  // and where something vouches for another letter
};

// Empty cells between letters: alone they part words, two together seldom; in a number there are none.
struct Holes {
  double all = 0, long_ones = 0;
};

Holes holes_of(const BoxRead& box) {
  const bool words = cell_letters(*box.element, 1).find(' ') != std::string::npos;
  Holes out;
  std::size_t run = 0;
  bool begun = false;
  for (const CellChoices& cell : box.cells) {
    if (!cell.inked) {
      ++run;
      continue;
    }
    if (begun && run > 0) {
      out.all += 1;
      if (!words || run > 1) out.long_ones += 1;
    }
    begun = true, run = 0;
  }
  return out;
}

Hand hand_of(const std::vector<BoxRead>& boxes) {
  Hand hand;
  for (const BoxRead& box : boxes) {
    hand.holes += holes_of(box).long_ones;
    for (std::size_t i = 0; i < box.strokes.size(); ++i) {
      const CellChoices& cell = box.strokes[i];
      if (!cell.inked || cell.letters.empty()) continue;
      hand.sure.add(cost(cell.letters[0].p));
      hand.sense.add(cost(cell.sense));
      if (!vouched(box, i)) continue;
      hand.known.add(cost(cell.of(said(box, i))));
      const char own = cell.letters[0].letter;
      (own == said(box, i) ? hand.tested : hand.confused) += own;
      hand.changed += own != said(box, i) && !is_twin(said(box, i));
    }
  }
  return hand;
}

// How much the shapes of this box look like those that were read otherwise, and how little like their own
// kind.
void compare_shapes(Evidence& out, std::size_t own_box, const std::vector<BoxRead>& all,
                    const Likeness& likeness) {
  const std::vector<Spot>& spots = likeness.spots();
  double like_others = 0, unlike_own = 0, unsupported = 0;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    if (spots[i].box != own_box) continue;
    const char own = said(all[own_box], spots[i].cell);
    double same = 0, other = 0, most_same = 0, most_vouched = vouched(all[own_box], spots[i].cell);
    for (std::size_t j = 0; j < spots.size(); ++j) {
      if (j == i) continue;
      const BoxRead& peer = all[spots[j].box];
      const double alike = likeness.of(i, j);
      const char letter = said(peer, spots[j].cell);
      const bool sure = vouched(peer, spots[j].cell);
      if (letter == own && sure) most_vouched = std::max(most_vouched, alike);
      if (letter == own)
        same += (sure ? 1.0 : 0.4) * alike, most_same = std::max(most_same, alike);
      else if (!(is_twin(letter) && is_twin(own)))
        other += (sure ? 1.0 : 0.4) * alike;
    }
    unsupported = std::max(unsupported, 1 - most_vouched);
    like_others = std::max(like_others, other - 0.5 * same);
    unlike_own = std::max(unlike_own, 1 - most_same);
  }
  out[evidence("like_others")] = std::clamp(like_others, 0.0, 4.0), out[evidence("unlike_own")] = unlike_own,
  out[evidence("unsupported")] = unsupported;
}

void tell_spelling(Evidence& out, const BoxRead& box, const Spelling& spelling) {
  const std::string vouched_for = keyed(box) ? box.settled.text : box.settled.vouched;
  const Rival rival = best_rival(box.cells, box.settled.text, vouched_for, spelling);
  out[evidence("rival")] = std::clamp(7 + rival.ahead, 0.0, 9.0);
  Row costs;
  for (std::size_t i = 0; i < box.settled.text.size(); ++i)
    if (const char c = box.settled.text[i]; c >= 'A' && c <= 'Z' && !vouched(box, i))
      costs.add(spelling.cost(box.settled.text, i, c) / 3);
  out[evidence("spelling")] = costs.most;
}

void tell_strokes(Evidence& out, const BoxRead& box) {
  Row strokes, cells, sense;
  double changed = 0, twins = 0;
  for (std::size_t i = 0; i < box.cells.size(); ++i) {
    if (!box.cells[i].inked) continue;
    const char letter = said(box, i);
    strokes.add(cost(box.strokes[i].of(letter)));
    cells.add(cost(box.cells[i].of(letter)));
    sense.add(cost(box.cells[i].sense));
    changed += !box.strokes[i].letters.empty() && box.strokes[i].letters[0].letter != letter;
    if (is_twin(letter)) {
      const char other = twin_of(letter);
      const bool both = std::any_of(box.cells[i].letters.begin(), box.cells[i].letters.end(),
                                    [&](const Choice& choice) { return choice.letter == other; });
      if (both && !vouched(box, i)) twins = std::max(twins, cost(std::abs(1 - 2 * box.cells[i].of(other))));
    }
  }
  out[evidence("least_stroke")] = strokes.most, out[evidence("second_stroke")] = strokes.second,
  out[evidence("mean_stroke")] = strokes.mean(), out[evidence("least_cell")] = cells.most;
  out[evidence("least_sense")] = sense.most, out[evidence("changed")] = std::min(changed, 4.0);
  out[evidence("letters")] = strokes.n / 10.0, out[evidence("twins")] = twins;
}

void tell_knowledge(Evidence& out, const BoxRead& box, const std::vector<BoxRead>& all) {
  const std::string& validator = box.element->check;
  const bool checked = !validator.empty() || !box.element->patterns.empty();
  const bool passes = validator.empty() ? fits_pattern(*box.element, box.settled.text)
                                        : good(check(validator, box.settled.text).verdict);
  out[evidence("key_holds")] = keyed(box), out[evidence("check_holds")] = passes && !keyed(box),
  out[evidence("check_fails")] = checked && !passes;
  if (validator == "nir" && check(validator, box.settled.text).verdict == CheckVerdict::key_missing)
    out[evidence("check_holds")] = 0;
  out[evidence("listed")] = has_note(box, "field.listed") || has_note(box, "field.member");
  const Corroborated other = corroborated(box, all);
  // An address and a name of one hand may be misread alike: that they agree is worth less.
  const bool named = validator == "email" || box.element->charset.find("0-9") == std::string::npos;
  const bool of_a_name = named && box.element->id != "FAIT_A";
  out[of_a_name ? evidence("named") : evidence("agrees")] = other == Corroborated::yes,
                                      out[evidence("contradicts")] = other == Corroborated::no;
  double unknown = 0, letters = 0;
  for (std::size_t i = 0; i < box.cells.size(); ++i) {
    if (!box.cells[i].inked) continue;
    ++letters, unknown += !vouched(box, i) && (other != Corroborated::yes || box.element->check == "email");
  }
  out[evidence("unknown")] = unknown / 10;
  out[evidence("unlisted")] = std::min(box.settled.unlisted, 3);
  out[evidence("near_listed")] = std::min(box.settled.near_listed, 3);
  out[evidence("alone")] = unknown > 0 && letters < 4;
}

// Of a hand that is known to draw one letter like another, each such letter is doubtful; and a little each
// that nothing on the form has shown it to draw as others do.
void tell_hand(Evidence& out, const BoxRead& box, const Hand& hand) {
  double confused = 0, untested = 0;
  for (std::size_t i = 0; i < box.strokes.size(); ++i) {
    if (!box.strokes[i].inked || box.strokes[i].letters.empty() || vouched(box, i)) continue;
    const char own = box.strokes[i].letters[0].letter;
    confused += !is_twin(own) && hand.confused.find(own) != std::string::npos;
    untested += hand.tested.find(own) == std::string::npos;
  }
  out[evidence("confused")] = std::min(confused, 3.0), out[evidence("untested")] = std::min(untested, 6.0);
  out[evidence("hand_known")] = hand.known.mean(),
  out[evidence("hand_changed")] = std::min(1.0, hand.changed / std::max(10, hand.known.n) * 10);
  out[evidence("hand_sure")] = hand.sure.mean(), out[evidence("hand_sense")] = hand.sense.mean(),
  out[evidence("hand_holes")] = std::min(4.0, hand.holes);
}

void tell_ink(Evidence& out, const BoxRead& box) {
  const Holes holes = holes_of(box);
  out[evidence("holes_listed")] = (has_note(box, "field.listed") || box.near_miss) && holes.all > 0;
  out[evidence("holes")] = std::min(holes.all, 4.0),
  out[evidence("long_holes")] = std::min(holes.long_ones, 3.0);
  std::vector<double> tones, areas;
  for (const InkSeen& ink : box.ink)
    if (ink.area_mm2 > 0) tones.push_back(ink.tone), areas.push_back(ink.area_mm2);
  if (tones.empty()) return;
  const auto middle = [](std::vector<double> row) {
    std::nth_element(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(row.size() / 2), row.end());
    return row[row.size() / 2];
  };
  const double usual_tone = std::max(0.05, middle(tones)), usual_area = std::max(0.1, middle(areas));
  out[evidence("faint")] = 1 - std::min(1.0, *std::min_element(tones.begin(), tones.end()) / usual_tone);
  for (std::size_t i = 0; i < box.cells.size() && i < box.ink.size(); ++i)
    if (box.cells[i].inked && std::string_view("-.'_1I").find(said(box, i)) == std::string_view::npos)
      out[evidence("small_ink")] =
          std::max(out[evidence("small_ink")], std::log(usual_area / std::max(0.05, box.ink[i].area_mm2)));
  // A last piece apart that is small or a mark is often no letter.
  std::size_t from = box.cells.size();
  while (from > 0 && box.cells[from - 1].inked) --from;
  if (from > 0 && box.cells.size() - from <= 2) {
    bool marks = true;
    for (std::size_t i = from; i < box.cells.size(); ++i)
      marks &= std::string_view("-.'_1IT7").find(said(box, i)) != std::string_view::npos;
    out[evidence("stray_end")] = marks;
  }
  const char last = box.settled.text.back();
  if (std::string_view("-.'_&+").find(last) != std::string_view::npos) out[evidence("stray_end")] = 1;
  out[evidence("left_over")] = std::min(3.0, box.left_over_mm2), out[evidence("near_miss")] = box.near_miss;
}

// A hand whose other fields fail their checks may be misread throughout.
void tell_failures(std::vector<Evidence>& all) {
  const auto fails = [](const Evidence& one) {
    return one[evidence("check_fails")] + one[evidence("contradicts")];
  };
  double sum = 0;
  for (const Evidence& one : all) sum += fails(one);
  for (Evidence& one : all)
    if (one != Evidence{}) one[evidence("hand_fails")] = std::min(4.0, sum - fails(one));
}

}  // namespace

std::vector<Evidence> evidence_of(const std::vector<BoxRead>& boxes, const Spelling& spelling, bool by_hand) {
  std::vector<Evidence> out(boxes.size());
  const Hand hand = hand_of(boxes);
  const Likeness likeness(boxes);
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    const BoxRead& box = boxes[b];
    if (box.cells.empty() || box.settled.text.size() != box.cells.size()) continue;
    Evidence& one = out[b] = {};
    ENSURE(std::isfinite(box.settled.score));
    const double share = std::clamp(box.settled.score, 1e-4, 1 - 1e-4);
    one[evidence("share")] = -std::log(share / (1 - share));
    tell_strokes(one, box);
    tell_knowledge(one, box, boxes);
    tell_ink(one, box);
    compare_shapes(one, b, boxes, likeness);
    tell_spelling(one, box, spelling);
    tell_hand(one, box, hand);
    one[evidence("by_hand")] = by_hand;
  }
  tell_failures(out);
  return out;
}

void make_sure(std::vector<BoxRead>& boxes, const Boxes& known, bool by_hand) {
  const std::vector<Evidence> evidence = evidence_of(boxes, known.spelling(), by_hand);
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (!boxes[i].cells.empty()) boxes[i].settled.score = known.sureness().of(evidence[i], by_hand);
}

}  // namespace ocr
