// openssl's own timestamp authority, made for one test: a root, a certificate that may stamp, and a small
// HTTP server on the loopback in front of it.
#pragma once

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace scene {

namespace fs = std::filesystem;

class Authority {
 public:
  Authority() : dir_(fresh_folder()) {
    write("tsa.cnf",
          "[tsa]\ndefault_tsa = one\n[one]\ndir = " + dir_.string() +
              "\nserial = $dir/serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\n"
              "digests = sha256\naccuracy = secs:1\nordering = no\ntsa_name = no\ness_cert_id_chain = no\n"
              "[root]\nbasicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign\n"
              "[stamps]\nextendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n"
              "[req]\ndistinguished_name = dn\n[dn]\n");
    write("serial", "01\n");
    key_pair("root");
    key_pair("tsa");
    run("openssl req -x509 -new -key root.key -subj /CN=Racine -days 30 -config tsa.cnf -extensions root "
        "-out ca.pem");
    run("openssl req -new -key tsa.key -subj /CN=Horodateur -config tsa.cnf -out tsa.csr");
    run("openssl x509 -req -in tsa.csr -CA ca.pem -CAkey root.key -set_serial 2 -days 30 -extfile tsa.cnf"
        " -extensions stamps -out tsa.pem");
  }
  ~Authority() {
    done_ = true;
    if (thread_.joinable()) thread_.join();
    if (listener_ >= 0) ::close(listener_);
    std::error_code ignored;
    fs::remove_all(dir_, ignored);
  }
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  const fs::path& folder() const { return dir_; }
  fs::path ca() const { return dir_ / "ca.pem"; }

  std::string reply_to(const std::string& request) const {
    write("query", request);
    run("openssl ts -reply -config tsa.cnf -section one -queryfile query -signer tsa.pem -inkey tsa.key -out "
        "answer");
    std::stringstream bytes;
    bytes << std::ifstream(dir_ / "answer", std::ios::binary).rdbuf();
    return bytes.str();
  }

  // From then on it answers; the first `failures` requests with a status of 503.
  std::string serve(int failures = 0) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    thread_ = std::thread([this, failures] { answer_all(failures); });
    return "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/tsa";
  }

 private:
  static fs::path fresh_folder() {
    std::string name = (fs::temp_directory_path() / "tsa-XXXXXX").string();
    return ::mkdtemp(name.data()) ? name : "";
  }
  void write(const char* name, const std::string& bytes) const {
    std::ofstream(dir_ / name, std::ios::binary) << bytes;
  }
  void run(const std::string& command) const {
    const std::string quiet = "cd " + dir_.string() + " && " + command + " >log 2>&1";
    ASSERT_EQ(std::system(quiet.c_str()), 0) << command;
  }
  void key_pair(const std::string& name) const {
    run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + name + ".key");
  }
  void answer_all(int failures) {
    timeval patience{0, 100'000};
    ::setsockopt(listener_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (!done_) {
      const int fd = ::accept(listener_, nullptr, nullptr);
      if (fd < 0) continue;
      const std::string body = body_of(fd);
      const std::string answer = failures-- > 0 ? "" : reply_to(body);
      const std::string head =
          answer.empty()
              ? "HTTP/1.0 503 Busy\r\nContent-Length: 0\r\n\r\n"
              : "HTTP/1.0 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: " +
                    std::to_string(answer.size()) + "\r\n\r\n";
      const std::string all = head + answer;
      EXPECT_EQ(::write(fd, all.data(), all.size()), static_cast<ssize_t>(all.size()));
      ::close(fd);
    }
  }
  static std::string body_of(int fd) {
    std::string text;
    char part[4096];
    for (;;) {
      const auto end = text.find("\r\n\r\n");
      const auto length = text.find("Content-Length: ");
      if (end != std::string::npos && length != std::string::npos) {
        const std::size_t wanted = std::stoul(text.substr(length + 16));
        if (text.size() >= end + 4 + wanted) return text.substr(end + 4, wanted);
      }
      const ssize_t got = ::read(fd, part, sizeof part);
      if (got <= 0) return "";
      text.append(part, static_cast<std::size_t>(got));
    }
  }

  fs::path dir_;
  std::thread thread_;
  std::atomic<bool> done_ = false;
  int listener_ = -1;
};

}  // namespace scene
