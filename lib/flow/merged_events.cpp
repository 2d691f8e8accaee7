#include "flow/merged_events.hpp"

#include "sink/attribute.hpp"

#include <algorithm>

namespace bbstream::flow {

merged_events::merged_events(sink::reader& from, std::uint32_t epoch) : from_(from), epoch_(epoch) {}

result<void> merged_events::start()
{
    heads_.resize(from_.sources().size());
    for (std::size_t source = 0; source < heads_.size(); ++source)
        if (auto const read = advance(source); !read)
            return read;
    choose();
    return {};
}

std::optional<std::uint64_t> merged_events::begin() const
{
    std::optional<std::uint64_t> lowest;
    for (auto const& each : heads_)
        if (each && is_ours(*each))
            lowest = std::min(lowest.value_or(UINT64_MAX), each->at->position.sequence);
    return lowest;
}

result<void> merged_events::limit(std::uint64_t first, std::uint64_t last)
{
    find_begins(last);
    first_record_ = first;
    last_record_ = last;
    for (std::size_t source = 0; source < heads_.size(); ++source)
        if (heads_[source] && !is_within(*heads_[source]))
            if (auto const read = advance(source); !read)
                return read;
    choose();
    return {};
}

void merged_events::find_begins(std::uint64_t last)
{
    for (std::size_t topic = 0; topic < begins_.size(); ++topic)
        if (event::is_optional(static_cast<event::topic>(topic)))
            begins_[topic] = first_of(topic).value_or(event::position{last + 1, 0});
    auto const& sources = from_.sources();
    for (std::size_t source = 0; source < sources.size(); ++source) {
        if (!sources[source].begins_late)
            continue;
        auto const begin = begin_of(source, last);
        for (std::size_t topic = 0; topic < begins_.size(); ++topic)
            if (sources[source].topics.test(topic))
                begins_[topic] = std::max(begins_[topic], begin);
    }
}

// How far back a source that begins late goes. Where it does not say so itself the first event that is left tells;
// where none is left, nobody knows.
event::position merged_events::begin_of(std::size_t source, std::uint64_t last) const
{
    if (auto const& said = from_.sources()[source].begins_at)
        return said->epoch == epoch_ ? said->position : event::position();
    return heads_[source] ? place_of(heads_[source]) : event::position{last + 1, 0};
}

// Of all its sources the first: an optional topic is in none of them before it was switched on.
std::optional<event::position> merged_events::first_of(std::size_t topic) const
{
    std::optional<event::position> lowest;
    for (std::size_t source = 0; source < heads_.size(); ++source) {
        auto const& head = heads_[source];
        if (from_.sources()[source].topics.test(topic) && head && is_ours(*head))
            lowest = std::min(lowest.value_or(head->at->position), head->at->position);
    }
    return lowest;
}

std::optional<std::uint64_t> merged_events::first_record_of(event::topic of) const
{
    auto const found = first_of(static_cast<std::size_t>(of));
    return found ? std::optional(found->sequence) : std::nullopt;
}

found_event const* merged_events::first() const
{
    return first_ < heads_.size() ? &*heads_[first_] : nullptr;
}

result<void> merged_events::drop()
{
    auto const read = advance(first_);
    choose();
    return read;
}

bool merged_events::is_ours(found_event const& which) const
{
    return which.at && which.at->epoch == epoch_;
}

event::position merged_events::place_of(head const& which) const
{
    return is_ours(*which) ? which->at->position : event::position();
}

bool merged_events::is_within(found_event const& which) const
{
    if (!is_ours(which))
        return true;
    auto const at = which.at->position;
    if (at.sequence < first_record_ || at.sequence > last_record_)
        return false;
    for (std::size_t topic = 0; topic < begins_.size(); ++topic)
        if (which.from->topics.test(topic) && !is_gone(static_cast<event::topic>(topic), at))
            return true;
    return false;
}

result<void> merged_events::advance(std::size_t source)
{
    for (;;) {
        auto const read = from_.next(source);
        heads_[source].reset();
        if (!read)
            return read.error();
        if (!*read)
            return {};
        found_event const found{sink::parse_mark(sink::attribute_of(**read, "sequence")), **read,
                                &from_.sources()[source]};
        bool const earlier = found.at && found.at->epoch < epoch_;
        bool const replayed = sink::attribute_of(found.content, "bborigin") == "replay";
        of_earlier_epochs_ += earlier;
        replayed_ += replayed && !earlier;
        if (earlier || replayed || !is_within(found))
            continue;
        heads_[source] = found;
        return {};
    }
}

void merged_events::choose()
{
    first_ = heads_.size();
    for (std::size_t source = 0; source < heads_.size(); ++source)
        if (heads_[source] && (first_ == heads_.size() || place_of(heads_[source]) < place_of(heads_[first_])))
            first_ = source;
}

}  // namespace bbstream::flow
