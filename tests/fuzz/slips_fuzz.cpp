// Everything that travels: the first line is the type, then the slip; what follows a '\1' line is a page.
#include <string>

#include "letter/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string all(reinterpret_cast<const char*>(bytes), size);
  const std::size_t line = all.find('\n');
  if (line == std::string::npos) return 0;
  letter::Frames frames{all.substr(0, line), all.substr(line + 1)};
  if (const std::size_t pages = frames[1].find("\n\1\n"); pages != std::string::npos) {
    frames.push_back(frames[1].substr(pages + 3));
    frames[1].resize(pages);
  }
  letter::wire_type(frames);
  letter::decode_submission(frames), letter::decode_receipt(frames), letter::decode_refusal(frames);
  letter::decode_letter(frames), letter::decode_filed(frames), letter::decode_progress(frames);
  letter::decode_errand(frames), letter::decode_answer(frames);
  if (const auto work = letter::decode_work(frames)) letter::encode(*work);
  if (const auto read = letter::decode_read(frames)) letter::encode(*read);
  if (const auto sorted = letter::decode_sorted(frames)) letter::encode(*sorted);
  return 0;
}
