// Timestamps of RFC 3161: a third party signs that these bytes were there at that moment. The only files that
// see libcrypto are stamp.cpp and ask.cpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "letter/result.hpp"
#include "letter/when.hpp"

namespace tsa {

// What a token says once it is checked.
struct Stamp {
  letter::Instant at{};
  std::string authority;  // who signed, as its certificate names it
  std::string serial;     // the authority's number of this token, hexadecimal
  bool operator==(const Stamp&) const = default;
};

// A request in DER for SHA-256 of `bytes`, with a nonce of chance, asking for the certificate.
std::string request_for(const std::string& bytes);

// Posts it. At most `most_answer_bytes` are taken, in at most `patience_s` seconds. http:// only: the answer
// is signed and the request holds a hash, so nothing is there to hide. Faults: tsa.url, tsa.no_answer.
inline constexpr std::size_t most_answer_bytes = 64u << 10;
letter::Result<std::string> ask(const std::string& url, const std::string& request, int patience_s);

// Whether `answer` (DER, a TimeStampResp) is a token over these bytes, signed under one of the certificates
// in `ca` (PEM) that was valid at that moment. `request` not empty: and answers this request, by its nonce.
// Faults: tsa.no_token (refused, or no answer of this kind), tsa.other_bytes, tsa.not_trusted, tsa.ca.
letter::Result<Stamp> verify(const std::string& answer, const std::string& bytes,
                             const std::filesystem::path& ca, const std::string& request = "");

}  // namespace tsa
