#include "rest/cloud/targets.hpp"

namespace bbstream::rest::cloud {

target user_target(std::string const& api_path)
{
    return target(api_path).path("/user");
}

target repository_target(std::string const& api_path, repository_name const& of)
{
    return target(api_path).path("/repositories").segment(of.owner).segment(of.slug);
}

target pull_request_target(std::string const& api_path, repository_name const& of, std::uint64_t id)
{
    return repository_target(api_path, of).path("/pullrequests").segment(std::to_string(id));
}

target issues_target(std::string const& api_path, repository_name const& of)
{
    return repository_target(api_path, of).path("/issues");
}

}  // namespace bbstream::rest::cloud
