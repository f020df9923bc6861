#include <algorithm>
#include <optional>

#include "models/workshop/sheets.hpp"

namespace workshop {
namespace {

constexpr double sheet_w = 210, sheet_h = 297, margin = 22, bottom = 268;

// Writes down a sheet of plain paper and takes a new one when it is full.
class Paper {
 public:
  explicit Paper(Desk& desk) : desk_(desk) {
    size = desk.writing.hand ? desk.dice.uniform(4.6, 5.4) : desk.dice.uniform(3.7, 4.1);
    pitch = size * (desk.writing.hand ? 1.55 : 1.45);
    take_sheet();
  }

  void line(double x, const std::string& text) {
    if (y_ > bottom) {
      finish_sheet();
      take_sheet();
    }
    write_line(*canvas_, desk_.writing, {x, y_}, text, size, desk_.dice);
    y_ += pitch;
  }
  void paragraph(const std::string& text) {
    const Lettering lettering{desk_.writing.face.family, size * desk_.writing.face.scale};
    // A hand does not measure: it leaves more room at the end of the line.
    const double width = sheet_w - 2 * margin - (desk_.writing.hand ? 4 : 0);
    for (const std::string& one : wrapped(*canvas_, text, lettering, width)) line(margin, one);
  }
  void skip(double lines) { y_ += lines * pitch; }
  void go_down_to(double y) { y_ = std::max(y, y_); }
  void signature() {
    if (y_ + 22 > sheet_h - 12) {
      finish_sheet();
      take_sheet();
    }
    sign(*canvas_, {115, y_, 60, 22}, desk_.dice);
  }
  std::vector<Raster> finished() {
    finish_sheet();
    return std::move(pages_);
  }

  double size = 4, pitch = 6;  // mm

 private:
  void take_sheet() {
    canvas_.emplace(Medium::pixels, sheet_w, sheet_h, desk_.dpi);
    y_ = 26;
  }
  void finish_sheet() { pages_.push_back(canvas_->raster()); }

  Desk& desk_;
  std::optional<Canvas> canvas_;
  std::vector<Raster> pages_;
  double y_ = 26;
};

std::string full_name(const Sender& sender) { return sender.first_name + " " + sender.last_name; }

// "Lyon, le 3 novembre 2026", or another of the ways to write it.
std::string place_and_date(const Desk& desk) {
  const std::string place = desk.telling.sender.town.name;
  switch (desk.dice.below(4)) {
    case 0:
      return place + ", le " + letter::french(desk.telling.written);
    case 1:
      return "Le " + long_date(desk.telling.written);
    default:
      return place + ", le " + long_date(desk.telling.written);
  }
}

void sender_block(Paper& paper, const Desk& desk) {
  const Sender& sender = desk.telling.sender;
  const bool company = desk.telling.story.writer == Writer::entreprise;
  Dice& dice = desk.dice;
  if (company) paper.line(margin, sender.company);
  if (!company)
    paper.line(margin, (dice.chance(0.3) ? (sender.woman ? "Mme " : "M. ") : "") + full_name(sender));
  paper.line(margin, sender.street);
  paper.line(margin, sender.town.postcode + " " + sender.town.name);
  if (company) paper.line(margin, "SIRET " + sender.siret);
  if (dice.chance(0.5)) paper.line(margin, "Tél. " + sender.phone);
  if (dice.chance(0.35)) paper.line(margin, sender.email);
  if (!company && dice.chance(0.5)) paper.line(margin, "N° de sécurité sociale : " + sender.nir);
}

void head(Paper& paper, const Desk& desk, const Stock& stock) {
  sender_block(paper, desk);
  paper.go_down_to(66);
  const auto addressed = desk.dice.chance(0.12)  // to the wrong service
                             ? desk.dice.below(static_cast<std::uint32_t>(letter::queue_count))
                             : static_cast<std::uint32_t>(desk.telling.story.queue);
  for (const std::string& line : stock.recipients[addressed]) paper.line(112, line);
  paper.skip(1);
  desk.truth.letter_date.clear();
  if (desk.dice.chance(0.94)) {
    paper.line(112, place_and_date(desk));
    desk.truth.letter_date = letter::iso(desk.telling.written);
  }
  paper.skip(0.8);
  if (!desk.telling.subject.empty() && desk.dice.chance(0.85))
    paper.paragraph("Objet : " + desk.telling.subject);
  if (desk.dice.chance(0.5)) paper.line(margin, "Contrat n° " + desk.telling.sender.contract);
  paper.skip(0.8);
}

}  // namespace

std::vector<Raster> free_letter(Desk& desk, const Stock& stock) {
  Paper paper(desk);
  head(paper, desk, stock);
  std::string& text = desk.truth.text;
  text.clear();
  const auto say = [&](const std::string& words) {
    if (words.empty()) return;
    paper.paragraph(words);
    paper.skip(0.5);
    text += (text.empty() ? "" : "\n") + as_written(desk.writing, words);
  };
  say(desk.telling.greeting);
  say(desk.telling.words);
  say(desk.telling.farewell);
  paper.skip(0.5);
  paper.line(115, full_name(desk.telling.sender));
  paper.signature();
  return paper.finished();
}

Raster continuation(Desk& desk, const std::vector<std::string>& lines) {
  Canvas canvas(Medium::pixels, sheet_w, sheet_h, desk.dpi);
  const double size = desk.writing.hand ? 4.3 : 3.3;
  write_line(canvas, desk.writing, {margin / 2, 20},
             "Suite de ma réclamation – " + full_name(desk.telling.sender), size, desk.dice);
  double y = 34;
  for (const std::string& line : lines) {
    write_line(canvas, desk.writing, {margin / 2, y}, line, size, desk.dice);
    y += 7.5;
  }
  return canvas.raster();
}

}  // namespace workshop
