// Relances of invented people, misread a little, and letters of strangers, filed into a register on disk.
//   bench_followups PEOPLE SEED MISREAD     MISREAD: share of characters taken for another, 0..1
// Prints names and numbers, one a line.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "router/file.hpp"
#include "router/sqlite_store.hpp"
#include "tests/router/letters.hpp"
#include "tests/router/temp_folder.hpp"

namespace {

using letter::FollowUpKey;
using letter::PersonalText;
using Keys = std::vector<FollowUpKey>;

class People {
 public:
  People(std::uint32_t seed, double misread) : chance_(seed), misread_(misread) {}

  // One person's keys; the numbers of two people differ, their contract and names may be the same.
  Keys person(int number) {
    const std::string name = one_of(families) + " " + one_of(firsts);
    const std::string born =
        std::to_string(1935 + below(70)) + "-" + two(1 + below(12)) + "-" + two(1 + below(28));
    const std::string place = std::to_string(10000 + below(85000)) + "|" + std::to_string(1 + below(99)) +
                              " RUE " + one_of(streets);
    return {{"member", PersonalText(std::to_string(40'000'000 + number * 7 + below(7)))},
            {"contract", PersonalText("P" + std::to_string(550'000 + below(200)))},
            {"name_birth", PersonalText(name + " " + born)},
            {"name_address", PersonalText(name + "|" + place)}};
  }
  // What one letter of that person says, as it was read.
  Keys said(const Keys& all, bool as_read) {
    constexpr int share[]{70, 50, 40, 80};  // per cent of letters that tell member, contract, birth, address
    Keys some;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (below(100) < share[i])
        some.push_back({all[i].kind, PersonalText(read(all[i].value.reveal(), as_read))});
    return some;
  }

 private:
  static std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }
  int below(int n) { return static_cast<int>(chance_() % static_cast<unsigned>(n)); }
  template <std::size_t n>
  std::string one_of(const char* const (&words)[n]) {
    return words[below(static_cast<int>(n))];
  }
  // Figures become figures and letters letters; what parts the values stays.
  std::string read(std::string text, bool as_read) {
    for (char& c : text) {
      if (!as_read || std::uniform_real_distribution<>(0, 1)(chance_) >= misread_) continue;
      if (c >= '0' && c <= '9') c = static_cast<char>('0' + below(10));
      if (c >= 'A' && c <= 'Z') c = static_cast<char>('A' + below(26));
    }
    return text;
  }
  static constexpr const char* families[]{
      "MARTIN",   "BERNARD",  "THOMAS",   "PETIT",    "ROBERT",  "RICHARD", "DURAND",  "DUBOIS",
      "MOREAU",   "LAURENT",  "SIMON",    "MICHEL",   "LEFEVRE", "LEROY",   "ROUX",    "DAVID",
      "BERTRAND", "MOREL",    "FOURNIER", "GIRARD",   "BONNET",  "DUPONT",  "LAMBERT", "FONTAINE",
      "ROUSSEAU", "VINCENT",  "MULLER",   "LEFEBVRE", "FAURE",   "ANDRE",   "BENALI",  "NGUYEN",
      "GARCIA",   "DA SILVA", "LE GOFF",  "KOWALSKI", "HADDAD",  "TRAORE",  "ROY",     "GAUTHIER"};
  static constexpr const char* firsts[]{
      "MARIE",  "JEAN",  "PIERRE", "ANAIS",     "PAUL",   "NATHALIE", "KARIM", "SOPHIE", "LUC",    "ISABELLE",
      "MICHEL", "JULIE", "ANNE",   "JEAN-PAUL", "FATIMA", "CLAIRE",   "HUGO",  "LEA",    "THOMAS", "MONIQUE"};
  static constexpr const char* streets[]{"DES LILAS",   "VICTOR HUGO", "DE LA GARE",  "PASTEUR",  "DU MOULIN",
                                         "JEAN JAURES", "DE L'EGLISE", "DES ACACIAS", "VOLTAIRE", "DU PONT"};
  std::mt19937 chance_;
  double misread_;
};

struct Register {
  made::TempFolder folder;
  router::SqliteStore store{folder.path() / "register" / "register.sqlite"};
  std::uint32_t letters = 0;

  std::string file(const Keys& keys) {
    auto sorted = made::sorted(++letters);
    sorted.keys = keys;
    std::string ref;
    store.transact([&](router::Transaction& in) {
      ref = router::file(sorted, in, {}, made::monday_morning()).case_ref;
    });
    return ref;
  }
  bool proposes(const std::string& from, const std::string& into) {
    bool found = false;
    store.transact([&](router::Transaction& in) {
      for (const auto& one : in.proposals(made::ref(from)))
        found = found || into.empty() || letter::text(one.into) == into;
    });
    return found;
  }
};

struct Count {
  int joined = 0, joined_wrong = 0, proposed = 0, missed = 0, exact = 0;
  int strangers_joined = 0, strangers_proposed = 0;
};

bool two_exact(const Keys& one, const Keys& other) {
  int same = 0;
  for (const auto& key : one) same += std::count(other.begin(), other.end(), key) > 0 ? 1 : 0;
  return same >= 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 1;
  const int people = std::atoi(argv[1]);
  People all(static_cast<std::uint32_t>(std::atoi(argv[2])), std::atof(argv[3]));
  Register with, without;
  std::vector<Keys> known, first;
  std::vector<std::string> refs;
  for (int i = 0; i < people; ++i) {
    known.push_back(all.person(i));
    first.push_back(all.said(known.back(), true));
    refs.push_back(with.file(first.back()));
  }
  Count count;
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < known.size(); ++i) {
    const Keys again = all.said(known[i], true);
    const std::string ref = with.file(again);
    count.exact += two_exact(first[i], again) ? 1 : 0;
    const bool old = std::find(refs.begin(), refs.end(), ref) != refs.end();
    ++(ref == refs[i]                ? count.joined
       : old                         ? count.joined_wrong
       : with.proposes(ref, refs[i]) ? count.proposed
                                     : count.missed);
    const std::string stranger = with.file(all.said(all.person(people + static_cast<int>(i)), true));
    const bool taken = std::find(refs.begin(), refs.end(), stranger) != refs.end();
    count.strangers_joined += taken ? 1 : 0;
    count.strangers_proposed += !taken && with.proposes(stranger, "") ? 1 : 0;
  }
  const auto middle = std::chrono::steady_clock::now();
  for (int i = 0; i < people; ++i) without.file({});
  const auto end = std::chrono::steady_clock::now();
  const auto ms = [](auto span, int n) {
    return std::chrono::duration<double, std::milli>(span).count() / n;
  };
  std::printf(
      "joined %d\njoined_wrong %d\nproposed %d\nmissed %d\nexact %d\nstrangers_joined %d\nstrangers_proposed "
      "%d\n"
      "ms_with %.2f\nms_without %.2f\n",
      count.joined, count.joined_wrong, count.proposed, count.missed, count.exact, count.strangers_joined,
      count.strangers_proposed, ms(middle - begin, 2 * people), ms(end - middle, people));
  return 0;
}
