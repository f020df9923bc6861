// Pages for desks: one child draws at a time, others wait in a short list, and filing never waits for it.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>

#include "router/pages.hpp"
#include "router/view_child.hpp"
#include "vault/vault.hpp"

namespace router {

struct PageDeskLimits {
  std::size_t waiting = 32;                    // requests in the list
  std::chrono::milliseconds patience{20'000};  // for one picture
  ViewLimits view;
};

// An answer and whom it is for.
struct Shown {
  std::string to;
  letter::Answer answer;
};

class PageDesk {
 public:
  PageDesk(std::filesystem::path view_program, const vault::Vault& vault, PageDeskLimits limits = {});

  // False: the list is full.
  bool ask(std::string to, const letter::Errand& errand, PagesPlan plan);
  // What to watch for reading, -1 when no child runs.
  int output_fd() const { return child_ ? child_->output_fd() : -1; }
  // Goes on with what is under way; an answer when a request is ready or has failed. Never waits.
  std::optional<Shown> step(letter::Instant now);
  std::size_t waiting() const { return requests_.size(); }

 private:
  struct Request {
    std::string to;
    letter::Errand errand;
    PagesPlan plan;
    std::size_t next = 0;            // of plan.views
    std::vector<std::string> pages;  // drawn so far
  };
  bool start(const Request& request, letter::Instant now);  // false: the master cannot be had
  Shown finish(std::optional<letter::Reason> why_not);

  std::filesystem::path view_program_;
  const vault::Vault& vault_;
  PageDeskLimits limits_;
  std::deque<Request> requests_;
  std::unique_ptr<ViewChild> child_;
  letter::Instant give_up_{};
};

}  // namespace router
