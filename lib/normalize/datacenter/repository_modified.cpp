// repo:modified: `old` and `new`. Another project makes it a transfer, with all other changes.
#include "normalize/datacenter/entities.hpp"
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/differences.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr std::size_t fields_max = 7;

event::text project_id(event::repository const& of)
{
    return of.project ? of.project->id : std::nullopt;
}

event::field_changes changes_of(mapping& in, event::repository const& before, object const& old)
{
    auto const& now = *in.delivery().repository;
    differences found(in.memory(), fields_max);
    found.add("name", before.name, now.name);
    found.add("slug", before.slug, now.slug);
    found.add("fullName", before.full_name, now.full_name);
    found.add("description", filled_member(old, "description"),
              filled_member(*object_member(in.body(), "new"), "description"));
    found.add("private", before.is_private, now.is_private);
    found.add("archived", before.archived, now.archived);
    found.add("projectId", project_id(before), project_id(now));
    return found.all();
}

}  // namespace

void map_repository_modified(mapping& in)
{
    auto const old = object_member(in.body(), "old");
    if (!object_member(in.body(), "new") || !old) {
        std::string_view const lacking = old ? "new" : "old";
        in.add_unknown_without(in.body(), lacking, lacking);
        return;
    }
    if (!needs_repository(in, "new.id"))
        return;
    auto const old_id = id_of_repository(product::datacenter, *old, in.memory()).value;
    auto const* before =
        in.memory().keep(read_repository(*old, old_id.value_or(in.delivery().repository->id), in.memory()));
    auto const changes = changes_of(in, *before, *old);
    if (in.is_reconstructed(changes))
        return;
    auto const project_before = project_id(*before);
    auto const project_now = project_id(*in.delivery().repository);
    bool const transferred = project_before && project_now && project_before != project_now;
    auto const machine = in.machine("repository", {});
    auto facts = in.facts();
    auto* made =
        in.add_move(transferred ? event::type::repository_transferred : event::type::repository_updated, machine,
                    transferred ? facts.repository_transferred(changes) : facts.repository_updated(changes),
                    "repository", in.date());
    if (!made)
        return;
    made->data = event::repository_fact{before, changes, nullptr};
    in.note_described(changes);
}

}  // namespace bbstream::normalize::datacenter
