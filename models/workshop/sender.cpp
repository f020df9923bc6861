#include "models/workshop/sender.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "letter/text.hpp"

namespace workshop {
namespace {

letter::Day before(letter::Day day, int days) {
  return letter::Day{std::chrono::sys_days{day} - std::chrono::days{days}};
}

std::string digits(Dice& dice, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all.push_back(static_cast<char>('0' + dice.below(10)));
  return all;
}

std::string two(unsigned number) {
  char text[8];
  std::snprintf(text, sizeof text, "%02u", number % 100);
  return text;
}

std::string nir_of(const Sender& sender, const Stock& stock, Dice& dice) {
  static const std::vector<std::string> abroad{"99352", "99139", "99350", "99127", "99134", "99351"};
  const auto year = static_cast<unsigned>(static_cast<int>(sender.born.year()));
  std::string nir = sender.woman ? "2" : "1";
  nir += two(year) + two(static_cast<unsigned>(sender.born.month()));
  nir += dice.chance(0.1) ? dice.pick(abroad) : dice.pick(stock.towns).insee;
  char order[8];
  std::snprintf(order, sizeof order, "%03u", 1 + dice.below(620));
  nir += order;
  return nir + nir_key(nir);
}

// 9 digits of SIREN and 5 of the place, each right by Luhn.
std::string siret_of(Dice& dice) {
  const std::string siren = luhn_completed(std::to_string(3 + dice.below(6)) + digits(dice, 7));
  return luhn_completed(siren + "000" + std::to_string(1 + dice.below(9)));
}

// Ranges that no subscriber has: Arcep keeps them for films and books.
std::string phone_of(Dice& dice) {
  static const std::vector<std::string> fiction{"019900", "026191", "035301", "046571",
                                                "053649", "063998", "063998"};
  return dice.pick(fiction) + digits(dice, 4);
}

std::string email_of(const Sender& sender, Dice& dice) {
  static const std::vector<std::string> domains{"mail.example", "poste.example", "libre.example",
                                                "example.org", "example.com"};
  std::string name =
      letter::folded(sender.first_name) + (dice.chance(0.7) ? "." : "") + letter::folded(sender.last_name);
  std::string plain;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') plain.push_back(static_cast<char>(c - 'A' + 'a'));
    if (c == '.' || c == '-') plain.push_back(c);
  }
  if (plain.size() > 20) plain.resize(20);
  if (dice.chance(0.4)) plain += digits(dice, 2);
  return plain + "@" + dice.pick(domains);
}

int rest_by_97(const std::string& digits) {
  int rest = 0;
  for (const char c : digits) rest = (rest * 10 + (c - '0')) % 97;
  return rest;
}

// Bank 99999 does not exist; both keys are right all the same.
std::string iban_of(Dice& dice) {
  const std::string bank = "99999", branch = digits(dice, 5), account = digits(dice, 11);
  const int key = 97 - (89 * rest_by_97(bank) + 15 * rest_by_97(branch) + 3 * rest_by_97(account)) % 97;
  const std::string number = bank + branch + account + two(static_cast<unsigned>(key));
  const int check = 98 - rest_by_97(number + "152700");  // FR as figures, and 00
  const std::string whole = "FR" + two(static_cast<unsigned>(check)) + number;
  std::string grouped;
  for (std::size_t i = 0; i < whole.size(); i += 4) grouped += (i ? " " : "") + whole.substr(i, 4);
  return grouped;
}

Sender sender_of(const Stock& stock, const Story& story, letter::Day arrived, Dice& dice) {
  Sender one;
  one.woman = story.sex == 'f' || (story.sex == ' ' && dice.chance(0.5));
  one.first_name = dice.pick(one.woman ? stock.women : stock.men);
  one.last_name = dice.pick(stock.families);
  if (one.woman && dice.chance(0.5)) one.birth_name = dice.pick(stock.families);
  if (one.birth_name == one.last_name) one.birth_name.clear();
  one.born = before(arrived, 365 * dice.between(story.youngest, story.oldest) + dice.between(0, 364));
  one.nir = nir_of(one, stock, dice);
  one.town = dice.pick(stock.towns);
  one.street =
      std::to_string(dice.between(1, 148)) + (dice.chance(0.08) ? " bis " : " ") + dice.pick(stock.streets);
  one.phone = phone_of(dice);
  one.email = email_of(one, dice);
  one.member_number = dice.chance(0.5) ? digits(dice, 8) : "K" + digits(dice, 7);
  one.contract = (dice.chance(0.5) ? "P" : "PRV") + digits(dice, 8);
  one.claim = "D" + two(static_cast<unsigned>(static_cast<int>(arrived.year()))) + digits(dice, 6);
  one.company = dice.pick(stock.companies);
  one.siret = siret_of(dice);
  one.iban = iban_of(dice);
  return one;
}

std::string euros(Dice& dice, int low, int high) {
  const int cents = dice.chance(0.4) ? 0 : dice.between(1, 99);
  std::string text = std::to_string(dice.between(low, high));
  if (text.size() > 3) text.insert(text.size() - 3, " ");
  if (cents) text += "," + two(static_cast<unsigned>(cents));
  return text + " €";
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

// Some people write more than they need: the history before the matter, their life after it.
std::string with_asides(const Stock& stock, const Story& story, Dice& dice) {
  if (story.bare || story.writer == Writer::entreprise || !dice.chance(0.4)) return story.words;
  const bool content = story.queue == letter::Queue::non_reclamation;
  std::string words = story.words;
  const std::uint32_t first = dice.below(64);
  for (std::uint32_t i = 0, count = 1 + dice.below(4); i < count; ++i) {
    const auto& list = content || i % 2 ? stock.asides : stock.grievances;
    const std::string& aside = list[(first + i) % list.size()];
    words = i == 1 ? aside + "\n" + words : words + "\n" + aside;
  }
  return words;
}

}  // namespace

std::string nir_key(const std::string& thirteen) {
  std::string number = thirteen;
  replace_all(number, "2A", "19");
  replace_all(number, "2B", "18");
  return two(static_cast<unsigned>(97 - std::stoull(number) % 97));
}

std::string luhn_completed(const std::string& digits) {
  int sum = 0;
  bool twice = true;  // the last digit before the key counts twice
  for (auto c = digits.rbegin(); c != digits.rend(); ++c, twice = !twice) {
    const int value = (*c - '0') * (twice ? 2 : 1);
    sum += value / 10 + value % 10;
  }
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string long_date(letter::Day day) {
  static constexpr std::array<const char*, 12> months{"janvier",   "février", "mars",     "avril",
                                                      "mai",       "juin",    "juillet",  "août",
                                                      "septembre", "octobre", "novembre", "décembre"};
  const auto number = static_cast<unsigned>(day.day());
  return std::to_string(number) + (number == 1 ? "er " : " ") +
         months[static_cast<unsigned>(day.month()) - 1] + " " + std::to_string(static_cast<int>(day.year()));
}

Telling invent(const Stock& stock, const Story& story, letter::Day arrived, Dice& dice) {
  Telling telling;
  telling.story = story;
  telling.sender = sender_of(stock, story, arrived, dice);
  telling.written = before(arrived, dice.between(1, 12));
  const letter::Day recent = before(telling.written, dice.between(15, 40));
  const letter::Day old = before(recent, dice.between(30, 110));
  const bool in_words = dice.chance(0.6);
  const auto said = [&](letter::Day day) { return in_words ? long_date(day) : letter::french(day); };
  telling.words = with_asides(stock, story, dice);
  telling.subject = story.subject;
  for (std::string* text : {&telling.words, &telling.subject}) {
    replace_all(*text, "{date}", said(old));
    replace_all(*text, "{date2}", said(recent));
    replace_all(*text, "{dossier}", telling.sender.claim);
    replace_all(*text, "{contrat}", telling.sender.contract);
    replace_all(*text, "{societe}", telling.sender.company);
  }
  replace_all(telling.words, "{montant}", euros(dice, 180, 2600));
  replace_all(telling.words, "{montant2}", euros(dice, 30, 180));
  replace_all(telling.words, "{elle}", dice.pick(stock.women));
  replace_all(telling.words, "{lui}", dice.pick(stock.men));
  if (!story.bare) {
    telling.greeting = dice.pick(stock.greetings);
    telling.farewell = dice.pick(stock.farewells);
  }
  if (story.complained && dice.chance(0.8)) telling.earlier = recent;
  return telling;
}

}  // namespace workshop
