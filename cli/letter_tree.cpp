#include "cli/letter_tree.hpp"

#include <algorithm>

#include "cli/mask.hpp"
#include "cli/sent_dates.hpp"

namespace cli {
namespace {

using letter::Tree;

Tree or_null(const std::string& text) { return text.empty() ? Tree() : Tree(text); }

std::string shown(const letter::PersonalText& text, Nir nir) {
  return nir == Nir::shown ? text.reveal() : nirs_masked(text.reveal());
}

Tree reasons_tree(const std::vector<letter::Reason>& reasons) {
  auto list = Tree::list();
  for (const auto& reason : reasons) list.push(tree_of(reason));
  return list;
}

Tree lines_tree(const letter::ReadLetter& read, Nir nir) {
  auto list = Tree::list();
  for (const auto& line : read.lines) {
    auto one = Tree::object();
    one.set("text", shown(line.text, nir))
        .set("confidence", line.confidence)
        .set("how", letter::id(line.how));
    one.set("page", line.page).set("box", tree_of(line.box)).set("own_words", line.own_words);
    list.push(std::move(one));
  }
  return list;
}

Tree evidence_tree(const std::vector<letter::Evidence>& all, Nir nir) {
  auto list = Tree::list();
  for (const auto& evidence : all) {
    auto one = Tree::object();
    one.set("kind", evidence.kind).set("what", shown(evidence.what, nir));
    one.set("queue", letter::id(evidence.queue)).set("weight", evidence.weight);
    one.set("page", evidence.page).set("box", tree_of(evidence.box));
    list.push(std::move(one));
  }
  return list;
}

Tree probabilities_tree(const letter::SortedLetter& sorted) {
  auto tree = Tree::object();
  for (const auto queue : letter::all_queues)
    tree.set(std::string(letter::id(queue)), sorted.probabilities[static_cast<std::size_t>(queue)]);
  return tree;
}

// Why a person is asked, and what was noted on the way: of the sorting, the reading, the letter, the pages.
Tree all_reasons(const letter::SortedLetter& sorted) {
  auto all = sorted.reasons;
  const auto add = [&](const std::vector<letter::Reason>& more) {
    for (const auto& reason : more)
      if (std::find(all.begin(), all.end(), reason) == all.end()) all.push_back(reason);
  };
  add(sorted.read.notes);
  add(sorted.read.letter.notes);
  for (const auto& page : sorted.read.letter.pages) add(page.notes);
  return reasons_tree(all);
}

}  // namespace

Tree tree_of(const letter::Box& box) {
  auto list = Tree::list();
  list.push(box.x).push(box.y).push(box.w).push(box.h);
  return list;
}

Tree tree_of(const letter::Reason& reason) {
  auto tree = Tree::object();
  tree.set("code", reason.code).set("fr", reason.fr).set("en", reason.en);
  return tree;
}

Tree pages_tree(const letter::Letter& letter) {
  auto list = Tree::list();
  for (const auto& page : letter.pages) {
    auto one = Tree::object();
    one.set("dpi", page.dpi).set("skew_deg", page.skew_deg).set("skew_confidence", page.skew_confidence);
    one.set("turn_deg", page.turn_deg).set("blank", page.blank).set("damaged", page.damaged);
    one.set("notes", reasons_tree(page.notes));
    one.set("width_px", page.width_px).set("height_px", page.height_px);
    list.push(std::move(one));
  }
  return list;
}

Tree fields_tree(const letter::ReadLetter& read, Nir nir) {
  auto tree = Tree::object();
  for (const auto& field : read.fields) {
    auto one = Tree::object();
    if (field.how == letter::How::tick)
      one.set("state", letter::id(field.tick));
    else
      one.set("text", nir == Nir::shown ? field.text.reveal() : field_masked(field.id, field.text.reveal()));
    one.set("confidence", field.confidence).set("verdict", letter::id(field.verdict));
    one.set("how", letter::id(field.how)).set("repaired", field.repaired);
    one.set("page", field.page).set("box", tree_of(field.box));
    tree.set(field.id, std::move(one));
  }
  return tree;
}

Tree tree_of(const letter::SortedLetter& sorted, Nir nir) {
  const auto& read = sorted.read;
  auto tree = Tree::object();
  tree.set("form", or_null(read.form)).set("pages", pages_tree(read.letter));
  tree.set("fields", fields_tree(read, nir)).set("text", shown(read.text, nir));
  tree.set("full_text", shown(read.full_text, nir)).set("lines", lines_tree(read, nir));
  tree.set("queue", letter::id(sorted.queue));
  tree.set("secondary", sorted.secondary ? Tree(letter::id(*sorted.secondary)) : Tree());
  tree.set("confidence", sorted.confidence).set("probabilities", probabilities_tree(sorted));
  tree.set("is_complaint", sorted.is_complaint).set("needs_review", sorted.needs_review);
  tree.set("reasons", all_reasons(sorted)).set("evidence", evidence_tree(sorted.evidence, nir));
  tree.set("turning", evidence_tree(sorted.turning, nir));
  tree.set("otherwise", sorted.otherwise ? Tree(letter::id(*sorted.otherwise)) : Tree());
  tree.set("letter_date", read.letter_date ? Tree(letter::iso(*read.letter_date)) : Tree());
  return tree;
}

Tree tree_of(const letter::CaseRow& row) {
  auto tree = Tree::object();
  tree.set("ref", row.ref).set("queue", row.queue).set("secondary", or_null(row.secondary));
  tree.set("state", letter::id(row.state)).set("complainant", row.complainant.reveal());
  tree.set("received_at", letter::iso(row.received_at)).set("sent_on", letter::iso(row.sent_on.date));
  tree.set("sent_basis", letter::id(row.sent_on.basis)).set("sent_conflict", row.sent_on.conflict);
  tree.set("first_complaint", row.first_complaint ? Tree(letter::iso(*row.first_complaint)) : Tree());
  tree.set("answer_told", row.answer_told ? Tree(letter::iso(*row.answer_told)) : Tree());
  auto due = Tree();
  if (row.deadlines) {
    due = Tree::object();
    due.set("ack_due", letter::iso(row.deadlines->ack_due));
    due.set("ack_post_by", letter::iso(row.deadlines->ack_post_by));
    due.set("answer_due", letter::iso(row.deadlines->answer_due));
    due.set("answer_post_by", letter::iso(row.deadlines->answer_post_by));
    due.set("mediation_open", letter::iso(row.deadlines->mediation_open));
    due.set("mediation_last", letter::iso(row.deadlines->mediation_last));
    due.set("rule_set", row.deadlines->rule_set);
  }
  tree.set("deadlines", std::move(due)).set("confidence", row.confidence);
  tree.set("needs_review", row.needs_review).set("is_complaint", row.is_complaint);
  tree.set("letters", row.letters).set("pages", row.pages).set("claimed_by", or_null(row.claimed_by));
  tree.set("lease_until", row.claimed_by.empty() ? Tree() : Tree(letter::iso(row.lease_until)));
  tree.set("news", row.news)
      .set("proposals", row.proposals)
      .set("box", or_null(std::string(letter::id(row.box))));
  const auto queue = letter::parse_queue(row.queue);
  tree.set("wrong_box", queue && letter::is_wrong_box(row.box, *queue));
  return tree;
}

Tree tree_of(const letter::CaseFile& file) {
  auto letters = Tree::list();
  for (const auto& sorted : file.letters) {
    auto one = Tree::object();
    one.set("id", letter::text(sorted.read.letter.id));
    const auto rest = tree_of(sorted, Nir::masked);
    for (const auto& [key, value] : rest.fields()) one.set(key, value);
    letters.push(std::move(one));
  }
  auto history = Tree::list();
  for (const auto& event : file.history) {
    auto what = Tree::object();
    for (const auto& [key, value] : event.what) what.set(key, nirs_masked(value));
    auto one = Tree::object();
    one.set("seq", event.seq).set("at", letter::iso(event.at)).set("who", event.who);
    one.set("verb", event.verb).set("what", std::move(what));
    history.push(std::move(one));
  }
  auto proposed = Tree::list();
  for (const auto& join : file.proposals) {
    auto one = Tree::object();
    one.set("ref", join.ref).set("queue", join.queue).set("state", letter::id(join.state));
    one.set("sent_on", letter::iso(join.sent_on.date)).set("because", join.because).set("older", join.older);
    proposed.push(std::move(one));
  }
  auto tree = tree_of(file.row);
  tree.set("proposed_joins", std::move(proposed)).set("sent_candidates", sent_dates_tree(file));
  tree.set("history", std::move(history)).set("letter_list", std::move(letters));
  return tree;
}

}  // namespace cli
