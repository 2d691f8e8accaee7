// repo:transfer: `previous_owner`; `repository` has the new one.
#include "normalize/cloud/entities.hpp"
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"

namespace bbstream::normalize::cloud {

namespace {

// A workspace has its owner's id.
event::text owner_of(object const& repository, arena& memory)
{
    auto const owner = object_member(repository, "owner");
    auto const id = owner ? read_account(*owner, memory).id : std::nullopt;
    auto const workspace = id ? std::nullopt : object_member(repository, "workspace");
    return workspace ? uuid_member(*workspace, "uuid", memory) : id;
}

}  // namespace

void map_repository_transferred(mapping& in)
{
    auto const previous = needs_repository(in) ? needed_object(in, "previous_owner") : std::nullopt;
    auto const repository = previous ? needed_object(in, "repository") : std::nullopt;
    if (!repository)
        return;
    auto const before = read_account(*previous, in.memory()).id;
    auto const after = owner_of(*repository, in.memory());
    if (!before || !after) {
        in.add_unknown({event::unknown_reason::missing_fields,
                        before ? "the owner's id is missing" : "the previous owner's id is missing"});
        return;
    }
    // Also where both are the same: it was transferred.
    auto const changes = in.memory().array<event::field_change>(1);
    changes[0] = {"ownerId", *before, *after};
    auto const machine = in.machine("repository", {});
    auto const at = time_member(*repository, "updated_on");
    auto* made = in.add_turn(event::type::repository_transferred, machine, in.facts().repository_transferred(changes),
                             "repository", at, at);
    if (made)
        made->data = event::repository_fact{nullptr, changes};
    in.forget_described();
}

}  // namespace bbstream::normalize::cloud
