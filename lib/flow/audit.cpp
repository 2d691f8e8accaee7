#include "flow/audit.hpp"

#include "flow/merged_events.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::flow {

namespace {

// What came before the next expected event, or after the last one, came in vain.
result<void> take_until(event::position next, merged_events& found, comparison& compared)
{
    while (found.first() && found.position() < next && !compared.is_full()) {
        compared.come_in_vain(*found.first());
        if (auto const dropped = found.drop(); !dropped)
            return dropped;
    }
    return {};
}

result<void> take(event::encoded const& expected, merged_events& found, comparison& compared)
{
    if (auto const taken = take_until(expected.position, found, compared); !taken)
        return taken;
    if (!found.first() || found.position() != expected.position) {
        compared.miss(expected);
        return {};
    }
    compared.compare(expected, *found.first());
    return found.drop();
}

// How many of them are out of reach. What is of before an optional topic was switched on was never there.
result<std::uint64_t> take_all(audit_plan const& plan, event::batch const& expected, merged_events& found,
                               comparison& compared)
{
    std::uint64_t out_of_reach = 0;
    for (std::size_t at = 0; at < expected.size() && !compared.is_full(); ++at) {
        auto const each = expected[at];
        if (each.position.sequence < plan.first)
            continue;
        if (found.is_gone(each.topic, each.position))
            out_of_reach += !event::is_optional(each.topic);
        else if (auto const taken = take(each, found, compared); !taken)
            return taken.error();
    }
    return out_of_reach;
}

result<void> look_again(audit_plan const& plan, sink::reader& from, comparison& compared)
{
    if (auto const opened = from.open(); !opened)
        return opened.error();
    merged_events found(from, plan.epoch);
    if (auto const started = found.start(); !started)
        return started;
    if (auto const limited = found.limit(plan.first, plan.last); !limited)
        return limited;
    while (found.first()) {
        compared.look_again(*found.first());
        if (auto const dropped = found.drop(); !dropped)
            return dropped;
    }
    return {};
}

// Which record a later epoch began with is not recorded.
void begin_with_epoch(audit_plan& plan, merged_events const& found)
{
    auto const begin = found.begin().value_or(plan.last + 1);
    if (plan.epoch == 1 || begin <= plan.first)
        return;
    plan.first = begin;
    plan.notes.push_back("epoch " + std::to_string(plan.epoch) + " is compared from its first event in the sink on");
}

// Whether the oldest events were removed on purpose or lost the sink does not tell.
void note_age(audit_plan& plan, sink::reader const& from, std::uint64_t out_of_reach)
{
    auto const& sources = from.sources();
    auto const late = std::ranges::find_if(sources, &sink::source::begins_late);
    if (out_of_reach != 0 && late != sources.end())
        plan.notes.push_back("the oldest events are no longer in the sink, removed by their age or lost (" +
                             late->name +
                             " and others alike): each topic is compared from the oldest one on that all of it has");
}

// Nobody records when an optional topic was switched on.
void begin_optional_topics(audit_plan& plan, sink::reader const& from, merged_events const& found)
{
    event::topic_set present;
    for (auto const& each : from.sources())
        present |= each.topics;
    for (std::size_t at = 0; at < present.size(); ++at) {
        auto const topic = static_cast<event::topic>(at);
        if (!event::is_optional(topic) || !present.test(at))
            continue;
        auto const begin = found.first_record_of(topic);
        auto const name = std::string(event::topic_name(topic));
        if (!begin)
            plan.notes.push_back(name + " has no events in the sink, so it is not compared");
        else if (*begin > plan.first)
            plan.notes.push_back(name + " is compared from its first event in the sink on, of record " +
                                 std::to_string(*begin));
    }
}

}  // namespace

bool audit_report::failed() const
{
    bool const nothing_left = out_of_reach != 0 && compared.compared() == 0;
    return compared.any_fault() || gave_up || nothing_left || (plan.skips && plan.first > plan.last);
}

result<audit_report> run_audit(audit_plan plan, expected_events const& expected, sink::reader& from)
{
    comparison compared(plan.epoch);
    merged_events found(from, plan.epoch);
    if (auto const started = found.start(); !started)
        return started.error();
    begin_with_epoch(plan, found);
    begin_optional_topics(plan, from, found);
    if (auto const limited = found.limit(plan.first, plan.last); !limited)
        return limited.error();
    event::batch events;
    std::uint64_t out_of_reach = 0;
    while (plan.first <= plan.last && !compared.is_full()) {
        auto const more = expected(events);
        if (!more)
            return more.error();
        if (!*more)
            break;
        auto const left_out = take_all(plan, events, found, compared);
        if (!left_out)
            return left_out.error();
        out_of_reach += *left_out;
    }
    note_age(plan, from, out_of_reach);
    if (auto const taken = take_until({plan.last + 1, 0}, found, compared); !taken)
        return taken.error();
    bool const gave_up = compared.is_full();
    if (compared.wants_second_look())
        if (auto const looked = look_again(plan, from, compared); !looked)
            return looked.error();
    compared.settle();
    return audit_report{std::move(plan),           std::move(compared), found.replayed(),
                        found.of_earlier_epochs(), out_of_reach,        gave_up};
}

}  // namespace bbstream::flow
