#include "kafka/lost_events.hpp"

#include "kafka/partition_reader.hpp"
#include "observe/log.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <utility>

namespace bbstream::kafka {

namespace {

using clock = std::chrono::steady_clock;
using take_function = std::function<void(message_handle&&, sink::mark const&)>;

// Our events of a range, up to a mark.
result<void> read_ours(client& through, offset_range const& where, own_events& whose, sink::mark const& last,
                       clock::time_point deadline, take_function const& take)
{
    partition_reader from(through, where.at.topic, where.at.number);
    if (auto const started = from.start(where.begin, where.end); !started)
        return started;
    for (;;) {
        auto message = from.next(deadline);
        if (!message)
            return message.error();
        if (!*message)
            return {};
        std::optional<sink::mark> mark;
        if (whose.own(**message, mark) && mark && *mark <= last)
            take(std::move(*message), *mark);
    }
}

}  // namespace

// A topic that was made anew, or has lost its tail, ends before the range does.
result<std::vector<message_handle>> read_lost(reader_pair const& through, std::vector<offset_range> const& where,
                                              own_events whose, sink::cursor const& until, timeouts const& within)
{
    auto const deadline = clock::now() + within.read_cursor;
    auto const last = last_mark(until);
    std::vector<message_handle> lost;
    for (auto range : where) {
        auto const written = ends_of(through.all, {range.at}, within);
        auto const visible = ends_of(through.committed, {range.at}, within);
        if (!written || !visible)
            return (written ? visible : written).error();
        range.end = std::min(range.end, written->front());
        if (range.begin >= range.end) {
            observe::warn("events that were to be published once more are no longer in their topic",
                          {{"topic", range.at.topic}, {"partition", range.at.number}});
            continue;
        }
        std::set<sink::mark> there;
        if (range.end < visible->front())
            if (auto const read = read_ours(through.committed, {range.at, range.end, visible->front()}, whose, last,
                                            deadline, [&](auto&&, auto const& mark) { there.insert(mark); });
                !read)
                return read.error();
        auto const read = read_ours(through.all, range, whose, last, deadline, [&](auto&& message, auto const& mark) {
            if (!there.contains(mark))
                lost.push_back(std::move(message));
        });
        if (!read)
            return read.error();
    }
    return lost;
}

}  // namespace bbstream::kafka
