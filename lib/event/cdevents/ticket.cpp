// Issues, which CDEvents call tickets.
#include "event/cdevents/content.hpp"
#include "event/cdevents/families.hpp"

#include <algorithm>
#include <array>

namespace bbstream::event::cdevents {

namespace {

struct closed_state {
    std::string_view state;
    std::string_view resolution;
};

constexpr std::array closed_states = {
    closed_state{"resolved", "completed"}, closed_state{"closed", "completed"},  closed_state{"duplicate", "duplicate"},
    closed_state{"invalid", "withdrawn"},  closed_state{"wontfix", "withdrawn"},
};

text resolution_of(text state)
{
    auto const found = std::ranges::find(closed_states, state.value_or(std::string_view()), &closed_state::state);
    return found == closed_states.end() ? std::nullopt : text(found->resolution);
}

// What this very change closed the issue with.
text resolution_of(event const& what)
{
    auto const* updated = std::get_if<issue_updated>(&what.data);
    if (!updated || !updated->changes)
        return std::nullopt;
    auto const moved = std::ranges::find(*updated->changes, "state", &field_change::field);
    if (moved == updated->changes->end())
        return std::nullopt;
    auto const* now = std::get_if<std::string_view>(&moved->after);
    return now ? resolution_of(text(*now)) : std::nullopt;
}

issue const& issue_of(event const& what)
{
    auto const* updated = std::get_if<issue_updated>(&what.data);
    return updated ? *updated->issue : *std::get<issue_fact>(what.data).issue;
}

// People are told by ids, never by names.
text id_of(std::optional<actor> const& who)
{
    return who ? who->auth_id : std::nullopt;
}

// URI references: an address, else the subject, which is a path below the source.
std::string_view address_of(event const& what, issue const& of)
{
    return of.url && is_uri(*of.url) ? *of.url : what.subject;
}

void add_people(json_writer& to, event const& what, issue const& of, kind which)
{
    if (which == kind::ticket_created)
        to.text<"creator">(id_of(of.reporter).value_or("unknown"));
    else
        add<"creator">(to, id_of(of.reporter));
    if (auto const assignee = id_of(of.assignee)) {
        to.name<"assignees">();
        to.begin_array();
        to.element();
        to.text_value(assignee);
        to.end_array();
    }
    if (which != kind::ticket_created && what.delivery->actor)
        add<"updatedBy">(to, what.delivery->actor->auth_id);
}

}  // namespace

made of_ticket(event const& what, kind which)
{
    auto const& of = issue_of(what);
    auto const resolution = resolution_of(what);
    auto const found = resolution ? kind::ticket_closed : which;
    auto content = object_of([&](json_writer& to) {
        to.text<"summary">(of.title.value_or(""));
        add<"ticketType">(to, of.kind);
        add<"group">(to, of.component);
        add<"priority">(to, of.priority);
        add<"milestone">(to, of.milestone);
        add_people(to, what, of, found);
        to.text<"uri">(address_of(what, of));
        if (resolution)
            to.text<"resolution">(resolution);
    });
    return make(found, std::string(what.subject), std::move(content));
}

}  // namespace bbstream::event::cdevents
