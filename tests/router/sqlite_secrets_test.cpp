// Medical secrecy at rest: nothing that anybody wrote stands readable in the register's files.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "router/blind_check.hpp"
#include "router/journal_file.hpp"
#include "router/sqlite_store.hpp"
#include "tests/router/desk_fixture.hpp"
#include "tests/router/temp_folder.hpp"
#include "vault/keyring.hpp"

namespace {

using letter::Queue;
using made::sorted;

// Folders of a house, its keys, and a register under the medical service's key.
struct SecretsAtRest : testing::Test {
  made::TempFolder folder;
  const std::filesystem::path file = folder.path() / "register" / "register.sqlite";
  const vault::Keyring medical = [this] {
    vault::make_medical_key(folder.path() / "keys", folder.path() / "state.medical.key");
    return vault::load_medical_key(folder.path() / "state.medical.key").value();
  }();
  std::unique_ptr<router::SqliteStore> store = std::make_unique<router::SqliteStore>(file, medical);
  router::DeskRules rules;
  const router::Asker incapacity =
      router::make_asker("desk:incapacite_invalidite", {"incapacite_invalidite"}).value();
  const router::Asker doctor =
      router::make_asker("medical_desk:dossiers_medicaux", {"dossiers_medicaux"}).value();

  letter::SortedLetter letter_about(const char* words, Queue queue = Queue::incapacite_invalidite) {
    auto value = sorted(1, queue);
    value.read.text = letter::PersonalText(words);
    value.read.fields[0].text = letter::PersonalText("ZWINGELSTEIN");
    return value;
  }
  std::string file_letter(const letter::SortedLetter& value) {
    std::string ref;
    store->transact([&](router::Transaction& in) {
      ref = router::file(value, in, rules.filing, made::monday_morning()).case_ref;
    });
    return ref;
  }
  letter::Answer ask(const router::Asker& asker, const std::string& ref, const std::string& verb,
                     made::Args args = {}, const std::string& queue = "") {
    letter::Errand errand;
    errand.request = "r";
    errand.verb = verb;
    errand.ref = ref;
    errand.queue = queue;
    errand.fencing = fencing;
    errand.args = std::move(args);
    letter::Answer answer;
    store->transact([&](router::Transaction& in) {
      answer = router::run_errand(errand, asker, in, {rules, made::monday_morning()});
    });
    if (verb == "claim" && !answer.reason) fencing = answer.fencing;
    return answer;
  }
  // Any file below the folder that holds these bytes.
  bool on_disk(const std::string& words) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      if (!entry.is_regular_file()) continue;
      std::stringstream bytes;
      bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (bytes.str().find(words) != std::string::npos) return true;
    }
    return false;
  }
  std::string complainant_at(const std::string& ref) {
    std::string name;
    store->transact([&](router::Transaction& in) { name = in.load(made::ref(ref))->complainant.reveal(); });
    return name;
  }

  std::uint64_t fencing = 0;
};

TEST_F(SecretsAtRest, AnOrdinaryLetterStandsInTheRegister) {
  file_letter(letter_about("mon arthrodese lombaire"));
  EXPECT_TRUE(on_disk("arthrodese"));
}

TEST_F(SecretsAtRest, AMedicalLetterStandsNowhereReadable) {
  file_letter(letter_about("mon arthrodese lombaire", Queue::dossiers_medicaux));
  EXPECT_FALSE(on_disk("arthrodese"));
  EXPECT_FALSE(on_disk("ZWINGELSTEIN"));
}

TEST_F(SecretsAtRest, TheMedicalDeskReadsItWhole) {
  const auto ref = file_letter(letter_about("mon arthrodese lombaire", Queue::dossiers_medicaux));
  const auto answer = ask(doctor, ref, "open");
  ASSERT_TRUE(answer.file);
  EXPECT_EQ(answer.file->letters.at(0).read.text.reveal(), "mon arthrodese lombaire");
  EXPECT_EQ(answer.file->row.complainant.reveal(), "ZWINGELSTEIN MARIE");
}

TEST_F(SecretsAtRest, WhatBecomesMedicalLeavesNoTraceOfBefore) {
  const auto ref = file_letter(letter_about("mon arthrodese lombaire"));
  ask(incapacity, ref, "claim");
  ask(incapacity, ref, "correct", {{"field", "NOM_USAGE"}, {"text", "ZWINGELSTEIN-MARX"}});
  ASSERT_TRUE(on_disk("ZWINGELSTEIN-MARX"));
  ask(incapacity, ref, "reroute", {{"reason", "courrier d'un chirurgien"}}, "dossiers_medicaux");
  for (const char* words : {"arthrodese", "ZWINGELSTEIN", "chirurgien"})
    EXPECT_FALSE(on_disk(words)) << words;
  EXPECT_EQ(complainant_at(ref), "ZWINGELSTEIN-MARX MARIE");
}

TEST_F(SecretsAtRest, ItIsRecordedWhoHadSeenIt) {
  const auto ref = file_letter(letter_about("x"));
  ask(incapacity, ref, "claim");
  ask(incapacity, ref, "open");
  ask(incapacity, ref, "reroute", {{"reason", "médical"}}, "dossiers_medicaux");
  std::string seen;
  store->transact([&](router::Transaction& in) {
    for (const auto& event : in.history(made::ref(ref)))
      if (event.verb == "made_secret") seen = event.what.at("seen_by");
  });
  EXPECT_EQ(seen, "desk:incapacite_invalidite");
}

TEST_F(SecretsAtRest, WhatTheMedicalDeskTypesIsClosedToo) {
  const auto ref = file_letter(letter_about("x", Queue::dossiers_medicaux));
  ask(doctor, ref, "claim");
  ask(doctor, ref, "correct", {{"sent_on", "2026-11-20"}, {"reason", "compte rendu operatoire"}});
  EXPECT_FALSE(on_disk("operatoire"));
  const auto answer = ask(doctor, ref, "open");
  ASSERT_TRUE(answer.file);
  bool told = false;
  for (const auto& event : answer.file->history)
    told = told || (event.verb == "corrected" && event.what.at("reason") == "compte rendu operatoire");
  EXPECT_TRUE(told);
}

TEST_F(SecretsAtRest, WhatIsTypedWithAnAnswerIsClosedAndItsOutcomeIsNot) {
  const auto ref = file_letter(letter_about("x", Queue::dossiers_medicaux));
  ask(doctor, ref, "claim");
  ask(doctor, ref, "answer",
      {{"outcome", "favorable"},
       {"stage", "apres arthrodese"},
       {"dysfunction", "radiographie egaree"},
       {"corrective_action", "nouvelle expertise"}});
  for (const char* words : {"arthrodese", "radiographie", "expertise"}) EXPECT_FALSE(on_disk(words)) << words;
  EXPECT_TRUE(on_disk("favorable"));
  const auto history = ask(doctor, ref, "open").file->history;
  const auto answered = std::ranges::find(history, "answered", &letter::Event::verb);
  ASSERT_NE(answered, history.end());
  EXPECT_EQ(answered->what.at("dysfunction"), "radiographie egaree");
  EXPECT_EQ(answered->what.at("outcome"), "favorable");
}

TEST_F(SecretsAtRest, WithoutTheSecretHalfOnlySheetsAndDatesAreKnown) {
  const auto ref = file_letter(letter_about("mon arthrodese", Queue::dossiers_medicaux));
  store = std::make_unique<router::SqliteStore>(file, vault::public_half(medical));
  store->transact([&](router::Transaction& in) {
    const auto letters = in.letters(made::ref(ref));
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_EQ(letters[0].read.letter.id, (letter::LetterId{"LYON1", 1}));
    EXPECT_EQ(letters[0].read.text.reveal(), "");
  });
  EXPECT_EQ(complainant_at(ref), "");
}

TEST_F(SecretsAtRest, ACaseReleasedToItsOwnerIsReadableAgain) {
  const auto ref = file_letter(letter_about("indemnités", Queue::dossiers_medicaux));
  ask(doctor, ref, "claim");
  ask(doctor, ref, "reroute", {{"reason", "rien de médical"}, {"secondary", "none"}},
      "incapacite_invalidite");
  const auto answer = ask(incapacity, ref, "open");
  ASSERT_TRUE(answer.file);
  EXPECT_EQ(answer.file->letters.at(0).read.text.reveal(), "indemnités");
}

TEST_F(SecretsAtRest, WhatAnEarlierVersionLeftReadableIsNamed) {
  store = std::make_unique<router::SqliteStore>(file);
  const auto ref = file_letter(letter_about("mon arthrodese", Queue::dossiers_medicaux));
  ASSERT_TRUE(on_disk("arthrodese"));
  store = std::make_unique<router::SqliteStore>(file, medical);
  store->transact([&](router::Transaction& in) {
    ASSERT_EQ(in.secrets_left_readable(), std::vector{made::ref(ref)});
    in.save(in.load(made::ref(ref)).value());
  });
  EXPECT_FALSE(on_disk("arthrodese"));
  store->transact([&](router::Transaction& in) {
    EXPECT_TRUE(in.secrets_left_readable().empty());
    EXPECT_EQ(in.chores(router::ChoreKind::close, 9),
              (std::vector<router::Chore>{{router::ChoreKind::close, "LYON1-0000001"}}));
  });
}

TEST_F(SecretsAtRest, WhatIsJoinedIntoAMedicalCaseLeavesNoTraceWhereItWas) {
  auto member = [this](std::uint32_t number, Queue queue) {
    auto value = letter_about("mon arthrodese lombaire", queue);
    value.read.letter.id.number = number;
    value.keys = {{"file", letter::PersonalText("S123456")}};
    return value;
  };
  const auto secret = file_letter(member(1, Queue::dossiers_medicaux));
  auto named = letter_about("mon arthrodese lombaire");
  named.read.letter.id.number = 2;
  const auto plain = file_letter(named);
  ask(incapacity, plain, "claim");
  ask(incapacity, plain, "correct", {{"field", "NOM_USAGE"}, {"text", "ZWINGELSTEIN-MARX"}});
  ask(incapacity, plain, "release");
  ASSERT_TRUE(on_disk("ZWINGELSTEIN-MARX"));
  store->transact([&](router::Transaction& in) {
    in.propose({made::ref(plain), made::ref(secret), "file"});
    in.strike_off(in.chores(router::ChoreKind::close, 9));
  });
  ask(doctor, secret, "claim");
  ASSERT_FALSE(ask(doctor, secret, "accept_join", {{"with", plain}}).reason);
  for (const char* words : {"arthrodese", "ZWINGELSTEIN"}) EXPECT_FALSE(on_disk(words)) << words;
  store->transact([&](router::Transaction& in) {
    EXPECT_EQ(in.chores(router::ChoreKind::close, 9),
              (std::vector<router::Chore>{{router::ChoreKind::close, "LYON1-0000002"}}));
    const auto history = in.history(made::ref(plain));
    const auto told = std::ranges::find(history, "made_secret", &letter::Event::verb);
    ASSERT_NE(told, history.end());
    EXPECT_EQ(told->what.at("seen_by"), "desk:incapacite_invalidite");
  });
  EXPECT_EQ(ask(incapacity, plain, "open").reason->code, "desk.secret");
}

TEST_F(SecretsAtRest, AMedicalLetterThatJoinsByItselfHidesTheWholeCase) {
  const auto ref = file_letter(letter_about("mes indemnites"));
  ask(incapacity, ref, "claim");
  auto later = letter_about("mon arthrodese lombaire", Queue::dossiers_medicaux);
  later.read.letter.id.number = 2;
  later.keys = {{"reference", letter::PersonalText(ref)}};
  EXPECT_EQ(file_letter(later), ref);
  for (const char* words : {"arthrodese", "indemnites", "ZWINGELSTEIN"})
    EXPECT_FALSE(on_disk(words)) << words;
  store->transact([&](router::Transaction& in) {
    EXPECT_EQ(in.chores(router::ChoreKind::close, 9).size(), 2u);
    const auto history = in.history(made::ref(ref));
    const auto told = std::ranges::find(history, "made_secret", &letter::Event::verb);
    ASSERT_NE(told, history.end());
    EXPECT_EQ(told->what.at("seen_by"), "desk:incapacite_invalidite");
  });
}

TEST_F(SecretsAtRest, ABlindCheckThatFindsItMedicalHidesItToo) {
  rules.filing.check_one_in = 1;
  const auto everyone = router::make_asker("desk:tous", {"*"}).value();
  const auto ref = file_letter(letter_about("mon arthrodese lombaire"));
  const auto checked = ask(everyone, "", "check");
  ASSERT_TRUE(checked.blind);
  ASSERT_FALSE(ask(everyone, "", "check_answer", {{"letter", "LYON1-0000001"}}, "dossiers_medicaux").reason);
  for (const char* words : {"arthrodese", "ZWINGELSTEIN"}) EXPECT_FALSE(on_disk(words)) << words;
  store->transact([&](router::Transaction& in) {
    EXPECT_EQ(in.chores(router::ChoreKind::close, 9).size(), 1u);
    const auto history = in.history(made::ref(ref));
    const auto told = std::ranges::find(history, "made_secret", &letter::Event::verb);
    ASSERT_NE(told, history.end());
    EXPECT_EQ(told->what.at("seen_by"), "desk:tous");
  });
}

TEST_F(SecretsAtRest, TheStrongestWordCannotBeTriedOut) {
  const auto word = letter::PersonalText("arthrodese");
  auto medical_letter = letter_about("x", Queue::dossiers_medicaux), plain = letter_about("x");
  medical_letter.evidence = {{"word", word, Queue::dossiers_medicaux, 2.0, 0, {}}};
  plain.evidence = {{"word", word, Queue::incapacite_invalidite, 2.0, 0, {}}};
  plain.read.letter.id.number = 2;
  file_letter(medical_letter);
  const auto ref = file_letter(plain);
  const auto lead_of = [this](std::uint32_t number) {
    std::string lead;
    store->transact([&](router::Transaction& in) { lead = in.automatic({"LYON1", number})->lead; });
    return lead;
  };
  const std::string told = router::automatic_of(plain, rules.filing.follow, made::monday_morning())->lead;
  EXPECT_NE(lead_of(1), told);
  EXPECT_EQ(lead_of(2), told);
  ask(incapacity, ref, "claim");
  ask(incapacity, ref, "reroute", {{"reason", "x"}}, "dossiers_medicaux");
  EXPECT_NE(lead_of(2), told);
}

TEST_F(SecretsAtRest, WhatWasEndedIsHiddenLikeTheRest) {
  const auto ref = file_letter(letter_about("mon arthrodese lombaire", Queue::dossiers_medicaux));
  ask(doctor, ref, "claim");
  ask(doctor, ref, "answer");
  EXPECT_FALSE(on_disk("arthrodese"));
}

TEST_F(SecretsAtRest, TheJournalIsWholeAfterThePurge) {
  const auto ref = file_letter(letter_about("x"));
  ask(incapacity, ref, "claim");
  ask(incapacity, ref, "correct", {{"field", "NOM_USAGE"}, {"text", "Y"}});
  ask(incapacity, ref, "reroute", {{"reason", "médical"}}, "dossiers_medicaux");
  router::ChainCheck check;
  router::for_each_journal_row(file, [&check](const router::JournalRow& row) { check.look_at(row); });
  EXPECT_EQ(check.finding(), std::nullopt);
  EXPECT_EQ(check.purged(), 1u);
}

TEST_F(SecretsAtRest, UndoingAPurgedChangeIsRefusedOrHarmless) {
  const auto ref = file_letter(letter_about("x", Queue::dossiers_medicaux));
  ask(doctor, ref, "claim");
  ask(doctor, ref, "correct", {{"field", "NOM_USAGE"}, {"text", "Y"}});
  EXPECT_FALSE(ask(doctor, ref, "undo").reason);
}

}  // namespace
