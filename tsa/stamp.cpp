#include "tsa/stamp.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>
#include <optional>

#include "vault/keyring.hpp"
#include "vault/vault.hpp"

namespace tsa {

using letter::fault;
using letter::Result;

namespace {

template <class T, void (*free_it)(T*)>
struct Freed {
  void operator()(T* one) const { free_it(one); }
};
template <class T, void (*free_it)(T*)>
using Owned = std::unique_ptr<T, Freed<T, free_it>>;

using Request = Owned<TS_REQ, TS_REQ_free>;
using Response = Owned<TS_RESP, TS_RESP_free>;
using Imprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using Algorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using Number = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using Store = Owned<X509_STORE, X509_STORE_free>;
using Context = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;

constexpr int nonce_bytes = 8;

// What libcrypto cannot do for want of memory or chance.
template <class T>
T must(T done) {
  if (!done) throw letter::BrokenWorld("libcrypto fails");
  return done;
}

template <class T>
std::string der_of(const T* value, int (*write)(const T*, unsigned char**)) {
  std::string der(static_cast<std::size_t>(must(std::max(write(value, nullptr), 0))), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  must(write(value, &at) > 0);
  return der;
}

Response response_in(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return Response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
}
Request request_in(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return Request(d2i_TS_REQ(nullptr, &at, static_cast<long>(der.size())));
}

std::string digest_of(const std::string& bytes) { return vault::unhex(vault::sha256_hex(bytes)); }

Number nonce() {
  unsigned char random[nonce_bytes];
  must(RAND_bytes(random, nonce_bytes) == 1);
  random[0] = static_cast<unsigned char>((random[0] & 0x7f) | 0x01);  // positive, and of full length
  std::unique_ptr<BIGNUM, decltype(&BN_free)> number(must(BN_bin2bn(random, nonce_bytes, nullptr)), BN_free);
  return Number(must(BN_to_ASN1_INTEGER(number.get(), nullptr)));
}

// None: a stranger's token may say anything.
std::optional<letter::Instant> instant_of(const ASN1_GENERALIZEDTIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return letter::Instant{std::chrono::seconds{::timegm(&parts)}};
}

std::string name_of(const X509_NAME* name) {
  std::unique_ptr<BIO, decltype(&BIO_free_all)> text(must(BIO_new(BIO_s_mem())), BIO_free_all);
  must(X509_NAME_print_ex(text.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0);
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(text.get(), &bytes);
  return {bytes, static_cast<std::size_t>(length)};
}

// The certificate that signed; "" when the answer does not hold it.
std::string signer_of(PKCS7* token) {
  STACK_OF(X509)* signers = PKCS7_get0_signers(token, nullptr, 0);
  if (signers == nullptr) return "";
  const std::string name =
      sk_X509_num(signers) > 0 ? name_of(X509_get_subject_name(sk_X509_value(signers, 0))) : "";
  sk_X509_free(signers);
  return name;
}

std::string hex_of(const ASN1_INTEGER* number) {
  std::unique_ptr<BIGNUM, decltype(&BN_free)> value(must(ASN1_INTEGER_to_BN(number, nullptr)), BN_free);
  char* digits = must(BN_bn2hex(value.get()));
  const std::string text(digits);
  OPENSSL_free(digits);
  return text;
}

// Certificates as they were trusted at that moment: an authority's own ends long before its tokens do.
Result<Store> trusted(const std::filesystem::path& ca, letter::Instant at) {
  Store store(must(X509_STORE_new()));
  if (X509_STORE_load_file(store.get(), ca.c_str()) != 1)
    return fault("tsa.ca", "Les certificats de l'autorité d'horodatage (tsa_ca) ne peuvent être lus.",
                 "The certificates of the timestamp authority (tsa_ca) cannot be read.");
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()),
                             std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
  return store;
}

tl::unexpected<letter::Reason> no_token() {
  return fault("tsa.no_token", "Cette réponse n'est pas un jeton d'horodatage, ou l'autorité l'a refusé.",
               "This answer is no timestamp token, or the authority refused one.");
}

bool is_over(TS_TST_INFO* said, const std::string& bytes) {
  const ASN1_OCTET_STRING* hash = TS_MSG_IMPRINT_get_msg(TS_TST_INFO_get_msg_imprint(said));
  const auto* first = reinterpret_cast<const char*>(ASN1_STRING_get0_data(hash));
  return std::string(first, static_cast<std::size_t>(ASN1_STRING_length(hash))) == digest_of(bytes);
}

}  // namespace

std::string request_for(const std::string& bytes) {
  const Request request(must(TS_REQ_new()));
  const Imprint imprint(must(TS_MSG_IMPRINT_new()));
  const Algorithm sha256(must(X509_ALGOR_new()));
  must(X509_ALGOR_set0(sha256.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
  must(TS_MSG_IMPRINT_set_algo(imprint.get(), sha256.get()) == 1);
  std::string digest = digest_of(bytes);
  must(TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char*>(digest.data()),
                              static_cast<int>(digest.size())) == 1);
  const Number chance = nonce();
  must(TS_REQ_set_version(request.get(), 1) == 1);
  must(TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1);
  must(TS_REQ_set_nonce(request.get(), chance.get()) == 1);
  must(TS_REQ_set_cert_req(request.get(), 1) == 1);
  return der_of<TS_REQ>(request.get(), i2d_TS_REQ);
}

Result<Stamp> verify(const std::string& answer, const std::string& bytes, const std::filesystem::path& ca,
                     const std::string& request) {
  const Response response = response_in(answer);
  TS_TST_INFO* said = response ? TS_RESP_get_tst_info(response.get()) : nullptr;
  if (said == nullptr) return no_token();
  if (!is_over(said, bytes))
    return fault("tsa.other_bytes", "Ce jeton d'horodatage est celui d'autre chose.",
                 "This timestamp token is of something else.");
  const auto at = instant_of(TS_TST_INFO_get_time(said));
  if (!at) return no_token();
  auto store = trusted(ca, *at);
  if (!store) return tl::unexpected(store.error());
  const Request asked = request.empty() ? nullptr : request_in(request);
  if (!request.empty() && !asked) return no_token();
  // With the request comes what it asked for: hash, nonce, policy.
  Context context(asked ? TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr) : TS_VERIFY_CTX_new());
  must(context != nullptr);
  TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE | TS_VFY_VERSION);
  TS_VERIFY_CTX_set_store(context.get(), store->release());
  const bool holds = TS_RESP_verify_response(context.get(), response.get()) == 1;
  ERR_clear_error();
  if (!holds)
    return fault("tsa.not_trusted",
                 "Le jeton d'horodatage n'est pas signé par l'autorité attendue, ou a été changé.",
                 "The timestamp token is not signed by the expected authority, or was changed.");
  return Stamp{*at, signer_of(TS_RESP_get_token(response.get())), hex_of(TS_TST_INFO_get_serial(said))};
}

}  // namespace tsa
