// project:modified: `old` and `new`, from 8.8 on.
#include "event/object_json.hpp"
#include "normalize/datacenter/keys.hpp"
#include "normalize/differences.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr std::size_t fields_max = 4;

event::project_entity read_project(object const& from, std::string_view id)
{
    event::project_entity of;
    of.id = id;
    of.key = filled_member(from, "key");
    of.name = text_member(from, "name");
    auto const description = event::cut_utf8(filled_member(from, "description"), event::description_bytes_max);
    of.description = description.shown;
    of.description_truncated = description.cut;
    if (auto const open = bool_member(from, "public"))
        of.is_private = !*open;
    if (auto const type = text_member(from, "type"))
        of.personal = type == "PERSONAL";
    of.url = link_member(from, "self");
    return of;
}

event::field_changes changes_of(event::project_entity const& before, event::project_entity const& now, arena& memory)
{
    differences found(memory, fields_max);
    found.add("key", before.key, now.key);
    found.add("name", before.name, now.name);
    found.add("description", before.description, now.description);
    found.add("private", before.is_private, now.is_private);
    return found.all();
}

}  // namespace

void map_project_modified(mapping& in)
{
    auto const old = object_member(in.body(), "old");
    auto const now = object_member(in.body(), "new");
    if (!old || !now) {
        std::string_view const lacking = old ? "new" : "old";
        in.add_unknown_without(in.body(), lacking, lacking);
        return;
    }
    auto const& id = in.who().project_id;
    if (!id) {
        in.add_unknown_without(*now, "id", "new.id");
        return;
    }
    auto const* before = in.memory().keep(read_project(*old, bounded_id(*old, "id", in.memory()).value_or(*id)));
    auto const* after = in.memory().keep(read_project(*now, *id));
    auto const changes = changes_of(*before, *after, in.memory());
    auto const machine = in.machine("project", {});
    auto* made =
        in.add_move(event::type::project_updated, machine, in.facts().project_updated(changes), "project", in.date());
    if (made)
        made->data = event::project_fact{after, before, changes};
}

}  // namespace bbstream::normalize::datacenter
