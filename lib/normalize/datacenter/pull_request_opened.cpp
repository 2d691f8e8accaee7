// pr:opened
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"

namespace bbstream::normalize::datacenter {

void map_pull_request_opened(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    auto* made = in.add_once(event::type::pullrequest_opened, in.facts().pull_request_opened(of->id),
                             pull_request_subject(*of, in.memory()), of->created_at);
    if (!made)
        return;
    made->data = event::pull_request_fact{of};
    remember(in, *of, snapshot_of(*object_member(in.body(), "pullRequest"), *of, in.memory()));
}

}  // namespace bbstream::normalize::datacenter
