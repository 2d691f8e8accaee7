// pr:merged
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"

namespace bbstream::normalize::datacenter {

void map_pull_request_merged(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    auto* made = in.add_once(event::type::pullrequest_merged, in.facts().pull_request_merged(of->id),
                             pull_request_subject(*of, in.memory()), closing_time(*of));
    if (!made)
        return;
    made->data = event::pull_request_merged{closed_by_actor(in, *of), std::nullopt};
    remember_as_sent(in, *of, {&pull_request_snapshot::state});
}

}  // namespace bbstream::normalize::datacenter
