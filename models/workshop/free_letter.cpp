#include <algorithm>
#include <optional>

#include "models/workshop/sheets.hpp"

namespace workshop {
namespace {

constexpr double sheet_w = 210, sheet_h = 297, margin = 22, bottom = 268;

// Writes down a sheet of paper and takes a new one when it is full.
class Paper {
 public:
  Paper(Desk& desk, PaperKind kind) : desk_(desk), kind_(kind) {
    Dice& dice = desk.dice;
    size = desk.writing.hand ? dice.uniform(4.6, 5.4) : dice.uniform(3.7, 4.1);
    pitch = size * (desk.writing.hand ? 1.55 : 1.45);
    if (kind != PaperKind::blank) pitch = kind == PaperKind::ruled ? dice.uniform(7.5, 8.5) : 2 * squares;
    take_sheet();
  }

  // The answer is the line as it was written.
  std::string line(double x, const std::string& text) {
    if (y_ > bottom) {
      finish_sheet();
      take_sheet();
    }
    write_line(sheet_->ink, desk_.writing, {x, y_}, text, size, desk_.dice);
    y_ += pitch;
    return as_written(desk_.writing, text);
  }
  void paragraph(const std::string& text) {
    // A hand does not measure: it leaves more room at the end of the line.
    const double width = sheet_w - 2 * margin - (desk_.writing.hand ? 4 : 0);
    for (const std::string& one : wrapped(sheet_->ink, text, lettering_of(desk_.writing, size), width))
      line(margin, one);
  }
  void skip(double lines) { y_ += (kind_ == PaperKind::blank ? lines : std::max(1.0, lines)) * pitch; }
  void go_down_to(double y) {
    while (y_ < y) y_ += kind_ == PaperKind::blank ? y - y_ : pitch;
  }
  void signature() {
    if (y_ + 22 > sheet_h - 12) {
      finish_sheet();
      take_sheet();
    }
    sign(sheet_->print, {115, y_, 60, 22}, desk_.dice);  // with a pen of its own
    y_ += 26;
  }
  void received(const std::string& date) {
    stamp_anywhere(sheet_->print, {desk_.dice.uniform(35, 175), desk_.dice.uniform(25, 270)}, date,
                   desk_.dice);
  }
  std::vector<Raster> finished() {
    finish_sheet();
    return std::move(pages_);
  }

  double size = 4, pitch = 6;  // mm

 private:
  static constexpr double squares = 5;
  void take_sheet() {
    sheet_.emplace(sheet_w, sheet_h, desk_.dpi);
    y_ = 26;
    draw_rules(sheet_->print, kind_, y_ + 0.8, kind_ == PaperKind::squared ? squares : pitch, desk_.dice);
  }
  void finish_sheet() { pages_.push_back(sheet_->finished(desk_.writing, desk_.difficulty, desk_.dice)); }

  Desk& desk_;
  PaperKind kind_;
  std::optional<Sheet> sheet_;
  std::vector<Raster> pages_;
  double y_ = 26;
};

std::string full_name(const Sender& sender) { return sender.first_name + " " + sender.last_name; }

// "Lyon, le 3 novembre 2026", or another of the ways to write it.
void place_and_date(Paper& paper, const Desk& desk, LetterParts& parts) {
  const std::string place = as_written(desk.writing, desk.telling.sender.town.name);
  const auto way = desk.dice.below(4);
  parts.date = way == 0 ? letter::french(desk.telling.written) : long_date(desk.telling.written);
  if (way != 1) parts.place = place;
  paper.line(112, way == 1 ? "Le " + parts.date : place + ", le " + parts.date);
}

void sender_block(Paper& paper, const Desk& desk, LetterParts& parts) {
  const Sender& sender = desk.telling.sender;
  const bool company = desk.telling.story.writer == Writer::entreprise;
  Dice& dice = desk.dice;
  const auto say = [&](const std::string& text) { parts.sender.push_back(paper.line(margin, text)); };
  if (company) say(sender.company);
  if (!company) say((dice.chance(0.3) ? (sender.woman ? "Mme " : "M. ") : "") + full_name(sender));
  say(sender.street);
  say(sender.town.postcode + " " + sender.town.name);
  const auto number = [&](const std::string& before, const std::string& value, std::string& part) {
    paper.line(margin, before + value);
    part = value;
  };
  if (company) number("SIRET ", sender.siret, parts.siret);
  if (dice.chance(0.5)) number("Tél. ", sender.phone, parts.phone);
  if (dice.chance(0.35)) number("", sender.email, parts.email);
  if (!company && dice.chance(0.5)) number("N° de sécurité sociale : ", sender.nir, parts.nir);
}

void references(Paper& paper, const Desk& desk, LetterParts& parts) {
  const Sender& sender = desk.telling.sender;
  Dice& dice = desk.dice;
  const auto say = [&](const std::string& before, const std::string& value, std::string& part) {
    paper.line(margin, before + value);
    part = value;
  };
  if (dice.chance(0.5)) say("Contrat n° ", sender.contract, parts.contract);
  if (dice.chance(0.3))
    say(dice.chance(0.5) ? "N° d’adhérent : " : "Adhérent n° ", sender.member_number, parts.member);
  if (dice.chance(0.3)) say(dice.chance(0.5) ? "Dossier n° " : "Vos réf. : ", sender.claim, parts.file);
}

void head(Paper& paper, const Desk& desk, const Stock& stock, LetterParts& parts) {
  sender_block(paper, desk, parts);
  paper.go_down_to(66);
  const auto addressed = desk.dice.chance(0.12)  // to the wrong service
                             ? desk.dice.below(static_cast<std::uint32_t>(letter::queue_count))
                             : static_cast<std::uint32_t>(desk.telling.story.queue);
  for (const std::string& line : stock.recipients[addressed]) {
    parts.recipient.push_back(paper.line(112, line));
    if (line.starts_with("TSA ") || line.starts_with("CS ")) parts.box = line;
  }
  paper.skip(1);
  desk.truth.letter_date.clear();
  if (desk.dice.chance(0.94)) {
    place_and_date(paper, desk, parts);
    desk.truth.letter_date = letter::iso(desk.telling.written);
  }
  paper.skip(0.8);
  if (!desk.telling.subject.empty() && desk.dice.chance(0.85)) {
    paper.paragraph("Objet : " + desk.telling.subject);
    parts.object = as_written(desk.writing, desk.telling.subject);
  }
  references(paper, desk, parts);
  paper.skip(0.8);
}

void tail(Paper& paper, const Desk& desk, LetterParts& parts) {
  static const std::vector<std::string> papers{
      "copie de votre courrier", "relevé d’identité bancaire", "décompte de la Sécurité sociale",
      "avis d’arrêt de travail", "attestation de l’employeur", "facture acquittée",
      "livret de famille"};
  Dice& dice = desk.dice;
  if (dice.chance(0.2)) {
    parts.iban = desk.telling.sender.iban;
    paper.line(margin, "IBAN : " + parts.iban);
  }
  if (!dice.chance(0.35)) return;
  const std::uint32_t first = dice.below(7), count = 1 + dice.below(3);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string& one = papers[(first + i) % papers.size()];
    paper.line(margin, (i == 0 ? "P.J. : " : "- ") + one);
    parts.enclosures.push_back(as_written(desk.writing, one));
  }
}

PaperKind paper_of(const Desk& desk) {
  if (desk.paper) return *desk.paper;
  const double fate = desk.dice.unit();
  if (!desk.writing.hand || desk.difficulty <= 0 || fate < 0.45) return PaperKind::blank;
  return fate < 0.75 ? PaperKind::ruled : PaperKind::squared;
}

}  // namespace

std::vector<Raster> free_letter(Desk& desk, const Stock& stock) {
  const PaperKind kind = paper_of(desk);
  Paper paper(desk, kind);
  desk.truth.paper = id(kind);
  LetterParts& parts = desk.truth.letter.emplace();
  head(paper, desk, stock, parts);
  std::string& text = desk.truth.text;
  text.clear();
  const auto say = [&](const std::string& words) {
    if (words.empty()) return;
    const std::string written = as_written(desk.writing, words);
    paper.paragraph(with_slips(desk.writing, written, desk.dice));
    paper.skip(0.5);
    text += (text.empty() ? "" : "\n") + written;
  };
  say(desk.telling.greeting);
  say(desk.telling.words);
  say(desk.telling.farewell);
  paper.skip(0.5);
  paper.line(115, full_name(desk.telling.sender));
  if (desk.dice.chance(0.93)) {
    paper.signature();
    desk.truth.is_signed = true;
  }
  tail(paper, desk, parts);
  if (desk.dice.chance(0.5 * desk.difficulty)) paper.received(letter::french(desk.arrived));
  return paper.finished();
}

Raster continuation(Desk& desk, const std::vector<std::string>& lines) {
  Sheet sheet(sheet_w, sheet_h, desk.dpi);
  const double size = desk.writing.hand ? 4.3 : 3.3;
  write_line(sheet.ink, desk.writing, {margin / 2, 20},
             "Suite de ma réclamation – " + full_name(desk.telling.sender), size, desk.dice);
  double y = 34;
  for (const std::string& line : lines) {
    write_line(sheet.ink, desk.writing, {margin / 2, y}, line, size, desk.dice);
    y += 7.5;
  }
  return sheet.finished(desk.writing, desk.difficulty, desk.dice);
}

}  // namespace workshop
