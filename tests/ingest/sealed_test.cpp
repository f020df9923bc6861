#include <gtest/gtest.h>

#include "ingest/status.hpp"
#include "letters.hpp"

namespace ingest {
namespace {

letter::Letter sealed_letter() {
  letter::Letter letter = letter_of(1);
  letter.sealed = true;
  return letter;
}

TEST(Sealed, TravelsToAReaderWithoutItsPages) {
  const letter::Work work{sealed_letter(), {}};
  EXPECT_EQ(letter::decode_work(letter::encode(work)), work);
}

TEST(Sealed, AnOpenLetterWithoutItsPagesIsNoWork) {
  EXPECT_FALSE(letter::decode_work(letter::encode(letter::Work{letter_of(1), {}})).has_value());
}

TEST(Sealed, ALetterThatIsGivenUpStillGoesToTheMedicalDesk) {
  EXPECT_EQ(bare_slip(sealed_letter(), {"handout.lost", "fr", "en"}).queue, letter::Queue::dossiers_medicaux);
}

}  // namespace
}  // namespace ingest
