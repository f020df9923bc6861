// The word model as a file: text header, then rows as little-endian integers.
#include <algorithm>
#include <cmath>
#include <sstream>

#include "classify/words.hpp"

namespace classify {
namespace {

constexpr std::string_view magic = "vaguemestre-words 2";
constexpr double rarity_unit = 1.0 / 4096;
constexpr int finest = 20;  // a row's weights are kept in 8 bits, as multiples of 2 to the -`finest` or more
constexpr double widest = 127.5;  // what rounds to 127 at most is below it
constexpr std::size_t row_bytes = 4 + 2 + 1 + column_count;

void put(std::string& out, std::uint32_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
}

std::uint32_t take(std::string_view& in, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(in[i])) << (8 * i);
  }
  in.remove_prefix(bytes);
  return value;
}

// Of a row's weights, the finest unit that holds the heaviest: 2 to the minus this.
int fineness_of(const Row& row) {
  double heaviest = 0;
  for (const float w : row.weights) heaviest = std::max(heaviest, std::abs(static_cast<double>(w)));
  int fineness = finest;
  while (fineness > 0 && std::ldexp(heaviest, fineness) >= widest) --fineness;
  return fineness;
}

std::string body_of(const WordModel& model) {
  std::string body;
  body.reserve(model.rows.size() * row_bytes);
  for (const Row& row : model.rows) {
    put(body, row.bucket, 4);
    put(body, static_cast<std::uint32_t>(std::lround(static_cast<double>(row.rarity) / rarity_unit)), 2);
    const int fineness = fineness_of(row);
    put(body, static_cast<std::uint32_t>(fineness), 1);
    for (const float w : row.weights) {
      const double units = std::clamp(std::ldexp(static_cast<double>(w), fineness), -127.0, 127.0);
      put(body, static_cast<std::uint32_t>(std::lround(units)), 1);
    }
  }
  return body;
}

letter::Result<std::vector<Row>> rows_of(std::string_view body, std::size_t count) {
  if (body.size() != count * row_bytes) {
    return letter::fault("words.cut", "Le modèle de mots est incomplet.", "The word model is cut short.");
  }
  std::vector<Row> rows(count);
  for (Row& row : rows) {
    row.bucket = take(body, 4);
    row.rarity = static_cast<float>(take(body, 2) * rarity_unit);
    const auto fineness = static_cast<int>(take(body, 1));
    for (float& w : row.weights)
      w = static_cast<float>(std::ldexp(static_cast<std::int8_t>(take(body, 1)), -fineness));
  }
  return rows;
}

auto bad_format() {
  return letter::fault("words.format", "Le fichier n'est pas un modèle de mots.",
                       "The file is no word model.");
}

}  // namespace

std::string dump_words(const WordModel& model) {
  const std::string body = body_of(model);
  std::ostringstream head;
  head.precision(9);
  head << magic << "\ncorpus " << model.corpus_checksum << "\nletters " << model.letters << "\nrequests "
       << model.request_share << "\nrows " << model.rows.size() << "\ncolumns " << column_count << "\nbias";
  for (const double b : model.bias) head << ' ' << b;
  head << "\ntemperature";
  for (const double t : model.temperature) head << ' ' << t;
  for (const auto& [name, weight] : model.form) head << "\nform " << name << ' ' << weight;
  head << "\nchecksum " << hex(checksum(body)) << "\n\n";
  return head.str() + body;
}

letter::Result<WordModel> parse_words(std::string_view bytes) {
  const std::size_t end = bytes.find("\n\n");
  if (!bytes.starts_with(magic) || end == std::string_view::npos) return bad_format();
  std::istringstream head{std::string(bytes.substr(magic.size(), end - magic.size()))};
  WordModel model;
  std::string key, sum;
  std::size_t row_count = 0, columns = 0;
  while (head >> key) {
    if (key == "corpus")
      head >> model.corpus_checksum;
    else if (key == "letters")
      head >> model.letters;
    else if (key == "requests")
      head >> model.request_share;
    else if (key == "rows")
      head >> row_count;
    else if (key == "columns")
      head >> columns;
    else if (key == "checksum")
      head >> sum;
    else if (key == "bias")
      for (double& b : model.bias) head >> b;
    else if (key == "temperature")
      for (double& t : model.temperature) head >> t;
    else if (key == "form") {
      std::string name;
      head >> name >> model.form[name];
    } else
      return bad_format();
  }
  for (const double t : model.temperature) {
    if (!(t > 0)) return bad_format();
  }
  if (!(model.request_share > 0 && model.request_share < 1)) return bad_format();
  if (columns != column_count || row_count > bucket_count) return bad_format();
  const std::string_view body = bytes.substr(end + 2);
  auto rows = rows_of(body, row_count);
  if (!rows) return tl::unexpected<letter::Reason>(rows.error());
  if (hex(checksum(body)) != sum) {
    return letter::fault("words.checksum", "Le modèle de mots est altéré.", "The word model is damaged.");
  }
  model.rows = std::move(*rows);
  return model;
}

}  // namespace classify
