#include "normalize/datacenter/entities.hpp"

#include "normalize/commit.hpp"
#include "normalize/identity.hpp"

namespace bbstream::normalize::datacenter {

namespace {

event::text full_name_of(object const& repository, arena& memory)
{
    auto const project = object_member(repository, "project");
    auto const key = project ? filled_member(*project, "key") : std::nullopt;
    auto const slug = filled_member(repository, "slug");
    return key && slug ? event::text(memory.join({*key, "/", *slug})) : std::nullopt;
}

// links.clone[]: {name: http or ssh, href}, in any order, some or all absent.
void read_clone_links(object const& from, event::repository& into)
{
    auto const links = object_member(from, "links");
    auto const list = links ? array_member(*links, "clone") : std::nullopt;
    if (!list)
        return;
    for (element const each : *list) {
        auto const link = as_object(each);
        auto const name = link ? text_member(*link, "name") : std::nullopt;
        if (name == "http" || name == "https")
            into.https_url = filled_member(*link, "href");
        else if (name == "ssh")
            into.ssh_url = filled_member(*link, "href");
    }
}

event::text commit_url(event::text repository_url, event::text sha, arena& memory)
{
    if (!repository_url || !sha)
        return std::nullopt;
    std::string_view base = *repository_url;
    if (base.ends_with("/browse"))
        base.remove_suffix(std::string_view("/browse").size());
    return memory.join({base, "/commits/", *sha});
}

}  // namespace

event::actor read_user(object const& from, arena& memory)
{
    event::actor who;
    auto const type = text_member(from, "type");
    who.kind = type == "NORMAL" ? "user" : type == "SERVICE" ? "service" : "unknown";
    who.username = filled_member(from, "name");
    who.display_name = text_member(from, "displayName");
    who.email = filled_member(from, "emailAddress");
    who.active = bool_member(from, "active");
    who.auth_id = bounded_id(from, "id", memory);
    who.id = who.auth_id;
    if (auto const name = bounded(who.username); name && !who.id)
        who.id = memory.join({"name:", *name});
    return who;
}

std::optional<event::git_person> read_person(std::optional<object> const& from)
{
    if (!from)
        return std::nullopt;
    event::git_person who;
    who.name = text_member(*from, "displayName");
    if (!who.name)
        who.name = text_member(*from, "name");
    who.email = text_member(*from, "emailAddress");
    if (!who.name && !who.email)
        return std::nullopt;
    return who;
}

event::repository read_repository(object const& from, std::string_view id, arena& memory)
{
    event::repository of;
    of.id = id;
    of.slug = filled_member(from, "slug");
    of.name = text_member(from, "name");
    of.full_name = full_name_of(from, memory);
    if (auto const project = object_member(from, "project")) {
        of.project = {id_member(*project, "id", memory), text_member(*project, "key"), text_member(*project, "name"),
                      std::nullopt};
        if (auto const type = text_member(*project, "type"))
            of.project->personal = type == "PERSONAL";
    }
    if (auto const open = bool_member(from, "public"))
        of.is_private = !*open;
    of.archived = bool_member(from, "archived");
    of.url = link_member(from, "self");
    read_clone_links(from, of);
    if (auto const origin = object_member(from, "origin"))
        of.parent = {id_member(*origin, "id", memory), full_name_of(*origin, memory)};
    return of;
}

event::commit read_commit(object const& from, event::text repository_url, arena& memory)
{
    auto commit = begin_commit(from, "id", memory);
    commit.author = read_person(object_member(from, "author"));
    commit.committer = read_person(object_member(from, "committer"));
    commit.authored_at = time_member(from, "authorTimestamp");
    commit.committed_at = time_member(from, "committerTimestamp");
    commit.date = commit.committed_at;
    commit.url = commit_url(repository_url, commit.sha, memory);
    return commit;
}

}  // namespace bbstream::normalize::datacenter
