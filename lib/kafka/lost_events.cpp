#include "kafka/lost_events.hpp"

#include "kafka/partition_reader.hpp"

#include <optional>
#include <utility>

namespace bbstream::kafka {

result<std::vector<message_handle>> read_lost(client& all, std::vector<offset_range> const& where, own_events whose,
                                              sink::cursor const& until, std::chrono::steady_clock::time_point deadline)
{
    std::vector<message_handle> lost;
    for (auto const& range : where) {
        partition_reader from(all, range.at.topic, range.at.number);
        if (auto const started = from.start(range.begin, range.end); !started)
            return started.error();
        for (;;) {
            auto message = from.next(deadline);
            if (!message)
                return message.error();
            if (!*message)
                break;
            std::optional<sink::mark> mark;
            if (whose.own(**message, mark) && mark && *mark <= last_mark(until))
                lost.push_back(std::move(*message));
        }
    }
    return lost;
}

}  // namespace bbstream::kafka
