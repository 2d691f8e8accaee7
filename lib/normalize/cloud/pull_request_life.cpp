// pullrequest:created, pullrequest:fulfilled, pullrequest:rejected: where a pull request begins and ends.
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed_pull_request.hpp"
#include "normalize/cloud/pull_request_snapshot.hpp"
#include "normalize/subjects.hpp"

namespace bbstream::normalize::cloud {

namespace {

pull_request_snapshot as_sent(mapping& in, event::pull_request const& of)
{
    return snapshot_of(*object_member(in.body(), "pullrequest"), of, in.memory());
}

void remember_closed(mapping& in, event::pull_request const& of)
{
    remember_told(in, of, as_sent(in, of), {&pull_request_snapshot::state});
}

}  // namespace

void map_pull_request_created(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    auto* made = in.add_once(event::type::pullrequest_opened, in.facts().pull_request_opened(of->id),
                             pull_request_subject(*of, in.memory()), of->created_at);
    if (!made)
        return;
    made->data = event::pull_request_fact{of};
    remember(in, *of, as_sent(in, *of));
}

void map_pull_request_fulfilled(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    auto* made = in.add_once(event::type::pullrequest_merged, in.facts().pull_request_merged(of->id),
                             pull_request_subject(*of, in.memory()), of->updated_at);
    if (!made)
        return;
    made->data = event::pull_request_merged{of, std::nullopt};
    remember_closed(in, *of);
}

void map_pull_request_rejected(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    auto const state = in.machine("state", {std::to_string(of->id)});
    auto* made = in.add_move(event::type::pullrequest_declined, state, in.facts().pull_request_declined(of->id),
                             pull_request_subject(*of, in.memory()), of->updated_at);
    if (!made)
        return;
    made->data = event::pull_request_fact{of};
    remember_closed(in, *of);
}

}  // namespace bbstream::normalize::cloud
