// vaguemestre-view: a master on stdin, a page of it for a person on stdout. A program of its own, so that no
// daemon that keeps keys links an image library; the decoding is done by a walled child of it.
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <iterator>
#include <string>

#include "page/disposable.hpp"
#include "page/raster.hpp"
#include "page/view.hpp"
#include "page/walls.hpp"

namespace {

constexpr int exit_ok = 0, exit_bad = 2, exit_missing = 3;
constexpr std::size_t most_bytes = 64u << 20;

struct Asked {
  page::View view;
  page::FileLimits limits;
  bool insecure = false;
};

int refuse(const std::string& why, int code = exit_bad) {
  std::cerr << "vaguemestre-view: " << why << '\n';
  return code;
}

template <class Number>
bool parse(const char* text, Number& out) {
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), out);
  return error == std::errc() && *end == 0;
}

bool parse_arguments(int argc, char** argv, Asked& asked) {
  page::View& view = asked.view;
  int i = 1;
  if (argc > 1 && std::string(argv[argc - 1]) == "--insecure") asked.insecure = true, --argc;
  for (; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    std::uint32_t number = 0;
    if (key == "--memory" && parse(argv[i + 1], asked.limits.child_bytes)) {
    } else if (key == "--decoded" && parse(argv[i + 1], asked.limits.decoded_bytes)) {
    } else if (key == "--ms" && parse(argv[i + 1], asked.limits.decode_ms)) {
    } else if (key == "--as" && (value == "png" || value == "pdf")) {
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
  return i == argc;
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
  Asked asked;
  if (!parse_arguments(argc, argv, asked))
    return refuse(
        "usage: --as png|pdf --page N|all [--turn 0|90|180|270] [--skew DEG] [--ms MS] [--memory BYTES] "
        "[--decoded BYTES] [--insecure] < master (pages from 0)");
  if (const auto missing = page::missing_walls(); missing && !asked.insecure)
    return refuse(missing->fr + " / " + missing->en, exit_missing);
  std::string master;
  if (!read_master(master)) return refuse("le fichier dépasse 64 Mio");
  page::Room room = page::room_for(asked.limits);
  room.pages = page::max_pages;
  const letter::Reason died{"view.crashed", "Le dessin de la page s’est arrêté brutalement.",
                            "Drawing the page broke down."};
  try {
    const auto bytes = page::in_child(
        [&] { return page::render(master, asked.view, asked.limits.decoded_bytes); }, died, room);
    if (!bytes) return refuse(bytes.error().fr);
    if (std::fwrite(bytes->data(), 1, bytes->size(), stdout) != bytes->size() || std::fflush(stdout) != 0)
      return refuse("la sortie ne peut être écrite");
  } catch (const std::exception& e) {
    return refuse(e.what());
  }
  return exit_ok;
}
