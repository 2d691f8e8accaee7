#include "normalize/datacenter/modified.hpp"

#include "event/object_json.hpp"
#include "event/pull_request.hpp"
#include "normalize/datacenter/entities.hpp"
#include "normalize/differences.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr std::size_t fields_max = 8;

std::optional<bool> is_private(object const& of)
{
    auto const open = bool_member(of, "public");
    return open ? std::optional(!*open) : std::nullopt;
}

}  // namespace

event::project_entity read_project(object const& from, std::string_view id)
{
    event::project_entity of;
    of.id = id;
    of.key = filled_member(from, "key");
    of.name = text_member(from, "name");
    auto const description = event::cut_utf8(text_member(from, "description"), event::description_bytes_max);
    of.description = description.shown;
    of.description_truncated = description.cut;
    of.is_private = is_private(from);
    if (auto const type = text_member(from, "type"))
        of.personal = type == "PERSONAL";
    of.url = link_member(from, "self");
    return of;
}

event::field_changes repository_changes(object const& before, object const& after, arena& memory)
{
    auto const old = read_repository(before, {}, memory);
    auto const now = read_repository(after, {}, memory);
    differences found(memory, fields_max);
    found.add("name", old.name, now.name);
    found.add("slug", old.slug, now.slug);
    found.add("fullName", old.full_name, now.full_name);
    found.add("description", filled_member(before, "description"), filled_member(after, "description"));
    found.add("private", old.is_private, now.is_private);
    found.add("archived", old.archived, now.archived);
    found.add("projectId", old.project ? old.project->id : event::text(),
              now.project ? now.project->id : event::text());
    return found.all();
}

event::field_changes project_changes(object const& before, object const& after, arena& memory)
{
    differences found(memory, fields_max);
    found.add("key", filled_member(before, "key"), filled_member(after, "key"));
    found.add("name", text_member(before, "name"), text_member(after, "name"));
    found.add("description", filled_member(before, "description"), filled_member(after, "description"));
    found.add("private", is_private(before), is_private(after));
    return found.all();
}

}  // namespace bbstream::normalize::datacenter
