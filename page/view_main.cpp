// vaguemestre-view: a master on stdin, a page of it for a person on stdout. A process of its own, so
// that no daemon that keeps keys ever decodes a stranger's image.
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <iterator>
#include <string>

#include "page/view.hpp"

namespace {

constexpr int exit_ok = 0, exit_bad = 2;
constexpr std::size_t most_bytes = 64u << 20;

int refuse(const std::string& why) {
  std::cerr << "vaguemestre-view: " << why << '\n';
  return exit_bad;
}

template <class Number>
bool parse(const char* text, Number& out) {
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), out);
  return error == std::errc() && *end == 0;
}

bool parse_arguments(int argc, char** argv, page::View& view) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    std::uint32_t number = 0;
    if (key == "--as" && (value == "png" || value == "pdf")) {
      view.format = value == "png" ? page::ViewFormat::png : page::ViewFormat::pdf;
    } else if (key == "--page" && value == "all") {
      view.page.reset();
    } else if (key == "--page" && parse(argv[i + 1], number)) {
      view.page = number;
    } else if (key == "--turn" && parse(argv[i + 1], view.turn_deg) && view.turn_deg % 90 == 0) {
    } else if (key == "--skew" && parse(argv[i + 1], view.skew_deg) && std::abs(view.skew_deg) <= 45) {
    } else {
      return false;
    }
  }
  return argc % 2 == 1;
}

bool read_master(std::string& master) {
  char buffer[65536];
  for (ssize_t n; (n = ::read(0, buffer, sizeof buffer)) > 0;) {
    master.append(buffer, static_cast<std::size_t>(n));
    if (master.size() > most_bytes) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  page::View view;
  if (!parse_arguments(argc, argv, view))
    return refuse(
        "usage: --as png|pdf --page N|all [--turn 0|90|180|270] [--skew DEG] < master (pages from 0)");
  std::string master;
  if (!read_master(master)) return refuse("le fichier dépasse 64 Mio");
  try {
    const auto bytes = page::render(master, view);
    if (!bytes) return refuse(bytes.error().fr);
    if (std::fwrite(bytes->data(), 1, bytes->size(), stdout) != bytes->size() || std::fflush(stdout) != 0)
      return refuse("la sortie ne peut être écrite");
  } catch (const std::exception& e) {
    return refuse(e.what());
  }
  return exit_ok;
}
