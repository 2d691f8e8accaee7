// repo:updated: `changes` says what was; `repository` is as it is now.
#include "normalize/cloud/changes.hpp"
#include "normalize/cloud/entities.hpp"
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"

namespace bbstream::normalize::cloud {

namespace {

// Cloud names the slug only as a part of the full name.
event::field_value read_slug(element const& value, arena&)
{
    auto const full_name = as_text(value);
    auto const slash = full_name ? full_name->find('/') : std::string_view::npos;
    return slash == std::string_view::npos ? event::field_value() : full_name->substr(slash + 1);
}

constexpr changed_field fields[] = {
    {"name", "name", read_text},
    {"slug", "slug", read_text},
    {"full_name", "slug", read_slug},
    {"full_name", "fullName", read_text},
    {"description", "description", read_text},
    {"website", "website", read_text},
    {"language", "language", read_text},
    {"is_private", "private", read_truth},
    {"project", "projectId", read_identity},
    {"owner", "ownerId", read_identity},
};

event::repository const* previous_of(event::repository now, event::field_changes changes, arena& memory)
{
    now.name = text_before(changes, "name", now.name);
    auto const full_name = text_before(changes, "fullName", now.full_name);
    if (full_name != now.full_name) {
        now.url = now.https_url = now.ssh_url = std::nullopt;
        now.workspace.reset();
        set_full_name(now, full_name, memory);
    }
    now.slug = text_before(changes, "slug", now.slug);
    now.is_private = truth_before(changes, "private", now.is_private);
    auto const project = now.project ? now.project->id : std::nullopt;
    auto const project_before = text_before(changes, "projectId", project);
    if (project_before != project)
        now.project = {project_before, std::nullopt, std::nullopt, std::nullopt};
    return memory.keep(now);
}

// Where the changes do not say when they were made. Those of what our model does not know are all alike, and told apart
// by when the repository was last changed; for others that may be the time of a later change.
event::event* add_undated(mapping& in, state::key const& machine, event::field_changes changes)
{
    auto const& described = in.who().repository;
    auto const at = described ? time_member(*described, "updated_on") : std::nullopt;
    return in.add_turn(event::type::repository_updated, machine, in.facts().repository_updated(changes), "repository",
                       at, changes.empty() ? at : std::nullopt);
}

}  // namespace

void map_repository_updated(mapping& in)
{
    auto const sent = needs_repository(in) ? needed_object(in, "changes") : std::nullopt;
    if (!sent)
        return;
    auto const changes = read_changes(*sent, fields, in.memory());
    if (in.is_reconstructed(changes))
        return;
    auto const at = time_of_changes(*sent);
    auto const machine = in.machine("repository", {});
    auto facts = in.facts();
    auto const type = event::type::repository_updated;
    auto* made = at ? in.add_once(type, facts.repository_updated(changes, *at), "repository", at)
                    : add_undated(in, machine, changes);
    if (made && at)
        in.move(machine, facts.repository_updated(changes), std::nullopt);
    if (!made)
        return;
    made->data = event::repository_fact{previous_of(*in.delivery().repository, changes, in.memory()), changes};
    in.note_described(changes);
}

}  // namespace bbstream::normalize::cloud
