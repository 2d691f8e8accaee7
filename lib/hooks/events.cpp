#include "hooks/events.hpp"

#include "normalize/cloud/keys.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace bbstream::hooks {
namespace {

// Without those of issues, whose tracker Atlassian removed, and without project:updated, which is of workspaces only.
constexpr std::array<std::string_view, 25> cloud_known = {"repo:push",
                                                          "repo:fork",
                                                          "repo:updated",
                                                          "repo:transfer",
                                                          "repo:created",
                                                          "repo:deleted",
                                                          "repo:imported",
                                                          "repo:commit_comment_created",
                                                          "repo:commit_status_created",
                                                          "repo:commit_status_updated",
                                                          "pullrequest:created",
                                                          "pullrequest:updated",
                                                          "pullrequest:push",
                                                          "pullrequest:approved",
                                                          "pullrequest:unapproved",
                                                          "pullrequest:fulfilled",
                                                          "pullrequest:rejected",
                                                          "pullrequest:changes_request_created",
                                                          "pullrequest:changes_request_removed",
                                                          "pullrequest:comment_created",
                                                          "pullrequest:comment_updated",
                                                          "pullrequest:comment_deleted",
                                                          "pullrequest:comment_resolved",
                                                          "pullrequest:comment_reopened",
                                                          "pipeline:span_created"};

using version = std::pair<unsigned, unsigned>;

// Spellings that servers take, with the version that brought them. (The documentation has more, which are refused.)
struct since {
    std::string_view key;
    version from;
};
constexpr std::array datacenter_known = {
    since{"repo:refs_changed", {5, 4}},   since{"repo:modified", {5, 4}},
    since{"repo:forked", {5, 4}},         since{"repo:comment:added", {5, 4}},
    since{"repo:comment:edited", {5, 4}}, since{"repo:comment:deleted", {5, 4}},
    since{"pr:opened", {5, 4}},           since{"pr:merged", {5, 4}},
    since{"pr:declined", {5, 4}},         since{"pr:deleted", {5, 4}},
    since{"pr:comment:added", {5, 4}},    since{"pr:comment:edited", {5, 4}},
    since{"pr:comment:deleted", {5, 4}},  since{"pr:reviewer:approved", {5, 4}},
    since{"pr:modified", {5, 10}},        since{"pr:reviewer:unapproved", {5, 4}},
    since{"pr:reviewer:updated", {6, 0}}, since{"pr:reviewer:needs_work", {5, 4}},
    since{"pr:from_ref_updated", {7, 0}}, since{"mirror:repo_synchronized", {6, 5}},
    since{"project:modified", {8, 8}},    since{"repo:secret_detected", {8, 11}},
};

version read_version(std::string_view text)
{
    version read{};
    auto const* const end = text.data() + text.size();
    auto const major = std::from_chars(text.data(), end, read.first);
    if (major.ec != std::errc{} || major.ptr == end || *major.ptr != '.')
        return {~0u, 0};
    auto const minor = std::from_chars(major.ptr + 1, end, read.second);
    return minor.ec == std::errc{} ? read : version{~0u, 0};
}

bool is_typed(std::string_view key)
{
    return key == "repo:push" || normalize::cloud::mapping_of(key) != nullptr;
}

}  // namespace

std::vector<std::string> cloud_events(std::span<std::string const> offered)
{
    std::vector<std::string> all;
    for (auto const& each : offered)
        if (is_typed(each))
            all.push_back(each);
    if (offered.empty())
        all.assign(cloud_known.begin(), cloud_known.end());
    return all;
}

std::vector<std::string> datacenter_events(std::string_view text)
{
    auto const server = read_version(text);
    std::vector<std::string> all;
    for (auto const& each : datacenter_known)
        if (each.from <= server)
            all.emplace_back(each.key);
    return all;
}

}  // namespace bbstream::hooks
