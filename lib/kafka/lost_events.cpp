#include "kafka/lost_events.hpp"

#include <utility>

namespace bbstream::kafka {

lost_events::lost_events(client& all, std::vector<offset_range> const& where, own_events whose,
                         sink::cursor const& until, std::chrono::steady_clock::time_point deadline)
    : all_(all), where_(where), whose_(std::move(whose)), last_(last_mark(until)), deadline_(deadline)
{
}

result<message_handle> lost_events::next()
{
    for (; at_ < where_.size(); ++at_) {
        if (!range_) {
            auto const& range = where_[at_];
            range_ = std::make_unique<partition_reader>(all_, range.at.topic, range.at.number);
            if (auto const started = range_->start(range.begin, range.end); !started)
                return started.error();
        }
        auto message = next_in_range();
        if (!message || *message)
            return message;
        range_.reset();
    }
    return message_handle();
}

result<message_handle> lost_events::next_in_range()
{
    for (;;) {
        auto message = range_->next(deadline_);
        if (!message || !*message)
            return message;
        std::optional<sink::mark> mark;
        if (whose_.own(**message, mark) && mark && *mark <= last_)
            return message;
    }
}

}  // namespace bbstream::kafka
