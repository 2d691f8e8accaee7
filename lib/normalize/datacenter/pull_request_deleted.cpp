// pr:deleted. The pull request is what it was before: only the delivery says when it was deleted.
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"

namespace bbstream::normalize::datacenter {

void map_pull_request_deleted(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    auto* made = in.add_once(event::type::pullrequest_deleted, in.facts().pull_request_deleted(of->id),
                             pull_request_subject(*of, in.memory()), in.date());
    if (made)
        made->data = event::pull_request_fact{of};
}

}  // namespace bbstream::normalize::datacenter
