#include "cli/field_table.hpp"

#include "cli/field_words.hpp"
#include "cli/mask.hpp"
#include "cli/table.hpp"

namespace cli {
namespace {

std::string shown(const letter::Field& field, Nir nir, const Front& front) {
  if (field.how == letter::How::tick)
    return field.tick == letter::TickState::blank ? "" : word(field.tick, front);
  const std::string& text = field.text.reveal();
  return nir == Nir::shown ? text : field_masked(field.id, text);
}

}  // namespace

std::string field_table(const letter::ReadLetter& read, Nir nir, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  std::string notes;
  for (const letter::Field& field : read.fields) {
    for (const letter::Reason& note : field.notes)
      notes += field.id + front.tell(" : ", ": ") + front.tell(note.fr, note.en) + " [" + note.code + "]\n";
    const std::string text = shown(field, nir, front);
    if (text.empty()) continue;
    const std::string repaired = field.repaired ? front.tell(", réparé", ", repaired") : "";
    rows.push_back({field.id, text, percent(field.confidence), word(field.verdict, front) + repaired});
  }
  if (rows.empty()) return notes;
  return table({{front.tell("Champ", "Field")},
                {front.tell("Lu", "Read"), Side::left, 60},
                {front.tell("Sûr à", "Sure"), Side::right},
                {"Verdict"}},
               rows) +
         notes;
}

}  // namespace cli
