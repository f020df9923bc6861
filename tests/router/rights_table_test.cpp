// Every role against every verb: who has no right to a case gets nothing of it and changes nothing.
#include <algorithm>
#include <set>

#include "router/hand_over.hpp"
#include "router/pages.hpp"
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::Queue;
using Verbs = std::set<std::string>;

// Verbs that a role is answered on somebody else's case, or that ask for no case.
const std::map<std::string, Verbs>& granted() {
  static const std::map<std::string, Verbs> table{
      {"desk", {"list", "next", "status", "check", "corrections"}},
      {"medical_desk", {"list", "next", "status", "check", "corrections"}},
      {"ops", {"list", "next", "status", "corrections", "retention", "purge"}},
      {"auditor",
       {"list", "next", "status", "corrections", "open", "register", "retention", "freeze", "thaw"}},
      {"sorter", {"corrections"}},
  };
  return table;
}
const Verbs refusals{"desk.not_allowed", "desk.secret", "desk.stale"};

struct RightsTable : made::DeskTest {
  const router::Asker sorter = router::make_asker("sorter:sorter", {}).value();

  std::string file_secret_words(Queue queue) {
    auto value = made::sorted(1, queue);
    value.read.text = letter::PersonalText("mon arthrodese");
    return file(value);
  }
  // Arguments with which the verb would work for who may.
  static made::Args words_for(const std::string& verb, const std::string& ref) {
    made::Args args{
        {"reason", "x"}, {"letter", "LYON1-0000001"}, {"letters", "LYON1-0000001"}, {"as", "png"}};
    if (verb == "correct") args.insert({{"field", "NOM_USAGE"}, {"text", "X"}});
    if (verb == "join") args["into"] = ref;
    if (verb == "requalify") args["to"] = "non_reclamation";
    if (verb == "posted") args["kind"] = "acknowledgement";
    if (verb == "hold") args["answer_by"] = "2027-06-01";
    return args;
  }
  letter::Answer ask_all(const router::Asker& asker, const std::string& verb, const std::string& ref) {
    return act(asker, ref, verb, words_for(verb, ref), verb == "list" ? "" : "autre");
  }
  static bool tells(const letter::Answer& answer) {
    for (const std::string& frame : letter::encode(answer))
      for (const char* words : {"DUPONT", "arthrodese"})
        if (frame.find(words) != std::string::npos) return true;
    return false;
  }
  static std::string role(const router::Asker& asker) {
    return asker.user_id.substr(0, asker.user_id.find(':'));
  }
  void nothing_for(const router::Asker& asker, const std::string& ref) {
    const auto before = case_at(ref);
    const auto letters_before = letters(ref);
    for (const std::string& verb : router::verb_names()) {
      SCOPED_TRACE(asker.user_id + " " + verb);
      const auto answer = ask_all(asker, verb, ref);
      EXPECT_FALSE(tells(answer));
      auto after = case_at(ref);
      after.frozen = before.frozen;  // the auditor's to set
      EXPECT_EQ(after, before);
      EXPECT_EQ(letters(ref), letters_before);
      if (granted().at(role(asker)).contains(verb)) continue;
      EXPECT_TRUE(answer.reason &&
                  (refusals.contains(answer.reason->code) || answer.reason->code == "desk.no_such_letter"))
          << (answer.reason ? answer.reason->code : "granted");
    }
  }
  void no_pages_for(const router::Asker& asker, const std::string& ref) {
    letter::Errand errand;
    errand.request = "r";
    errand.ref = ref;
    errand.args = {{"as", "png"}, {"page", "1"}, {"reason", "x"}};
    store.transact([&](router::Transaction& in) {
      const auto pages = router::plan_pages(errand, asker, in, {rules, now});
      EXPECT_TRUE(!pages && refusals.contains(pages.error().code)) << asker.user_id;
      const auto gone = router::plan_hand_over(errand, asker, in, {rules, now});
      EXPECT_TRUE(!gone && refusals.contains(gone.error().code)) << asker.user_id;
    });
  }
};

TEST_F(RightsTable, OfAnOrdinaryCaseOthersGetNothing) {
  const auto ref = file_secret_words(Queue::incapacite_invalidite);
  for (const auto* asker : {&company, &medical, &ops, &auditor, &sorter}) {
    nothing_for(*asker, ref);
    no_pages_for(*asker, ref);
  }
}

TEST_F(RightsTable, OfAMedicalCaseNobodyElseGetsAnything) {
  const auto ref = file_secret_words(Queue::dossiers_medicaux);
  for (const auto* asker : {&company, &incapacity, &everyone, &ops, &auditor, &sorter}) {
    nothing_for(*asker, ref);
    no_pages_for(*asker, ref);
  }
}

TEST_F(RightsTable, OfACaseThatIsMedicalBelowItsOwnerGetsNothingEither) {
  auto value = made::sorted(1);
  value.secondary = Queue::dossiers_medicaux;
  value.read.text = letter::PersonalText("mon arthrodese");
  const auto ref = file(value);
  for (const auto* asker : {&incapacity, &everyone, &ops, &auditor, &sorter}) {
    nothing_for(*asker, ref);
    no_pages_for(*asker, ref);
  }
}

TEST_F(RightsTable, ALetterUnderCheckThatBecameMedicalShowsNoMorePages) {
  rules.filing.check_one_in = 1;
  const auto ref = file_secret_words(Queue::incapacite_invalidite);
  ASSERT_TRUE(act(everyone, "", "check").blind);
  claim(incapacity, ref);
  act(incapacity, ref, "reroute", {{"reason", "x"}}, "dossiers_medicaux");
  letter::Errand errand;
  errand.args = {{"as", "png"}, {"page", "1"}, {"letter", "LYON1-0000001"}};
  store.transact([&](router::Transaction& in) {
    const auto pages = router::plan_pages(errand, everyone, in, {rules, now});
    ASSERT_FALSE(pages);
    EXPECT_EQ(pages.error().code, "desk.secret");
  });
}

}  // namespace
