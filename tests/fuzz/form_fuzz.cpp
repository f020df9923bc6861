// A form's TOML, from a file, as models/forms holds them.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "ocr/form/form.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("form-fuzz-" + std::to_string(::getpid()) + ".toml");
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  if (const auto form = ocr::load_form(file))
    for (const ocr::Element& element : form->elements) ocr::find(*form, element.id);
  std::filesystem::remove(file);
  return 0;
}
