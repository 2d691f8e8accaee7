#include "flow/dead_letter.hpp"

#include "event/dead_letter.hpp"

#include <utility>

namespace bbstream::flow {

namespace {

void copy(event::encoded const& from, event::batch& to)
{
    to.begin(from.topic, from.position);
    to.bytes() += from.key;
    to.end_key();
    to.bytes() += from.value;
    to.end_value();
    to.bytes() += from.headers;
    to.end_headers();
}

// The letter for a letter is without its content, since it may be that which is refused.
void append_letter(event::encoded const& refused, event::encoding how, std::string_view why, event::batch& to)
{
    how.headers = !refused.headers.empty();
    auto const content = refused.topic == event::topic::dlq ? std::string_view() : refused.value;
    event::append_dead_letter(
        to,
        {refused.position, refused.key, refused.topic, event::dead_stage::publish, why, refused.value.size(), content},
        how);
}

}  // namespace

void replace_by_dead_letter(event::batch& events, event::position refused, event::encoding const& how,
                            std::string_view why)
{
    event::batch kept;
    for (std::size_t at = 0; at < events.size(); ++at) {
        auto const each = events[at];
        if (each.position == refused)
            append_letter(each, how, why, kept);
        else
            copy(each, kept);
    }
    events = std::move(kept);
}

}  // namespace bbstream::flow
