// Resources of repositories that Bitbucket refuses for good: each is left alone for a while, and not the repository.
#pragma once

#include "backfill/refusal.hpp"
#include "backfill/schedule.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace bbstream::backfill {

// Whether what is refused so concerns one resource only, and will be refused again soon.
bool concerns_resource(refusal why);

class left_alone {
   public:
    bool holds(std::string const& repository, std::string_view resource, instant now) const;
    void add(std::string const& repository, std::string_view resource, instant until);
    // Repositories that are not there any more.
    void forget_absent(std::function<bool(std::string const& repository)> const& is_there);
    std::size_t size() const { return until_.size(); }

   private:
    std::map<std::pair<std::string, std::string>, instant> until_;
};

}  // namespace bbstream::backfill
