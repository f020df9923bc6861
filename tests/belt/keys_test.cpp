// Keys and the list of the known: made once, private, and read strictly.
#include "belt/keys.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "letter/service.hpp"
#include "tests/belt/folder.hpp"

namespace {

namespace fs = std::filesystem;
using belt::add_key;
using belt::load_key;
using belt::load_known;
using belt::make_keys;
using belt::revoke_key;
using scene::Folder;

std::string content(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::string known_fault(const std::string& text) {
  const Folder folder;
  folder.write("known.toml", text);
  const auto known = load_known(folder.path());
  return known ? "" : known.error().code;
}

const std::string some_key(40, 'k');
const std::string good = "[[identity]]\nrole = \"desk\"\nname = \"a\"\npublic_key = \"" + some_key + "\"\n";

TEST(Keys, EveryoneOfAnEmbeddedRunHasOne) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  for (const char* who : {"ingest:ingest", "reader:reader", "sorter:sorter", "router:router",
                          "station:STATION1", "station:GUICHET", "desk:tous", "desk:frais_sante",
                          "medical_desk:dossiers_medicaux", "ops:ops", "auditor:registre"})
    EXPECT_TRUE(load_key(folder.path() / "keys", who).has_value()) << who;
}

TEST(Keys, TheListKnowsEveryKeyFile) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  const auto known = load_known(folder.path() / "keys").value();
  EXPECT_EQ(known.size(), 4u + 2u + letter::queue_count + 3u);
  for (const auto& one : known)
    EXPECT_EQ(load_key(folder.path() / "keys", one.user_id())->public_key, one.public_key) << one.user_id();
}

TEST(Keys, AreAllDifferent) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  std::set<std::string> keys;
  const auto known = load_known(folder.path() / "keys").value();
  for (const auto& one : known) keys.insert(one.public_key);
  EXPECT_EQ(keys.size(), known.size());
}

TEST(Keys, MakingThemAgainChangesNothing) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  const auto list = content(folder.path() / "keys/known.toml");
  const auto secret = content(folder.path() / "keys/router.key");
  make_keys(folder.path() / "keys");
  EXPECT_EQ(content(folder.path() / "keys/known.toml"), list);
  EXPECT_EQ(content(folder.path() / "keys/router.key"), secret);
}

TEST(Keys, MakingThemAgainKeepsARevocation) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  std::string list = content(folder.path() / "keys/known.toml");
  const auto at = list.find("revoked = false", list.find("\"STATION1\""));
  list.replace(at, 15, "revoked = true ");
  std::ofstream(folder.path() / "keys/known.toml") << list;
  fs::remove(folder.path() / "keys/ops.key");
  make_keys(folder.path() / "keys");
  EXPECT_TRUE(find(load_known(folder.path() / "keys").value(), "station:STATION1")->revoked);
}

TEST(Keys, ALostKeyIsMadeAnewAndKnown) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  const auto before = load_key(folder.path() / "keys", "ops:ops")->public_key;
  fs::remove(folder.path() / "keys/ops.key");
  make_keys(folder.path() / "keys");
  const auto after = load_key(folder.path() / "keys", "ops:ops")->public_key;
  EXPECT_NE(after, before);
  EXPECT_EQ(find(load_known(folder.path() / "keys").value(), "ops:ops")->public_key, after);
}

TEST(Keys, AreForTheirOwnerAlone) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  EXPECT_EQ(fs::status(folder.path() / "keys").permissions(), fs::perms::owner_all);
  for (const auto& entry : fs::directory_iterator(folder.path() / "keys"))
    EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << entry.path();
}

TEST(Keys, AFolderThatOthersMayWriteToIsRefused) {
  const Folder folder;
  fs::create_directory(folder.path() / "keys");
  fs::permissions(folder.path() / "keys", fs::perms::all);
  EXPECT_THROW(make_keys(folder.path() / "keys"), letter::BrokenWorld);
}

TEST(Keys, OfAnotherRoleAreNotGiven) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  EXPECT_EQ(load_key(folder.path() / "keys", "desk:dossiers_medicaux").error().code, "keys.missing");
}

TEST(Keys, ANameIsNeverAPath) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  EXPECT_EQ(load_key(folder.path() / "keys", "router:../keys/router").error().code, "keys.missing");
}

TEST(KnownList, AnOrdinaryDeskMayWorkOnAllButTheMedicalQueue) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  const auto known = load_known(folder.path() / "keys").value();
  EXPECT_EQ(find(known, "desk:tous")->queues, std::vector<std::string>{"*"});
  EXPECT_EQ(find(known, "medical_desk:dossiers_medicaux")->queues,
            std::vector<std::string>{"dossiers_medicaux"});
}

TEST(KnownList, AGoodEntryIsTaken) { EXPECT_EQ(known_fault(good), ""); }

TEST(KnownList, AMissingListIsAFault) {
  const Folder folder;
  EXPECT_EQ(load_known(folder.path()).error().code, "keys.no_list");
}

TEST(KnownList, OddEntriesAreFaults) {
  EXPECT_EQ(known_fault("[[identity]]\nname = \"a\"\npublic_key = \"" + some_key + "\"\n"), "keys.known");
  EXPECT_EQ(known_fault("[[identity]]\nrole = \"root\"\nname = \"a\"\npublic_key = \"" + some_key + "\"\n"),
            "keys.known");
  EXPECT_EQ(known_fault("[[identity]]\nrole = \"desk\"\nname = \"a/b\"\npublic_key = \"" + some_key + "\"\n"),
            "keys.known");
  EXPECT_EQ(known_fault("[[identity]]\nrole = \"desk\"\nname = \"a\"\npublic_key = \"short\"\n"),
            "keys.known");
  EXPECT_EQ(known_fault(good + "queues = [\"santé\"]\n"), "keys.known");
}

TEST(KnownList, TheSameKeyTwiceIsAFault) {
  EXPECT_EQ(
      known_fault(good + "[[identity]]\nrole = \"ops\"\nname = \"b\"\npublic_key = \"" + some_key + "\"\n"),
      "keys.known");
}

TEST(KnownList, ARevocationThatIsMisspeltStillRevokes) {
  const Folder folder;
  folder.write("known.toml", good + "revoked = \"yes\"\n");
  EXPECT_TRUE(load_known(folder.path())->front().revoked);
}

TEST(Keys, AStationOfAnotherNameGetsItsKey) {
  const Folder folder;
  make_keys(folder.path() / "keys", {"LYON1"});
  EXPECT_TRUE(load_key(folder.path() / "keys", "station:LYON1"));
  EXPECT_TRUE(load_key(folder.path() / "keys", "station:GUICHET"));
}

TEST(NewKeys, AreKnownAtOnce) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  const auto added = add_key(folder.path() / "keys", {"desk", "martin", "", {"frais_sante"}, false});
  ASSERT_TRUE(added);
  const auto known = load_known(folder.path() / "keys").value();
  EXPECT_EQ(find(known, "desk:martin")->public_key,
            load_key(folder.path() / "keys", "desk:martin")->public_key);
}

TEST(NewKeys, TakeNobodysName) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  revoke_key(folder.path() / "keys", "desk:autre");
  for (const char* name : {"tous", "autre", "mailroom"}) {
    std::ofstream(folder.path() / "keys" / "mailroom.key") << "not ours";
    EXPECT_EQ(add_key(folder.path() / "keys", {"desk", name, "", {"autre"}, false}).error().code,
              "keys.taken")
        << name;
  }
}

TEST(NewKeys, OfADeskHaveOrdinaryQueuesAlone) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  for (const auto& queues : {std::vector<std::string>{}, {"dossiers_medicaux"}, {"no_such_queue"}})
    EXPECT_EQ(add_key(folder.path() / "keys", {"desk", "martin", "", queues, false}).error().code,
              "keys.not_made");
}

TEST(NewKeys, AreOfAKnownRole) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  EXPECT_EQ(add_key(folder.path() / "keys", {"king", "louis", "", {}, false}).error().code, "keys.not_made");
}

TEST(NewKeys, AreShutOutByRevoking) {
  const Folder folder;
  make_keys(folder.path() / "keys");
  ASSERT_TRUE(revoke_key(folder.path() / "keys", "desk:tous"));
  EXPECT_TRUE(find(load_known(folder.path() / "keys").value(), "desk:tous")->revoked);
  EXPECT_EQ(revoke_key(folder.path() / "keys", "desk:nobody").error().code, "keys.no_identity");
}

}  // namespace
