#include "classify/echo.hpp"

#include "classify/draw.hpp"

#include "classify/words.hpp"
#include "letter/tree.hpp"

namespace classify {
namespace {

constexpr double opened = 0.6, closed = 0.6, aside = 0.3;  // how many letters get such a sentence
constexpr double by_hand = 0.5, typed = 0.25;              // how many are misread as what

}  // namespace

letter::Result<Echoes> load_echoes(const std::filesystem::path& triage_dir) {
  const auto formulas = letter::parse_toml(bytes_of(triage_dir / "formulas.toml"), "formulas.toml");
  if (!formulas) return tl::unexpected<letter::Reason>(formulas.error());
  auto mistakes = parse_mistakes(bytes_of(triage_dir / "mistakes.txt"));
  if (!mistakes) return tl::unexpected<letter::Reason>(mistakes.error());
  Echoes echoes{{}, std::move(*mistakes)};
  for (const auto& [key, list] :
       {std::pair{"openings", &echoes.frame.openings}, std::pair{"closings", &echoes.frame.closings},
        std::pair{"asides", &echoes.frame.asides}}) {
    for (const letter::Tree& one : value(*formulas, key).items()) list->push_back(one.text_or(""));
    if (list->empty())
      return letter::fault("echo.formulas", "Il manque des formules à formulas.toml.",
                           "formulas.toml lacks formulas.");
  }
  return echoes;
}

Example echo_of(const Example& example, const Echoes& echoes, unsigned number) {
  Draw draw(checksum(example.id) + number);
  Example echo = example;
  if (draw.chance(aside)) {
    const std::string& words = draw.one_of(echoes.frame.asides);
    echo.text = draw.chance(0.5) ? words + " " + echo.text : echo.text + " " + words;
  }
  if (draw.chance(opened)) echo.text = draw.one_of(echoes.frame.openings) + " " + echo.text;
  if (draw.chance(closed)) echo.text += " " + draw.one_of(echoes.frame.closings);
  const bool hand = draw.chance(by_hand), machine = draw.chance(typed / (1 - by_hand));
  if (hand || machine)
    echo.text = misread(echo.text, hand ? echoes.mistakes.hand : echoes.mistakes.typed, draw.seed());
  return echo;
}

}  // namespace classify
