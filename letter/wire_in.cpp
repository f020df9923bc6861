#include <algorithm>

#include "letter/wire_slips.hpp"

namespace letter::slips {
namespace {

constexpr std::int64_t last_ms = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
constexpr double page_edge = 0.1;  // how far the bounding box of a slanted place may reach over the page

std::vector<Reason> reasons(const google::protobuf::RepeatedPtrField<pb::Reason>& slips, Check& check) {
  std::vector<Reason> out;
  for (const auto& slip : slips) out.push_back(value(slip, check));
  return out;
}

bool is_sha256(const std::string& s) {
  return s.size() == 64 && s.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Master value(const pb::Master& slip, Check& check) {
  static constexpr std::array<std::string_view, 4> kinds{"image/tiff", "image/png", "image/jpeg",
                                                         "application/pdf"};
  check.need(is_sha256(slip.sha256()), "wire.sha256");
  check.need(std::ranges::find(kinds, slip.media_type()) != kinds.end(), "wire.media_type");
  check.need(slip.pages() > 0, "wire.master_pages");
  check.need(slip.bytes() > 0, "wire.master_bytes");
  return {slip.sha256(), slip.bytes(), slip.media_type(), slip.pages()};
}

Page value(const pb::Page& slip, const std::vector<Master>& masters, Check& check) {
  Page page;
  check.need(slip.master() < masters.size() && slip.index() < masters[slip.master()].pages, "wire.page");
  page.master = slip.master();
  page.index = slip.index();
  page.dpi = check.between(slip.dpi(), 0, 20'000, "wire.dpi");
  page.skew_deg = check.between(slip.skew_deg(), -360, 360, "wire.skew");
  page.skew_confidence = check.share(slip.skew_confidence(), "wire.confidence");
  page.turn_deg = slip.turn_deg();
  check.need(page.turn_deg == 0 || page.turn_deg == 90 || page.turn_deg == 180 || page.turn_deg == 270,
             "wire.turn");
  page.blank = slip.blank();
  page.damaged = slip.damaged();
  page.notes = reasons(slip.notes(), check);
  page.width_px = slip.width_px();
  page.height_px = slip.height_px();
  return page;
}

Field value(const pb::Field& slip, std::size_t pages, Check& check) {
  Field field;
  check.need(!slip.id().empty(), "wire.field_id");
  field.id = slip.id();
  field.text = PersonalText(slip.text());
  field.tick = check.known(parse_tick_state(slip.tick()), "wire.tick");
  field.confidence = check.share(slip.confidence(), "wire.confidence");
  field.verdict = check.known(parse_verdict(slip.verdict()), "wire.verdict");
  field.how = check.known(parse_how(slip.how()), "wire.how");
  field.repaired = slip.repaired();
  check.need(slip.page() < pages, "wire.page");
  field.page = slip.page();
  field.box = value(slip.box(), check);
  field.notes = reasons(slip.notes(), check);
  return field;
}

SeenDate value(const pb::SeenDate& slip, std::size_t pages, Check& check) {
  SeenDate seen;
  seen.date = check.known(parse_day(slip.date()), "wire.date");
  seen.basis = check.known(parse_sent_basis(slip.basis()), "wire.sent_basis");
  seen.confidence = check.share(slip.confidence(), "wire.confidence");
  check.need(slip.page() < pages, "wire.page");
  seen.page = slip.page();
  seen.box = value(slip.box(), check);
  return seen;
}

Envelope value(const pb::Envelope& slip, Check& check) {
  return {day_or_none(slip.deposit(), check), day_or_none(slip.postmark(), check),
          day_or_none(slip.franking(), check), slip.lrar()};
}

Line value(const pb::Line& slip, std::size_t pages, Check& check) {
  Line line;
  line.text = PersonalText(slip.text());
  line.confidence = check.share(slip.confidence(), "wire.confidence");
  line.how = check.known(parse_how(slip.how()), "wire.how");
  check.need(slip.page() < pages, "wire.page");
  line.page = slip.page();
  line.box = value(slip.box(), check);
  line.own_words = slip.own_words();
  return line;
}

Evidence value(const pb::Evidence& slip, std::size_t pages, Check& check) {
  Evidence evidence;
  check.need(!slip.kind().empty(), "wire.evidence_kind");
  evidence.kind = slip.kind();
  evidence.what = PersonalText(slip.what());
  evidence.queue = queue(slip.queue(), check);
  check.need(std::isfinite(slip.weight()), "wire.weight");
  evidence.weight = slip.weight();
  check.need(slip.page() < pages, "wire.page");
  evidence.page = slip.page();
  evidence.box = value(slip.box(), check);
  return evidence;
}

std::array<double, queue_count> probabilities(const pb::SortedLetter& slip, Check& check) {
  std::array<double, queue_count> out{};
  check.need(slip.probabilities().size() == queue_count, "wire.probabilities");
  for (const auto& [name, share] : slip.probabilities())
    out[static_cast<std::size_t>(queue(name, check))] = check.share(share, "wire.probabilities");
  return out;
}

}  // namespace

LetterId letter_id(const std::string& slip, Check& check) {
  return check.known(parse_letter_id(slip), "wire.letter_id");
}

Instant instant(std::int64_t ms, Check& check) {
  check.need(ms >= 0 && ms <= last_ms, "wire.instant");
  return Instant(std::chrono::milliseconds(ms));
}

std::optional<Day> day_or_none(const std::string& slip, Check& check) {
  if (slip.empty()) return std::nullopt;
  return check.known(parse_day(slip), "wire.date");
}

std::string case_ref(const std::string& slip, Check& check) {
  check.need(parse_case_ref(slip).has_value(), "wire.case_ref");
  return slip;
}

std::string case_ref_or_none(const std::string& slip, Check& check) {
  return slip.empty() ? slip : case_ref(slip, check);
}

Queue queue(const std::string& slip, Check& check) { return check.known(parse_queue(slip), "wire.queue"); }

Reason value(const pb::Reason& slip, Check& check) {
  const auto& code = slip.code();
  const bool plain = code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
  check.need(!code.empty() && code.size() <= 64 && plain, "wire.reason");
  return {code, slip.fr(), slip.en()};
}

Box value(const pb::Box& slip, Check& check) {
  auto side = [&](double v) { return check.between(v, -page_edge, 1 + page_edge, "wire.box"); };
  return {side(slip.x()), side(slip.y()), side(slip.w()), side(slip.h())};
}

Letter value(const pb::Letter& slip, Check& check) {
  Letter letter;
  letter.id = letter_id(slip.id(), check);
  const auto box = parse_post_box(slip.box());
  check.need(box && id(*box) == slip.box(), "wire.post_box");
  letter.box = box.value_or(PostBox::none);
  letter.batch = slip.batch();
  letter.position = slip.position();
  letter.received_at = instant(slip.received_at_ms(), check);
  letter.arrived_on = day_or_none(slip.arrived_on(), check).value_or(Day{});
  check.need(slip.masters_size() > 0, "wire.no_master");
  for (const auto& master : slip.masters()) letter.masters.push_back(value(master, check));
  check.need(slip.pages_size() > 0, "wire.no_page");
  for (const auto& page : slip.pages()) letter.pages.push_back(value(page, letter.masters, check));
  letter.sealed = slip.sealed();
  letter.lrar = slip.lrar();
  letter.joins = case_ref_or_none(slip.joins(), check);
  letter.same_scan_as = slip.same_scan_as();
  check.need(letter.same_scan_as.empty() || parse_letter_id(letter.same_scan_as), "wire.letter_id");
  letter.notes = reasons(slip.notes(), check);
  letter.envelope = value(slip.envelope(), check);
  return letter;
}

ReadLetter value(const pb::ReadLetter& slip, Check& check) {
  ReadLetter read;
  read.letter = value(slip.letter(), check);
  const std::size_t pages = read.letter.pages.size();
  read.form = slip.form();
  check.need(slip.form_version() >= 0, "wire.form_version");
  read.form_version = slip.form_version();
  for (const auto& field : slip.fields()) read.fields.push_back(value(field, pages, check));
  for (const auto& line : slip.lines()) read.lines.push_back(value(line, pages, check));
  read.text = PersonalText(slip.text());
  read.full_text = PersonalText(slip.full_text());
  read.sender = PersonalText(slip.sender());
  read.letter_date = day_or_none(slip.letter_date(), check);
  check.need(slip.letter_date_page() < pages, "wire.page");
  read.letter_date_page = slip.letter_date_page();
  read.letter_date_box = value(slip.letter_date_box(), check);
  read.notes = reasons(slip.notes(), check);
  for (const auto& seen : slip.seen_dates()) read.seen_dates.push_back(value(seen, pages, check));
  return read;
}

SortedLetter value(const pb::SortedLetter& slip, Check& check) {
  SortedLetter sorted;
  sorted.read = value(slip.read(), check);
  const std::size_t pages = sorted.read.letter.pages.size();
  sorted.queue = queue(slip.queue(), check);
  if (!slip.secondary().empty()) sorted.secondary = queue(slip.secondary(), check);
  sorted.confidence = check.share(slip.confidence(), "wire.confidence");
  sorted.probabilities = probabilities(slip, check);
  sorted.is_complaint = slip.is_complaint();
  sorted.complaint_confidence = check.share(slip.complaint_confidence(), "wire.confidence");
  sorted.needs_review = slip.needs_review();
  sorted.reasons = reasons(slip.reasons(), check);
  for (const auto& evidence : slip.evidence()) sorted.evidence.push_back(value(evidence, pages, check));
  for (const auto& evidence : slip.turning()) sorted.turning.push_back(value(evidence, pages, check));
  if (!slip.otherwise().empty()) sorted.otherwise = queue(slip.otherwise(), check);
  check.need(sorted.otherwise.has_value() == !sorted.turning.empty(), "wire.turning");
  for (const auto& key : slip.keys()) {
    check.need(!key.kind().empty(), "wire.key_kind");
    sorted.keys.push_back({key.kind(), PersonalText(key.value())});
  }
  sorted.model = slip.model();
  return sorted;
}

}  // namespace letter::slips
