// Sealed letters rest closed for the medical service: who keeps them cannot open them.
#include <gtest/gtest.h>

#include "temp_folder.hpp"
#include "vault/directory_vault.hpp"
#include "watched_disk.hpp"

namespace vault {
namespace {

using letter::Letter;

struct SealedTest : testing::Test {
  TempFolder temp;
  std::filesystem::path keys = temp.path / "state/keys", root = temp.path / "state/vault",
                        secret = temp.path / "state.medical.key";
  std::shared_ptr<WatchedDisk> disk = std::make_shared<WatchedDisk>();
  const std::string bytes = "the front of an envelope";

  SealedTest() {
    make_mailroom_key(keys);
    make_medical_key(keys, secret);
  }
  // As ingest has it, and as the router has it for the medical desk.
  DirectoryVault keeper() const { return {root, *load_mailroom_key(keys), disk, *load_medical_public(keys)}; }
  DirectoryVault opener() const { return {root, *load_mailroom_key(keys), disk, *load_medical_key(secret)}; }
  Letter letter(bool sealed) const {
    Letter made;
    made.id = {"T1", 1};
    made.sealed = sealed;
    made.received_at = letter::Instant(std::chrono::milliseconds(1'700'000'000'000));
    made.masters = {{sha256_hex(bytes), bytes.size(), "image/png", 1}};
    made.pages = {letter::Page{}};
    return made;
  }
};

TEST_F(SealedTest, WhoKeptItCannotOpenIt) {
  ASSERT_TRUE(keeper().put(letter(true), {bytes}));
  EXPECT_EQ(keeper().get(letter(true), 0).error().code, "vault.no_key");
}

TEST_F(SealedTest, TheMedicalServiceOpensIt) {
  ASSERT_TRUE(keeper().put(letter(true), {bytes}));
  EXPECT_EQ(opener().get(letter(true), 0), bytes);
}

TEST_F(SealedTest, AnOpenLetterIsTheMailRooms) {
  ASSERT_TRUE(keeper().put(letter(false), {bytes}));
  EXPECT_EQ(keeper().get(letter(false), 0), bytes);
}

TEST_F(SealedTest, TheMailRoomsKeyIsNeverWrittenBesideIt) {
  ASSERT_TRUE(keeper().put(letter(true), {bytes}));
  EXPECT_FALSE(std::filesystem::exists(keeper().folder({"T1", 1}) / "key.mailroom"));
}

TEST_F(SealedTest, ASecondPutGetsTheFirstStamp) {
  const auto first = keeper().put(letter(true), {bytes});
  Letter later = letter(true);
  later.received_at += std::chrono::hours(1);
  EXPECT_EQ(keeper().put(later, {bytes}), first);
}

TEST_F(SealedTest, AfterAFailureAtAnyStepThePutSucceedsAgain) {
  bool whole_way = false;
  for (std::size_t step = 0; !whole_way; ++step) {
    ASSERT_LT(step, 60U);
    root = temp.path / ("vault" + std::to_string(step));
    disk = std::make_shared<WatchedDisk>();
    disk->breaks_at = step;
    try {
      whole_way = keeper().put(letter(true), {bytes}).has_value();
    } catch (const letter::BrokenWorld&) {
      disk = std::make_shared<WatchedDisk>();
      EXPECT_TRUE(keeper().put(letter(true), {bytes}).has_value());
    }
    EXPECT_EQ(opener().get(letter(true), 0), bytes) << step;
  }
}

TEST_F(SealedTest, AMedicalKeyThatIsGoneIsNotReplaced) {
  std::filesystem::remove(secret);
  EXPECT_THROW(make_medical_key(keys, secret), letter::BrokenWorld);
}

TEST_F(SealedTest, MakingTheMedicalKeyAgainChangesNothing) {
  const auto before = load_medical_key(secret)->secret_key;
  make_medical_key(keys, secret);
  EXPECT_EQ(load_medical_key(secret)->secret_key, before);
}

TEST_F(SealedTest, ThePublicHalfHoldsNoSecret) { EXPECT_EQ(load_medical_public(keys)->secret_key, ""); }

}  // namespace
TEST_F(SealedTest, AnOrdinaryLetterCanBeHandedToTheMedicalService) {
  const Letter ordinary = letter(false);
  auto vault = opener();
  ASSERT_TRUE(vault.put(ordinary, {bytes}));
  vault.close_to_mailroom(ordinary.id);
  EXPECT_EQ(vault.get(ordinary, 0).value(), bytes);
  EXPECT_EQ(DirectoryVault(root, *load_mailroom_key(keys), disk).get(ordinary, 0).error().code,
            "vault.no_key");
}

TEST_F(SealedTest, HandingItOverTwiceIsOnce) {
  const Letter ordinary = letter(false);
  auto vault = opener();
  ASSERT_TRUE(vault.put(ordinary, {bytes}));
  vault.close_to_mailroom(ordinary.id);
  vault.close_to_mailroom(ordinary.id);
  EXPECT_EQ(vault.get(ordinary, 0).value(), bytes);
}

TEST_F(SealedTest, AResendOfALetterHandedOverGetsItsReceipt) {
  const Letter ordinary = letter(false);
  ASSERT_TRUE(keeper().put(ordinary, {bytes}));
  opener().close_to_mailroom(ordinary.id);
  EXPECT_EQ(keeper().put(ordinary, {bytes}).value(), ordinary.received_at);
}

TEST_F(SealedTest, AKeyOfAnEarlierVersionMovesOutOfTheFolder) {
  const auto before = load_medical_key(secret)->secret_key;
  std::filesystem::rename(secret, keys / "medical.key");
  make_medical_key(keys, secret);
  EXPECT_EQ(load_medical_key(secret)->secret_key, before);
  EXPECT_FALSE(std::filesystem::exists(keys / "medical.key"));
}

}  // namespace vault
