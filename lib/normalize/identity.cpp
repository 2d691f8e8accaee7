#include "normalize/identity.hpp"

#include "normalize/cloud/span.hpp"

#include <initializer_list>

namespace bbstream::normalize {

namespace {

std::optional<object> nested(object const& from, std::initializer_list<std::string_view> path)
{
    std::optional<object> at = from;
    for (auto const name : path) {
        if (!at)
            return std::nullopt;
        at = object_member(*at, name);
    }
    return at;
}

event::text name_of(product platform, object const& repository, arena& memory)
{
    if (platform == product::cloud) {
        auto const name = bounded(filled_member(repository, "full_name"));
        return name ? event::text(memory.join({"name:", *name})) : std::nullopt;
    }
    auto const project = object_member(repository, "project");
    auto const key = project ? bounded(filled_member(*project, "key")) : std::nullopt;
    auto const slug = bounded(filled_member(repository, "slug"));
    return key && slug ? event::text(memory.join({"name:", *key, "/", *slug})) : std::nullopt;
}

bool take_repository(product platform, std::optional<object> const& candidate, arena& memory, record_identity& into)
{
    if (!candidate)
        return false;
    auto const found = id_of_repository(platform, *candidate, memory);
    into.repository_id = found.value;
    into.by_name = found.by_name;
    if (into.repository_id)
        into.repository = candidate;
    return into.repository_id.has_value();
}

std::optional<object> first_object(std::optional<array> const& list)
{
    element first;
    if (!list || list->at(0).get(first) != simdjson::SUCCESS)
        return std::nullopt;
    return as_object(first);
}

// What happens to a fork is told with what it was forked from beside it.
void identify_cloud(object const& body, arena& memory, record_identity& into)
{
    if (take_repository(product::cloud, nested(body, {"fork"}), memory, into) ||
        take_repository(product::cloud, nested(body, {"repository"}), memory, into) ||
        take_repository(product::cloud, nested(body, {"pullrequest", "destination", "repository"}), memory, into))
        return;
    into.repository_id = cloud::repository_of_spans(body, memory);
    if (into.repository_id)
        return;
    if (auto const project = object_member(body, "project"))
        into.project_id = bounded(uuid_member(*project, "uuid", memory));
}

// `repo:modified` and `project:modified` have `old` and `new`: a repository has a project of its own.
void identify_datacenter(object const& body, arena& memory, record_identity& into)
{
    if (take_repository(product::datacenter, nested(body, {"repository"}), memory, into) ||
        take_repository(product::datacenter, nested(body, {"pullRequest", "toRef", "repository"}), memory, into))
        return;
    auto const changed = object_member(body, "new");
    if (changed && object_member(*changed, "project")) {
        take_repository(product::datacenter, changed, memory, into);
        return;
    }
    auto const secret = first_object(array_member(body, "secretLocations"));
    if (secret && take_repository(product::datacenter, object_member(*secret, "repository"), memory, into))
        return;
    if (changed)
        into.project_id = bounded_id(*changed, "id", memory);
}

}  // namespace

event::text bounded(event::text id)
{
    return id && id->size() <= id_bytes_max ? id : std::nullopt;
}

event::text bounded_id(object const& of, std::string_view name, arena& memory)
{
    return bounded(id_member(of, name, memory));
}

repository_id id_of_repository(product platform, object const& repository, arena& memory)
{
    auto const id =
        platform == product::cloud ? uuid_member(repository, "uuid", memory) : id_member(repository, "id", memory);
    if (auto const usable = bounded(id))
        return {usable, false};
    auto const name = name_of(platform, repository, memory);
    return {name, name.has_value()};
}

record_identity identify(product platform, object const& body, arena& memory)
{
    record_identity found;
    if (platform == product::cloud)
        identify_cloud(body, memory, found);
    else
        identify_datacenter(body, memory, found);
    return found;
}

}  // namespace bbstream::normalize
