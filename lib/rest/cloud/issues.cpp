#include "rest/cloud/issues.hpp"

#include "rest/cloud/columns.hpp"
#include "rest/cloud/paging.hpp"
#include "rest/target.hpp"

namespace bbstream::rest::cloud {
namespace {

target tracker(std::string const& api_path, repository_name const& of)
{
    return target(api_path).path("/repositories").segment(of.owner).segment(of.slug).path("/issues");
}

}  // namespace

listing issues(std::string const& api_path, repository_name const& of)
{
    auto const all = tracker(api_path, of).query("sort", "-created_on").query("pagelen", "100");
    return {all.text(), issue_columns, by_next};
}

entity issue(std::string const& api_path, repository_name const& of, std::string const& id)
{
    return {tracker(api_path, of).segment(id).text(), issue_columns, {}};
}

bool is_to_tracker(std::string_view target)
{
    auto const path = target.substr(0, target.find('?'));
    return path.find("/repositories/") != std::string_view::npos &&
           (path.ends_with("/issues") || path.find("/issues/") != std::string_view::npos);
}

}  // namespace bbstream::rest::cloud
