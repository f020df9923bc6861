// The questions put to a letter. Each is answered on its own by words, rules and form; the policy
// combines the answers into a queue (decision.hpp), in its own order: mediation, request, company, subject.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "letter/service.hpp"

namespace classify {

// The answers are columns of one table of scores.
inline constexpr std::size_t act_complaint = 0, act_request = 1, act_mediation = 2;
inline constexpr std::size_t writer_other = 3, writer_company = 4;
inline constexpr std::size_t subject_first = 5, subject_none = 10;
inline constexpr std::size_t touches_first = 11;  // pairs (no, yes), one a subject
inline constexpr std::size_t queue_first = 21;    // nine: the queue itself, in letter::Queue's order
inline constexpr std::size_t column_count = 30;

// The five subjects that a person can write about.
inline constexpr std::array<letter::Queue, 5> subjects{
    letter::Queue::incapacite_invalidite, letter::Queue::deces_rente_dependance,
    letter::Queue::designation_beneficiaires, letter::Queue::dossiers_medicaux, letter::Queue::frais_sante};

struct Question {
  std::string_view name;
  std::size_t first, count;  // its columns; exactly one of them is the true answer
};
inline constexpr std::size_t question_count = 9;
inline constexpr std::array<Question, question_count> questions{
    {{"act", act_complaint, 3},
     {"writer", writer_other, 2},
     {"subject", subject_first, 6},
     {"touches R1", touches_first, 2},
     {"touches R2", touches_first + 2, 2},
     {"touches R3", touches_first + 4, 2},
     {"touches R5", touches_first + 6, 2},
     {"touches R8", touches_first + 8, 2},
     {"queue", queue_first, letter::queue_count}}};

// Log-odds, or after `softmax` probabilities, by column.
using Scores = std::array<double, column_count>;

// Turns the log-odds of every question into probabilities that add up to 1.
void softmax(Scores& scores);

// Index in `subjects`, or nullopt for the four other queues.
std::optional<std::size_t> subject_index(letter::Queue queue);
inline std::size_t touches_column(std::size_t subject) { return touches_first + 2 * subject + 1; }

// Adds `weight` to the column(s) that speak for `queue` being touched: mediation and non_reclamation
// are acts, entreprise a writer, autre "no subject", the others subjects.
void add_for(Scores& scores, letter::Queue queue, double weight);

}  // namespace classify
