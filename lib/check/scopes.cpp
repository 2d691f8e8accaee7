#include "check/scopes.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace bbstream::check {
namespace {

enum class need : std::uint8_t {
    identity,
    repositories,
    projects,
    pull_requests,
    pipelines,
    hooks,
    project_hooks,
    push_log,
    hook_removal,
    review,
    merge,
    pipeline_runs,
    insights,
};

// One need in each vocabulary; blanks separate, nothing where the product has no such thing. docs/rest.md has the same
// table for people.
struct entry {
    need what;
    bool required;
    std::string_view why;
    std::string_view granular;
    std::string_view classic;
    std::string_view permissions;
};

constexpr std::array table = {
    entry{need::identity, false, "to tell who it is", "read:user", "account", ""},
    entry{need::repositories, true, "to list repositories, branches and commits", "read:repository", "repository",
          "REPO_READ"},
    entry{need::projects, false, "to list projects", "read:project read:workspace", "project", ""},
    entry{need::pull_requests, true, "to read pull requests", "read:pullrequest", "pullrequest", "REPO_READ"},
    entry{need::pipelines, true, "to read pipelines", "read:pipeline", "pipeline", ""},
    entry{need::hooks, true, "for webhooks", "read:webhook write:webhook", "webhook", "REPO_ADMIN"},
    entry{need::project_hooks, true, "for webhooks of projects", "", "", "PROJECT_ADMIN"},
    entry{need::push_log, false, "to tell lost pushes to a ref one by one", "", "", "REPO_ADMIN"},
    entry{need::hook_removal, false, "for hooks sync --prune", "delete:webhook", "", ""},
    entry{need::review, true, "to review pull requests", "read:pullrequest write:pullrequest", "pullrequest:write",
          "REPO_READ"},
    entry{need::merge, false, "to merge pull requests", "", "", "REPO_WRITE"},
    entry{need::pipeline_runs, true, "to run and stop pipelines", "read:pipeline write:pipeline", "pipeline:write", ""},
    entry{need::insights, true, "for reports and statuses of commits", "read:repository", "repository", "REPO_READ"},
};

// Atlassian's: what a classic scope, or a permission, gives beside itself.
struct implication {
    std::string_view scope;
    std::string_view gives;
};
constexpr std::array classic_implications = {
    implication{"project", "repository"},
    implication{"pullrequest", "repository"},
    implication{"pullrequest:write", "pullrequest"},
    implication{"pullrequest:write", "repository:write"},
    implication{"repository:write", "repository"},
    implication{"issue:write", "issue"},
    implication{"pipeline:write", "pipeline"},
    implication{"pipeline:variable", "pipeline:write"},
    implication{"account:write", "account"},
};
constexpr std::array permission_implications = {
    implication{"PROJECT_ADMIN", "REPO_ADMIN"},
    implication{"REPO_ADMIN", "REPO_WRITE"},
    implication{"REPO_WRITE", "REPO_READ"},
};

std::span<implication const> implications_of(vocabulary in)
{
    switch (in) {
        case vocabulary::classic:
            return classic_implications;
        case vocabulary::permissions:
            return permission_implications;
        case vocabulary::granular:
            break;
    }
    return {};
}

std::set<std::string> with_implied(std::span<std::string const> scopes, vocabulary in)
{
    std::set<std::string> all;
    std::vector<std::string> todo(scopes.begin(), scopes.end());
    while (!todo.empty()) {
        auto const next = todo.back();
        todo.pop_back();
        if (!all.insert(next).second)
            continue;
        for (auto const& each : implications_of(in))
            if (each.scope == next)
                todo.emplace_back(each.gives);
    }
    return all;
}

std::string_view names_in(entry const& of, vocabulary in)
{
    switch (in) {
        case vocabulary::granular:
            return of.granular;
        case vocabulary::classic:
            return of.classic;
        case vocabulary::permissions:
            break;
    }
    return of.permissions;
}

std::set<need> needs_of(duties const& of)
{
    std::set<need> all{need::identity, need::repositories, need::projects};
    if (of.polling)
        all.insert({need::pull_requests, need::pipelines, need::push_log});
    if (of.hooks)
        all.insert(
            {of.hook_scope == config::hook_scope::project ? need::project_hooks : need::hooks, need::hook_removal});
    for (auto const& each : of.uses) {
        if (each == "review")
            all.insert({need::review, need::merge});
        else if (each == "pipelines")
            all.insert(need::pipeline_runs);
        else
            all.insert(need::insights);
    }
    return all;
}

// Pipelines are left alone where they can't be read, and all else is polled.
bool is_fatal(need what)
{
    return what != need::pipelines;
}

void add(std::vector<scope>& to, scope one)
{
    auto const found = std::find_if(to.begin(), to.end(), [&](scope const& each) { return each.name == one.name; });
    if (found == to.end()) {
        to.push_back(std::move(one));
    } else {
        found->required = found->required || one.required;
        found->fatal = found->fatal || one.fatal;
    }
}

}  // namespace

vocabulary vocabulary_of(config::auth_kind kind, product platform)
{
    if (platform == product::datacenter)
        return vocabulary::permissions;
    return kind == config::auth_kind::api_token ? vocabulary::granular : vocabulary::classic;
}

duties duties_of_reader(config::instance const& of, bool polling)
{
    duties all;
    all.polling = polling;
    all.hooks = !of.admin_auth && !of.webhook_url.empty();
    all.hook_scope = of.webhook_scope;
    if (of.auth)
        all.uses = of.auth->uses;
    return all;
}

duties duties_of_admin(config::instance const& of)
{
    duties all;
    all.hooks = !of.webhook_url.empty();
    all.hook_scope = of.webhook_scope;
    if (of.admin_auth)
        all.uses = of.admin_auth->uses;
    return all;
}

std::vector<scope> needed_scopes(duties const& of, vocabulary in)
{
    auto const needs = needs_of(of);
    std::vector<scope> all;
    for (auto const& each : table) {
        if (!needs.contains(each.what))
            continue;
        for (auto const& name : split_scopes(names_in(each, in)))
            add(all, {in == vocabulary::granular ? name + ":bitbucket" : name, std::string(each.why), each.required,
                      is_fatal(each.what)});
    }
    return all;
}

scope_gap compare_scopes(std::span<scope const> needed, std::span<std::string const> granted, vocabulary in)
{
    scope_gap gap;
    auto const have = with_implied(granted, in);
    std::vector<std::string> names;
    for (auto const& each : needed) {
        names.push_back(each.name);
        if (each.required && !have.contains(each.name))
            gap.missing.push_back(each);
    }
    auto const use = with_implied(names, in);
    for (auto const& each : granted)
        if (!use.contains(each))
            gap.excess.push_back(each);
    return gap;
}

std::vector<std::string> split_scopes(std::string_view list)
{
    std::vector<std::string> all;
    while (!list.empty()) {
        auto const end = list.find_first_of(", ");
        if (auto const one = list.substr(0, end); !one.empty())
            all.emplace_back(one);
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
    return all;
}

}  // namespace bbstream::check
