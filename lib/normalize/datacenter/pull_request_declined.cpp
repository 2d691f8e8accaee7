// pr:declined
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"
#include "normalize/datacenter/reopened.hpp"

namespace bbstream::normalize::datacenter {

void map_pull_request_declined(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    auto closed = closing_time(*of);
    if (!closed)
        closed = in.date();
    if (!closed) {
        in.add_unknown_without(*object_member(in.body(), "pullRequest"), "closedDate", "pullRequest.closedDate");
        return;
    }
    auto* made = in.add_once(event::type::pullrequest_declined, in.facts().pull_request_declined(of->id, *closed),
                             pull_request_subject(*of, in.memory()), closed);
    if (!made)
        return;
    made->data = event::pull_request_fact{closed_by_actor(in, *of)};
    remember_declined(in, *of);
    remember_as_sent(in, *of, {&pull_request_snapshot::state});
}

}  // namespace bbstream::normalize::datacenter
