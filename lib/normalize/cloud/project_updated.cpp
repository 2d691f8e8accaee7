// project:updated: no payload of it is documented; `project`, and `changes` as a repository's update has them.
#include "event/object_json.hpp"
#include "normalize/cloud/changes.hpp"
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"

namespace bbstream::normalize::cloud {

namespace {

constexpr changed_field fields[] = {
    {"key", "key", read_text},
    {"name", "name", read_text},
    {"description", "description", read_text},
    {"is_private", "private", read_truth},
};

event::project_entity read_project(object const& from, std::string_view id)
{
    event::project_entity of;
    of.id = id;
    of.key = filled_member(from, "key");
    of.name = text_member(from, "name");
    auto const description = event::cut_utf8(text_member(from, "description"), event::description_bytes_max);
    of.description = description.shown;
    of.description_truncated = description.cut;
    of.is_private = bool_member(from, "is_private");
    of.url = link_member(from, "html");
    return of;
}

event::project_entity const* previous_of(event::project_entity now, event::field_changes changes, arena& memory)
{
    now.key = text_before(changes, "key", now.key);
    now.name = text_before(changes, "name", now.name);
    auto const description = text_before(changes, "description", now.description);
    if (description != now.description) {
        auto const cut = event::cut_utf8(description, event::description_bytes_max);
        now.description = cut.shown;
        now.description_truncated = cut.cut;
    }
    now.is_private = truth_before(changes, "private", now.is_private);
    return memory.keep(now);
}

// The project's id; else nothing, and the delivery is unknown.
event::text needed_id(mapping& in, object const& project)
{
    auto const id = in.who().project_id;
    if (!id)
        in.add_unknown_without(project, "uuid", "project.uuid");
    return id;
}

}  // namespace

void map_project_updated(mapping& in)
{
    auto const from = needed_object(in, "project");
    auto const id = from ? needed_id(in, *from) : std::nullopt;
    if (!id)
        return;
    auto const sent = object_member(in.body(), "changes");
    auto const at = sent ? time_of_changes(*sent) : time_member(*from, "updated_on");
    if (!sent && (!at || member(in.body(), "changes"))) {
        in.add_unknown_without(in.body(), "changes", "changes");
        return;
    }
    auto const changes = sent ? read_changes(*sent, fields, in.memory()) : event::field_changes();
    auto const machine = in.machine("project", {});
    auto facts = in.facts();
    auto const type = event::type::project_updated;
    auto const changed =
        time_member(*from, "updated_on");  // for the last time; tells apart what our model does not know
    auto* made = at ? in.add_once(type, facts.project_updated(changes, *at), "project", at)
                    : in.add_turn(type, machine, facts.project_updated(changes), "project", changed,
                                  changes.empty() ? changed : std::nullopt);
    if (!made)
        return;
    if (at)
        in.move(machine, facts.project_updated(changes), std::nullopt);
    event::project_fact data;
    data.project = in.memory().keep(read_project(*from, *id));
    if (sent) {
        data.previous = previous_of(*data.project, changes, in.memory());
        data.changes = changes;
    }
    made->data = data;
}

}  // namespace bbstream::normalize::cloud
