#include "rest/cloud/issues.hpp"

#include "rest/cloud/columns.hpp"
#include "rest/cloud/paging.hpp"
#include "rest/cloud/targets.hpp"

namespace bbstream::rest::cloud {

listing issues(std::string const& api_path, repository_name const& of)
{
    auto const all = issues_target(api_path, of).query("sort", "-created_on").query("pagelen", "100");
    return {all.text(), issue_columns, by_next};
}

entity issue(std::string const& api_path, repository_name const& of, std::string const& id)
{
    return {issues_target(api_path, of).segment(id).text(), issue_columns, {}};
}

bool is_to_tracker(std::string_view target)
{
    auto const path = target.substr(0, target.find('?'));
    return path.find("/repositories/") != std::string_view::npos &&
           (path.ends_with("/issues") || path.find("/issues/") != std::string_view::npos);
}

}  // namespace bbstream::rest::cloud
