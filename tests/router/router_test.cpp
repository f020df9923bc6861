// The daemon itself, over its sockets.
#include <array>
#include <fstream>
#include <set>

#include "tests/router/running_router.hpp"

namespace {

using made::sorted;

using Router = made::RunningRouter;

letter::Errand errand(const char* verb, const std::string& ref = "") {
  letter::Errand asked;
  asked.verb = verb;
  asked.ref = ref;
  return asked;
}

TEST_F(Router, TellsIngestWhatItHasFiled) {
  ASSERT_TRUE(send(sorted(1)));
  const auto filed = next_filed();
  ASSERT_TRUE(filed);
  EXPECT_EQ(filed->id, (letter::LetterId{"LYON1", 1}));
  EXPECT_TRUE(letter::parse_case_ref(filed->case_ref));
}

TEST_F(Router, TellsTheSameReferenceAgain) {
  ASSERT_TRUE(send(sorted(1)) && send(sorted(1)));
  const auto first = next_filed(), again = next_filed();
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->case_ref, again->case_ref);
}

TEST_F(Router, SaysWhenItBeginsAndEndsALetter) {
  ASSERT_TRUE(send(sorted(1)));
  ASSERT_TRUE(next_filed());
  std::vector<letter::ProgressKind> kinds;
  while (kinds.empty() || kinds.back() != letter::ProgressKind::end) {
    const auto incoming = handout().receive(patience_ms);
    ASSERT_TRUE(incoming);
    const auto said = letter::decode_progress(incoming->frames).value();
    EXPECT_EQ(said.stage, "router");
    if (said.kind != letter::ProgressKind::beat) kinds.push_back(said.kind);
  }
  EXPECT_EQ(kinds, (std::vector{letter::ProgressKind::hello, letter::ProgressKind::begin,
                                letter::ProgressKind::end}));
}

TEST_F(Router, AnswersADesk) {
  ASSERT_TRUE(send(sorted(1)));
  const auto filed = next_filed();
  ASSERT_TRUE(filed);
  const auto socket = desk("desk:tous");
  const auto answer = ask(*socket, errand("list"));
  ASSERT_EQ(answer.rows.size(), 1u);
  EXPECT_EQ(answer.rows[0].ref, filed->case_ref);
}

TEST_F(Router, KnowsADeskByItsKeyAlone) {
  ASSERT_TRUE(send(sorted(1)));
  const auto filed = next_filed();
  ASSERT_TRUE(filed);
  const auto socket = desk("desk:entreprise");
  EXPECT_EQ(ask(*socket, errand("open", filed->case_ref)).reason->code, "desk.not_allowed");
}

TEST_F(Router, AnswersAnErrandThatCannotBeRead) {
  const auto socket = desk("desk:tous");
  const auto answer = ask(*socket, letter::Frames{"letter.errand/1", "\xff\xff\xff"});
  ASSERT_TRUE(answer.reason);
  EXPECT_TRUE(answer.reason->code.starts_with("wire."));
}

TEST_F(Router, GoesOnAfterASlipThatIsNone) {
  ASSERT_TRUE(send(letter::SortedLetter{}));
  ASSERT_TRUE(send(sorted(1)));
  EXPECT_TRUE(next_filed());
}

TEST_F(Router, StopsCleanlyWhenAsked) {
  ASSERT_TRUE(send(sorted(1)));
  ASSERT_TRUE(next_filed());
  const int status = stop(SIGTERM);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(Router, KilledWhileFilingHasFiledEachLetterOnce) {
  constexpr std::uint32_t letters = 60;
  std::map<letter::LetterId, std::string> told;
  std::uint32_t sent = 0;
  const auto hear = [&](int wait_ms) {
    while (const auto filed = next_filed(wait_ms)) {
      const auto [known, is_new] = told.emplace(filed->id, filed->case_ref);
      EXPECT_EQ(known->second, filed->case_ref);
    }
  };
  while (sent < letters / 2) ASSERT_TRUE(send(sorted(++sent)));
  ASSERT_TRUE(next_filed());
  stop(SIGKILL);
  start();
  hear(200);
  // What was not told goes out again, as ingest would do it.
  for (std::uint32_t number = 1; number <= letters; ++number) ASSERT_TRUE(send(sorted(number)));
  while (told.size() < letters) {
    const auto filed = next_filed();
    ASSERT_TRUE(filed);
    const auto [known, is_new] = told.emplace(filed->id, filed->case_ref);
    EXPECT_EQ(known->second, filed->case_ref);
  }
  std::set<std::string> references;
  for (const auto& [id, ref] : told) references.insert(ref);
  EXPECT_EQ(references.size(), letters);
  const auto socket = desk("ops:ops");
  EXPECT_EQ(ask(*socket, errand("status")).facts.at("letters"), std::to_string(letters));
}

// An uncompressed page of 8-bit grey with a black bar, as simple as a TIFF can be.
std::string small_tiff() {
  constexpr std::uint32_t width = 400, height = 560;
  std::string file("II*\0", 4);
  const auto put = [&file](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) file.push_back(static_cast<char>(value >> (8 * i)));
  };
  put(8, 4);
  constexpr std::array<std::array<std::uint32_t, 3>, 11> entries{{{256, 4, width},
                                                                  {257, 4, height},
                                                                  {258, 3, 8},
                                                                  {259, 3, 1},
                                                                  {262, 3, 1},
                                                                  {273, 4, 162},
                                                                  {277, 3, 1},
                                                                  {278, 4, height},
                                                                  {279, 4, width * height},
                                                                  {282, 5, 146},
                                                                  {283, 5, 154}}};
  put(entries.size(), 2);
  for (const auto& [tag, type, value] : entries) {
    put(tag, 2);
    put(type, 2);
    put(1, 4);
    put(value, 4);
  }
  put(0, 4);
  for (int i = 0; i < 2; ++i) {
    put(100, 4);
    put(1, 4);
  }
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x)
      file.push_back(y > 100 && y < 130 && x > 50 && x < 350 ? '\x10' : '\xfa');
  return file;
}

// The first python3 that has what docs/wire.md names, or "".
std::string python() {
  for (const char* candidate : {"python3", "/usr/bin/python3"}) {
    const std::string probe =
        std::string(candidate) + " -c 'import zmq, google.protobuf, tomllib' 2>/dev/null";
    if (std::system(probe.c_str()) == 0) return candidate;
  }
  return "";
}

class DeskWorker : public Router {
 protected:
  letter::SortedLetter kept_in_the_vault() {
    letter::SortedLetter mail = sorted(1);
    const std::string master = small_tiff();
    letter::Master& file = mail.read.letter.masters[0];
    file.sha256 = vault::sha256_hex(master);
    file.bytes = master.size();
    file.media_type = "image/tiff";
    vault::DirectoryVault vault(state_.path() / "vault", vault::load_mailroom_key(keys_).value());
    EXPECT_TRUE(vault.put(mail.read.letter, {master}));
    return mail;
  }
};

TEST_F(DeskWorker, InPythonFromTheDocumentAloneClaimsAndAcknowledgesALetter) {
  const std::string interpreter = python();
  if (interpreter.empty())
    GTEST_SKIP() << "python3 with zmq and protobuf is missing: apt install python3-zmq python3-protobuf";
  ASSERT_TRUE(send(kept_in_the_vault()));
  const auto filed = next_filed();
  ASSERT_TRUE(filed);
  const auto printed = state_.path() / "printed.txt";
  const std::string command = interpreter + " " VAGUEMESTRE_SOURCE_DIR "/tests/e2e/desk_worker.py --state " +
                              state_.path().string() + " --queue incapacite_invalidite > " + printed.string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::string reference;
  std::ifstream(printed) >> reference;
  EXPECT_EQ(reference, filed->case_ref);
  const auto socket = desk("desk:tous");
  const auto answer = ask(*socket, errand("open", reference));
  ASSERT_TRUE(answer.file);
  EXPECT_EQ(answer.file->row.state, letter::State::acknowledged);
}

// The example of docs/wire.md, word for word but for where the state is and which queue.
TEST_F(DeskWorker, TheExampleOfTheDocumentRuns) {
  const std::string interpreter = python();
  if (interpreter.empty()) GTEST_SKIP() << "python3 with zmq and protobuf is missing";
  std::ifstream document(VAGUEMESTRE_SOURCE_DIR "/docs/wire.md");
  std::string text((std::istreambuf_iterator<char>(document)), {});
  const std::size_t begin = text.find("```python\n") + 10;
  std::string example = text.substr(begin, text.find("```", begin) - begin);
  const std::string settings = R"(state, queue = "/var/lib/vaguemestre", "entreprise")";
  ASSERT_NE(example.find(settings), std::string::npos);
  example.replace(example.find(settings), settings.size(),
                  "state, queue = '" + state_.path().string() + "', 'incapacite_invalidite'");
  std::ofstream(state_.path() / "example.py") << example;
  ASSERT_TRUE(send(kept_in_the_vault()));
  const auto filed = next_filed();
  ASSERT_TRUE(filed);
  const std::string folder = state_.path().string();
  const std::string command = "protoc --python_out=" + folder +
                              " -I" VAGUEMESTRE_SOURCE_DIR "/letter letter.proto && " + interpreter + " " +
                              folder + "/example.py";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const auto socket = desk("desk:tous");
  EXPECT_EQ(ask(*socket, errand("open", filed->case_ref)).file->row.state, letter::State::acknowledged);
}

}  // namespace
