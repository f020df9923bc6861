#include "tsa/stamp.hpp"

#include "tests/tsa/authority.hpp"

namespace {

const std::string head = R"({"seq": 12, "link": "abc", "at": "2026-11-23T08:15:00.000Z"})";

std::string code(const letter::Result<tsa::Stamp>& stamp) { return stamp ? "" : stamp.error().code; }

struct Stamps : testing::Test {
  scene::Authority authority;
  const std::string request = tsa::request_for(head), token = authority.reply_to(request);
};

TEST_F(Stamps, ATokenOfTheAuthorityHolds) {
  const auto stamp = tsa::verify(token, head, authority.ca(), request);
  ASSERT_TRUE(stamp) << stamp.error().code;
  EXPECT_EQ(stamp->authority, "CN=Horodateur");
  EXPECT_NEAR(static_cast<double>(
                  std::chrono::duration_cast<std::chrono::seconds>(stamp->at.time_since_epoch()).count()),
              static_cast<double>(::time(nullptr)), 60);
}

TEST_F(Stamps, ItHoldsYearsLaterWithoutTheRequest) {
  EXPECT_EQ(code(tsa::verify(token, head, authority.ca())), "");
}

TEST_F(Stamps, OverOtherBytesItSaysNothing) {
  EXPECT_EQ(code(tsa::verify(token, head + " ", authority.ca())), "tsa.other_bytes");
}

TEST_F(Stamps, AnotherAuthoritysCertificatesDoNotTrustIt) {
  const scene::Authority other;
  EXPECT_EQ(code(tsa::verify(token, head, other.ca())), "tsa.not_trusted");
}

TEST_F(Stamps, AnAnswerToAnotherRequestIsNone) {
  EXPECT_EQ(code(tsa::verify(token, head, authority.ca(), tsa::request_for(head))), "tsa.not_trusted");
}

TEST_F(Stamps, NoByteOfTheTokenCanBeChanged) {
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    const auto stamp = tsa::verify(changed, head, authority.ca(), request);
    // Some bytes lie outside of what is signed: they may change, what the token says may not.
    accepted += stamp && stamp->at != tsa::verify(token, head, authority.ca())->at;
  }
  EXPECT_EQ(accepted, 0u);
}

TEST_F(Stamps, NoCutTokenIsOne) {
  for (std::size_t length = 0; length < token.size(); length += 7)
    EXPECT_FALSE(tsa::verify(token.substr(0, length), head, authority.ca())) << length;
}

TEST_F(Stamps, WithoutCertificatesNothingIsBelieved) {
  EXPECT_EQ(code(tsa::verify(token, head, authority.folder() / "absent.pem")), "tsa.ca");
}

TEST_F(Stamps, IsAskedOverHttp) {
  const auto answer = tsa::ask(authority.serve(), request, 10);
  ASSERT_TRUE(answer) << answer.error().code;
  EXPECT_EQ(code(tsa::verify(*answer, head, authority.ca(), request)), "");
}

TEST_F(Stamps, AnAuthorityThatIsBusyIsNoAnswer) {
  const auto answer = tsa::ask(authority.serve(1), request, 10);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "tsa.no_answer");
}

TEST(Stamp, NobodyThereIsNoAnswer) {
  const auto answer = tsa::ask("http://127.0.0.1:1/tsa", "x", 5);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "tsa.no_answer");
}

TEST(Stamp, OnlyHttpIsAsked) {
  for (const char* url : {"https://127.0.0.1/", "file:///etc/passwd", "", "tsa.example"})
    EXPECT_EQ(tsa::ask(url, "x", 5).error().code, "tsa.url") << url;
}

}  // namespace
