// pr:to_ref_updated, which is documented, but which servers refuse: a moved target comes with pr:modified.
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/target.hpp"

namespace bbstream::normalize::datacenter {

void map_pull_request_target_updated(mapping& in)
{
    if (auto const* of = needed_pull_request(in))
        add_target_updated(in, *of, former_target(in.body(), in.memory()));
}

}  // namespace bbstream::normalize::datacenter
