#include "kafka/mending_plan.hpp"

#include <algorithm>
#include <limits>

namespace bbstream::kafka {

namespace {

bool holds(std::vector<offset_range> const& lost, partition const& where)
{
    return std::any_of(lost.begin(), lost.end(), [&](auto const& each) { return each.at == where; });
}

// The first hanging one that covers all that is known to be committed.
sink::stored_cursor committed_through(mending_facts const& facts)
{
    auto through = facts.committed;
    for (auto const& each : facts.hanging) {
        bool const acknowledged =
            facts.acknowledged && same_log(*facts.acknowledged, each) && each.sequence <= facts.acknowledged->sequence;
        bool const visible = facts.visible && (!through || *facts.visible > last_mark(*through));
        if (acknowledged || visible)
            through = each;
    }
    return through;
}

}  // namespace

sink::mark last_mark(sink::cursor const& of)
{
    return {of.epoch, {of.sequence, std::numeric_limits<std::uint32_t>::max()}};
}

// Where something is lost already, that was noted before what hangs there was ended.
mending_plan plan_mending(mending_facts const& facts)
{
    mending_plan plan{committed_through(facts), facts.lost, {}};
    for (auto const& each : facts.of_events) {
        plan.aborted.push_back(each.where);
        if (plan.cursor && each.first && *each.first <= last_mark(*plan.cursor) && !holds(plan.lost, each.where.at))
            plan.lost.push_back(each.where);
    }
    return plan;
}

}  // namespace bbstream::kafka
