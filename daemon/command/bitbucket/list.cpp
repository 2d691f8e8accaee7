#include "daemon/command/bitbucket/list.hpp"

#include "daemon/command/bitbucket/row_output.hpp"
#include "daemon/command/complain.hpp"
#include "rest/cloud/issues.hpp"
#include "rest/cloud/workspaces.hpp"
#include "rest/jira/service.hpp"

namespace bbstream::command {
namespace {

result<rest::listing> listing_for(list_options const& options, rest::service const& of)
{
    switch (options.what) {
        case listed::repositories:
            return of.repositories();
        case listed::projects:
            return of.projects();
        case listed::branches:
            return of.branches(options.repository());
        case listed::commits:
            return of.commits(options.repository(), options.since, options.until);
        case listed::pull_requests:
            return of.pull_requests(options.repository(), options.state);
        case listed::pipelines:
            return of.pipelines(options.repository());
        case listed::deployments:
            return of.deployments(options.repository());
        case listed::statuses:
            return of.statuses(options.repository(), options.commit);
        case listed::hooks:
            return of.hooks(options.repository());
        case listed::issues:
            break;
    }
    return failure{failure_kind::invalid, "there is no such listing"};
}

// The default branch's name; empty for a repository without any branch.
net::task<result<std::string>> default_branch(place& here, rest::repository_name of)
{
    auto const what = here.bitbucket.service->repository(of);
    auto const found = co_await rest::fetch(*here.bitbucket.client, what);
    if (!found)
        co_return found.error();
    co_return rest::text_named(what.shows, found->cells, "default_branch");
}

bool lacks_workspace(list_options const& options, config::instance const& with)
{
    // Without a name Cloud's paths are those of listings that it has removed.
    bool const of_workspace = options.what == listed::repositories || options.what == listed::projects;
    return of_workspace && with.platform == product::cloud && with.workspace.empty();
}

net::task<int> list(place& here, list_options options)
{
    if (lacks_workspace(options, here.instance)) {
        auto const only = co_await rest::cloud::find_only_workspace(*here.bitbucket.client, here.bitbucket.api_path);
        if (!only)
            co_return complain_of(only.error());
        here.bitbucket.service = rest::make_cloud(here.bitbucket.api_path, *only);
    }
    if (options.what == listed::commits && options.until.empty() && here.bitbucket.service->commits_need_until()) {
        auto const branch = co_await default_branch(here, options.repository());
        if (!branch)
            co_return complain_of(branch.error());
        if (branch->empty())
            co_return success;
        options.until = *branch;
    }
    auto const what = listing_for(options, *here.bitbucket.service);
    if (!what)
        co_return complain_of(what.error());
    row_wish const wish{options.json, options.limit};
    co_return co_await write_rows(*here.bitbucket.client, *what, wish);
}

int list_issues(list_options const& options)
{
    row_wish const wish{options.json, options.limit};
    auto const jira = [&, wish](place& here) {
        return write_rows(*here.bitbucket.client,
                          rest::jira::issues(here.bitbucket.api_path, here.instance.jira->project), wish);
    };
    auto const own = [&, wish](place& here) {
        return write_rows(*here.bitbucket.client, rest::cloud::issues(here.bitbucket.api_path, options.repository()),
                          wish);
    };
    return run_issue_errand(options, rest::role::reader, jira, own);
}

}  // namespace

int run_list(list_options const& options)
{
    if (options.what == listed::issues)
        return list_issues(options);
    auto const as = options.what == listed::hooks ? rest::role::admin : rest::role::reader;
    return run_errand(options, as, [&](place& here) { return list(here, options); });
}

}  // namespace bbstream::command
