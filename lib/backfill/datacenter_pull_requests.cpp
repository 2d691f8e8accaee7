// Pull requests of Data Center.
#include "backfill/datacenter_api.hpp"
#include "backfill/page.hpp"
#include "rest/target.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

constexpr std::string_view page_length = "100";

std::string listing(repository const& of, std::string_view state, std::string_view order)
{
    return rest::target(of.path + "/pull-requests")
        .query("state", state)
        .query("order", order)
        .query("limit", page_length)
        .text();
}

}  // namespace

std::string datacenter_api::first_pull_requests(repository const& of, normalize::pull_requests_view const&) const
{
    return listing(of, "OPEN", "OLDEST");
}

// There is no filter by time.
std::string datacenter_api::changed_pull_requests(repository const& of, normalize::pull_requests_view const&) const
{
    return listing(of, "ALL", "NEWEST");
}

// Whether NEWEST means made or updated is documented nowhere: a page that is old both ways is the last one.
bool datacenter_api::ends_changed(std::string_view text, normalize::pull_requests_view const& known) const
{
    page const read(text);
    auto const values = read.values();
    if (!known.baseline || !values)
        return true;
    return std::all_of(values->begin(), values->end(), [&](normalize::element const& each) {
        auto const fields = normalize::as_object(each);
        auto const id = fields ? normalize::number_member(*fields, "id") : std::nullopt;
        auto const updated = fields ? normalize::time_member(*fields, "updatedDate") : std::nullopt;
        return id && *id <= known.newest && updated && *updated <= known.watermark;
    });
}

std::string datacenter_api::one_pull_request(repository const& of, std::uint64_t id) const
{
    return rest::target(of.path + "/pull-requests").segment(std::to_string(id)).text();
}

// Among all else that happened to it: the list of comments is one of those on a path.
std::string datacenter_api::comments(repository const& of, std::uint64_t pull_request) const
{
    return rest::target(of.path + "/pull-requests")
        .segment(std::to_string(pull_request))
        .path("/activities")
        .query("limit", page_length)
        .text();
}

std::optional<std::string_view> datacenter_api::source_head(normalize::object const& pull_request) const
{
    auto const source = normalize::object_member(pull_request, "fromRef");
    return source ? normalize::filled_member(*source, "latestCommit") : std::nullopt;
}

// Deprecated, and the only way to list them.
std::string datacenter_api::statuses(repository const&, std::string_view commit) const
{
    return rest::target(statuses_base_).segment(commit).query("orderBy", "NEWEST").query("limit", page_length).text();
}

}  // namespace bbstream::backfill
