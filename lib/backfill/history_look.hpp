// One look at older commits of a repository that somebody has asked for: those of its default branch down to the time
// that was named, then what the other branches have beside it.
#pragma once

#include "backfill/looking.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace bbstream::backfill {

// Of a repository; what is beyond is not asked for, which is said.
inline constexpr std::uint32_t history_commits_max = 100'000;
// Of one look, so that others get their turn.
inline constexpr std::uint64_t history_pages_a_look = 10;

// How older commits stand after a look.
struct history_outcome {
    bool left = false;       // a later look goes on
    bool ended = false;      // all of them were listed, or never will be
    std::uint64_t told = 0;  // if it has ended
    std::string why;         // for people, where it has ended before all were listed
    std::uint64_t requests = 0;
};

class history_look : looking {
   public:
    // `asked`: the journal's sequence through which it was asked for.
    history_look(workbench const& with, repository of, std::uint64_t asked) : looking(with, std::move(of), false)
    {
        kept_ = asked;
    }

    // What is refused is that of the whole repository; refusals of commits are among what is known of those.
    net::task<look_outcome> run();
    history_outcome const& older() const { return older_; }

   private:
    net::task<bool> go_on(view const& seen);
    net::task<bool> list(view const& seen);
    net::task<bool> take(rest::response answer, std::string target, page_meta meta, commit_listing const& what,
                         view const& seen);
    net::task<bool> give_up();
    net::task<bool> end(std::string_view outcome);
    std::vector<normalize::ref_hash> next_heads(view const& seen) const;

    std::set<std::string> gone_;  // branches whose head Bitbucket does not know any more
    std::uint64_t pages_ = 0;
    history_outcome older_;
};

}  // namespace bbstream::backfill
