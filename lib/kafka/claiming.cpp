#include "kafka/claiming.hpp"

#include "kafka/cursor_reader.hpp"
#include "kafka/topics.hpp"
#include "observe/log.hpp"

namespace bbstream::kafka {

namespace {

// The transactional.id of whoever writes owners, so that one fences the other; no node's name.
constexpr char const* claiming_name = "/claims";

result<std::unique_ptr<producer>> producer_of(connection const& with, std::string const& name)
{
    return connect_producer(with, {name, with.within.publish, 0, false});
}

result<owners> read_owners(connection const& with)
{
    auto const reader = connect_reader(with);
    if (!reader)
        return reader.error();
    auto const found = read_cursor_topic(**reader, cursor_topic(with.config), {}, with.within.read_cursor);
    if (!found)
        return found.error();
    return found->owners;
}

result<void> write(producer& through, owners const& what)
{
    for (auto const& [instance, by] : what)
        if (auto const done = through.publish({}, cursor_message{owner_key(instance), owner_value(by)}); !done)
            return done;
    return {};
}

// The broker lets the ousted node's producer write no more, and ends what it has left open.
result<void> fence(connection const& with, std::string const& node)
{
    if (!with.config.transactions) {
        observe::warn("without kafka.transactions a node that is taken over is not kept from writing: stop it",
                      {{"node", node}});
        return {};
    }
    auto const fenced = producer_of(with, node);
    return fenced ? result<void>() : fenced.error();
}

void say(claims const& what)
{
    for (auto const& [instance, by] : what.written)
        observe::info(by.ousted.empty() ? "this node serves the instance from now on"
                                        : "the instance is taken over from another node",
                      {{"instance", instance}, {"from", by.ousted}});
}

}  // namespace

result<std::unique_ptr<producer>> connect_claimant(connection const& with)
{
    return producer_of(with, claiming_name);
}

// What was seen may be old by the time that nobody else can write: it is read again.
result<void> claim(connection const& with, claimant const& who, owners const& seen)
{
    auto const needed = plan_claims(seen, who.instances, who.node, who.take_over);
    if (!needed)
        return needed.error();
    if (needed->empty())
        return {};
    auto const writer = connect_claimant(with);
    if (!writer)
        return writer.error();
    auto const now = read_owners(with);
    if (!now)
        return now.error();
    auto const plan = plan_claims(*now, who.instances, who.node, who.take_over);
    if (!plan)
        return plan.error();
    if (auto const done = write(**writer, plan->written); !done)
        return done;
    for (auto const& node : plan->ousted)
        if (auto const done = fence(with, node); !done)
            return done;
    say(*plan);
    return write(**writer, plan->settled);
}

}  // namespace bbstream::kafka
