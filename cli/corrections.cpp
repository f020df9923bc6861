// `vaguemestre corrections`: what desks decided of letters, for who teaches the sorter. JSON lines.
#include <algorithm>
#include <map>

#include "classify/evidence.hpp"
#include "cli/commands.hpp"
#include "cli/desk_line.hpp"
#include "cli/mask.hpp"
#include "letter/tree.hpp"

namespace cli {
namespace {

using letter::Correction;
using letter::Tree;

const std::string sorter_id = "sorter:sorter";

// The object boxes as queues, as the sorter sees them.
Tree ticks_tree(const std::vector<std::string>& ticked) {
  letter::ReadLetter read;
  for (const std::string& id : ticked) {
    letter::Field field;
    field.id = id;
    field.how = letter::How::tick;
    field.tick = letter::TickState::ticked;
    field.verdict = letter::Verdict::accepted;
    read.fields.push_back(std::move(field));
  }
  auto list = Tree::list();
  for (const auto queue : classify::object_ticks(read)) list.push(letter::id(queue));
  return list;
}

Tree tree_of(const Correction& one) {
  auto tree = Tree::object();
  tree.set("id", letter::text(one.id)).set("text", nirs_masked(one.text.reveal()));
  tree.set("box", one.box == letter::PostBox::none ? Tree() : Tree(letter::id(one.box)));
  tree.set("ticks", ticks_tree(one.ticked)).set("queue", letter::id(one.queue));
  tree.set("secondary", one.secondary ? Tree(letter::id(*one.secondary)) : Tree());
  tree.set("is_complaint", one.is_complaint).set("decided_queue", letter::id(one.decided_queue));
  tree.set("decided_secondary", one.decided_secondary ? Tree(letter::id(*one.decided_secondary)) : Tree());
  tree.set("decided_complaint", one.decided_complaint).set("automatic", one.automatic);
  tree.set("source", one.source).set("at", letter::iso(one.at));
  return tree;
}

// Nobody but its own desks reads what is secret: without its text a letter teaches nothing.
bool is_readable(const Correction& one) { return !one.text.reveal().empty(); }

// A letter that went from case to case may have been decided on in each: the last word counts.
std::vector<Correction> last_of_each(std::vector<Correction> all) {
  std::map<letter::LetterId, Correction> last;
  for (Correction& one : all) last[one.id] = std::move(one);
  std::vector<Correction> kept;
  for (auto& [id, one] : last) kept.push_back(std::move(one));
  std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
  return kept;
}

letter::Result<std::vector<Correction>> all_corrections(DeskLine& line) {
  std::vector<Correction> all;
  letter::Errand asked;
  asked.verb = "corrections";
  const auto walked = walk(line, asked, [&all](letter::Answer& answer) {
    std::move(answer.corrections.begin(), answer.corrections.end(), std::back_inserter(all));
  });
  if (!walked) return tl::unexpected(walked.error());
  return last_of_each(std::move(all));
}

int corrections(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto line = DeskLine::to_router(*config, sorter_id);
  if (!line) return fail(front, exit_code_of(line.error()), line.error());
  const auto all = all_corrections(**line);
  if (!all) return fail(front, exit_code_of(all.error()), all.error());
  std::string text;
  for (const Correction& one : *all)
    if (is_readable(one)) text += letter::dump_json(tree_of(one)) + "\n";
  const auto kept_back =
      all->size() - static_cast<std::size_t>(std::count_if(all->begin(), all->end(), is_readable));
  if (kept_back > 0)
    front.err << kept_back
              << front.tell(" décision(s) laissée(s) de côté : secret médical, ou lettre sans texte.\n",
                            " decision(s) left out: medical secrecy, or a letter without text.\n");
  return put_out(arguments, front, text);
}

}  // namespace

Command corrections_command() {
  return {"corrections",
          "écrit ce que les bureaux ont décidé des lettres, une ligne JSON par lettre, pour apprendre au tri",
          "writes what desks decided of letters, one JSON line a letter, for teaching the sorter",
          "vaguemestre corrections --state ./etat --out corrections.jsonl",
          {out_option(), state_option(), config_option()},
          corrections};
}

}  // namespace cli
