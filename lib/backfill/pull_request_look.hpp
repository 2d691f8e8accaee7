// One look at a repository's pull requests: the open ones, those that changed, and again, each of its own, those that
// are otherwise than webhooks have told.
#pragma once

#include "backfill/looking.hpp"

#include <cstdint>
#include <set>
#include <string>

namespace bbstream::backfill {

class pull_request_look : looking {
   public:
    pull_request_look(workbench const& with, repository of, bool fresh) : looking(with, std::move(of), fresh) {}

    net::task<look_outcome> run();
    // The heads of the open ones, once it has run; of some of them only where it went on with a walk.
    std::set<std::string> const& open_heads() const { return open_heads_; }
    bool has_all_heads() const { return has_all_heads_; }

   private:
    net::task<bool> walk_through(normalize::pull_requests_view known);
    net::task<bool> settle_doubts();
    net::task<bool> look_up_one(std::uint64_t id);

    std::set<std::string> open_heads_;
    bool has_all_heads_ = true;
};

}  // namespace bbstream::backfill
