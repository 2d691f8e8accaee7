// repo:forked: `repository` is the fork, `repository.origin` what it was forked from.
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"

namespace bbstream::normalize::datacenter {

void map_repository_forked(mapping& in)
{
    if (!needs_repository(in, "repository.id"))
        return;
    auto* made = in.add_once(event::type::repository_forked, in.facts().repository_forked(), "repository", in.date());
    if (made)
        made->data = event::repository_fact{nullptr, std::nullopt, in.delivery().repository};
}

}  // namespace bbstream::normalize::datacenter
