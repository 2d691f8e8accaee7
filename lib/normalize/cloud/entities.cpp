#include "normalize/cloud/entities.hpp"

#include "event/object_json.hpp"
#include "normalize/commit.hpp"
#include "normalize/identity.hpp"

namespace bbstream::normalize::cloud {

namespace {

std::string_view kind_of(event::text type)
{
    if (type == "user" || type == "team")
        return *type;
    return type == "app_user" ? "app" : "unknown";
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    return text;
}

// "Name <mail>", or either alone.
void split_raw(std::string_view raw, event::git_person& into)
{
    std::size_t const open = raw.rfind('<');
    auto const before = trimmed(raw.substr(0, open));
    if (open != std::string_view::npos) {
        into.name = before;
        into.email = trimmed(raw.substr(open + 1, raw.find('>', open) - open - 1));
    } else if (event::is_address(before)) {
        into.email = before;
    } else {
        into.name = before;
    }
}

}  // namespace

event::actor read_account(object const& from, arena& memory)
{
    event::actor who;
    who.kind = kind_of(text_member(from, "type"));
    who.account_id = filled_member(from, "account_id");
    who.username = filled_member(from, "nickname");
    if (!who.username)
        who.username = filled_member(from, "username");
    who.display_name = text_member(from, "display_name");
    who.auth_id = bounded(uuid_member(from, "uuid", memory));
    if (!who.auth_id)
        who.auth_id = bounded(who.account_id);
    who.id = who.auth_id;
    if (auto const name = bounded(who.username); name && !who.id)
        who.id = memory.join({"name:", *name});
    return who;
}

std::optional<event::git_person> read_person(std::optional<object> const& from, arena& memory)
{
    auto const raw = from ? text_member(*from, "raw") : std::nullopt;
    auto const user = from ? object_member(*from, "user") : std::nullopt;
    if (!raw && !user)
        return std::nullopt;
    event::git_person who;
    if (raw)
        split_raw(*raw, who);
    if (user)
        who.account = read_account(*user, memory);
    return who;
}

event::repository read_repository(object const& from, std::string_view id, arena& memory)
{
    event::repository of;
    of.id = id;
    of.name = text_member(from, "name");
    if (auto const workspace = object_member(from, "workspace"))
        of.workspace = {uuid_member(*workspace, "uuid", memory), filled_member(*workspace, "slug")};
    if (auto const project = object_member(from, "project"))
        of.project = {uuid_member(*project, "uuid", memory), text_member(*project, "key"),
                      text_member(*project, "name"), std::nullopt};
    of.is_private = bool_member(from, "is_private");
    if (auto const main = object_member(from, "mainbranch"))
        of.default_branch = filled_member(*main, "name");
    of.url = link_member(from, "html");
    if (auto const parent = object_member(from, "parent"))
        of.parent = {uuid_member(*parent, "uuid", memory), filled_member(*parent, "full_name")};
    set_full_name(of, filled_member(from, "full_name"), memory);
    return of;
}

void set_full_name(event::repository& of, event::text full_name, arena& memory)
{
    of.full_name = full_name;
    if (!full_name)
        return;
    of.https_url = memory.join({"https://bitbucket.org/", *full_name, ".git"});
    of.ssh_url = memory.join({"git@bitbucket.org:", *full_name, ".git"});
    std::size_t const slash = full_name->find('/');
    if (slash == std::string_view::npos)
        return;
    of.slug = full_name->substr(slash + 1);
    if (!of.workspace)
        of.workspace.emplace();
    if (!of.workspace->slug)
        of.workspace->slug = full_name->substr(0, slash);
}

event::commit read_commit(object const& from, arena& memory)
{
    auto commit = begin_commit(from, "hash", memory);
    commit.author = read_person(object_member(from, "author"), memory);
    commit.committer = read_person(object_member(from, "committer"), memory);
    commit.date = time_member(from, "date");
    commit.url = link_member(from, "html");
    return commit;
}

}  // namespace bbstream::normalize::cloud
