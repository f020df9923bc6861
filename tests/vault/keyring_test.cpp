#include "vault/keyring.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <future>
#include <vector>

#include "temp_folder.hpp"
#include "vault/disk.hpp"
#include "vault/vault.hpp"

namespace vault {
namespace {

TEST(Keyring, TheKeyIsMadeOnce) {
  TempFolder temp;
  make_mailroom_key(temp.path / "keys");
  const auto first = SystemDisk().read(temp.path / "keys" / "mailroom.key");
  make_mailroom_key(temp.path / "keys");
  EXPECT_EQ(SystemDisk().read(temp.path / "keys" / "mailroom.key"), first);
}

TEST(Keyring, WhoeverOpensAnEmptyHouseFirstMakesItsKey) {
  TempFolder temp;
  const auto first = mailroom_key_of(temp.path);
  const auto second = mailroom_key_of(temp.path);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->public_key, second->public_key);
}

TEST(Keyring, AKeyThatIsGoneIsNotReplacedWhereLettersLie) {
  TempFolder temp;
  ASSERT_TRUE(mailroom_key_of(temp.path));
  std::filesystem::create_directories(temp.path / "vault" / "S1-0000001");
  std::filesystem::remove(temp.path / "keys" / "mailroom.key");
  const auto opened = mailroom_key_of(temp.path);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "key.missing");
  EXPECT_FALSE(std::filesystem::exists(temp.path / "keys" / "mailroom.key"));
}

TEST(Keyring, DaemonsThatStartTogetherMakeOneMedicalKey) {
  for (int round = 0; round < 20; ++round) {
    TempFolder temp;
    const auto secret = temp.path / "state.medical.key";
    std::vector<std::future<void>> daemons;
    for (int i = 0; i < 4; ++i)
      daemons.push_back(
          std::async(std::launch::async, [&] { make_medical_key(temp.path / "keys", secret); }));
    for (auto& daemon : daemons) EXPECT_NO_THROW(daemon.get());
    EXPECT_EQ(load_medical_public(temp.path / "keys")->public_key, load_medical_key(secret)->public_key);
  }
}

TEST(Keyring, NobodyElseMayReadTheKeyFile) {
  TempFolder temp;
  make_mailroom_key(temp.path / "keys");
  struct stat facts {};
  ASSERT_EQ(::stat((temp.path / "keys" / "mailroom.key").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
}

TEST(Keyring, AMissingKeyIsAFault) {
  TempFolder temp;
  EXPECT_EQ(load_mailroom_key(temp.path).error().code, "key.missing");
}

TEST(Keyring, ACutKeyFileIsAFault) {
  TempFolder temp;
  make_mailroom_key(temp.path);
  std::filesystem::resize_file(temp.path / "mailroom.key", 60);
  EXPECT_EQ(load_mailroom_key(temp.path).error().code, "key.unreadable");
}

TEST(Keyring, AWrappedKeyOpensWithTheSecretHalf) {
  TempFolder temp;
  make_mailroom_key(temp.path);
  const auto ring = load_mailroom_key(temp.path);
  const std::string key = fresh_key();
  EXPECT_EQ(unwrap(wrap(key, public_half(*ring)), *ring), key);
}

TEST(Keyring, EveryCutOfASealedTextIsFound) {
  const std::string key = fresh_key();
  const std::string sealed = seal("a page", key, "T1-0000001");
  for (std::size_t length = 0; length < sealed.size(); ++length)
    ASSERT_FALSE(unseal(sealed.substr(0, length), key, "T1-0000001")) << length;
}

TEST(Keyring, EveryChangedByteOfASealedTextIsFound) {
  const std::string key = fresh_key();
  const std::string sealed = seal("a page", key, "T1-0000001");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    ASSERT_FALSE(unseal(changed, key, "T1-0000001")) << at;
  }
}

TEST(Keyring, ASealedTextOpensUnderItsOwnNameOnly) {
  const std::string key = fresh_key();
  EXPECT_FALSE(unseal(seal("a page", key, "T1-0000001"), key, "T1-0000002"));
}

TEST(Keyring, ATextOfExactlyOneChunkComesBack) {
  const std::string key = fresh_key(), text(64 * 1024, 'x');
  EXPECT_EQ(unseal(seal(text, key, ""), key, ""), text);
}

TEST(Keyring, Sha256IsThePublishedOne) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace vault
