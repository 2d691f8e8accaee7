// repo:created, repo:imported, repo:deleted: the repository is all that they have.
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"

namespace bbstream::normalize::cloud {

namespace {

void map_fact(mapping& in, event::type type, event::uuid (event::facts::*fact)(), std::string_view time_name)
{
    if (!needs_repository(in))
        return;
    auto const& described = in.who().repository;
    auto const at = described ? time_member(*described, time_name) : std::nullopt;
    auto facts = in.facts();
    if (auto* made = in.add_once(type, (facts.*fact)(), "repository", at))
        made->data = event::repository_fact{};
}

}  // namespace

void map_repository_created(mapping& in)
{
    map_fact(in, event::type::repository_created, &event::facts::repository_created, "created_on");
}

void map_repository_imported(mapping& in)
{
    map_fact(in, event::type::repository_imported, &event::facts::repository_imported, "updated_on");
}

void map_repository_deleted(mapping& in)
{
    map_fact(in, event::type::repository_deleted, &event::facts::repository_deleted, "updated_on");
    in.forget_described();
}

}  // namespace bbstream::normalize::cloud
