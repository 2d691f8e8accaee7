// pr:from_ref_updated
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"

namespace bbstream::normalize::datacenter {

void map_pull_request_source_updated(mapping& in)
{
    auto const* of = needed_pull_request(in);
    auto const head = of ? needed_head(in, "fromRef") : std::nullopt;
    if (!head)
        return;
    auto const machine = in.machine("source", {std::to_string(of->id)});
    auto* made = in.add_move(event::type::pullrequest_source_updated, machine, in.facts().source_updated(of->id, *head),
                             pull_request_subject(*of, in.memory()), of->updated_at);
    if (made)
        made->data = event::pull_request_source_updated{of, hash_member(in.body(), "previousFromHash", in.memory()),
                                                        of->source.head};
    remember_as_sent(in, *of, {&pull_request_snapshot::source_head});
}

}  // namespace bbstream::normalize::datacenter
