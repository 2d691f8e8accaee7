#include "rest/datacenter/targets.hpp"

namespace bbstream::rest::datacenter {
namespace {

target repository_in(target module, repository_name const& of)
{
    return std::move(module).path("/projects").segment(of.owner).path("/repos").segment(of.slug);
}

}  // namespace

target api_target(std::string const& base)
{
    return target(base + "/rest/api/latest");
}

target least_target(std::string const& base)
{
    return api_target(base).path("/projects").query("limit", "1");
}

target users_target(std::string const& base)
{
    return api_target(base).path("/users");
}

target project_target(std::string const& base, std::string const& key)
{
    return api_target(base).path("/projects").segment(key);
}

target repository_target(std::string const& base, repository_name const& of)
{
    return repository_in(api_target(base), of);
}

target pull_request_target(std::string const& base, repository_name const& of, std::uint64_t id)
{
    return repository_target(base, of).path("/pull-requests").segment(std::to_string(id));
}

target reports_target(std::string const& base, repository_name const& of, std::string const& commit)
{
    return repository_in(target(base + "/rest/insights/latest"), of).path("/commits").segment(commit).path("/reports");
}

}  // namespace bbstream::rest::datacenter
