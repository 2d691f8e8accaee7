#include "backfill/left_alone.hpp"

namespace bbstream::backfill {

bool concerns_resource(refusal why)
{
    return why == refusal::forbidden || why == refusal::absent || why == refusal::removed;
}

bool left_alone::holds(std::string const& repository, std::string_view resource, instant now) const
{
    auto const found = until_.find({repository, std::string(resource)});
    return found != until_.end() && now < found->second;
}

void left_alone::add(std::string const& repository, std::string_view resource, instant until)
{
    until_[{repository, std::string(resource)}] = until;
}

void left_alone::forget_absent(std::function<bool(std::string const& repository)> const& is_there)
{
    std::erase_if(until_, [&](auto const& each) { return !is_there(each.first.first); });
}

}  // namespace bbstream::backfill
