// The letters the sorter learned from, and that the committed model is theirs.
#include "classify/corpus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>

#include "classify/proof.hpp"
#include "classify/prose.hpp"
#include "classify/rules.hpp"
#include "classify/words.hpp"

namespace {

const std::filesystem::path triage_dir = std::filesystem::path(VAGUEMESTRE_MODELS_DIR) / "triage";

const classify::Corpus& corpus() {
  static const classify::Corpus loaded = classify::load_corpus(triage_dir / "corpus").value();
  return loaded;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Never trained on, never looked at while tuning.
const classify::Corpus& held_out() {
  static const classify::Corpus loaded =
      classify::load_corpus(classify::held_out_dir(triage_dir / "corpus")).value();
  return loaded;
}

std::vector<classify::Example> all_letters() {
  std::vector<classify::Example> all = corpus().examples;
  all.insert(all.end(), held_out().examples.begin(), held_out().examples.end());
  return all;
}

TEST(Corpus, HasAtLeast600Letters) { EXPECT_GE(all_letters().size(), 600U); }

TEST(Corpus, AboutAFifthIsSetApart) {
  const auto all = all_letters();
  const auto measured = std::count_if(all.begin(), all.end(), [](const auto& one) { return !one.drill; });
  const double share = static_cast<double>(held_out().examples.size()) / static_cast<double>(measured);
  EXPECT_NEAR(share, 0.2, 0.03);
}

TEST(Corpus, NoBatchIsOnBothSides) {
  std::set<std::string> taught;
  for (const auto& example : corpus().examples) taught.insert(example.batch);
  for (const auto& example : held_out().examples) EXPECT_EQ(taught.count(example.batch), 0U) << example.id;
}

TEST(Corpus, EveryQueueIsInEveryBatch) {
  std::map<std::string, std::set<letter::Queue>> queues;
  for (const auto& example : all_letters()) queues[example.batch].insert(example.queue);
  for (const auto& [batch, seen] : queues) EXPECT_EQ(seen.size(), letter::queue_count) << batch;
}

TEST(Corpus, HasNoNearDuplicates) {
  // Of two letters alike by 0.3 each shares at least 0.3 of its 4-grams; from a tenth on they are compared in
  // full.
  std::unordered_map<std::string, std::vector<std::size_t>> seen;
  const auto examples = all_letters();
  for (std::size_t e = 0; e < examples.size(); ++e) {
    const auto words = classify::words_of(examples[e].text);
    std::set<std::string> grams;
    for (std::size_t i = 0; i + 4 <= words.size(); ++i)
      grams.insert(words[i].text + " " + words[i + 1].text + " " + words[i + 2].text + " " +
                   words[i + 3].text);
    std::map<std::size_t, std::size_t> shared;
    for (const std::string& gram : grams) {
      auto& at = seen[gram];
      for (const std::size_t other : at) ++shared[other];
      at.push_back(e);
    }
    for (const auto& [other, count] : shared) {
      if (10 * count < grams.size()) continue;
      EXPECT_LE(classify::likeness(examples[other].text, examples[e].text), 0.3)
          << examples[other].id << " " << examples[e].id;
    }
  }
}

TEST(Corpus, NoTextStandsTwice) {
  std::set<std::string> texts;
  for (const auto& example : all_letters()) {
    EXPECT_TRUE(texts.insert(letter::folded(example.text)).second) << example.id;
  }
}

TEST(Corpus, LikenessOfATextWithItselfIsOne) {
  EXPECT_EQ(classify::likeness("un deux trois quatre cinq", "UN DEUX TROIS QUATRE CINQ"), 1.0);
}

TEST(Corpus, LikenessOfStrangersIsZero) {
  EXPECT_EQ(classify::likeness("un deux trois quatre cinq", "six sept huit neuf dix"), 0.0);
}

class BadCorpus : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = std::filesystem::temp_directory_path() / ("vaguemestre-corpus-" + std::to_string(::getpid()));
    std::filesystem::create_directories(dir_);
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }
  std::string code_of(const std::string& line) {
    std::ofstream(dir_ / "x.jsonl") << line << "\n";
    const auto loaded = classify::load_corpus(dir_);
    return loaded ? "" : loaded.error().code;
  }
  std::filesystem::path dir_;
};

TEST_F(BadCorpus, AnEmptyFolderIsRefused) {
  EXPECT_EQ(classify::load_corpus(dir_).error().code, "corpus.missing");
}

TEST_F(BadCorpus, ALetterThatContradictsThePolicyIsRefused) {
  EXPECT_EQ(
      code_of(
          R"({"id":"x","text":"y","queue":"autre","is_complaint":false,"who":"insured","difficulty":"plain"})"),
      "corpus.line");
}

TEST_F(BadCorpus, AnUnknownQueueIsRefused) {
  EXPECT_EQ(code_of(R"({"id":"x","text":"y","queue":"nowhere","who":"insured","difficulty":"plain"})"),
            "corpus.line");
}

TEST(WordModel, IsTheOneOfTheCommittedCorpus) {
  const auto model = classify::parse_words(bytes_of(triage_dir / "words.model"));
  ASSERT_TRUE(model.has_value()) << model.error().en;
  EXPECT_EQ(model->corpus_checksum, corpus().checksum) << "run: vaguemestre train triage";
}

TEST(WordModel, ItsProofIsTheOneOfTheCommittedModel) {
  const auto proof = classify::parse_proof(bytes_of(triage_dir / "proof.txt"));
  ASSERT_TRUE(proof.has_value()) << proof.error().en;
  EXPECT_EQ(proof->model, classify::hex(classify::checksum(bytes_of(triage_dir / "words.model"))));
}

TEST(WordModel, ItsProofCountsEveryLetterButTheDrills) {
  const auto proof = classify::parse_proof(bytes_of(triage_dir / "proof.txt")).value();
  const auto& all = corpus().examples;
  const auto drills = std::count_if(all.begin(), all.end(), [](const auto& one) { return one.drill; });
  EXPECT_EQ(proof.answers.size() + static_cast<std::size_t>(drills), all.size());
}

TEST(WordModel, IsUnderEightMebibytes) {
  EXPECT_LT(std::filesystem::file_size(triage_dir / "words.model"), 8U << 20);
}

TEST(WordModel, ComesBackFromItsFileUnchanged) {
  const std::string bytes = bytes_of(triage_dir / "words.model");
  EXPECT_EQ(classify::dump_words(classify::parse_words(bytes).value()), bytes);
}

TEST(WordModel, AChangedByteIsRefused) {
  std::string bytes = bytes_of(triage_dir / "words.model");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  EXPECT_EQ(classify::parse_words(bytes).error().code, "words.checksum");
}

TEST(WordModel, ACutFileIsRefused) {
  const std::string bytes = bytes_of(triage_dir / "words.model");
  for (const std::size_t cut : {std::size_t{0}, std::size_t{10}, std::size_t{200}, bytes.size() - 1}) {
    EXPECT_FALSE(classify::parse_words(bytes.substr(0, cut)).has_value()) << cut;
  }
}

}  // namespace
