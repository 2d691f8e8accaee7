// What to ask Cloud for.
#include "rest/service.hpp"

#include "rest/cloud/columns.hpp"
#include "rest/cloud/paging.hpp"
#include "rest/cloud/targets.hpp"

namespace bbstream::rest {
namespace {

// 50 is the most for pull requests, 100 for nearly everything else; more is a 400.
constexpr std::string_view page_length = "100";
constexpr std::string_view pull_request_page_length = "50";

class cloud_service : public service {
   public:
    cloud_service(std::string api, std::string workspace) : api_(std::move(api)), workspace_(std::move(workspace)) {}

    listing repositories() const override
    {
        auto all = target(api_).path("/repositories").segment(workspace_);
        // By what never changes: rows neither repeat nor get lost while the pages are read.
        return paged(all.query("sort", "created_on"), cloud::columns_of.repository);
    }

    entity repository(repository_name const& of) const override
    {
        return {at(of).text(), cloud::columns_of.repository, {}};
    }

    listing projects() const override
    {
        return paged(target(api_).path("/workspaces").segment(workspace_).path("/projects"), cloud::columns_of.project);
    }

    listing branches(repository_name const& of) const override
    {
        return paged(at(of).path("/refs/branches").query("sort", "name"), cloud::columns_of.branch);
    }

    listing commits(repository_name const& of, std::string const& since, std::string const& until) const override
    {
        auto all = at(of).path("/commits").query("include", until);
        if (!since.empty())
            all.query("exclude", since);
        return paged(std::move(all), cloud::columns_of.commit);
    }

    bool commits_need_until() const override { return true; }

    result<listing> pull_requests(repository_name const& of, pull_request_state state) const override
    {
        auto all = at(of).path("/pullrequests");
        for (auto const& [which, name] :
             {std::pair(pull_request_state::open, "OPEN"), std::pair(pull_request_state::merged, "MERGED"),
              std::pair(pull_request_state::declined, "DECLINED"),
              std::pair(pull_request_state::superseded, "SUPERSEDED")})
            if (state == which || state == pull_request_state::all)
                all.query("state", name);
        // Without it the list has no reviewers.
        all.query("fields", "+values.participants,+values.reviewers").query("pagelen", pull_request_page_length);
        return listing{all.text(), cloud::columns_of.pull_request, cloud::by_next};
    }

    entity pull_request(repository_name const& of, std::uint64_t id) const override
    {
        return {pull(of, id).text(), cloud::columns_of.pull_request, cloud::columns_of.pull_request_parts};
    }

    listing changed_files(repository_name const& of, std::uint64_t pull_request) const override
    {
        return {pull(of, pull_request).path("/diffstat").text(), cloud::columns_of.file, cloud::by_next};
    }

    listing statuses(repository_name const& of, std::string const& commit) const override
    {
        return paged(at(of).path("/commit").segment(commit).path("/statuses"), cloud::columns_of.status);
    }

    listing hooks(repository_name const& of) const override
    {
        return paged(at(of).path("/hooks"), cloud::columns_of.hook);
    }

    result<listing> pipelines(repository_name const& of) const override
    {
        // Without the slash some instances answer 404.
        auto const all = at(of).path("/pipelines/").query("sort", "-created_on").query("pagelen", page_length);
        return listing{all.text(), cloud::pipeline_columns, cloud::by_number};
    }

    result<entity> pipeline(repository_name const& of, std::string const& key) const override
    {
        return entity{run(of, key).text(), cloud::pipeline_columns, {}};
    }

    result<listing> steps(repository_name const& of, std::string const& key) const override
    {
        auto const all = run(of, key).path("/steps/").query("pagelen", page_length);
        return listing{all.text(), cloud::step_columns, cloud::by_number};
    }

    result<request> log(repository_name const& of, std::string const& key, std::string const& step) const override
    {
        request one;
        one.target = run(of, key).path("/steps").segment(step).path("/log").text();
        one.accept = "application/octet-stream";
        one.may_leave_host = true;
        return one;
    }

    result<listing> deployments(repository_name const& of) const override
    {
        // With the slash, as pipelines. Any order that is asked for is a 400; without `fields` environments have no
        // name.
        auto const all =
            at(of).path("/deployments/").query("fields", "+values.environment.name").query("pagelen", page_length);
        return listing{all.text(), cloud::deployment_columns, cloud::by_number};
    }

   private:
    static listing paged(target all, columns shows)
    {
        return {all.query("pagelen", page_length).text(), shows, cloud::by_next};
    }
    target at(repository_name const& of) const { return cloud::repository_target(api_, of); }
    target pull(repository_name const& of, std::uint64_t id) const { return cloud::pull_request_target(api_, of, id); }
    target run(repository_name const& of, std::string const& key) const
    {
        return at(of).path("/pipelines").segment(key);
    }

    std::string const api_;
    std::string const workspace_;
};

}  // namespace

std::unique_ptr<service> make_cloud(std::string api_path, std::string workspace)
{
    return std::make_unique<cloud_service>(std::move(api_path), std::move(workspace));
}

}  // namespace bbstream::rest
