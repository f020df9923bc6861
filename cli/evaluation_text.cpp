// An evaluation for a person to read.
#include <algorithm>
#include <cstdio>

#include "cli/evaluation.hpp"
#include "cli/table.hpp"
#include "ocr/check/confidence_fit.hpp"

namespace cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string fixed(double n, int places) {
  char out[32];
  std::snprintf(out, sizeof out, "%.*f", places, n);
  return out;
}

std::string share_of(std::size_t part, std::size_t n) {
  return n == 0 ? "-" : fixed(100.0 * static_cast<double>(part) / static_cast<double>(n), 1) + " %";
}

std::string with_n(const Share& share) {
  return share_of(share.part, share.n) + " (" + std::to_string(share.part) + "/" + std::to_string(share.n) +
         ")";
}

std::string per_1000(std::size_t wrong, std::size_t n) {
  return n == 0 ? "-" : fixed(1000.0 * static_cast<double>(wrong) / static_cast<double>(n), 1);
}

// "hand comb" -> "manuscrit, comb"
std::string in_words(const std::string& key, const Front& front) {
  static const std::vector<std::array<const char*, 3>> words{
      {"empty comb", "peigne vide", "empty comb"},
      {"comb", "peigne", "comb"},
      {"tick", "case", "tick"},
      {"letter", "champ de lettre", "field of a letter"},
      {"not there", "inventé (la lettre n’en a pas)", "invented (the letter has none)"}};
  const bool hand = key.starts_with("hand ");
  std::string rest = key.substr(key.find(' ') + 1);
  for (const auto& [id, fr, en] : words)
    if (rest == id) rest = front.tell(fr, en);
  if (rest.starts_with("letter ")) rest = front.tell("lettre, ", "letter, ") + rest.substr(7);
  return (hand ? front.tell("main : ", "hand: ") : front.tell("machine : ", "typed: ")) + rest;
}

Rows tally_rows(const std::map<std::string, Tally>& tallies, const Front& front, bool names) {
  Rows rows;
  for (const auto& [key, tally] : tallies)
    rows.push_back(
        {names ? in_words(key, front) : key, std::to_string(tally.n), share_of(tally.right, tally.n),
         share_of(tally.accepted, tally.n), per_1000(tally.accepted_wrong, tally.accepted),
         tally.accepted == 0 ? "-"
                             : fixed(1000 * ocr::upper_bound_90(tally.accepted_wrong, tally.accepted), 1)});
  return rows;
}

std::string tally_table(const std::string& head, const Rows& rows, const Front& front) {
  if (rows.empty()) return "";
  return "\n" + table({{head},
                       {"n", Side::right},
                       {"exact", Side::right},
                       {front.tell("accepté", "accepted"), Side::right},
                       {front.tell("faux pour 1000", "wrong per 1,000"), Side::right},
                       {front.tell("au plus (90 %)", "at most (90 %)"), Side::right}},
                      rows);
}

std::string text_table(const Evaluation& evaluation, const Front& front) {
  Rows rows;
  for (const auto& [key, sum] : evaluation.text) {
    auto errors =
        evaluation.text_errors.contains(key) ? evaluation.text_errors.at(key) : std::vector<double>{};
    std::sort(errors.begin(), errors.end());
    const std::string median = errors.empty() ? "-" : fixed(100 * errors[errors.size() / 2], 1) + " %";
    rows.push_back({key == "hand" ? front.tell("main", "hand") : front.tell("machine", "typed"),
                    std::to_string(errors.size()), std::to_string(sum.letters),
                    share_of(sum.letters_wrong, sum.letters), median, share_of(sum.words_wrong, sum.words)});
  }
  if (rows.empty()) return "";
  return "\n" + table({{front.tell("Texte", "Text")},
                       {front.tell("lettres", "letters"), Side::right},
                       {front.tell("caractères", "characters"), Side::right},
                       {"CER", Side::right},
                       {front.tell("CER médian", "median CER"), Side::right},
                       {"WER", Side::right}},
                      rows);
}

// `budget`: how many wrong per 1,000 may be accepted.
std::string curve_text(const std::string& name, const std::vector<Outcome>& outcomes, int budget,
                       const Front& front) {
  std::vector<Column> columns{{front.tell("Barre : ", "Bar: ") + name}};
  std::vector<std::string> shares{front.tell("accepté", "accepted")},
      wrong{front.tell("faux pour 1000", "wrong per 1,000")};
  for (const Risk& risk : risk_curve(outcomes)) {
    columns.push_back({fixed(risk.bar, risk.bar > 0.98 ? 3 : 2), Side::right});
    shares.push_back(share_of(risk.accepted, risk.n));
    wrong.push_back(per_1000(risk.wrong, risk.accepted));
  }
  const Risk best = most_accepted(outcomes, budget);
  const std::string n = std::to_string(budget);
  return "\n" + table(columns, {shares, wrong}) +
         front.tell("  à " + n + " faux pour 1000 au plus : ", "  with at most " + n + " wrong per 1,000: ") +
         share_of(best.accepted, best.n) + front.tell(" (barre ", " (bar ") + fixed(best.bar, 4) + ")\n";
}

std::string reliability_text(const Reliability& bins, const Front& front) {
  Rows rows;
  for (const Bin& bin : bins)
    if (bin.n > 0)
      rows.push_back({fixed(100 * bin.confidence / static_cast<double>(bin.n), 1) + " %",
                      fixed(100 * bin.right / static_cast<double>(bin.n), 1) + " %", std::to_string(bin.n)});
  return "\n" +
         table({{front.tell("Dit sûr à", "Said sure"), Side::right},
                {front.tell("juste", "right"), Side::right},
                {"n", Side::right}},
               rows) +
         front.tell("  écart moyen ", "  mean distance ") + fixed(100 * calibration_error(bins), 1) + " %\n";
}

std::string confusion_text(const Sorting& sorting, const Front& front) {
  std::vector<Column> columns{{front.tell("Vraie bannette \\ dite", "True queue \\ said")}};
  for (std::size_t q = 0; q < letter::queue_count; ++q)
    columns.push_back({std::to_string(q + 1), Side::right});
  for (const char* head : {"n", "P", "R", "F1"}) columns.push_back({head, Side::right});
  Rows rows;
  for (std::size_t q = 0; q < letter::queue_count; ++q) {
    std::vector<std::string> row{std::to_string(q + 1) + " " +
                                 std::string(letter::id(letter::all_queues[q]))};
    std::size_t truly = 0, said = 0;
    for (std::size_t other = 0; other < letter::queue_count; ++other) {
      row.push_back(sorting.confusion[q][other] ? std::to_string(sorting.confusion[q][other]) : "·");
      truly += sorting.confusion[q][other], said += sorting.confusion[other][q];
    }
    const std::size_t both = sorting.confusion[q][q];
    row.push_back(std::to_string(truly));
    row.push_back(share_of(both, said));
    row.push_back(share_of(both, truly));
    row.push_back(share_of(2 * both, truly + said));
    rows.push_back(std::move(row));
  }
  return "\n" + table(columns, rows);
}

std::string sorting_text(const Sorting& sorting, const Front& front) {
  if (sorting.right.n == 0) return "";
  std::string text = front.tell("\nTri\n", "\nSorting\n");
  const auto line = [&](const char* fr, const char* en, const std::string& value) {
    text += "  " + front.tell(fr, en) + value + "\n";
  };
  line("bannette juste : ", "right queue: ", with_n(sorting.right));
  for (const auto& [how, read] : sorting.read) {
    const std::string name = how == "hand" ? front.tell("main", "hand") : front.tell("machine", "typed");
    text += "    " + name + " : " + with_n(read) +
            front.tell(", sans faute de lecture ", ", had every word been read right ") +
            with_n(sorting.by_text.at(how)) + "\n";
  }
  line("macro-F1 : ", "macro-F1: ", fixed(sorting.macro_f1(), 3));
  line("bannette à informer juste : ", "right secondary queue: ", with_n(sorting.secondary));
  line("réclamations reconnues : ", "complaints recognised: ", with_n(sorting.complaints_kept));
  line("dites réclamations à raison : ", "rightly called complaints: ",
       with_n(sorting.called_complaints_right));
  line("triées sans personne : ", "sorted without a person: ",
       with_n({sorting.alone.accepted, sorting.alone.n}) + front.tell(", fausses ", ", wrong ") +
           std::to_string(sorting.alone.accepted_wrong) + front.tell(", au plus ", ", at most ") +
           fixed(1000 * ocr::upper_bound_90(sorting.alone.accepted_wrong, sorting.alone.accepted), 1) +
           front.tell(" pour 1000 (90 %)", " per 1,000 (90 %)"));
  auto rows = tally_rows(sorting.by_hand, front, false);
  const auto by_difficulty = tally_rows(sorting.by_difficulty, front, false);
  rows.insert(rows.end(), by_difficulty.begin(), by_difficulty.end());
  text += tally_table(front.tell("Bannette, par", "Queue, by"), rows, front);
  return text + confusion_text(sorting, front) +
         curve_text(front.tell("bannette", "queue"), sorting.outcomes, queue_budget, front) +
         reliability_text(reliability(sorting.outcomes), front);
}

}  // namespace

std::string text(const Evaluation& evaluation, const Front& front) {
  std::string text = std::to_string(evaluation.letters) + front.tell(" lettres, ", " letters, ") +
                     std::to_string(evaluation.pages) + " pages\n";
  for (const auto& [code, n] : evaluation.refused)
    text += front.tell("  non lues : ", "  unread: ") + std::to_string(n) + " [" + code + "]\n";
  for (const auto& [key, n] : evaluation.absent)
    text += front.tell("  vérité sans « ", "  truth without \"") + key + front.tell(" » : ", "\": ") +
            std::to_string(n) + "\n";
  text += front.tell("  formulaire ou lettre libre reconnu : ", "  form or free letter told apart: ") +
          with_n(evaluation.forms) + "\n";
  text += front.tell("  date de la lettre juste : ", "  right date of the letter: ") +
          with_n(evaluation.dates) + "\n" + text_of(evaluation.sent, front);
  text += tally_table(front.tell("Sorte", "Kind"), tally_rows(evaluation.by_group, front, true), front);
  text += tally_table(front.tell("Champ", "Field"), tally_rows(evaluation.by_field, front, true), front);
  text += text_table(evaluation, front);
  for (const auto& [key, bins] : evaluation.lines)
    text += front.tell("\nLignes, part de caractères justes, ", "\nLines, share of right characters, ") +
            (key == "hand" ? front.tell("main", "hand") : front.tell("machine", "typed")) +
            reliability_text(bins, front);
  for (const auto& [group, outcomes] : evaluation.outcomes) {
    text += curve_text(in_words(group, front), outcomes, field_budget, front);
    text += reliability_text(reliability(outcomes), front);
  }
  return text + sorting_text(evaluation.sorting, front);
}

}  // namespace cli
