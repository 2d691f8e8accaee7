// The history that a page of Data Center's commits shows, as far as telling apart what is new needs it: no I/O.
#pragma once

#include "normalize/reconcile_view.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::backfill {

class listed_commits {
   public:
    // Of a page, newest first; nothing is listed by what is no page.
    explicit listed_commits(std::string_view page);

    // Whether the page says itself that there is no other one, and all of it could be read.
    bool are_all() const { return all_here_; }
    // Puts into `told` which of them are among `heads`, and what lies behind those that are in it.
    void spread(std::vector<normalize::ref_hash> const& heads, std::set<std::string>& told) const;
    // Which of them the other list lacks.
    std::set<std::string> lacked_by(listed_commits const& other) const;
    // Where those begin that are not told: the others are their descendants, so a branch that holds any of them holds
    // one of these. Oldest first.
    std::vector<std::string> beginnings(std::set<std::string> const& told) const;
    // Whether those that are not told are one line from this commit on.
    bool continue_from(std::string_view commit, std::set<std::string> const& told) const;

   private:
    struct one {
        std::string hash;
        std::vector<std::string> parents;
    };
    std::vector<one> all_;
    bool all_here_ = false;
};

}  // namespace bbstream::backfill
