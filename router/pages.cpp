#include "router/pages.hpp"

#include <algorithm>
#include <charconv>

#include "router/verbs.hpp"

namespace router {

using letter::Result;

namespace {

constexpr double skew_sure = 0.9;  // below this measured confidence a page is shown as it lies

View view_of(const letter::Page& page) {
  return {page.master, page.index, page.turn_deg, page.skew_confidence >= skew_sure ? page.skew_deg : 0};
}

// The page asked for, from 0; none: all.
Result<std::optional<std::uint32_t>> page_asked(const Task& task, const letter::Letter& mail, bool png) {
  const std::string text = argument(task, "page");
  if (text.empty()) return png ? std::optional<std::uint32_t>(0) : std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return refused(Refusal::bad_argument);
  if (number == 0 || number > mail.pages.size()) return refused(Refusal::no_such_page);
  return number - 1;
}

Result<letter::Letter> letter_asked(const Task& task, const Case& value) {
  const std::string named = argument(task, "letter");
  for (const auto& sorted : task.transaction.letters(value.ref))
    if (named.empty() || letter::text(sorted.read.letter.id) == named) return sorted.read.letter;
  return refused(Refusal::no_such_letter);
}

// Without a reference: the case of the letter that this asker is checking.
Result<Case> case_asked(const Task& task) {
  if (!task.errand.ref.empty()) return openable_case(task);
  const auto id = check_in_hand(task);
  if (!id) return refused(Refusal::no_such_case);
  auto found = case_named(task, *task.transaction.case_of(*id));
  if (found && !may_open(task.asker, *found)) return refused(Refusal::secret);  // it became so meanwhile
  return found;
}

// Whole files where their pages lie alike, single pages otherwise.
std::vector<View> whole_letter(const letter::Letter& mail) {
  std::vector<View> views;
  for (std::uint32_t master = 0; master < mail.masters.size(); ++master) {
    std::vector<View> pages;
    for (const letter::Page& page : mail.pages)
      if (page.master == master) pages.push_back(view_of(page));
    const bool alike = std::ranges::all_of(
        pages, [&pages](const View& view) { return view.turn_deg == pages.front().turn_deg; });
    const bool complete = pages.size() == mail.masters[master].pages && pages.size() > 1;
    if (alike && complete) {
      views.push_back({master, std::nullopt, pages.front().turn_deg, 0});
    } else {
      views.insert(views.end(), pages.begin(), pages.end());
    }
  }
  return views;
}

std::vector<View> as_scanned(const letter::Letter& mail) {
  std::vector<View> views;
  for (std::uint32_t master = 0; master < mail.masters.size() && views.size() < most_views; ++master)
    views.push_back({master, std::nullopt, 0, 0});
  return views;
}

}  // namespace

Result<PagesPlan> plan_pages(const letter::Errand& errand, const Asker& asker, Transaction& transaction,
                             const Moment& moment) {
  const Task task{errand, asker, transaction, moment};
  const auto found = case_asked(task);
  if (!found) return tl::unexpected(found.error());
  PagesPlan plan;
  plan.as = argument(task, "as");
  if (plan.as != "pdf" && plan.as != "png") return refused(Refusal::bad_argument);
  const auto mail = letter_asked(task, *found);
  if (!mail) return tl::unexpected(mail.error());
  const auto page = page_asked(task, *mail, plan.as == "png");
  if (!page) return tl::unexpected(page.error());
  plan.letter = *mail;
  plan.facts = {{"letter", letter::text(mail->id)}, {"pages", std::to_string(mail->pages.size())}};
  plan.views = *page ? std::vector{view_of(mail->pages[**page])} : whole_letter(*mail);
  if (plan.views.size() > most_views) {
    plan.views = as_scanned(*mail);
    plan.facts["as_scanned"] = "yes";
  }
  record(task, found->ref, "opened",
         {{"letter", letter::text(mail->id)},
          {"as", plan.as},
          {"page", *page ? std::to_string(**page + 1) : "all"}});
  return plan;
}

}  // namespace router
