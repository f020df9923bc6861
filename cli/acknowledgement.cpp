#include "cli/acknowledgement.hpp"

#include "cli/case_table.hpp"

namespace cli {
namespace {

using letter::Queue;

// What is said of the subject: nothing where the queue's name alone would tell of somebody's health.
std::string subject(const letter::CaseRow& row, Queue queue, const Front& front) {
  const bool medical =
      queue == Queue::dossiers_medicaux || row.secondary == letter::id(Queue::dossiers_medicaux);
  if (medical || queue == Queue::autre) return "";
  return front.tell("Service chargé de votre réclamation : ", "The service in charge of your complaint: ") +
         queue_name(queue, front) + ".\n";
}

std::string way(const letter::CaseRow& row, Queue queue, const Front& front) {
  if (!letter::is_wrong_box(row.box, queue)) return "";
  if (queue == Queue::frais_sante)
    return front.tell(
        "Votre courrier concerne les frais de santé : nous le transmettons au centre de gestion indiqué sur "
        "votre "
        "carte de tiers payant, à qui vous pourrez écrire directement. Cela ne change pas le délai "
        "ci-dessus.\n",
        "Your letter is about health expenses: we pass it on to the centre de gestion named on your health "
        "card, "
        "to which you may write directly. This does not change the time above.\n");
  if (queue == Queue::dossiers_medicaux)
    return front.tell(
        "Votre courrier a été remis au service compétent. Cela ne change pas le délai ci-dessus.\n",
        "Your letter was handed to the right service. This does not change the time above.\n");
  return front.tell("Votre courrier nous est parvenu à l'adresse ", "Your letter reached us at ") +
         std::string(letter::id(row.box)) +
         front.tell(" ; nous l'avons remis au service compétent, dont l'adresse est : ",
                    "; we have handed it to the right service, whose address is: ") +
         std::string(letter::destination(queue)) +
         front.tell(". Cela ne change pas le délai ci-dessus.\n", ". This does not change the time above.\n");
}

}  // namespace

std::string acknowledgement(const letter::CaseRow& row, const Front& front) {
  const auto queue = letter::parse_queue(row.queue);
  if (!row.deadlines || !queue) return "";
  const auto& due = *row.deadlines;
  const auto date = [&front](letter::Day day) { return front.tell(letter::french(day), letter::iso(day)); };
  return front.tell("Madame, Monsieur,\n\nNous accusons réception de votre réclamation.\n",
                    "Dear Madam or Sir,\n\nWe acknowledge receipt of your complaint.\n") +
         front.tell("Référence à rappeler : ", "Reference to quote: ") + row.ref + "\n" +
         front.tell("Reçue le ", "Received on ") + date(letter::paris_day(row.received_at)) +
         front.tell(" ; date d'envoi retenue : ", "; sending date retained: ") + date(row.sent_on.date) +
         " (" +
         front.tell(std::string(letter::french(row.sent_on.basis)),
                    std::string(letter::id(row.sent_on.basis))) +
         ").\n" + subject(row, *queue, front) +
         front.tell("Une réponse vous sera adressée au plus tard le ", "An answer will be sent to you by ") +
         date(due.answer_due) + ".\n" + way(row, *queue, front) + front.tell("À partir du ", "From ") +
         date(due.mediation_open) +
         front.tell(
             " sans réponse de notre part, ou si notre réponse ne vous satisfait pas, vous pouvez saisir "
             "gratuitement "
             "le Médiateur de la protection sociale (CTIP), 10 rue Cambacérès, 75008 Paris, au plus tard le ",
             " without an answer from us, or if our answer does not satisfy you, you may refer the matter "
             "free of "
             "charge to the Médiateur de la protection sociale (CTIP), 10 rue Cambacérès, 75008 Paris, "
             "until ") +
         date(due.mediation_last) + ".\n";
}

}  // namespace cli
