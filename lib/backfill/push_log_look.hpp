// The part of a look that reads Data Center's push log of refs that are in doubt, so that changes that were lost are
// told one by one. Where the log does not tell, one change that joins the ends stands for them.
#pragma once

#include "backfill/looking.hpp"

#include <cstdint>
#include <vector>

namespace bbstream::backfill {

class push_log_look : looking {
   public:
    push_log_look(workbench const& with, repository of, bool fresh) : looking(with, std::move(of), fresh) {}

    // Its refusal concerns the log alone, but at the stop.
    net::task<look_outcome> run(std::vector<normalize::doubted_ref> refs);
    // The last record that it made.
    std::uint64_t kept() const { return kept_; }

   private:
    net::task<bool> read(normalize::doubted_ref ref);
    net::task<bool> keep_chain(std::string text, page_meta meta, std::string ref);
};

}  // namespace bbstream::backfill
