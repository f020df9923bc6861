#include "ocr/check/confidence.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "letter/tree.hpp"
#include "ocr/check/validate.hpp"
#include "ocr/model_file.hpp"

namespace ocr {
namespace {

using letter::Field;
using letter::How;

constexpr double usual_bar = 0.90;  // until a table says better
constexpr double unread_below = 0.5;
constexpr std::string_view checksum_mark = "# checksum ";

bool has_note(const Field& field, std::string_view prefix) {
  return std::any_of(field.notes.begin(), field.notes.end(),
                     [&](const letter::Reason& note) { return note.code.starts_with(prefix); });
}

bool nothing_written(const Field& field, const Element* element) {
  return element && element->kind == ElementKind::comb && field.text.reveal().empty();
}

// "nir", "digits", "letters", "mixed": what may stand in a comb.
std::string comb_kind(const Element& comb) {
  if (!comb.check.empty()) return comb.check;
  const bool figures = comb.charset.find("0-9") != std::string::npos;
  const bool words = comb.charset.find("A-Z") != std::string::npos;
  return figures && words ? "mixed" : figures ? "digits" : "letters";
}

std::string kind_of(const Field& field, const Element* element) {
  if (field.how == How::barcode) return "code";
  if (!element && field.how == How::tick) return "letter signature " + std::string(letter::id(field.tick));
  if (!element) return "letter " + field.id;
  switch (element->kind) {
    case ElementKind::comb:
      return "empty comb " + comb_kind(*element);
    case ElementKind::tick:
      return "tick " + std::string(letter::id(field.tick));
    case ElementKind::signature:
      return "signature " + std::string(letter::id(field.tick));
    default:
      return "other";
  }
}

// The validator of a free letter's field.
std::string letter_check(const std::string& id) {
  static const std::map<std::string, std::string> checks{
      {"NIR", "nir"}, {"SIRET", "siret"}, {"TELEPHONE", "phone"}, {"COURRIEL", "email"}};
  const auto found = checks.find(id);
  return found == checks.end() ? "" : found->second;
}

std::string marks_of(const Field& field, const Element* element) {
  const std::string& text = field.text.reveal();
  if (field.how == How::tick || text.empty()) return "";
  std::string marks;
  const std::string validator = element ? element->check : letter_check(field.id);
  if (!validator.empty()) marks += good(check(validator, text).verdict) ? "+ok" : "+bad";
  if (field.repaired) marks += "+repaired";
  if (has_note(field, "field.listed") || has_note(field, "field.member")) marks += "+listed";
  return marks;
}

// A net may say 0.999999 of one and 0.99999 of another.
std::string number(double n) {
  char out[32];
  std::snprintf(out, sizeof out, "%.7f", n);
  return out;
}

std::string list(const std::vector<double>& numbers) {
  std::string all;
  for (const double n : numbers) all += (all.empty() ? "" : ", ") + number(n);
  return "[" + all + "]";
}

std::string checksum_of(std::string_view body) {
  char out[24];
  std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(fnv1a(body)));
  return out;
}

tl::unexpected<letter::Reason> faulty() {
  return letter::fault("confidence.table", "Le tableau de confiance est abîmé.",
                       "The table of confidence is damaged.");
}

bool read_numbers(const letter::Tree& tree, std::vector<double>& out) {
  for (const letter::Tree& one : tree.items()) {
    if (!one.is_number()) return false;
    out.push_back(one.number_or(0));
  }
  return std::is_sorted(out.begin(), out.end());
}

}  // namespace

double TrustCurve::at(double score) const {
  if (raw.empty()) return score;
  if (score <= raw.front()) return right.front();
  if (score >= raw.back()) return right.back();
  const auto next = std::upper_bound(raw.begin(), raw.end(), score);
  const auto i = static_cast<std::size_t>(next - raw.begin());
  const double share = (score - raw[i - 1]) / (raw[i] - raw[i - 1]);
  return right[i - 1] + share * (right[i] - right[i - 1]);
}

std::vector<std::string> trust_kinds(const letter::Line& line) {
  return {"line/" + std::string(letter::id(line.how))};
}

std::vector<std::string> trust_kinds(const Field& field, const Element* element) {
  const std::string how(letter::id(field.how));
  if (element && element->kind == ElementKind::text_lines) return {"line/" + how};
  // All that is known of a filled comb stands in its score already (ocr/boxes/evidence).
  if (element && element->kind == ElementKind::comb && !nothing_written(field, element))
    return {"comb/" + how, trust_group(field, element)};
  const std::string kind = kind_of(field, element) + "/" + how, marks = marks_of(field, element);
  std::vector<std::string> kinds;
  if (!marks.empty()) kinds.push_back(kind + marks);
  kinds.push_back(kind);
  kinds.push_back(trust_group(field, element));
  return kinds;
}

std::string trust_group(const Field& field, const Element* element) {
  if (nothing_written(field, element)) return "empty";
  if (element && element->kind == ElementKind::text_lines) return "text";
  // Few beside the ticks, and wrong more often: they must earn a bar of their own.
  const bool signs = field.how == How::tick && (!element || element->kind == ElementKind::signature);
  if (signs) return "signature";
  const std::string how(letter::id(field.how));
  const bool of_letter = !element && (field.how == How::typed || field.how == How::hand);
  return of_letter ? "letter " + how : how;
}

namespace {

void calibrate(letter::Confidence& raw, const std::vector<std::string>& kinds, const TrustTable& table) {
  for (const std::string& kind : kinds)
    if (const auto curve = table.curves.find(kind); curve != table.curves.end()) {
      raw = curve->second.at(raw);
      return;
    }
}

double bar_of(const std::string& group, const TrustTable& table) {
  if (group == "text") return text_bar;
  const auto bar = table.bars.find(group);
  return bar == table.bars.end() ? usual_bar : bar->second;
}

}  // namespace

void judge(Field& field, const Element* element, const TrustTable& table) {
  if (has_note(field, "field.print_unseen") ||
      has_note(field, "field.writing_lost")) {  // rarer than any table: nothing to be calibrated
    field.verdict = letter::Verdict::unread;
    return;
  }
  calibrate(field.confidence, trust_kinds(field, element), table);
  const bool accepted = field.confidence >= bar_of(trust_group(field, element), table);
  field.verdict = accepted ? letter::Verdict::accepted : letter::Verdict::to_confirm;
  if (field.how != How::tick && field.text.reveal().empty() && field.confidence < unread_below)
    field.verdict = letter::Verdict::unread;
}

const Element* element_of(const letter::ReadLetter& read, const std::string& field_id,
                          const std::vector<Form>& forms) {
  if (read.form.empty()) return nullptr;
  const Element* element = nullptr;
  for (const Form& form : forms)
    if (!element || form.id == read.form)
      if (const Element* found = find(form, field_id)) element = found;
  return element;
}

void judge(letter::ReadLetter& read, const std::vector<Form>& forms, const TrustTable& table) {
  for (Field& field : read.fields) judge(field, element_of(read, field.id, forms), table);
  for (letter::Line& line : read.lines) calibrate(line.confidence, trust_kinds(line), table);
}

letter::Result<TrustTable> load_trust(const std::filesystem::path& models_dir) {
  const std::filesystem::path file = models_dir / "reading" / "confidence.toml";
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) return TrustTable{};
  std::ifstream in(file, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  if (!in) return faulty();
  return parse_trust(bytes.str());
}

letter::Result<TrustTable> parse_trust(const std::string& toml) {
  const std::size_t mark = toml.find(checksum_mark), end = toml.find('\n', mark);
  if (mark == std::string::npos || end == std::string::npos) return faulty();
  const std::string said = toml.substr(mark + checksum_mark.size(), end - mark - checksum_mark.size());
  if (said != checksum_of(std::string_view(toml).substr(end + 1))) return faulty();
  const auto tree = letter::parse_toml(toml, "confidence.toml");
  if (!tree) return tl::unexpected(tree.error());
  TrustTable table;
  for (const auto& [group, bar] : letter::value(*tree, "bars").fields()) table.bars[group] = bar.number_or(2);
  for (const auto& [kind, found] : letter::value(*tree, "curves").fields()) {
    TrustCurve curve;
    curve.n = static_cast<std::size_t>(letter::value(found, "n").integer_or(0));
    if (!read_numbers(letter::value(found, "raw"), curve.raw) ||
        !read_numbers(letter::value(found, "right"), curve.right) || curve.raw.size() != curve.right.size() ||
        curve.raw.empty())
      return faulty();
    table.curves[kind] = curve;
  }
  return table;
}

std::string text(const TrustTable& table, const std::vector<std::string>& remarks) {
  std::string body = "\n[bars]\n";
  for (const auto& [group, bar] : table.bars) body += "\"" + group + "\" = " + number(bar) + "\n";
  for (const auto& [kind, curve] : table.curves)
    body += "\n[curves.\"" + kind + "\"]\nn = " + std::to_string(curve.n) + "\nraw = " + list(curve.raw) +
            "\nright = " + list(curve.right) + "\n";
  std::string head;
  for (const std::string& remark : remarks) head += "# " + remark + "\n";
  return head + std::string(checksum_mark) + checksum_of(body) + "\n" + body;
}

}  // namespace ocr
