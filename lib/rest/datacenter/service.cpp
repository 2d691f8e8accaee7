// What to ask Data Center for.
#include "rest/service.hpp"

#include "rest/datacenter/columns.hpp"
#include "rest/datacenter/paging.hpp"
#include "rest/datacenter/targets.hpp"

namespace bbstream::rest {
namespace {

// The server cuts it to what it allows.
constexpr std::string_view page_length = "1000";
constexpr std::string_view pull_request_page_length = "100";

failure no_pipelines()
{
    return {failure_kind::invalid, "pipelines are Cloud's; what builds report to Data Center: bbstream statuses list"};
}

class datacenter_service : public service {
   public:
    explicit datacenter_service(std::string base) : base_(std::move(base)) {}

    listing repositories() const override
    {
        // Archived ones are left out otherwise.
        return paged(api().path("/repos").query("archived", "ALL"), datacenter::columns_of.repository);
    }

    entity repository(repository_name const& of) const override
    {
        return {at(of).text(), datacenter::columns_of.repository, {}};
    }

    listing projects() const override { return paged(api().path("/projects"), datacenter::columns_of.project); }

    listing branches(repository_name const& of) const override
    {
        return paged(at(of).path("/branches").query("orderBy", "ALPHABETICAL"), datacenter::columns_of.branch);
    }

    listing commits(repository_name const& of, std::string const& since, std::string const& until) const override
    {
        auto all = at(of).path("/commits");
        if (!since.empty())
            all.query("since", since);
        if (!until.empty())
            all.query("until", until);
        return paged(std::move(all), datacenter::columns_of.commit);
    }

    bool commits_need_until() const override { return false; }

    result<listing> pull_requests(repository_name const& of, pull_request_state state) const override
    {
        auto all = at(of).path("/pull-requests");
        switch (state) {
            case pull_request_state::open:
                all.query("state", "OPEN");
                break;
            case pull_request_state::merged:
                all.query("state", "MERGED");
                break;
            case pull_request_state::declined:
                all.query("state", "DECLINED");
                break;
            case pull_request_state::superseded:
                return failure{failure_kind::invalid, "superseded is a state of Cloud's pull requests only"};
            case pull_request_state::all:
                all.query("state", "ALL");
                break;
        }
        return listing{all.query("limit", pull_request_page_length).text(), datacenter::columns_of.pull_request,
                       datacenter::by_start};
    }

    entity pull_request(repository_name const& of, std::uint64_t id) const override
    {
        return {pull(of, id).text(), datacenter::columns_of.pull_request, datacenter::columns_of.pull_request_parts};
    }

    // One page, whatever is asked for.
    listing changed_files(repository_name const& of, std::uint64_t pull_request) const override
    {
        return {pull(of, pull_request).path("/changes").query("limit", page_length).text(), datacenter::columns_of.file,
                datacenter::no_more_files};
    }

    // Deprecated, and the only way to list them.
    listing statuses(repository_name const&, std::string const& commit) const override
    {
        auto all = target(base_).path("/rest/build-status/latest/commits").segment(commit);
        return paged(std::move(all.query("orderBy", "NEWEST")), datacenter::columns_of.status);
    }

    listing hooks(repository_name const& of) const override
    {
        return paged(at(of).path("/webhooks"), datacenter::columns_of.hook);
    }

    result<listing> pipelines(repository_name const&) const override { return no_pipelines(); }
    result<entity> pipeline(repository_name const&, std::string const&) const override { return no_pipelines(); }
    result<listing> steps(repository_name const&, std::string const&) const override { return no_pipelines(); }
    result<request> log(repository_name const&, std::string const&, std::string const&) const override
    {
        return no_pipelines();
    }

    result<listing> deployments(repository_name const&) const override
    {
        return failure{failure_kind::invalid,
                       "only Cloud lists deployments: Data Center shows one to whoever knows its commit, key, "
                       "environment and number"};
    }

   private:
    static listing paged(target all, columns shows)
    {
        return {all.query("limit", page_length).text(), shows, datacenter::by_start};
    }
    target api() const { return datacenter::api_target(base_); }
    target at(repository_name const& of) const { return datacenter::repository_target(base_, of); }
    target pull(repository_name const& of, std::uint64_t id) const
    {
        return datacenter::pull_request_target(base_, of, id);
    }

    std::string const base_;
};

}  // namespace

std::unique_ptr<service> make_datacenter(std::string api_path)
{
    return std::make_unique<datacenter_service>(std::move(api_path));
}

}  // namespace bbstream::rest
