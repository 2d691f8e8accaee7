// One look at one repository: a walk through its refs, another look where they are in doubt, and the commits behind
// heads that are not all told. What it finds goes into the journal, page by page; the fold says what it means.
#pragma once

#include "backfill/looking.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bbstream::backfill {

class reconciler : looking {
   public:
    // `whole`: its refs are due, not only what webhooks have shown to be missing. `push_log`: there is one to be read.
    reconciler(workbench const& with, repository of, bool fresh, bool whole, bool push_log)
        : looking(with, std::move(of), fresh), whole_(whole), push_log_(push_log)
    {
    }

    net::task<look_outcome> run();
    // What became of reading the push log.
    look_outcome const& push_log() const { return logged_; }

   private:
    struct commit_page {
        std::string target;
        page_meta meta;
        rest::response answer;
    };

    net::task<bool> look_at_all();
    net::task<bool> fill_missing();
    net::task<bool> fill(normalize::missing_change const& what, view const& seen);
    net::task<bool> note_outcome(std::string_view outcome);
    net::task<bool> is_still_the_same();
    net::task<bool> walk_refs(state::walk from);
    net::task<bool> settle_doubts();
    net::task<bool> read_push_log();
    net::task<bool> look_up_absent();
    net::task<bool> look_up(std::string ref);
    net::task<bool> list_commits(view const& seen);
    net::task<bool> list(commit_listing what);
    net::task<std::optional<commit_page>> begin(commit_listing const& what);
    net::task<bool> leave_out_others(commit_listing what, commit_page& first);
    net::task<bool> leave_out_holders(std::string const& holders, std::string const& commit,
                                      std::vector<std::string>& tried, commit_listing& what, commit_page& first);
    net::task<std::optional<std::string>> ask_holders(std::string const& commit);
    net::task<bool> leave_out(std::string head, commit_listing& what, commit_page& first);
    bool ends_listing(rest::response const& answer) const;
    net::task<bool> resume_commits(view const& seen);
    net::task<bool> take_commits(commit_page one, std::vector<normalize::ref_hash> heads, state::listing_end end);

    static journal::origin origin_of(state::request_kind what);
    std::uint32_t max_beyond(std::vector<normalize::ref_hash> const& known) const;
    page_meta begin_page(std::uint64_t page) const;

    bool const whole_;
    bool const push_log_;
    look_outcome logged_;
    std::uint32_t commits_max_ = 0;          // where a listing leaves nothing out; 0: all
    bool cut_is_loss_ = true;                // or only what is wanted
    bool listed_ = false;                    // the last listing came to an answer
    std::vector<normalize::ref_hash> told_;  // heads behind which nothing is wanted
    std::string filling_;                    // the request that a listing is for
    journal::origin origin_ = journal::origin::backfill;
};

}  // namespace bbstream::backfill
