#include "kafka/claims.hpp"

namespace bbstream::kafka {

namespace {

failure served_by(std::string const& instance, owner const& by, std::string const& node)
{
    return {failure_kind::conflict, "the instance " + instance + " is served by the node " + by.node +
                                        ", as a record in the cursor topic says: one daemon serves an instance. Where "
                                        "that one is gone for good, or is this one under its former name, start this "
                                        "one (node " +
                                        node + ") with --take-over"};
}

}  // namespace

// A take-over that was interrupted goes on: its record still names whom it ousts.
result<claims> plan_claims(owners const& now, std::vector<std::string> const& instances, std::string const& node,
                           bool take_over)
{
    claims plan;
    for (auto const& instance : instances) {
        auto const found = now.find(instance);
        if (found == now.end()) {
            plan.written[instance] = {node, {}};
            continue;
        }
        auto const& current = found->second;
        if (current.node != node && !take_over)
            return served_by(instance, current, node);
        auto const& ousted = current.node != node ? current.node : current.ousted;
        if (current.node != node)
            plan.written[instance] = {node, ousted};
        if (ousted.empty())
            continue;
        plan.ousted.insert(ousted);
        plan.settled[instance] = {node, {}};
    }
    return plan;
}

}  // namespace bbstream::kafka
