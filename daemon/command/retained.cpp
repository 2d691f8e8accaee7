#include "daemon/command/retained.hpp"

#include "daemon/sinks.hpp"
#include "state/checkpoints.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::command {

namespace {

// The state as near before the first wanted record as checkpoints have it, and of which records it is.
result<flow::checkpoint_range> load_state(config::config const& config, journal::journal_status const& journal,
                                          flow::audit_wish const& wish, state::state& into)
{
    auto const before = std::max(wish.from.value_or(0), journal.first) - 1;
    auto const report = state::checkpoints(config.state.path, journal.identity).look(into, before, journal.first);
    if (!report)
        return report.error();
    auto const [lowest, highest] = std::ranges::minmax_element(report->shards, {}, &state::shard_report::applied);
    return flow::checkpoint_range{lowest->applied, highest->applied};
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
    auto const kept = load_state(config, before->status, wish, *opened.state);
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
    return opened;
}

}  // namespace bbstream::command
