// The nine queues and the post boxes in front of them. Source: the house's routing policy.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace letter {

// The service that must own an item. Order is the policy's (R1, R2, R3, R5, R6, R8, R7, R9n, R9).
enum class Queue {
  incapacite_invalidite,
  deces_rente_dependance,
  designation_beneficiaires,
  dossiers_medicaux,
  entreprise,
  frais_sante,
  mediation,
  non_reclamation,
  autre,
};
inline constexpr std::size_t queue_count = 9;
inline constexpr std::array<Queue, queue_count> all_queues{Queue::incapacite_invalidite,
                                                           Queue::deces_rente_dependance,
                                                           Queue::designation_beneficiaires,
                                                           Queue::dossiers_medicaux,
                                                           Queue::entreprise,
                                                           Queue::frais_sante,
                                                           Queue::mediation,
                                                           Queue::non_reclamation,
                                                           Queue::autre};

std::string_view id(Queue queue);                    // "incapacite_invalidite"
std::optional<Queue> parse_queue(std::string_view);  // from the id
std::string_view french(Queue queue);                // "Incapacité – Invalidité"
std::string_view english(Queue queue);               // "Incapacity – disability"
std::string_view destination(Queue queue);           // "TSA 20202, 69307 LYON CEDEX 07", ...

// Where the paper arrived. TSA 20202 is shared by three queues, so a box is evidence, never proof.
enum class PostBox { none, tsa_20202, cs_30027, tsa_90200 };

std::string_view id(PostBox box);  // "TSA 20202"; none: ""
// Where letters for this queue are to be sent; none: it has no box of its own.
PostBox box_of(Queue queue);
// It arrived in a box, and that is not where letters for this queue are to be sent.
bool is_wrong_box(PostBox seen, Queue queue);
// Tolerates spacing and case ("tsa20202", "CS 30 027"); "" and "none" are `none`; else nullopt.
std::optional<PostBox> parse_post_box(std::string_view);

}  // namespace letter
