#include "ocr/boxes/sureness.hpp"

#include <cmath>
#include <fstream>
#include <iterator>

#include "letter/tree.hpp"

namespace ocr {

letter::Result<Sureness> Sureness::parse(const std::string& toml) {
  const auto faulty = letter::fault("boxes.sureness", "Les poids de la certitude des cases sont abîmés.",
                                    "The weights of how sure boxes are read are damaged.");
  const auto tree = letter::parse_toml(toml, "sureness.toml");
  if (!tree) return tl::unexpected(tree.error());
  Sureness out;
  for (const auto& [name, weights] :
       {std::pair<const char*, Weights*>{"hand", &out.hand_}, {"typed", &out.typed_}}) {
    const letter::Tree& table = letter::value(*tree, name);
    if (table.fields().size() != evidence_names.size() + 1) return faulty;
    for (const auto& [key, weight] : table.fields()) {
      if (!weight.is_number() || !std::isfinite(weight.number_or(0))) return faulty;
    }
    if (!table.find("base")) return faulty;
    weights->base = letter::value(table, "base").number_or(0);
    for (std::size_t i = 0; i < evidence_names.size(); ++i) {
      const letter::Tree* weight = table.find(evidence_names[i]);
      if (!weight) return faulty;
      weights->of_each[i] = weight->number_or(0);
    }
  }
  return out;
}

Sureness::Sureness(const std::filesystem::path& models_dir) {
  std::ifstream in(models_dir / "reading" / "sureness.toml", std::ios::binary);
  auto read = parse({std::istreambuf_iterator<char>(in), {}});
  if (!read) throw letter::BrokenWorld("sureness.toml: " + read.error().en);
  *this = *read;
}

double Sureness::of(const Evidence& evidence, bool by_hand) const {
  const Weights& weights = by_hand ? hand_ : typed_;
  double sum = weights.base;
  for (std::size_t i = 0; i < evidence.size(); ++i) sum += weights.of_each[i] * evidence[i];
  return 1 / (1 + std::exp(-sum));
}

}  // namespace ocr
