#include <openssl/err.h>
#include <openssl/http.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "tsa/stamp.hpp"

namespace tsa {

using letter::fault;
using letter::Result;

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

struct Place {
  std::string host, port, path;
};

Result<Place> place_of(const std::string& url) {
  char *host = nullptr, *port = nullptr, *path = nullptr;
  int uses_ssl = 0;
  const bool understood = OSSL_HTTP_parse_url(url.c_str(), &uses_ssl, nullptr, &host, &port, nullptr, &path,
                                              nullptr, nullptr) == 1;
  Place place;
  if (understood) place = {host, port, path};
  OPENSSL_free(host);
  OPENSSL_free(port);
  OPENSSL_free(path);
  ERR_clear_error();
  if (!understood || uses_ssl != 0 || !url.starts_with("http://"))
    return fault("tsa.url", "L'adresse de l'autorité d'horodatage doit être http://…",
                 "The address of the timestamp authority must be http://…");
  return place;
}

}  // namespace

Result<std::string> ask(const std::string& url, const std::string& request, int patience_s) {
  const auto place = place_of(url);
  if (!place) return tl::unexpected(place.error());
  const Bio body(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())), BIO_free_all);
  if (!body) throw letter::BrokenWorld("libcrypto fails");
  const Bio answer(OSSL_HTTP_transfer(nullptr, place->host.c_str(), place->port.c_str(), place->path.c_str(),
                                      0, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, 0, nullptr,
                                      "application/timestamp-query", body.get(),
                                      "application/timestamp-reply", 1, most_answer_bytes, patience_s, 0),
                   BIO_free_all);
  ERR_clear_error();
  std::string bytes;
  char part[4096];
  for (int got = 0;
       answer && bytes.size() <= most_answer_bytes && (got = BIO_read(answer.get(), part, sizeof part)) > 0;)
    bytes.append(part, static_cast<std::size_t>(got));
  if (bytes.empty())
    return fault("tsa.no_answer", "L'autorité d'horodatage ne répond pas.",
                 "The timestamp authority does not answer.");
  return bytes;
}

}  // namespace tsa
