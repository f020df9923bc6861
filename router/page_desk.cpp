#include "router/page_desk.hpp"

#include <array>
#include <cstdio>

#include "router/refusals.hpp"

namespace router {

namespace {

std::string degrees(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

std::vector<std::string> arguments(const std::string& as, const View& view) {
  return {"--as",   as,
          "--page", view.page ? std::to_string(*view.page) : "all",
          "--turn", std::to_string(view.turn_deg),
          "--skew", degrees(view.skew_deg)};
}

}  // namespace

PageDesk::PageDesk(std::filesystem::path view_program, const vault::Vault& vault, PageDeskLimits limits)
    : view_program_(std::move(view_program)), vault_(vault), limits_(limits) {}

bool PageDesk::ask(std::string to, const letter::Errand& errand, PagesPlan plan) {
  if (requests_.size() >= limits_.waiting) return false;
  requests_.push_back({std::move(to), errand, std::move(plan), 0, {}});
  return true;
}

bool PageDesk::start(const Request& request, letter::Instant now) {
  const View& view = request.plan.views.at(request.next);
  const auto master = vault_.get(request.plan.letter, view.master);
  if (!master) return false;
  child_ =
      std::make_unique<ViewChild>(view_program_, arguments(request.plan.as, view), *master, limits_.view);
  give_up_ = now + limits_.patience;
  return true;
}

Shown PageDesk::finish(std::optional<letter::Reason> why_not) {
  Request request = std::move(requests_.front());
  requests_.pop_front();
  child_.reset();
  if (why_not) return {request.to, refusal(request.errand, *why_not)};
  letter::Answer answer;
  answer.request = request.errand.request;
  answer.facts = std::move(request.plan.facts);
  answer.pages = std::move(request.pages);
  return {request.to, std::move(answer)};
}

std::optional<Shown> PageDesk::step(letter::Instant now) {
  if (requests_.empty()) return std::nullopt;
  Request& request = requests_.front();
  if (!child_ && !start(request, now)) return finish(reason(Refusal::page_unreadable));
  const ViewChild::State state = child_->step();
  if (state == ViewChild::State::running && now < give_up_) return std::nullopt;
  if (state != ViewChild::State::done) return finish(reason(Refusal::page_unreadable));
  request.pages.push_back(child_->take_output());
  child_.reset();
  if (++request.next == request.plan.views.size()) return finish(std::nullopt);
  return std::nullopt;
}

}  // namespace router
