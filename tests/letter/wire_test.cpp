// What travels survives the journey whole, and anything less than whole is refused.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "tests/letter/samples.hpp"

namespace {

using namespace letter;

// For each slip type: a full example as frames, and the fault code of decoding ("" = taken).
struct Type {
  Frames frames;
  std::function<std::string(const Frames&)> fault_of;
};

template <class Decode>
Type type(Frames frames, Decode decode) {
  return {std::move(frames), [decode](const Frames& f) {
            const auto decoded = decode(f);
            return decoded ? std::string() : decoded.error().code;
          }};
}

std::map<std::string, Type> types() {
  return {{"submission", type(encode(samples::submission()), decode_submission)},
          {"receipt", type(encode(samples::receipt()), decode_receipt)},
          {"refusal", type(encode(samples::refusal()), decode_refusal)},
          {"work", type(encode(samples::work()), decode_work)},
          {"letter", type(encode(samples::letter()), decode_letter)},
          {"read", type(encode(samples::read()), decode_read)},
          {"sorted", type(encode(samples::sorted()), decode_sorted)},
          {"filed", type(encode(samples::filed()), decode_filed)},
          {"progress", type(encode(samples::progress()), decode_progress)},
          {"errand", type(encode(samples::errand()), decode_errand)},
          {"answer", type(encode(samples::answer()), decode_answer)}};
}

std::string fault_of(const SortedLetter& sorted) {
  const auto decoded = decode_sorted(encode(sorted));
  return decoded ? "" : decoded.error().code;
}

// A sorted letter with one thing changed.
template <class Change>
std::string fault_after(Change change) {
  SortedLetter sorted = samples::sorted();
  change(sorted);
  return fault_of(sorted);
}

// Puts other bytes of the same length into the slip: a text of the wire, changed on the way.
Frames replaced(Frames frames, const std::string& what, const std::string& by) {
  EXPECT_EQ(what.size(), by.size());
  const auto at = frames[1].find(what);
  EXPECT_NE(at, std::string::npos) << what;
  if (at != std::string::npos) frames[1].replace(at, what.size(), by);
  return frames;
}

TEST(Wire, EveryTruncationIsAFault) {
  for (const auto& [name, slip] : types())
    for (std::size_t length = 0; length < slip.frames[1].size(); ++length) {
      Frames cut = slip.frames;
      cut[1].resize(length);
      ASSERT_NE(slip.fault_of(cut), "") << name << " cut to " << length << " of " << slip.frames[1].size();
    }
}

TEST(Wire, AnEmptyValueOfAnyTypeIsAFault) {
  for (const auto& [name, slip] : types()) EXPECT_NE(slip.fault_of({slip.frames[0], ""}), "") << name;
}

TEST(Wire, AnotherTypeIsAFault) {
  for (const auto& [name, slip] : types()) {
    Frames other = slip.frames;
    other[0] = "letter." + name + "/2";
    EXPECT_EQ(slip.fault_of(other), "wire.type") << name;
  }
}

TEST(Wire, NoFramesAreAFault) {
  for (const auto& [name, slip] : types()) EXPECT_EQ(slip.fault_of({}), "wire.type") << name;
}

TEST(Wire, AFrameTooManyIsAFault) {
  for (const auto& [name, slip] : types()) {
    if (name == "answer") continue;  // any number of pages may follow
    Frames more = slip.frames;
    more.push_back("x");
    EXPECT_NE(slip.fault_of(more), "") << name;
  }
}

TEST(Wire, EveryTypeComesBackAsItWas) {
  EXPECT_EQ(*decode_submission(encode(samples::submission())), samples::submission());
  EXPECT_EQ(*decode_receipt(encode(samples::receipt())), samples::receipt());
  EXPECT_EQ(*decode_refusal(encode(samples::refusal())), samples::refusal());
  EXPECT_EQ(*decode_work(encode(samples::work())), samples::work());
  EXPECT_EQ(*decode_letter(encode(samples::letter())), samples::letter());
  EXPECT_EQ(*decode_read(encode(samples::read())), samples::read());
  EXPECT_EQ(*decode_sorted(encode(samples::sorted())), samples::sorted());
  EXPECT_EQ(*decode_filed(encode(samples::filed())), samples::filed());
  EXPECT_EQ(*decode_progress(encode(samples::progress())), samples::progress());
  EXPECT_EQ(*decode_errand(encode(samples::errand())), samples::errand());
  EXPECT_EQ(*decode_answer(encode(samples::answer())), samples::answer());
}

TEST(Wire, EveryKindOfProgressComesBackAsItWas) {
  for (const auto kind : {ProgressKind::hello, ProgressKind::ready, ProgressKind::begin, ProgressKind::end,
                          ProgressKind::failed, ProgressKind::beat, ProgressKind::bye}) {
    Progress progress = samples::progress();
    progress.kind = kind;
    EXPECT_EQ(decode_progress(encode(progress))->kind, kind);
  }
}

TEST(Wire, ALetterNotYetStampedComesBackAsItWas) {
  Letter letter = samples::letter();
  letter.received_at = {};
  letter.arrived_on = {};
  letter.joins = letter.same_scan_as = "";
  EXPECT_EQ(*decode_letter(encode(letter)), letter);
}

TEST(Wire, TheSameValueGivesTheSameBytes) { EXPECT_EQ(encode(samples::sorted()), encode(samples::sorted())); }

TEST(Wire, AFieldOfANewerWriterIsIgnored) {
  Frames newer = encode(samples::filed());
  newer[1] += std::string("\xfa\x01\x03new", 6);  // field 31, a text
  EXPECT_EQ(*decode_filed(newer), samples::filed());
}

TEST(Wire, ABadLetterIdIsAFault) {
  EXPECT_EQ(decode_filed(replaced(encode(samples::filed()), "LYON1-0000123", "lyon1-0000123")).error().code,
            "wire.letter_id");
}

TEST(Wire, ACaseReferenceWithAWrongKeyIsAFault) {
  Filed filed = samples::filed();
  filed.case_ref.back() = filed.case_ref.back() == '0' ? '1' : '0';
  EXPECT_EQ(decode_filed(encode(filed)).error().code, "wire.case_ref");
}

TEST(Wire, AnUnknownQueueIsAFault) {
  Errand errand = samples::errand();
  errand.queue = "frais_santé";
  EXPECT_EQ(decode_errand(encode(errand)).error().code, "wire.queue");
}

TEST(Wire, AnUnknownStateIsAFault) {
  EXPECT_EQ(decode_answer(replaced(encode(samples::answer()), "acknowledged", "acknowledgeD")).error().code,
            "wire.state");
}

TEST(Wire, AnUnknownVerdictIsAFault) {
  EXPECT_EQ(decode_read(replaced(encode(samples::read()), "to_confirm", "to_conform")).error().code,
            "wire.verdict");
}

TEST(Wire, AnUnknownTickStateIsAFault) {
  EXPECT_EQ(decode_read(replaced(encode(samples::read()), "corrected", "uncorrect")).error().code,
            "wire.tick");
}

TEST(Wire, AnUnknownPostBoxIsAFault) {
  EXPECT_EQ(decode_letter(replaced(encode(samples::letter()), "TSA 20202", "TSA 20203")).error().code,
            "wire.post_box");
}

TEST(Wire, AnUnknownStageIsAFault) {
  Progress progress = samples::progress();
  progress.stage = "console";
  EXPECT_EQ(decode_progress(encode(progress)).error().code, "wire.stage");
}

TEST(Wire, ADateThatIsNoDateIsAFault) {
  EXPECT_EQ(decode_read(replaced(encode(samples::read()), "2026-11-18", "2026-11-31")).error().code,
            "wire.date");
}

TEST(Wire, AnInstantBeforeThePostExistedIsAFault) {
  Receipt receipt = samples::receipt();
  receipt.received_at = Instant(std::chrono::milliseconds(-1));
  EXPECT_EQ(decode_receipt(encode(receipt)).error().code, "wire.instant");
}

TEST(Wire, AMissingProbabilityIsAFault) {
  EXPECT_EQ(decode_sorted(replaced(encode(samples::sorted()), "entreprise", "entreprisf")).error().code,
            "wire.queue");
}

TEST(Wire, NotANumberIsAFaultWhereverItStands) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(fault_after([&](SortedLetter& s) { s.probabilities[3] = nan; }), "wire.probabilities");
  EXPECT_EQ(fault_after([&](SortedLetter& s) { s.confidence = nan; }), "wire.confidence");
  EXPECT_EQ(fault_after([&](SortedLetter& s) { s.evidence[0].weight = nan; }), "wire.weight");
  EXPECT_EQ(fault_after([&](SortedLetter& s) { s.read.fields[0].box.x = nan; }), "wire.box");
  EXPECT_EQ(fault_after([&](SortedLetter& s) { s.read.letter.pages[0].skew_deg = nan; }), "wire.skew");
  EXPECT_EQ(fault_after([&](SortedLetter& s) { s.read.letter.pages[0].dpi = nan; }), "wire.dpi");
}

TEST(Wire, APageThatTheLetterDoesNotHaveIsAFault) {
  EXPECT_EQ(fault_after([](SortedLetter& s) { s.read.fields[0].page = 2; }), "wire.page");
  EXPECT_EQ(fault_after([](SortedLetter& s) { s.read.lines[0].page = 2; }), "wire.page");
  EXPECT_EQ(fault_after([](SortedLetter& s) { s.evidence[0].page = 2; }), "wire.page");
  EXPECT_EQ(fault_after([](SortedLetter& s) { s.read.letter_date_page = 2; }), "wire.page");
}

TEST(Wire, APageOfNoMasterIsAFault) {
  EXPECT_EQ(fault_after([](SortedLetter& s) { s.read.letter.pages[0].master = 2; }), "wire.page");
  EXPECT_EQ(fault_after([](SortedLetter& s) { s.read.letter.pages[0].index = 2; }), "wire.page");
}

TEST(Wire, ALetterWithoutAPageIsAFault) {
  Letter letter = samples::letter();
  letter.pages.clear();
  EXPECT_EQ(decode_letter(encode(letter)).error().code, "wire.no_page");
}

TEST(Wire, ATurnThatIsNoQuarterIsAFault) {
  EXPECT_EQ(fault_after([](SortedLetter& s) { s.read.letter.pages[0].turn_deg = 45; }), "wire.turn");
}

TEST(Wire, AMissingMasterIsAFault) {
  Frames frames = encode(samples::work());
  frames.pop_back();
  EXPECT_EQ(decode_work(frames).error().code, "wire.masters");
}

TEST(Wire, AMasterCutShortIsAFault) {
  Frames frames = encode(samples::submission());
  frames[2].pop_back();
  EXPECT_EQ(decode_submission(frames).error().code, "wire.master_bytes");
}

TEST(Wire, ATextThatIsNotUtf8TravelsRepaired) {
  ReadLetter read = samples::read();
  read.text = PersonalText("caf\xe9");
  EXPECT_EQ(decode_read(encode(read))->text.reveal(), "caf\xEF\xBF\xBD");
}

TEST(Wire, AReasonCodeThatCouldHoldANameIsAFault) {
  EXPECT_EQ(fault_after([](SortedLetter& s) { s.reasons[0].code = "Mme LEFÈVRE"; }), "wire.reason");
}

TEST(Wire, BytesChangedOnTheWayNeverCrashTheReader) {
  for (const auto& [name, slip] : types())
    for (std::size_t at = 0; at < slip.frames[1].size(); ++at) {
      Frames bent = slip.frames;
      bent[1][at] = static_cast<char>(bent[1][at] ^ 0xFF);
      slip.fault_of(bent);
    }
}

}  // namespace
