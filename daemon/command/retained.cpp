#include "daemon/command/retained.hpp"

#include "daemon/sinks.hpp"
#include "state/checkpoints.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::command {

namespace {

// The state that the newest checkpoints hold, and of which records it is; nothing when a shard has none of use.
result<std::optional<flow::checkpoint_range>> load_checkpoints(config::config const& config,
                                                               journal::identity const& journal, state::state& state)
{
    auto const report = state::checkpoints(config.state.path, journal).look(state);
    if (!report)
        return report.error();
    if (report->count(state::shard_outcome::loaded) != report->shards.size())
        return std::optional<flow::checkpoint_range>();
    auto const [lowest, highest] = std::ranges::minmax_element(report->shards, {}, &state::shard_report::applied);
    return std::optional(flow::checkpoint_range{lowest->applied, highest->applied});
}

}  // namespace

// Checkpoints, then the cursor, then the journal: beside a running daemon each may be ahead of the one before it.
result<retained> open_retained(config::config const& config, flow::audit_wish const& wish)
{
    retained opened;
    auto const before = journal::inspect(config.journal.path);
    if (!before)
        return before.error();
    opened.state = std::make_unique<state::state>(config.state.size_max);
    auto const kept = load_checkpoints(config, before->status.identity, *opened.state);
    if (!kept)
        return kept.error();
    opened.sink = daemon::make_reader(config);
    auto const committed = opened.sink->open();
    if (!committed)
        return committed.error();
    auto log = journal::stored_log::open(config.journal.path);
    if (!log)
        return log.error();
    opened.log = std::move(*log);
    opened.status = opened.log->status();
    auto plan = flow::plan_audit(opened.status, *kept, *committed, wish);
    if (!plan)
        return plan.error();
    opened.plan = std::move(*plan);
    if (!opened.plan.from_checkpoints)
        opened.state->clear();
    return opened;
}

}  // namespace bbstream::command
