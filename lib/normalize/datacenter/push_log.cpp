#include "normalize/datacenter/push_log.hpp"

#include "normalize/datacenter/entities.hpp"
#include "normalize/datacenter/refs_changed.hpp"

namespace bbstream::normalize::datacenter {

logged_change read_logged_change(object const& row, arena& memory)
{
    logged_change read;
    read.at = time_member(row, "createdDate");
    if (auto const user = object_member(row, "user"))
        read.actor = read_user(*user, memory);
    if (auto const change = object_member(row, "refChange"))
        read_ref_change(*change, memory, read.change);
    else
        read.change.flaw = make_flaw(event::unknown_reason::missing_fields, "refChange", "", memory);
    return read;
}

}  // namespace bbstream::normalize::datacenter
