// pr:reviewer:updated
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/pull_request.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"

namespace bbstream::normalize::datacenter {

void map_pull_request_reviewers_updated(mapping& in)
{
    auto const* of = needed_pull_request(in);
    auto const at = of ? needed_revision(in, *of) : std::nullopt;
    if (!at)
        return;
    auto* made = in.add_once(event::type::pullrequest_reviewers_updated, in.facts().reviewers_updated(of->id, *at),
                             pull_request_subject(*of, in.memory()), of->updated_at);
    if (made)
        made->data = event::pull_request_reviewers_updated{of, read_users(in.body(), "addedReviewers", in.memory()),
                                                           read_users(in.body(), "removedReviewers", in.memory())};
    remember_as_sent(in, *of, {&pull_request_snapshot::reviewers});
}

}  // namespace bbstream::normalize::datacenter
