// What of a ref's push log on Data Center tells how it came from where it is known to stand to where it is seen: a pure
// decision, page by page, the newest change first.
#pragma once

#include "normalize/doubted_refs.hpp"
#include "normalize/read.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::backfill {

class push_log_chain {
   public:
    // `repository`: its id. What the log says of another one that has come to have its name is not told as its own.
    push_log_chain(normalize::doubted_ref of, std::string repository)
        : of_(std::move(of)), repository_(std::move(repository)), next_(of_.seen)
    {
    }

    // The next page, as it was answered.
    void take(std::string_view page);
    // Whether what is behind the pages so far changes nothing.
    bool ended() const { return ended_; }
    // The changes that lead from the one head to the other, as a page of their own; empty: the log does not tell.
    std::string text() const;

   private:
    bool take_change(normalize::element const& row);

    normalize::doubted_ref const of_;
    std::string const repository_;
    state::head next_;               // where the change before leads that was taken last
    std::vector<std::string> rows_;  // as they came
    std::size_t connected_ = 0;      // so many of them lead from where the ref stands
    std::size_t bytes_ = 0;
    std::set<std::string> ids_;
    bool ended_ = false;
};

}  // namespace bbstream::backfill
