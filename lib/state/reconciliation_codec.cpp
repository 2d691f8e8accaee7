#include "state/reconciliation_codec.hpp"

namespace bbstream::state {

static void write(checkpoint_writer& to, named_head const& what)
{
    to.value(what.name);
    to.value(what.head);
}

static void write(checkpoint_writer& to, doubt const& what)
{
    to.value(what.name);
    to.value(what.seen);
    to.integer(what.since);
    to.integer(what.looks);
}

static void write(checkpoint_writer& to, walk const& what)
{
    to.integer(what.pages);
    to.value(what.next);
}

static void write(checkpoint_writer& to, request const& what)
{
    to.integer(static_cast<std::uint8_t>(what.kind));
    to.value(what.ref);
    to.value(what.before);
    to.value(what.after);
    to.value(what.gap);
    to.value(what.change);
    to.value(what.known);
    to.integer(what.made);
    to.integer(what.run);
    to.integer(what.found);
    to.integer(what.tries);
    to.integer(what.tried);
    to.value(what.withheld);
}

static void write(checkpoint_writer& to, described const& what)
{
    to.value(what.id);
    to.value(what.known);
    to.integer(static_cast<std::uint8_t>(what.reconstructed));
    to.integer(what.record);
    to.value(what.doubted);
    to.integer(what.since);
    to.integer(what.absent);
}

static void write(checkpoint_writer& to, comment_doubt const& what)
{
    to.value(what.fact);
    to.integer(what.since);
    to.integer(what.seen);
}

static void write(checkpoint_writer& to, discussion const& what)
{
    to.integer(static_cast<std::uint64_t>(what.known));
    to.integer(what.stamp);
    to.integer(what.began);
    to.integer(static_cast<std::uint64_t>(what.latest));
    to.value(what.seen);
    to.value(what.doubts);
}

static void write(checkpoint_writer& to, pull_request_watch const& what)
{
    to.integer(static_cast<std::uint8_t>(what.baseline));
    to.value(what.pages);
    to.integer(what.newest);
    to.integer(static_cast<std::uint64_t>(what.watermark));
    to.value(what.open);
    to.integer(what.began);
    to.integer(what.newest_seen);
    to.integer(static_cast<std::uint64_t>(what.watermark_seen));
    to.value(what.open_seen);
    to.integer(static_cast<std::uint32_t>(what.doubts.size()));
    for (auto const& [id, doubt] : what.doubts) {
        to.integer(id);
        to.value(doubt.seen);
        to.integer(doubt.since);
        to.integer(static_cast<std::uint8_t>(doubt.opened));
    }
    to.integer(static_cast<std::uint32_t>(what.discussions.size()));
    for (auto const& [id, discussion] : what.discussions) {
        to.integer(id);
        to.value(discussion);
    }
}

static void write(checkpoint_writer& to, pipeline_watch const& what)
{
    to.integer(static_cast<std::uint8_t>(what.baseline));
    to.value(what.pages);
    to.integer(static_cast<std::uint64_t>(what.watermark));
    to.integer(static_cast<std::uint64_t>(what.watermark_seen));
    to.integer(static_cast<std::uint32_t>(what.runs.size()));
    for (auto const& [id, run] : what.runs) {
        to.value(id);
        to.integer(run.number);
        to.integer(static_cast<std::uint8_t>(run.stage));
        to.integer(run.since);
        to.integer(run.record);
    }
}

static void write(checkpoint_writer& to, deployment_watch const& what)
{
    to.integer(static_cast<std::uint8_t>(what.baseline));
    to.integer(static_cast<std::uint8_t>(what.stale));
    to.value(what.pages);
    to.integer(what.began);
    to.integer(what.shown);
    to.integer(static_cast<std::uint64_t>(what.watermark_seen));
    to.integer(what.walked);
    to.integer(what.length);
    to.integer(static_cast<std::uint64_t>(what.watermark));
    to.integer(static_cast<std::uint32_t>(what.open.size()));
    for (auto const& [id, one] : what.open) {
        to.value(id);
        to.integer(one.since);
        to.integer(one.record);
    }
}

static void read(checkpoint_reader& from, named_head& into)
{
    from.value(into.name);
    from.value(into.head);
}

static void read(checkpoint_reader& from, doubt& into)
{
    from.value(into.name);
    from.value(into.seen);
    into.since = from.integer<std::uint32_t>();
    into.looks = from.integer<std::uint8_t>();
}

static void read(checkpoint_reader& from, walk& into)
{
    into.pages = from.integer<std::uint32_t>();
    from.value(into.next);
}

static void read(checkpoint_reader& from, request& into)
{
    auto const kind = from.integer<std::uint8_t>();
    from.fail_if(kind >= request_kind_count);
    into.kind = from.failed() ? request_kind::truncated : static_cast<request_kind>(kind);
    from.value(into.ref);
    from.value(into.before);
    from.value(into.after);
    into.gap = from.read_key();
    into.change = from.read_key();
    from.value(into.known);
    into.made = from.integer<std::uint32_t>();
    into.run = from.integer<std::uint64_t>();
    into.found = from.integer<std::uint32_t>();
    into.tries = from.integer<std::uint8_t>();
    into.tried = from.integer<std::uint32_t>();
    from.value(into.withheld);
}

static void read(checkpoint_reader& from, described& into)
{
    from.value(into.id);
    from.value(into.known);
    into.reconstructed = from.integer<std::uint8_t>() != 0;
    into.record = from.integer<std::uint64_t>();
    from.value(into.doubted);
    into.since = from.integer<std::uint32_t>();
    into.absent = from.integer<std::uint32_t>();
}

static void read(checkpoint_reader& from, comment_doubt& into)
{
    into.fact = from.read_key();
    into.since = from.integer<std::uint32_t>();
    into.seen = from.integer<std::uint32_t>();
}

static void read(checkpoint_reader& from, discussion& into)
{
    into.known = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    into.stamp = from.integer<std::uint64_t>();
    into.began = from.integer<std::uint32_t>();
    into.latest = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    from.value(into.seen);
    from.value(into.doubts);
}

static void read(checkpoint_reader& from, pull_request_watch& into)
{
    into.baseline = from.integer<std::uint8_t>() != 0;
    from.value(into.pages);
    into.newest = from.integer<std::uint64_t>();
    into.watermark = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    from.value(into.open);
    into.began = from.integer<std::uint32_t>();
    into.newest_seen = from.integer<std::uint64_t>();
    into.watermark_seen = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    from.value(into.open_seen);
    std::size_t const doubts = from.integer<std::uint32_t>();
    for (std::size_t at = 0; at < doubts && !from.failed(); ++at) {
        auto& doubt = into.doubts[from.integer<std::uint64_t>()];
        from.value(doubt.seen);
        doubt.since = from.integer<std::uint32_t>();
        doubt.opened = from.integer<std::uint8_t>() != 0;
    }
    from.fail_if(into.doubts.size() != doubts);
    std::size_t const discussions = from.integer<std::uint32_t>();
    for (std::size_t at = 0; at < discussions && !from.failed(); ++at)
        from.value(into.discussions[from.integer<std::uint64_t>()]);
    from.fail_if(into.discussions.size() != discussions);
}

static void read(checkpoint_reader& from, pipeline_watch& into)
{
    into.baseline = from.integer<std::uint8_t>() != 0;
    from.value(into.pages);
    into.watermark = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    into.watermark_seen = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    std::size_t const runs = from.integer<std::uint32_t>();
    std::string id;
    for (std::size_t at = 0; at < runs && !from.failed(); ++at) {
        from.value(id);
        auto& run = into.runs[id];
        run.number = from.integer<std::uint64_t>();
        auto const stage = from.integer<std::uint8_t>();
        from.fail_if(stage >= run_stage_count);
        run.stage = from.failed() ? run_stage::queued : static_cast<run_stage>(stage);
        run.since = from.integer<std::uint32_t>();
        run.record = from.integer<std::uint64_t>();
    }
    from.fail_if(into.runs.size() != runs);
}

static void read(checkpoint_reader& from, deployment_watch& into)
{
    into.baseline = from.integer<std::uint8_t>() != 0;
    into.stale = from.integer<std::uint8_t>() != 0;
    from.value(into.pages);
    into.began = from.integer<std::uint32_t>();
    into.shown = from.integer<std::uint32_t>();
    into.watermark_seen = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    into.walked = from.integer<std::uint32_t>();
    into.length = from.integer<std::uint32_t>();
    into.watermark = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    std::size_t const open = from.integer<std::uint32_t>();
    std::string id;
    for (std::size_t at = 0; at < open && !from.failed(); ++at) {
        from.value(id);
        auto& one = into.open[id];
        one.since = from.integer<std::uint32_t>();
        one.record = from.integer<std::uint64_t>();
    }
    from.fail_if(into.open.size() != open);
}

static void write(checkpoint_writer& to, trails const& what)
{
    to.integer(static_cast<std::uint32_t>(what.size()));
    for (auto const& [prefix, trail] : what) {
        to.bytes(&prefix, sizeof prefix);
        to.integer(trail.ref);
        to.integer(static_cast<std::uint8_t>(trail.told));
    }
}

static void read(checkpoint_reader& from, trails& into)
{
    std::size_t const count = from.integer<std::uint32_t>();
    for (std::size_t at = 0; at < count && !from.failed(); ++at) {
        std::uint64_t prefix = 0;
        from.bytes(&prefix, sizeof prefix);
        auto& trail = into[prefix];
        trail.ref = from.integer<std::uint32_t>();
        trail.told = from.integer<std::uint8_t>() != 0;
    }
    from.fail_if(into.size() != count);
}

static void write(checkpoint_writer& to, history const& what)
{
    to.integer(what.since);
    to.integer(what.run);
    to.value(what.commits);
    to.value(what.wanted);
    write(to, what.trails);
    to.value(what.done);
    to.integer(what.shown);
    to.integer(what.found);
    to.integer(what.tries);
    to.integer(what.tried);
}

static void read(checkpoint_reader& from, history& into)
{
    into.since = from.integer<std::uint32_t>();
    into.run = from.integer<std::uint64_t>();
    from.value(into.commits);
    from.value(into.wanted);
    read(from, into.trails);
    from.value(into.done);
    into.shown = from.integer<std::uint32_t>();
    into.found = from.integer<std::uint32_t>();
    into.tries = from.integer<std::uint8_t>();
    into.tried = from.integer<std::uint32_t>();
}

void write(checkpoint_writer& to, reconciliation const& what)
{
    to.integer(static_cast<std::uint8_t>(what.baseline));
    to.value(what.live);
    to.value(what.reconciled);
    to.value(what.observed);
    to.value(what.doubts);
    to.value(what.refs);
    to.integer(what.asof);
    to.value(what.commits);
    to.value(what.wanted);
    write(to, what.trails);
    to.integer(what.delivered);
    to.integer(what.looked);
    to.integer(static_cast<std::uint64_t>(what.newest));
    to.value(what.itself);
    to.value(what.instance);
    to.value(what.repository);
    to.value(what.requests);
    to.value(what.filling);
    to.integer(what.listed);
    to.integer(static_cast<std::uint8_t>(what.unreachable));
    to.value(what.pull_requests);
    to.value(what.pipelines);
    to.value(what.deployments);
    to.integer(what.commits_end.shown);
    to.integer(what.commits_end.most);
    to.integer(static_cast<std::uint8_t>(what.commits_end.is_loss));
    to.value(what.default_ref);
    to.value(what.history);
}

void read(checkpoint_reader& from, reconciliation& into)
{
    into.baseline = from.integer<std::uint8_t>() != 0;
    from.value(into.live);
    from.value(into.reconciled);
    from.value(into.observed);
    from.value(into.doubts);
    from.value(into.refs);
    into.asof = from.integer<std::uint64_t>();
    from.value(into.commits);
    from.value(into.wanted);
    read(from, into.trails);
    into.delivered = from.integer<std::uint32_t>();
    into.looked = from.integer<std::uint32_t>();
    into.newest = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    from.value(into.itself);
    from.value(into.instance);
    from.value(into.repository);
    from.value(into.requests);
    into.filling = from.read_key();
    into.listed = from.integer<std::uint32_t>();
    into.unreachable = from.integer<std::uint8_t>() != 0;
    from.value(into.pull_requests);
    from.value(into.pipelines);
    from.value(into.deployments);
    into.commits_end.shown = from.integer<std::uint32_t>();
    into.commits_end.most = from.integer<std::uint32_t>();
    into.commits_end.is_loss = from.integer<std::uint8_t>() != 0;
    from.value(into.default_ref);
    from.value(into.history);
}

}  // namespace bbstream::state
