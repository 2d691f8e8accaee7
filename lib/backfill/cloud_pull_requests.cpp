// Pull requests of Cloud.
#include "backfill/cloud_api.hpp"
#include "backfill/page.hpp"
#include "rest/target.hpp"

namespace bbstream::backfill {

namespace {

constexpr std::string_view page_length = "50";  // more is refused
// A list shows people only to who asks; what is rendered is the description once more.
constexpr std::string_view listed_fields = "+values.participants,+values.reviewers,-values.rendered,-values.summary";
constexpr std::string_view shown_fields = "-rendered,-summary";
constexpr std::string_view said_fields = "-values.content.html,-values.pullrequest";
// Where a query names no state the list shows open ones only.
constexpr std::string_view all_states = "state IN (\"OPEN\", \"MERGED\", \"DECLINED\", \"SUPERSEDED\")";

rest::target listing(repository const& of)
{
    return rest::target(of.path + "/pullrequests").query("pagelen", page_length).query("fields", listed_fields);
}

}  // namespace

// One that changes while the list is read comes to be in it, and none that is in it leaves it: what was open is then
// one that changed.
std::string cloud_api::first_pull_requests(repository const& of, normalize::pull_requests_view const& known) const
{
    return known.baseline ? changed_pull_requests(of, known)
                          : listing(of).query("state", "OPEN").query("sort", "created_on").text();
}

// With the open ones. In the order of what never changes, so that no page loses what an update moves.
std::string cloud_api::changed_pull_requests(repository const& of, normalize::pull_requests_view const& known) const
{
    std::string wanted(all_states);
    if (known.baseline && known.watermark > change_overlap) {
        wanted += " AND (state = \"OPEN\" OR updated_on >= \"";
        append_rfc3339(wanted, known.watermark - change_overlap);
        wanted += "\")";
    }
    return listing(of).query("q", wanted).query("sort", known.baseline ? "created_on" : "-created_on").text();
}

bool cloud_api::ends_changed(std::string_view, normalize::pull_requests_view const& known) const
{
    return !known.baseline;
}

std::string cloud_api::one_pull_request(repository const& of, std::uint64_t id) const
{
    return rest::target(of.path + "/pullrequests").segment(std::to_string(id)).query("fields", shown_fields).text();
}

// All of them: that one was deleted does not count as an update of it.
std::string cloud_api::comments(repository const& of, std::uint64_t pull_request) const
{
    return rest::target(of.path + "/pullrequests")
        .segment(std::to_string(pull_request))
        .path("/comments")
        .query("pagelen", "100")
        .query("sort", "-created_on")
        .query("fields", said_fields)
        .text();
}

std::optional<std::string_view> cloud_api::source_head(normalize::object const& pull_request) const
{
    auto const source = normalize::object_member(pull_request, "source");
    auto const commit = source ? normalize::object_member(*source, "commit") : std::nullopt;
    return commit ? normalize::filled_member(*commit, "hash") : std::nullopt;
}

std::string cloud_api::statuses(repository const& of, std::string_view commit) const
{
    return rest::target(of.path + "/commit").segment(commit).path("/statuses").query("pagelen", "100").text();
}

}  // namespace bbstream::backfill
