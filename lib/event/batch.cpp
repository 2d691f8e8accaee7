#include "event/batch.hpp"

#include "base/digits.hpp"

#include <array>

namespace bbstream::event {

std::string_view topic_name(topic which)
{
    static constexpr std::array<std::string_view, topic_count> names = {
        "repository.v1", "commit.v1",  "pullrequest.v1", "build.v1",  "issue.v1",     "project.v1",
        "security.v1",   "unknown.v1", "dlq.v1",         "system.v1", "otlpspans.v1", "cdevents.v1"};
    return names[static_cast<std::size_t>(which)];
}

topic_set usual_topics()
{
    topic_set topics;
    for (std::size_t at = 0; at < topic_count; ++at)
        topics.set(at, !is_optional(static_cast<topic>(at)));
    return topics;
}

void append_sequence(std::string& out, std::uint32_t epoch, position at)
{
    append_padded(out, epoch, 4);
    out += '.';
    append_padded(out, at.sequence, 19);
    out += '.';
    append_padded(out, at.index, 6);
}

void batch::begin(event::topic topic, event::position position)
{
    entries_.push_back({topic, position, bytes_.size(), 0, 0, 0});
}

void batch::end_key()
{
    entries_.back().key_end = bytes_.size();
}

void batch::end_value()
{
    entries_.back().value_end = bytes_.size();
}

void batch::end_headers()
{
    entries_.back().end = bytes_.size();
}

void batch::drop_last()
{
    bytes_.resize(entries_.back().begin);
    entries_.pop_back();
}

encoded batch::operator[](std::size_t at) const
{
    entry const& found = entries_[at];
    std::string_view const all = bytes_;
    return {found.topic, found.position, all.substr(found.begin, found.key_end - found.begin),
            all.substr(found.key_end, found.value_end - found.key_end),
            all.substr(found.value_end, found.end - found.value_end)};
}

void batch::clear()
{
    bytes_.clear();
    entries_.clear();
    omitted_headers_ = 0;
}

}  // namespace bbstream::event
