// One look at the build statuses of some commits of a repository.
#pragma once

#include "backfill/looking.hpp"

#include <set>
#include <string>

namespace bbstream::backfill {

class status_look : looking {
   public:
    // `commits`: the heads of open pull requests, `all` of them or some; that of the default branch comes beside them.
    status_look(workbench const& with, repository of, bool fresh, std::set<std::string> commits, bool all)
        : looking(with, std::move(of), fresh), commits_(std::move(commits)), all_(all)
    {
    }

    net::task<look_outcome> run();

   private:
    net::task<bool> list(std::string commit, bool last);

    std::set<std::string> commits_;
    bool const all_;
};

}  // namespace bbstream::backfill
