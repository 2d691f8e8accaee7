#include "rest/cloud/workspaces.hpp"

#include "rest/cloud/paging.hpp"
#include "rest/member_cell.hpp"
#include "rest/target.hpp"
#include "rest/walk.hpp"

#include <algorithm>
#include <array>

namespace bbstream::rest::cloud {
namespace {

// One page tells whether there are several; a message names so many of them.
constexpr std::string_view page_length = "100";
constexpr std::size_t named_max = 10;

constexpr std::string_view what_to_set = "workspace (BITBUCKET_WORKSPACE, where there is no configuration file)";

constexpr std::array shown_of_workspace = {
    column{"slug", shown::text, cell_at<text_cell, "workspace", "slug">},
};

// /workspaces, the older listing, is removed.
listing own_workspaces(std::string const& api_path)
{
    auto all = target(api_path).path("/user/workspaces");
    return {all.query("pagelen", page_length).text(), shown_of_workspace, by_next};
}

std::string names_in(std::vector<row> const& all)
{
    std::string names;
    for (std::size_t at = 0; at < std::min(all.size(), named_max); ++at)
        names += (at == 0 ? "" : ", ") + text_named(shown_of_workspace, all[at], "slug");
    return all.size() > named_max ? names + ", ..." : names;
}

}  // namespace

net::task<result<std::string>> find_only_workspace(client& over, std::string const& api_path)
{
    walk pages(over, own_workspaces(api_path));
    auto const found = co_await pages.next();
    if (!found)
        co_return failure{found.error().kind,
                          std::string(what_to_set) + " is missing, and Bitbucket tells none: " + found.error().message};
    if (found->size() > 1)
        co_return failure{failure_kind::invalid, "there are several workspaces (" + names_in(*found) +
                                                     "): which one is meant says " + std::string(what_to_set)};
    auto name = found->empty() ? std::string() : text_named(shown_of_workspace, found->front(), "slug");
    if (name.empty())
        co_return failure{failure_kind::invalid,
                          std::string(what_to_set) + " is missing, and the credential is in none"};
    co_return name;
}

}  // namespace bbstream::rest::cloud
