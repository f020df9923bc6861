#include "letter/wire.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>

#include "letter/wire_slips.hpp"

namespace letter {
namespace {

using slips::Check;
namespace pb = slips::pb;

constexpr char submission_type[] = "letter.submission/1", receipt_type[] = "letter.receipt/1",
               refusal_type[] = "letter.refusal/1", work_type[] = "letter.work/1",
               letter_type[] = "letter.letter/1", read_type[] = "letter.read/1",
               sorted_type[] = "letter.sorted/1", filed_type[] = "letter.filed/1",
               progress_type[] = "letter.progress/1", errand_type[] = "letter.errand/1",
               answer_type[] = "letter.answer/1";

// The same value always gives the same bytes, maps included.
template <class Slip>
Frames framed(const char* type, Slip slip) {
  slip.set_end(1);
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream raw(&bytes);
    google::protobuf::io::CodedOutputStream out(&raw);
    out.SetSerializationDeterministic(true);
    ENSURE(slip.SerializeToCodedStream(&out));
  }
  return {type, std::move(bytes)};
}

Frames with(Frames frames, const std::vector<std::string>& bytes) {
  frames.insert(frames.end(), bytes.begin(), bytes.end());
  return frames;
}

tl::unexpected<Reason> refused(std::string code) {
  return fault(std::move(code), "Ce message n'est pas conforme et n'a pas été pris.",
               "This message is not as it should be and was not taken.");
}

enum class Bytes { none, may_follow };

// The slip in frame 1 of a message of that type, cut short or not.
template <class Slip>
Result<Slip> opened(const Frames& frames, const char* type, Bytes bytes) {
  if (wire_type(frames) != type) return refused("wire.type");
  if (frames.size() < 2 || (frames.size() > 2 && bytes == Bytes::none)) return refused("wire.frames");
  const google::protobuf::LogSilencer no_lines_of_its_own;  // a stranger must not fill the log
  Slip slip;
  if (!slip.ParseFromString(frames[1])) return refused("wire.slip");
  if (slip.end() != 1) return refused("wire.cut");
  return slip;
}

// A value made of the slip by `make`, or the first thing that was wrong with it.
template <class Slip, class Make>
auto decoded(const Frames& frames, const char* type, Bytes bytes, Make make)
    -> Result<decltype(make(std::declval<const Slip&>(), std::declval<Check&>()))> {
  const auto slip = opened<Slip>(frames, type, bytes);
  if (!slip) return tl::unexpected<Reason>(slip.error());
  Check check;
  auto made = make(*slip, check);
  if (!check.wrong().empty()) return refused(check.wrong());
  return made;
}

std::vector<std::string> bytes_of(const Frames& frames) { return {frames.begin() + 2, frames.end()}; }

// The page bytes behind a slip are those the letter speaks of, each in full.
void need_masters(const Letter& letter, const std::vector<std::string>& masters, Check& check) {
  if (letter.sealed && masters.empty()) return;  // nothing of a sealed letter is read
  check.need(letter.masters.size() == masters.size(), "wire.masters");
  for (std::size_t i = 0; i < masters.size() && i < letter.masters.size(); ++i)
    check.need(letter.masters[i].bytes == masters[i].size(), "wire.master_bytes");
}

}  // namespace

std::string wire_type(const Frames& frames) { return frames.empty() ? std::string() : frames.front(); }

Frames encode(const Submission& submission) {
  pb::Submission slip;
  *slip.mutable_letter() = slips::slip(submission.letter);
  return with(framed(submission_type, slip), submission.masters);
}

Frames encode(const Receipt& receipt) {
  pb::Receipt slip;
  slip.set_id(text(receipt.id));
  slip.set_received_at_ms(slips::millis(receipt.received_at));
  slip.set_same_scan_as(receipt.same_scan_as);
  return framed(receipt_type, slip);
}

Frames encode(const Refusal& refusal) {
  pb::Refusal slip;
  slip.set_id(text(refusal.id));
  *slip.mutable_reason() = slips::slip(refusal.reason);
  slip.set_retry(refusal.retry);
  return framed(refusal_type, slip);
}

Frames encode(const Work& work) {
  pb::Work slip;
  *slip.mutable_letter() = slips::slip(work.letter);
  return with(framed(work_type, slip), work.masters);
}

Frames encode(const Filed& filed) {
  pb::Filed slip;
  slip.set_id(text(filed.id));
  slip.set_case_ref(filed.case_ref);
  return framed(filed_type, slip);
}

Frames encode(const Letter& letter) { return framed(letter_type, slips::slip(letter)); }
Frames encode(const ReadLetter& read) { return framed(read_type, slips::slip(read)); }
Frames encode(const SortedLetter& sorted) { return framed(sorted_type, slips::slip(sorted)); }
Frames encode(const Progress& progress) { return framed(progress_type, slips::slip(progress)); }
Frames encode(const Errand& errand) { return framed(errand_type, slips::slip(errand)); }
Frames encode(const Answer& answer) { return with(framed(answer_type, slips::slip(answer)), answer.pages); }

Result<Submission> decode_submission(const Frames& frames) {
  return decoded<pb::Submission>(frames, submission_type, Bytes::may_follow,
                                 [&](const pb::Submission& slip, Check& check) {
                                   Submission made{slips::value(slip.letter(), check), bytes_of(frames)};
                                   need_masters(made.letter, made.masters, check);
                                   return made;
                                 });
}

Result<Receipt> decode_receipt(const Frames& frames) {
  return decoded<pb::Receipt>(frames, receipt_type, Bytes::none, [](const pb::Receipt& slip, Check& check) {
    const auto& same = slip.same_scan_as();
    check.need(same.empty() || parse_letter_id(same), "wire.letter_id");
    return Receipt{slips::letter_id(slip.id(), check), slips::instant(slip.received_at_ms(), check), same};
  });
}

Result<Refusal> decode_refusal(const Frames& frames) {
  return decoded<pb::Refusal>(frames, refusal_type, Bytes::none, [](const pb::Refusal& slip, Check& check) {
    return Refusal{slips::letter_id(slip.id(), check), slips::value(slip.reason(), check), slip.retry()};
  });
}

Result<Work> decode_work(const Frames& frames) {
  return decoded<pb::Work>(frames, work_type, Bytes::may_follow, [&](const pb::Work& slip, Check& check) {
    Work made{slips::value(slip.letter(), check), bytes_of(frames)};
    need_masters(made.letter, made.masters, check);
    return made;
  });
}

Result<Filed> decode_filed(const Frames& frames) {
  return decoded<pb::Filed>(frames, filed_type, Bytes::none, [](const pb::Filed& slip, Check& check) {
    return Filed{slips::letter_id(slip.id(), check), slips::case_ref(slip.case_ref(), check)};
  });
}

Result<Letter> decode_letter(const Frames& frames) {
  return decoded<pb::Letter>(frames, letter_type, Bytes::none,
                             [](const pb::Letter& s, Check& check) { return slips::value(s, check); });
}

Result<ReadLetter> decode_read(const Frames& frames) {
  return decoded<pb::ReadLetter>(frames, read_type, Bytes::none, [](const pb::ReadLetter& s, Check& check) {
    return slips::value(s, check);
  });
}

Result<SortedLetter> decode_sorted(const Frames& frames) {
  return decoded<pb::SortedLetter>(
      frames, sorted_type, Bytes::none,
      [](const pb::SortedLetter& s, Check& check) { return slips::value(s, check); });
}

Result<Progress> decode_progress(const Frames& frames) {
  return decoded<pb::Progress>(frames, progress_type, Bytes::none,
                               [](const pb::Progress& s, Check& check) { return slips::value(s, check); });
}

Result<Errand> decode_errand(const Frames& frames) {
  return decoded<pb::Errand>(frames, errand_type, Bytes::none,
                             [](const pb::Errand& s, Check& check) { return slips::value(s, check); });
}

Result<Answer> decode_answer(const Frames& frames) {
  return decoded<pb::Answer>(frames, answer_type, Bytes::may_follow,
                             [&](const pb::Answer& slip, Check& check) {
                               Answer answer = slips::value(slip, check);
                               answer.pages = bytes_of(frames);
                               return answer;
                             });
}

}  // namespace letter
