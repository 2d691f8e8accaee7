// A sink in memory that can fail at every step, also after a publish took place.
#pragma once

#include "sink/sink.hpp"

#include <algorithm>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace bbstream::test {

class fake_sink final : public sink::sink {
   public:
    // publish_begun: the sink has taken note of the log, as the file sink does, and then could not write.
    enum class fault {
        none,
        open_unavailable,
        open_permanent,
        open_conflict,
        publish_lost,
        publish_unanswered,
        publish_begun
    };
    struct line {
        event::topic topic;
        event::position position;
        std::string key, value;
    };

    // What happens at the next calls, in order; none when it runs out.
    std::deque<fault> script;
    // An event that is refused for good whenever it is published outside the dead-letter topic.
    std::optional<event::position> refuses;

    result<bbstream::sink::stored_cursor> open() override
    {
        std::lock_guard const lock(mutex_);
        switch (next_fault(true)) {
            case fault::open_unavailable:
                return failure{failure_kind::unavailable, "nobody answers"};
            case fault::open_permanent:
                return failure{failure_kind::permanent, "topics are missing"};
            case fault::open_conflict:
                return failure{failure_kind::conflict, "another node serves it"};
            default:
                return cursor_;
        }
    }

    result<void> publish(event::batch const& events, bbstream::sink::cursor const& next) override
    {
        std::lock_guard const lock(mutex_);
        refused_.reset();
        ++publishes_;
        auto const fault = next_fault(false);
        if (fault == fault::publish_lost)
            return failure{failure_kind::unavailable, "the broker is away"};
        if (fault == fault::publish_begun) {
            cursor_ = {next.journal, next.epoch, events.empty() ? next.sequence : events[0].position.sequence - 1};
            return failure{failure_kind::unavailable, "no space left"};
        }
        std::vector<line> fresh;
        for (std::size_t at = 0; at < events.size(); ++at) {
            auto const each = events[at];
            if (refuses == each.position && each.topic != event::topic::dlq) {
                refused_ = each.position;
                return failure{failure_kind::permanent, "too large"};
            }
            fresh.push_back({each.topic, each.position, std::string(each.key), std::string(each.value)});
        }
        lines_.insert(lines_.end(), fresh.begin(), fresh.end());
        cursor_ = next;
        if (fault == fault::publish_unanswered)
            return failure{failure_kind::unavailable, "no answer to the commit"};
        return {};
    }

    std::optional<event::position> refused() const override { return refused_; }

    std::vector<line> lines() const
    {
        std::lock_guard const lock(mutex_);
        return lines_;
    }
    std::size_t publishes() const
    {
        std::lock_guard const lock(mutex_);
        return publishes_;
    }
    bbstream::sink::stored_cursor cursor() const
    {
        std::lock_guard const lock(mutex_);
        return cursor_;
    }
    // A backup of the sink is back: what came after this cursor is gone.
    void restore(bbstream::sink::stored_cursor to)
    {
        std::lock_guard const lock(mutex_);
        cursor_ = to;
        std::erase_if(lines_, [&](line const& each) { return !to || each.position.sequence > to->sequence; });
    }
    void set_cursor(bbstream::sink::stored_cursor to)
    {
        std::lock_guard const lock(mutex_);
        cursor_ = to;
    }

   private:
    fault next_fault(bool opening)
    {
        bool const fits =
            !script.empty() && (script.front() == fault::open_unavailable || script.front() == fault::open_permanent ||
                                script.front() == fault::open_conflict) == opening;
        if (!fits)
            return fault::none;
        auto const fault = script.front();
        script.pop_front();
        return fault;
    }

    mutable std::mutex mutex_;
    std::vector<line> lines_;
    std::size_t publishes_ = 0;
    bbstream::sink::stored_cursor cursor_;
    std::optional<event::position> refused_;
};

}  // namespace bbstream::test
