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

}  // namespace

void replace_by_dead_letter(event::batch& events, event::position refused, event::encoding const& how,
                            std::string_view why)
{
    event::batch kept;
    for (std::size_t at = 0; at < events.size(); ++at) {
        auto const each = events[at];
        if (each.position == refused)
            event::append_dead_letter(kept, {each.position, each.key, each.topic, why, each.value.size()}, how);
        else
            copy(each, kept);
    }
    events = std::move(kept);
}

}  // namespace bbstream::flow
