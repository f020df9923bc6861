#include "vault/directory_vault.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "temp_folder.hpp"
#include "watched_disk.hpp"

namespace vault {
namespace {

using letter::Letter;
using letter::LetterId;

struct DirectoryVaultTest : testing::Test {
  TempFolder temp;
  Keyring ring = [this] {
    make_mailroom_key(temp.path / "keys");
    return *load_mailroom_key(temp.path / "keys");
  }();
  std::shared_ptr<WatchedDisk> disk = std::make_shared<WatchedDisk>();
  std::filesystem::path root = temp.path / "vault";

  static Letter letter_of(const std::string& bytes, std::uint32_t number = 1) {
    Letter letter;
    letter.id = {"T1", number};
    letter.received_at = letter::Instant(std::chrono::milliseconds(1'700'000'000'000));
    letter.masters = {{sha256_hex(bytes), bytes.size(), "image/png", 1}};
    letter.pages = {letter::Page{}};
    return letter;
  }
  std::filesystem::path blob(const DirectoryVault& vault, const Letter& letter) const {
    return vault.folder(letter.id) / (letter.masters[0].sha256 + ".blob");
  }
  static void damage(const std::filesystem::path& file, std::streamoff at) {
    ::chmod(file.c_str(), 0600);
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(at);
    const int was = bytes.get();
    bytes.seekp(at);
    bytes.put(static_cast<char>(was ^ 1));
  }
};

TEST_F(DirectoryVaultTest, WhatWasPutComesBack) {
  DirectoryVault vault(root, ring);
  const std::string bytes(200'000, 'x');
  const Letter letter = letter_of(bytes);
  ASSERT_TRUE(vault.put(letter, {bytes}));
  EXPECT_EQ(vault.get(letter, 0), bytes);
}

TEST_F(DirectoryVaultTest, AnEmptyMasterComesBackEmpty) {
  DirectoryVault vault(root, ring);
  ASSERT_TRUE(vault.put(letter_of(""), {""}));
  EXPECT_EQ(vault.get(letter_of(""), 0), "");
}

TEST_F(DirectoryVaultTest, NothingReadableLiesOnTheDisk) {
  DirectoryVault vault(root, ring);
  const std::string bytes = "Madame, je conteste votre refus";
  ASSERT_TRUE(vault.put(letter_of(bytes), {bytes}));
  EXPECT_EQ(SystemDisk().read(blob(vault, letter_of(bytes)))->find("conteste"), std::string::npos);
}

TEST_F(DirectoryVaultTest, ALetterTakesItsNameWhenAllOfItIsSynced) {
  DirectoryVault vault(root, ring, disk);
  const Letter letter = letter_of("a page");
  ASSERT_TRUE(vault.put(letter, {"a page"}));
  EXPECT_THAT(
      disk->steps,
      testing::ElementsAre("make_folder vault", "sync_folder " + temp.path.filename().string(),
                           "make_folder T1", "sync_folder vault", "make_folder 0000", "sync_folder T1",  //
                           "make_folder .T1-0000001.new", "write key.mailroom",
                           "write " + letter.masters[0].sha256 + ".blob", "write slip",
                           "sync_folder .T1-0000001.new", "sync_folder 0000", "rename T1-0000001"));
}

TEST_F(DirectoryVaultTest, AfterAFailureAtAnyStepThePutSucceedsAgain) {
  std::size_t step = 0;
  for (bool whole_way = false; !whole_way; ++step) {
    const Letter letter = letter_of("a page", static_cast<std::uint32_t>(step + 1));
    auto breaking = std::make_shared<WatchedDisk>();
    breaking->breaks_at = step;
    const auto place = temp.path / ("vault" + std::to_string(step));
    try {
      whole_way = DirectoryVault(place, ring, breaking).put(letter, {"a page"}).has_value();
    } catch (const letter::BrokenWorld&) {
    }
    DirectoryVault again(place, ring);
    ASSERT_TRUE(again.put(letter, {"a page"})) << step;
    ASSERT_EQ(again.get(letter, 0), "a page") << step;
  }
  EXPECT_EQ(step, 14U);
}

TEST_F(DirectoryVaultTest, SeveralNewLettersAreSyncedTogetherAndThenNamed) {
  DirectoryVault vault(root, ring, disk);
  const Letter one = letter_of("a page", 1), two = letter_of("another", 2);
  const std::vector<std::string> first{"a page"}, second{"another"};
  for (const auto& stamp : vault.put_all({{one, first}, {two, second}})) EXPECT_TRUE(stamp);
  EXPECT_EQ(std::ranges::count(disk->steps, "sync_folder 0000"), 1);
  EXPECT_LT(std::ranges::find(disk->steps, "sync_folder .T1-0000002.new"),
            std::ranges::find(disk->steps, "rename T1-0000001"));
  EXPECT_EQ(vault.get(two, 0), "another");
}

TEST_F(DirectoryVaultTest, ALetterHalfWrittenBeforeACrashIsNoLetter) {
  disk->breaks_at = 10;  // its folder is not synced and has no name yet
  EXPECT_THROW((void)DirectoryVault(root, ring, disk).put(letter_of("a page"), {"a page"}),
               letter::BrokenWorld);
  EXPECT_THAT(DirectoryVault(root, ring).list(), testing::IsEmpty());
}

// A letter with a receipt after a power cut that took the name and nothing else.
struct NamelessLetterTest : DirectoryVaultTest {
  Letter letter = letter_of("a page");
  DirectoryVault vault{root, ring};
  std::filesystem::path nameless;
  void SetUp() override {
    ASSERT_TRUE(vault.put(letter, {"a page"}));
    nameless = vault.folder(letter.id).parent_path() / ".T1-0000001.new";
    std::filesystem::rename(vault.folder(letter.id), nameless);
  }
};

TEST_F(NamelessLetterTest, IsReadAllTheSame) { EXPECT_EQ(vault.get(letter, 0), "a page"); }

TEST_F(NamelessLetterTest, IsHeld) {
  EXPECT_TRUE(vault.holds(letter.id));
  EXPECT_FALSE(vault.holds({"T1", 2}));
}

TEST_F(NamelessLetterTest, GetsItsNameAgain) {
  vault.name_again([](const LetterId&) { return true; });
  EXPECT_THAT(vault.list(), testing::ElementsAre(letter.id));
  EXPECT_EQ(vault.get(letter, 0), "a page");
}

TEST_F(NamelessLetterTest, ThatNobodyKnowsIsLeftUntilItComesAgain) {
  vault.name_again([](const LetterId&) { return false; });
  EXPECT_THAT(vault.list(), testing::IsEmpty());
  ASSERT_TRUE(vault.put(letter, {"a page"}));
  EXPECT_THAT(vault.list(), testing::ElementsAre(letter.id));
}

TEST_F(NamelessLetterTest, IsClosedToTheMailRoomToo) {
  make_medical_key(temp.path / "keys", temp.path / "keys/medical.key");
  DirectoryVault opener(root, ring, disk, *load_medical_public(temp.path / "keys"));
  opener.close_to_mailroom(letter.id);
  EXPECT_FALSE(std::filesystem::exists(nameless / "key.mailroom"));
}

// A folder under its name without a slip: versions that wrote one file after the other left such.
TEST_F(DirectoryVaultTest, AFolderWithoutASlipIsBegunAnew) {
  const Letter letter = letter_of("a page");
  DirectoryVault vault(root, ring);
  ASSERT_TRUE(vault.put(letter, {"a page"}));
  std::filesystem::remove(vault.folder(letter.id) / "slip");
  std::filesystem::remove(blob(vault, letter));
  ASSERT_TRUE(vault.put(letter, {"a page"}));
  EXPECT_EQ(vault.get(letter, 0), "a page");
  EXPECT_THAT(vault.list(), testing::ElementsAre(letter.id));
}

TEST_F(DirectoryVaultTest, ABlobThatIsThereIsSyncedAgain) {
  ASSERT_TRUE(DirectoryVault(root, ring).put(letter_of("a page"), {"a page"}));
  ASSERT_TRUE(DirectoryVault(root, ring, disk).put(letter_of("a page"), {"a page"}));
  EXPECT_THAT(disk->steps, testing::Contains("sync_file " + letter_of("a page").masters[0].sha256 + ".blob"));
}

TEST_F(DirectoryVaultTest, ASecondPutKeepsTheFirstStamp) {
  DirectoryVault vault(root, ring);
  Letter letter = letter_of("a page");
  ASSERT_TRUE(vault.put(letter, {"a page"}));
  const letter::Instant first = letter.received_at;
  letter.received_at += std::chrono::hours(3);
  EXPECT_EQ(vault.put(letter, {"a page"}), first);
}

TEST_F(DirectoryVaultTest, TheSlipIsWrittenOnce) {
  DirectoryVault vault(root, ring);
  Letter letter = letter_of("a page");
  ASSERT_TRUE(vault.put(letter, {"a page"}));
  const auto slip = SystemDisk().read(vault.folder(letter.id) / "slip");
  letter.received_at += std::chrono::hours(3);
  ASSERT_TRUE(vault.put(letter, {"a page"}));
  EXPECT_EQ(SystemDisk().read(vault.folder(letter.id) / "slip"), slip);
}

TEST_F(DirectoryVaultTest, OtherContentUnderAKnownIdIsAFault) {
  DirectoryVault vault(root, ring);
  ASSERT_TRUE(vault.put(letter_of("a page"), {"a page"}));
  const auto put = vault.put(letter_of("another"), {"another"});
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, "vault.other_content");
}

TEST_F(DirectoryVaultTest, AForgedBlobIsFoundWhenItIsRead) {
  DirectoryVault vault(root, ring);
  ASSERT_TRUE(vault.put(letter_of("a page"), {"a page"}));
  damage(blob(vault, letter_of("a page")), 50);
  EXPECT_EQ(vault.get(letter_of("a page"), 0).error().code, "vault.forged");
}

TEST_F(DirectoryVaultTest, AForgedBlobIsNotBelievedByAResend) {
  DirectoryVault vault(root, ring);
  ASSERT_TRUE(vault.put(letter_of("a page"), {"a page"}));
  damage(blob(vault, letter_of("a page")), 50);
  EXPECT_THROW((void)vault.put(letter_of("a page"), {"a page"}), letter::BrokenWorld);
}

TEST_F(DirectoryVaultTest, ABlobCutAtAChunkIsFound) {
  DirectoryVault vault(root, ring);
  const std::string bytes(3 * 64 * 1024, 'x');
  ASSERT_TRUE(vault.put(letter_of(bytes), {bytes}));
  const std::uintmax_t chunk = 64 * 1024 + 17;
  const auto file = blob(vault, letter_of(bytes));
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - chunk);
  EXPECT_EQ(vault.get(letter_of(bytes), 0).error().code, "vault.forged");
}

TEST_F(DirectoryVaultTest, AnotherMailRoomCannotOpenIt) {
  ASSERT_TRUE(DirectoryVault(root, ring).put(letter_of("a page"), {"a page"}));
  make_mailroom_key(temp.path / "others");
  const DirectoryVault other(root, *load_mailroom_key(temp.path / "others"));
  EXPECT_EQ(other.get(letter_of("a page"), 0).error().code, "vault.no_key");
}

TEST_F(DirectoryVaultTest, WithThePublicHalfOneCanPut) {
  ASSERT_TRUE(DirectoryVault(root, public_half(ring)).put(letter_of("a page"), {"a page"}));
  EXPECT_EQ(DirectoryVault(root, ring).get(letter_of("a page"), 0), "a page");
}

TEST_F(DirectoryVaultTest, WithThePublicHalfOneCannotGet) {
  DirectoryVault vault(root, public_half(ring));
  ASSERT_TRUE(vault.put(letter_of("a page"), {"a page"}));
  EXPECT_EQ(vault.get(letter_of("a page"), 0).error().code, "vault.no_key");
}

TEST_F(DirectoryVaultTest, WhatWasNeverPutIsAbsent) {
  EXPECT_EQ(DirectoryVault(root, ring).get(letter_of("a page"), 0).error().code, "vault.absent");
}

TEST_F(DirectoryVaultTest, AMasterThatTheLetterDoesNotHaveIsAbsent) {
  DirectoryVault vault(root, ring);
  ASSERT_TRUE(vault.put(letter_of("a page"), {"a page"}));
  EXPECT_EQ(vault.get(letter_of("a page"), 1).error().code, "vault.absent");
}

TEST_F(DirectoryVaultTest, TheListHasEveryLetterWithASlip) {
  DirectoryVault vault(root, ring);
  ASSERT_TRUE(vault.put(letter_of("a page", 1), {"a page"}));
  ASSERT_TRUE(vault.put(letter_of("a page", 2001), {"a page"}));
  std::filesystem::create_directories(vault.folder({"T1", 5}));
  EXPECT_THAT(vault.list(), testing::ElementsAre(LetterId{"T1", 1}, LetterId{"T1", 2001}));
}

TEST_F(DirectoryVaultTest, TwoLettersOfTheSameContentHaveKeysOfTheirOwn) {
  DirectoryVault vault(root, ring);
  ASSERT_TRUE(vault.put(letter_of("a page", 1), {"a page"}));
  ASSERT_TRUE(vault.put(letter_of("a page", 2), {"a page"}));
  std::filesystem::copy_file(blob(vault, letter_of("a page", 1)), blob(vault, letter_of("a page", 2)),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(vault.get(letter_of("a page", 2), 0).error().code, "vault.forged");
}

}  // namespace
}  // namespace vault
