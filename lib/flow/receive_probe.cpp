// bbstream_deliveries_total and bbstream_ack_seconds.
#include "flow/receive_probe.hpp"

#include <algorithm>
#include <array>

namespace bbstream::flow {
namespace {

// Sorted. Every key that either product documents, or was seen to send.
constexpr auto known_keys = std::to_array<std::string_view>({
    "diagnostics:ping",
    "issue:comment_created",
    "issue:created",
    "issue:updated",
    "mirror:repo_synchronized",
    "pipeline:span_created",
    "pr:comment:added",
    "pr:comment:deleted",
    "pr:comment:edited",
    "pr:declined",
    "pr:deleted",
    "pr:from_ref_updated",
    "pr:merged",
    "pr:modified",
    "pr:opened",
    "pr:reopened",
    "pr:reviewer:approved",
    "pr:reviewer:changes_requested",
    "pr:reviewer:needs_work",
    "pr:reviewer:unapproved",
    "pr:reviewer:updated",
    "pr:to_ref_updated",
    "project:created",
    "project:deleted",
    "project:modified",
    "project:updated",
    "pullrequest:approved",
    "pullrequest:changes_request_created",
    "pullrequest:changes_request_removed",
    "pullrequest:comment_created",
    "pullrequest:comment_deleted",
    "pullrequest:comment_reopened",
    "pullrequest:comment_resolved",
    "pullrequest:comment_updated",
    "pullrequest:created",
    "pullrequest:fulfilled",
    "pullrequest:push",
    "pullrequest:rejected",
    "pullrequest:unapproved",
    "pullrequest:updated",
    "repo:comment:added",
    "repo:comment:deleted",
    "repo:comment:edited",
    "repo:commit_comment_created",
    "repo:commit_status_created",
    "repo:commit_status_updated",
    "repo:created",
    "repo:default_branch_modified",
    "repo:deleted",
    "repo:fork",
    "repo:forked",
    "repo:imported",
    "repo:modified",
    "repo:push",
    "repo:refs_changed",
    "repo:secret_detected",
    "repo:transfer",
    "repo:updated",
});
static_assert(std::is_sorted(known_keys.begin(), known_keys.end()));

constexpr std::string_view outcome_name(received outcome)
{
    switch (outcome) {
        case received::accepted:
            return "accepted";
        case received::ping:
            return "ping";
        case received::unauthorized:
            return "unauthorized";
        case received::malformed:
            return "malformed";
        case received::unavailable:
            break;
    }
    return "unavailable";
}

// known_keys.size() for any other.
std::size_t index_of(std::string_view key)
{
    auto const* const found = std::lower_bound(known_keys.begin(), known_keys.end(), key);
    return static_cast<std::size_t>((found != known_keys.end() && *found == key ? found : known_keys.end()) -
                                    known_keys.begin());
}

std::vector<double> const ack_bounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

}  // namespace

receive_probe::receive_probe(observe::metrics& metrics, std::string instance)
    : metrics_(&metrics),
      instance_(std::move(instance)),
      ack_seconds_(metrics.make_histogram("bbstream_ack_seconds",
                                          "From a delivery being whole until the journal has answered", ack_bounds)),
      counters_((known_keys.size() + 1) * received_count)
{
}

void receive_probe::count(std::string_view event_key, received outcome)
{
    auto const key = index_of(event_key);
    auto& counter = counters_[key * received_count + static_cast<std::size_t>(outcome)];
    if (!counter)
        counter = metrics_->make_counter("bbstream_deliveries_total", "Deliveries by what became of them",
                                         {{"instance", instance_},
                                          {"key", key < known_keys.size() ? known_keys[key] : "other"},
                                          {"outcome", outcome_name(outcome)}});
    counter->add();
}

void receive_probe::acknowledged(std::chrono::steady_clock::duration took) const
{
    ack_seconds_.observe(std::chrono::duration<double>(took).count());
}

}  // namespace bbstream::flow
