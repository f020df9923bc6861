#include "classify/review.hpp"

#include <algorithm>

#include "classify/evidence.hpp"

namespace classify {
namespace {

using letter::Queue;
using letter::Reason;
using letter::SortedLetter;

// Own words read with less than this on average are not trusted to sort by.
constexpr double poor_reading = 0.70;
// Words alone this sure of another subject than the tick's: somebody is wrong.
constexpr double words_disagree = 0.60;
// A form with no tick or several, or with one that the words contradict, needs no person when the answer is
// this sure: ticks are only evidence (policy R11). Out of fold, 16 of 16 letters against their tick were
// right there.
constexpr double words_clear = 0.90;

struct ReadingView {
  double confidence = 1;  // mean over the own lines, by length
  bool hand = false, any = false;
};

ReadingView reading_view(const letter::ReadLetter& read) {
  ReadingView view;
  double sum = 0, length = 0;
  for (const letter::Line& line : read.lines) {
    if (!line.own_words) continue;
    const auto weight = static_cast<double>(line.text.reveal().size());
    sum += weight * line.confidence;
    length += weight;
    view.hand = view.hand || line.how == letter::How::hand;
    view.any = true;
  }
  if (length > 0) view.confidence = sum / length;
  return view;
}

void page_reasons(const letter::ReadLetter& read, std::vector<Reason>& out) {
  const auto& pages = read.letter.pages;
  if (std::any_of(pages.begin(), pages.end(), [](const letter::Page& p) { return p.damaged; })) {
    out.push_back({"sort.page_damaged", "Une page est abîmée ou illisible par endroits.",
                   "A page is damaged or unreadable in places."});
  }
  if (!pages.empty() &&
      std::all_of(pages.begin(), pages.end(), [](const letter::Page& p) { return p.blank; })) {
    out.push_back({"sort.pages_blank", "Toutes les pages semblent blanches.", "All pages seem blank."});
  }
}

// What the station and the reader noted of the letter as a whole is for a person to see.
void note_reasons(const letter::ReadLetter& read, std::vector<Reason>& out) {
  for (const auto* notes : {&read.letter.notes, &read.notes})
    for (const Reason& note : *notes)
      if (std::find(out.begin(), out.end(), note) == out.end()) out.push_back(note);
}

void reading_reasons(const letter::ReadLetter& read, const Words& words, std::vector<Reason>& out) {
  const ReadingView view = reading_view(read);
  if (words.empty()) {
    out.push_back({"sort.nothing_read", "Aucun texte de l'expéditeur n'a pu être lu.",
                   "No text of the sender could be read."});
  }
  if (view.hand && view.confidence < poor_reading) {
    out.push_back({"sort.hand_unread", "L'écriture manuscrite n'a pas été lue de façon sûre.",
                   "The handwriting was not read with confidence."});
  } else if (view.any && view.confidence < poor_reading) {
    out.push_back({"sort.poor_reading", "Le texte a été lu avec peu de certitude.",
                   "The text was read with little confidence."});
  }
}

// A company may tick the benefit its letter is about, so only a tick for companies is held against its
// words, and only a subject's tick against another subject.
bool tick_contradicts(Queue tick, const Grounds& grounds) {
  if (tick == Queue::entreprise) return grounds.words_company <= 1 - words_disagree;
  return grounds.words_subject != Queue::autre && grounds.words_subject != tick &&
         grounds.words_subject_sure >= words_disagree;
}

void tick_reasons(const SortedLetter& sorted, const Grounds& grounds, const Words& words,
                  std::vector<Reason>& out) {
  if (sorted.read.form.empty()) return;
  const std::vector<Queue> ticks = object_ticks(sorted.read);
  if (ticks.size() == 1) {
    if (sorted.confidence < words_clear && !words.empty() && tick_contradicts(ticks.front(), grounds)) {
      out.push_back({"sort.tick_against_text", "La case cochée ne correspond pas au texte.",
                     "The ticked box does not fit the text."});
    }
  } else if (sorted.confidence < words_clear) {
    if (ticks.empty()) {
      out.push_back({"sort.no_tick", "Aucun objet n'est coché et le texte n'est pas assez clair.",
                     "No subject is ticked and the text is not clear enough."});
    } else {
      out.push_back({"sort.several_ticks", "Plusieurs objets sont cochés et le texte n'est pas assez clair.",
                     "Several subjects are ticked and the text is not clear enough."});
    }
  }
}

bool holds_medical_content(const Words& words, const Rules& rules) {
  const auto stands = [&](const Phrase& phrase) { return find(phrase, words).has_value(); };
  return std::any_of(rules.medical_papers.begin(), rules.medical_papers.end(), stands) ||
         std::count_if(rules.medical.begin(), rules.medical.end(), stands) >= 2;
}

void medical_reasons(const SortedLetter& sorted, const Words& words, const Rules& rules,
                     std::vector<Reason>& out) {
  if (is_ticked(sorted.read, "PJ_MEDICAL")) {
    out.push_back({"sort.medical_papers", "Des pièces médicales sont annoncées sous pli fermé.",
                   "Medical papers are announced in a closed envelope."});
  }
  const bool secret =
      sorted.queue == Queue::dossiers_medicaux || sorted.secondary == Queue::dossiers_medicaux;
  if (!secret && holds_medical_content(words, rules)) {
    out.push_back({"sort.medical_content", "Le courrier ordinaire semble contenir des éléments médicaux.",
                   "This ordinary letter seems to hold medical content."});
  }
}

}  // namespace

std::vector<Reason> review_reasons(const SortedLetter& sorted, const Grounds& grounds, const Words& words,
                                   const Rules& rules, double review_below) {
  std::vector<Reason> out;
  if (sorted.read.letter.sealed) {
    out.push_back({"sort.sealed", "Pli fermé : à ouvrir par le service médical.",
                   "Closed envelope: to be opened by the medical service."});
    note_reasons(sorted.read, out);
    return out;
  }
  if (sorted.confidence < review_below) {
    out.push_back(
        {"sort.unsure", "Le service destinataire n'est pas certain.", "The service is not certain."});
  }
  if (grounds.complaint_unsure) {
    out.push_back({"sort.complaint_unsure", "Réclamation ou simple demande : à confirmer ; le délai court.",
                   "Complaint or plain request: to confirm; the clock runs."});
  }
  note_reasons(sorted.read, out);
  page_reasons(sorted.read, out);
  reading_reasons(sorted.read, words, out);
  tick_reasons(sorted, grounds, words, out);
  medical_reasons(sorted, words, rules, out);
  return out;
}

}  // namespace classify
