#include "filled_shard.hpp"

#include "numbered_key.hpp"

#include <string>

namespace bbstream::state {

void fill(shard& into, std::uint64_t from)
{
    into.know_repository(numbered_key(from));
    for (std::uint64_t number = from; number < from + 3; ++number) {
        into.see_delivery(numbered_key(number), 0, now);
        into.count_occurrence(numbered_key(number), now, now);
        into.write_machine(numbered_key(number), numbered_key(number + 1), -static_cast<std::int64_t>(number), now);
        into.write_snapshot(numbered_key(number), static_cast<std::int64_t>(number), std::string(number % 50, 's'),
                            number % 2 == 0, now);
        into.publish_once(numbered_key(number), now);
        ref_state ref;
        ref.head = head::of_hex(std::string(number % 2 ? 64 : 40, 'a'));
        ref.previous = number;
        ref.known.add(number);
        ref.known.add(ref.head.prefix());
        into.write_ref(numbered_key(number), ref);
    }
    into.write_ref(numbered_key(from + 9), {});
    auto& looked_at = into.make_reconciliation(numbered_key(from));
    auto const known = head::of_hex(std::string(40, 'b'));
    looked_at.baseline = true;
    looked_at.looked = now;
    looked_at.unreachable = true;
    looked_at.live = {"refs/heads/main"};
    looked_at.reconciled = {{"refs/heads/main", known}};
    looked_at.observed = {{"refs/heads/main", known}, {"refs/tags/1", {}}};
    looked_at.doubts = {{"refs/heads/gone", {}, now, 1}};
    looked_at.refs = {2, "/refs?page=3"};
    looked_at.asof = from;
    looked_at.commits = {1, "/commits?page=2"};
    looked_at.commits_end = {200, 1'000, false};
    looked_at.default_ref = "refs/heads/trunk";
    looked_at.wanted = looked_at.observed;
    looked_at.trails = {{7, {1, true}}, {8, {0, false}}};
    looked_at.itself = {"id", "described", true, from, "otherwise", now, now};
    looked_at.instance = "cloud";
    looked_at.repository = "r1";
    request missing{request_kind::chain, "refs/heads/main",      known, {},
                    numbered_key(from),  numbered_key(from + 1), known};
    missing.made = now;
    missing.run = from;
    missing.found = 3;
    missing.tries = 2;
    missing.tried = now + 1;
    missing.withheld = R"({"values":[]})";
    looked_at.requests = {missing, {request_kind::unlisted, "refs/heads/x", {}, known, {}, numbered_key(from + 2), {}}};
    looked_at.filling = numbered_key(from + 1);
    looked_at.listed = 7;
    auto& watch = looked_at.pull_requests;
    watch.baseline = true;
    watch.pages = {3, "/pullrequests?page=4"};
    watch.newest = 17;
    watch.watermark = -1;
    watch.open = {3, 16};
    watch.newest_seen = 18;
    watch.watermark_seen = 5;
    watch.open_seen = {3};
    watch.doubts = {{16, {known, now, false}}, {18, {{}, now, true}}};
    watch.discussions[16] = {5, 6, now, -7, {8, 9}, {{numbered_key(from + 3), now, now + 1}}};
    watch.discussions[18] = {};
    auto& pipelines = looked_at.pipelines;
    pipelines.baseline = true;
    pipelines.pages = {2, "/pipelines/?page=3"};
    pipelines.watermark = 7;
    pipelines.watermark_seen = -1;
    pipelines.runs = {{"p1", {1, run_stage::paused, now, from}}, {"p2", {3, run_stage::ended, now + 1, from + 1}}};
    auto& deployments = looked_at.deployments;
    deployments.baseline = true;
    deployments.stale = true;
    deployments.pages = {1, "/deployments/?page=2"};
    deployments.began = now - 2;
    deployments.shown = 100;
    deployments.watermark_seen = -2;
    deployments.walked = now - 3;
    deployments.length = 150;
    deployments.watermark = 9;
    deployments.open = {{"d1", {now, from}}, {"d2", {now + 1, from + 1}}};
    auto& older = looked_at.history;
    older.since = now - 1;
    older.run = from;
    older.commits = {2, "/commits?page=3"};
    older.wanted = looked_at.observed;
    older.trails = {{9, {1, false}}};
    older.done = looked_at.reconciled;
    older.shown = 300;
    older.found = 17;
    older.tries = 1;
    older.tried = now;
    into.weigh(looked_at);
}

}  // namespace bbstream::state
