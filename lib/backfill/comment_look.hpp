// One look at the comments of a repository's pull requests: of those in which something seems to have been said, and
// again of those where that is more than webhooks have told.
#pragma once

#include "backfill/looking.hpp"

#include <cstdint>

namespace bbstream::backfill {

class comment_look : looking {
   public:
    comment_look(workbench const& with, repository of, bool fresh) : looking(with, std::move(of), fresh) {}

    net::task<look_outcome> run();

   private:
    net::task<bool> settle_doubts();
    net::task<bool> list_all(std::vector<normalize::discussion_view> which);
    net::task<bool> list(std::uint64_t id);
};

}  // namespace bbstream::backfill
