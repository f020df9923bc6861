#include "classify/train.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <future>
#include <map>
#include <utility>

#include "classify/corpus.hpp"
#include "classify/echo.hpp"
#include "classify/evaluation.hpp"
#include "classify/evidence.hpp"
#include "classify/form_weights.hpp"
#include "classify/logistic.hpp"
#include "classify/triage.hpp"

namespace classify {
namespace {

constexpr std::size_t folds_at_most = 11, side_by_side = 2;
constexpr std::size_t letters_at_least = 2;  // a feature seen in one letter teaches that letter only

// A letter prepared once for all folds.
struct Prepared {
  std::size_t letter = 0;  // its number: a letter and its echo count as one
  Words words;
  std::vector<Feature> features;
  Lesson lesson;  // features filled in by each fold's rows
};

// Desks note no writer: of a correction he is known only where the queue tells.
std::size_t writer_of(const Example& example) {
  if (example.who == "company" || example.queue == letter::Queue::entreprise) return writer_company;
  const bool unknown = example.who.empty() && (example.queue == letter::Queue::mediation ||
                                               example.queue == letter::Queue::non_reclamation);
  return unknown ? not_asked : writer_other;
}

std::array<std::size_t, question_count> answers_of(const Example& example) {
  using letter::Queue;
  std::array<std::size_t, question_count> out{};
  out[0] = example.queue == Queue::mediation         ? act_mediation
           : example.queue == Queue::non_reclamation ? act_request
                                                     : act_complaint;
  out[1] = writer_of(example);
  auto subject = subject_index(example.queue);
  if (!subject && example.secondary) subject = subject_index(*example.secondary);
  // "No subject" is what makes a complaint `autre`; a company's contract or a change of address is not that.
  if (subject)
    out[2] = subject_first + *subject;
  else
    out[2] = example.queue == Queue::autre ? subject_none : not_asked;
  out[8] = queue_first + static_cast<std::size_t>(example.queue);
  for (std::size_t s = 0; s < subjects.size(); ++s) {
    const bool touched = example.queue == subjects[s] || example.secondary == subjects[s];
    out[3 + s] = touches_first + 2 * s + (touched ? 1 : 0);
  }
  return out;
}

// What it is about, whatever it does: a subject, a company's matter, neither.
std::size_t topic_of(const Example& example) {
  if (example.who == "company") return subjects.size();
  auto subject = subject_index(example.queue);
  if (!subject && example.secondary) subject = subject_index(*example.secondary);
  return subject.value_or(subjects.size() + 1);
}

Prepared prepare(const Example& example, const Rules& rules, const Lexicon& lexicon) {
  Prepared out;
  const letter::ReadLetter read = as_read(example);
  out.words = words_of(own_words(read));
  out.features = features_of(out.words, lexicon, rules);
  out.lesson.answers = answers_of(example);
  out.lesson.topic = topic_of(example);
  for (const auto& signals : {spoken_signals(out.words, rules), marked_signals(read, rules)}) {
    for (const Signal& signal : signals) {
      for (std::size_t c = 0; c < column_count; ++c) out.lesson.offset[c] += signal.adds[c];
    }
  }
  return out;
}

// Features that at least two of the letters have, with their rarity. A letter's echo stands next to it.
std::vector<Row> rows_of(const std::vector<const Prepared*>& letters) {
  struct Seen {
    std::size_t letters = 0, last = ~std::size_t{0};
  };
  std::map<std::uint32_t, Seen> seen;
  std::size_t all = 0, last = ~std::size_t{0};
  for (const Prepared* one : letters) {
    all += std::exchange(last, one->letter) != one->letter;
    for (const Feature& feature : one->features) {
      Seen& bucket = seen[feature.bucket];
      bucket.letters += std::exchange(bucket.last, one->letter) != one->letter;
    }
  }
  std::vector<Row> rows;
  for (const auto& [bucket, count] : seen) {
    if (count.letters < letters_at_least) continue;
    const double rarity = std::log(static_cast<double>(all) / static_cast<double>(count.letters)) + 1;
    rows.push_back({bucket, static_cast<float>(rarity), {}});
  }
  return rows;
}

double request_share(const std::vector<Lesson>& lessons) {
  double requests = 0, all = 0;
  for (const Lesson& lesson : lessons) {
    all += lesson.heed[0];
    requests += lesson.answers[0] == act_request ? lesson.heed[0] : 0;
  }
  return std::clamp(requests / std::max(all, 1e-9), 0.01, 0.99);
}

WordModel model_of(const std::vector<const Prepared*>& letters) {
  WordModel model;
  model.rows = rows_of(letters);
  model.temperature.fill(1);
  model.letters = static_cast<std::uint32_t>(letters.size());
  std::vector<Lesson> lessons;
  for (const Prepared* one : letters) {
    lessons.push_back(one->lesson);
    lessons.back().features = known_features(one->features, model.rows);
  }
  balance(lessons);
  const Fitted fitted = fit(lessons, model.rows.size(), LogisticOptions{});
  for (std::size_t r = 0; r < model.rows.size(); ++r) model.rows[r].weights = fitted.weights[r];
  model.bias = fitted.bias;
  model.request_share = request_share(lessons);
  return model;
}

// Batches in order of name, dealt out to the folds in turn: no author is on both sides.
std::vector<std::size_t> fold_of(const std::vector<Example>& examples) {
  std::map<std::string, std::size_t> batches;
  for (const Example& example : examples) batches.emplace(example.batch, 0);
  std::size_t next = 0;
  for (auto& [name, fold] : batches) fold = next++ % folds_at_most;
  std::vector<std::size_t> out;
  for (const Example& example : examples) out.push_back(batches[example.batch]);
  return out;
}

struct School {
  Corpus corpus;
  Rules rules;
  Lexicon lexicon;
  std::vector<Prepared> prepared;
  std::vector<Prepared> echoes;  // of each letter, side by side with `prepared`: taught, never measured
};

letter::Result<School> school_of(const Lessons& lessons) {
  auto corpus = load_corpus(lessons.corpus_dir);
  if (!corpus) return tl::unexpected<letter::Reason>(corpus.error());
  if (!lessons.corrections.empty()) {
    const auto corrected = load_corrections(lessons.corrections);
    if (!corrected) return tl::unexpected<letter::Reason>(corrected.error());
    corpus->examples.insert(corpus->examples.end(), corrected->examples.begin(), corrected->examples.end());
    corpus->checksum = hex(checksum(corrected->checksum, checksum(corpus->checksum)));
  }
  const auto beside = lessons.corpus_dir.parent_path();
  auto rules = parse_rules(bytes_of(beside / "rules.toml"));
  if (!rules) return tl::unexpected<letter::Reason>(rules.error());
  auto lexicon = parse_concepts(bytes_of(beside / "concepts.toml"), *rules);
  if (!lexicon) return tl::unexpected<letter::Reason>(lexicon.error());
  const auto echoes = load_echoes(beside);
  if (!echoes) return tl::unexpected<letter::Reason>(echoes.error());
  School school{std::move(*corpus), std::move(*rules), std::move(*lexicon), {}, {}};
  for (const Example& example : school.corpus.examples) {
    school.prepared.push_back(prepare(example, school.rules, school.lexicon));
    school.echoes.push_back(prepare(echo_of(example, *echoes, 1), school.rules, school.lexicon));
    school.prepared.back().letter = school.echoes.back().letter = school.prepared.size();
  }
  return school;
}

struct OutOfFold {
  std::vector<WordModel> models;  // one a fold, trained without it
  std::vector<std::size_t> fold;  // of each letter
  std::array<double, question_count> temperature{};
  std::vector<FormWeights> form;  // the same, of marks and boxes
  FormWeights form_of_all;
};

// What each letter's words say by a model that has not seen them, beside the marks it bears.
std::vector<Marked> marked_letters(const School& school, const std::vector<Scores>& scores,
                                   const std::vector<Lesson>& lessons) {
  std::vector<Marked> letters;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    Marked one{marks_of(as_read(school.corpus.examples[i]), school.rules), scores[i], &lessons[i]};
    for (const auto& [name, adds] : one.says)
      for (std::size_t c = 0; c < column_count; ++c) one.words[c] -= school.rules.form_weight(name) * adds[c];
    letters.push_back(std::move(one));
  }
  return letters;
}

void learn_form(const School& school, const std::vector<Marked>& letters, OutOfFold& out) {
  FormWeights written(school.rules.form.begin(), school.rules.form.end());
  const std::size_t folds = out.models.size();
  for (std::size_t f = 0; f <= folds; ++f) {
    std::vector<Marked> others;
    for (std::size_t i = 0; i < letters.size(); ++i)
      if (out.fold[i] != f && !letters[i].says.empty()) others.push_back(letters[i]);
    (f < folds ? out.form.emplace_back() : out.form_of_all) = fit_form(others, written, out.temperature);
  }
}

// Trained without the letters of fold `f`.
WordModel model_without(std::size_t f, const School& school, const std::vector<std::size_t>& fold) {
  std::vector<const Prepared*> letters;
  for (std::size_t i = 0; i < school.prepared.size(); ++i)
    if (fold[i] != f) letters.insert(letters.end(), {&school.prepared[i], &school.echoes[i]});
  return model_of(letters);
}

OutOfFold cross_train(const School& school) {
  OutOfFold out;
  out.fold = fold_of(school.corpus.examples);
  std::vector<std::future<WordModel>> models;  // side by side: each is a pure function of its letters
  const std::size_t folds = 1 + *std::max_element(out.fold.begin(), out.fold.end());
  for (std::size_t f = 0; f < folds; ++f) {
    models.push_back(std::async(std::launch::async, [&, f] { return model_without(f, school, out.fold); }));
    if (f + 1 >= side_by_side) models[f + 1 - side_by_side].wait();
  }
  for (auto& model : models) out.models.push_back(model.get());
  std::vector<Scores> scores;
  std::vector<Lesson> lessons;
  for (std::size_t i = 0; i < school.prepared.size(); ++i) {
    const Prepared& one = school.prepared[i];
    scores.push_back(out.models[out.fold[i]].hear(one.words, school.lexicon, school.rules).scores);
    for (std::size_t c = 0; c < column_count; ++c) scores[i][c] += one.lesson.offset[c];
  }
  for (const Prepared& one : school.prepared) lessons.push_back(one.lesson);
  balance(lessons);
  out.temperature = fit_temperature(scores, lessons);
  learn_form(school, marked_letters(school, scores, lessons), out);
  return out;
}

Evaluation evaluation_of(const School& school, const OutOfFold& trained, double wrong_per_1000) {
  std::vector<Knowledge> knowledge;
  for (const WordModel& model : trained.models) {
    const FormWeights& form = trained.form[knowledge.size()];
    knowledge.push_back({model, school.rules, school.lexicon});
    knowledge.back().words.temperature = trained.temperature;
    for (const auto& [name, weight] : form) knowledge.back().rules.form[name] = weight;
  }
  Evaluation evaluation;
  evaluation.wrong_per_1000 = wrong_per_1000;
  for (std::size_t i = 0; i < school.corpus.examples.size(); ++i) {
    const Example& example = school.corpus.examples[i];
    // Nobody is asked for want of confidence: what other reasons there are is seen, and the bar comes after.
    House house;
    house.review_below = 0;
    const Knowledge& unseen = knowledge[trained.fold[i]];  // by a model that has not seen it
    count(evaluation, example, sort_by(as_read(example), unseen, house));
    house.complaint_share.fill(few_complaints);
    count(evaluation.told, example, sort_by(as_read(example), unseen, house));
  }
  evaluation.marks = reliability_of(school.corpus.examples, school.rules, trained.form_of_all);
  finish(evaluation);
  return evaluation;
}

letter::Result<std::string> write_whole(const std::filesystem::path& file, const std::string& bytes) {
  std::filesystem::path part = file;
  part += ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(part, file, error);
  if (!out || error) {
    return letter::fault("train.write", "Le modèle n'a pas pu être écrit.",
                         "The model could not be written.");
  }
  return bytes;
}

}  // namespace

letter::Result<Evaluation> evaluate_corpus(const Lessons& lessons) {
  const auto school = school_of(lessons);
  if (!school) return tl::unexpected<letter::Reason>(school.error());
  return evaluation_of(*school, cross_train(*school), lessons.wrong_per_1000);
}

letter::Result<Evaluation> train(const Lessons& lessons, const std::filesystem::path& out_dir) {
  const auto school = school_of(lessons);
  if (!school) return tl::unexpected<letter::Reason>(school.error());
  const OutOfFold trained = cross_train(*school);
  std::vector<const Prepared*> all;
  for (std::size_t i = 0; i < school->prepared.size(); ++i)
    all.insert(all.end(), {&school->prepared[i], &school->echoes[i]});
  WordModel model = model_of(all);
  model.temperature = trained.temperature;
  model.form = trained.form_of_all;
  model.corpus_checksum = school->corpus.checksum;
  Evaluation evaluation = evaluation_of(*school, trained, lessons.wrong_per_1000);
  const std::string bytes = dump_words(model);
  for (const auto& [name, text] :
       {std::pair{"words.model", bytes},
        std::pair{"proof.txt", dump_proof({hex(checksum(bytes)), evaluation.answers})}}) {
    const auto written = write_whole(out_dir / name, text);
    if (!written) return tl::unexpected<letter::Reason>(written.error());
  }
  return evaluation;
}

}  // namespace classify
