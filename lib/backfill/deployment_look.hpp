// One look at a repository's deployments: all of them where pipelines have gone on, else those that had not ended.
#pragma once

#include "backfill/looking.hpp"

namespace bbstream::backfill {

class deployment_look : looking {
   public:
    deployment_look(workbench const& with, repository of, bool fresh) : looking(with, std::move(of), fresh) {}

    net::task<look_outcome> run();

   private:
    net::task<bool> walk_through(state::walk from);
    net::task<bool> look_at_open(std::uint64_t walked);
};

}  // namespace bbstream::backfill
