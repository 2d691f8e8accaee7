// pr:to_ref_updated, which is documented, but which servers refuse: a moved target comes with pr:modified.
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"
#include "normalize/datacenter/target.hpp"

namespace bbstream::normalize::datacenter {

void map_pull_request_target_updated(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    add_target_updated(in, *of, former_target(in.body(), in.memory()));
    remember_as_sent(in, *of, {&pull_request_snapshot::target_ref, &pull_request_snapshot::target_head});
}

}  // namespace bbstream::normalize::datacenter
