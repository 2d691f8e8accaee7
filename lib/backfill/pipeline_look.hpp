// One look at a repository's pipelines: those that are new, those that went on at the last look, and the steps of those
// that have ended.
#pragma once

#include "backfill/looking.hpp"

#include <cstdint>
#include <string>

namespace bbstream::backfill {

class pipeline_look : looking {
   public:
    // `whole`: new ones are looked for, too.
    pipeline_look(workbench const& with, repository of, bool fresh, bool whole)
        : looking(with, std::move(of), fresh), whole_(whole)
    {
    }

    net::task<look_outcome> run();

   private:
    using watched = normalize::pipelines_view::run;

    net::task<bool> walk_through(normalize::pipelines_view known);
    net::task<bool> look_at_open();
    net::task<bool> settle_ends();
    net::task<bool> look_up_all(std::vector<watched> which);
    net::task<bool> look_at_steps();
    net::task<bool> list_steps(watched of);
    net::task<bool> see_what_is_left();

    bool const whole_;
    std::uint64_t walked_ = 0;  // the journal's last sequence when the look began
};

}  // namespace bbstream::backfill
