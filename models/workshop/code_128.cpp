#include "models/workshop/code_128.hpp"

#include <array>
#include <numeric>
#include <string_view>

#include "letter/result.hpp"

namespace workshop {
namespace {

// The 103 symbols and the three starts, each as the widths of its three bars and three spaces: the standard's
// table.
constexpr std::array<std::string_view, 106> symbols{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232"};
constexpr std::string_view stop = "2331112";
constexpr int to_set_c = 99, to_set_b = 100, start_b = 104, start_c = 105, modulus = 103;

bool digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(const std::string& text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && digit(text[at + n])) ++n;
  return n;
}

std::vector<int> values_of(const std::string& text) {
  std::vector<int> values;
  bool pairs = digits_at(text, 0) >= 4;
  values.push_back(pairs ? start_c : start_b);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t digits = digits_at(text, at);
    if (pairs && digits < 2) values.push_back(to_set_b), pairs = false;
    // An odd run leaves its first digit to set B, so that pairs reach the end.
    if (!pairs && digits >= 4 && digits % 2 == 0) values.push_back(to_set_c), pairs = true;
    if (pairs) {
      values.push_back((text[at] - '0') * 10 + (text[at + 1] - '0'));
      at += 2;
    } else {
      ENSURE(text[at] >= ' ' && text[at] <= '~');
      values.push_back(text[at] - ' ');
      at += 1;
    }
  }
  return values;
}

}  // namespace

std::vector<int> code_128(const std::string& text) {
  std::vector<int> values = values_of(text);
  int check = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) check += static_cast<int>(i) * values[i];
  values.push_back(check % modulus);
  std::vector<int> widths;
  const auto add = [&](std::string_view symbol) {
    for (const char width : symbol) widths.push_back(width - '0');
  };
  for (const int value : values) add(symbols[static_cast<std::size_t>(value)]);
  add(stop);
  return widths;
}

void draw_code_128(Canvas& canvas, const Rect& where, const std::string& text) {
  const std::vector<int> widths = code_128(text);
  const double module = where.w / std::accumulate(widths.begin(), widths.end(), 0);
  double x = where.x;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i % 2 == 0) canvas.fill({x, where.y, widths[i] * module, where.h});
    x += widths[i] * module;
  }
}

}  // namespace workshop
