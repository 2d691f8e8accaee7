#include "backfill/visits.hpp"

#include "backfill/comment_look.hpp"
#include "backfill/deployment_look.hpp"
#include "backfill/pipeline_look.hpp"
#include "backfill/pull_request_look.hpp"
#include "backfill/reconciler.hpp"
#include "backfill/status_look.hpp"
#include "normalize/observation.hpp"
#include "observe/log.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace bbstream::backfill {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::string_view push_log_resource = "pushlog";
constexpr std::string_view pull_requests_resource = "pullrequests";
constexpr std::string_view comments_resource = "comments";
constexpr std::string_view statuses_resource = "statuses";
constexpr std::string_view pipelines_resource = "pipelines";
constexpr std::string_view deployments_resource = "deployments";

}  // namespace

net::task<visit> visits::look_at(workbench const& with, repository const& of, visit_wish wish)
{
    visit made;
    auto& outcome = made.outcome;
    bool const push_log = with.instance.platform == product::datacenter && looks_for(of, push_log_resource);
    reconciler looking(with, of, wish.fresh, wish.whole, push_log);
    outcome = co_await looking.run();
    note_push_log(looking.push_log(), with, of);
    std::optional<refusal> owed;  // the look is not at its end, but all else goes on
    if (outcome.only_commits)
        owed = std::exchange(outcome.refused, std::nullopt);
    auto const owed_why = outcome.why;
    if (outcome.whole && !outcome.refused)
        co_await look_beyond_refs(with, of, wish.fresh, outcome);
    if (!outcome.refused)
        co_await look_at_pipelines(with, of, wish.fresh, outcome);
    if (owed && !outcome.refused) {
        outcome.refused = owed;
        outcome.why = owed_why;
    }
    if (outcome.refused)
        runs_due_.erase(of.id);
    if (outcome.whole && !outcome.refused)
        co_await note_end(with, of);
    if (!outcome.refused)
        made.older = co_await look_at_history(with, of, wish.history_asked, outcome);
    if (made.older.left && !outcome.missing_in)
        outcome.missing_in = std::chrono::seconds(0);
    made.failed = count_failed(of.id, outcome);
    co_return made;
}

// What is refused otherwise says nothing of them.
unsigned visits::count_failed(std::string const& repository, look_outcome const& outcome)
{
    if (outcome.refused == refusal::later || outcome.refused == refusal::absent)
        return ++failed_[repository];
    if (!outcome.refused)
        failed_.erase(repository);
    return 0;
}

std::optional<instant> visits::next_call(std::string const& repository) const
{
    auto const found = runs_due_.find(repository);
    return found == runs_due_.end() ? std::nullopt : std::optional(found->second);
}

void visits::forget_absent(std::function<bool(std::string const& repository)> const& is_there)
{
    left_alone_.forget_absent(is_there);
    auto const is_absent = [&](auto const& each) { return !is_there(each.first); };
    std::erase_if(runs_due_, is_absent);
    std::erase_if(failed_, is_absent);
}

bool visits::looks_for(repository const& of, std::string_view resource) const
{
    return !left_alone_.holds(of.id, resource, clock::now());
}

// Pull requests, the comments on them, and the build statuses of their heads.
net::task<void> visits::look_beyond_refs(workbench const& with, repository const& of, bool fresh, look_outcome& outcome)
{
    std::set<std::string> heads;
    bool all_heads = true;
    if (looks_for(of, pull_requests_resource)) {
        pull_request_look looking(with, of, fresh);
        take(co_await looking.run(), with, of, pull_requests_resource, outcome);
        heads = looking.open_heads();
        all_heads = looking.has_all_heads();
    }
    if (!outcome.refused && looks_for(of, comments_resource)) {
        comment_look looking(with, of, fresh);
        take(co_await looking.run(), with, of, comments_resource, outcome);
    }
    if (!outcome.refused && looks_for(of, statuses_resource)) {
        status_look looking(with, of, fresh, std::move(heads), all_heads);
        take(co_await looking.run(), with, of, statuses_resource, outcome);
    }
}

// All of them with the rest; those that went on at the last look soon after it, too, since their end changes nothing
// that a listing of repositories shows. And what they have deployed.
net::task<void> visits::look_at_pipelines(workbench const& with, repository const& of, bool fresh,
                                          look_outcome& outcome)
{
    auto const due = runs_due_.find(of.id);
    bool const some = due != runs_due_.end() && due->second <= clock::now();
    if (!with.api.has_pipelines() || (!outcome.whole && !some) || !looks_for(of, pipelines_resource))
        co_return;
    pipeline_look looking(with, of, fresh, outcome.whole);
    auto const found = co_await looking.run();
    take(found, with, of, pipelines_resource, outcome);
    bool again = found.runs_go_on;
    if (!found.refused && looks_for(of, deployments_resource)) {
        deployment_look looking_on(with, of, fresh);
        auto const deployed = co_await looking_on.run();
        take(deployed, with, of, deployments_resource, outcome);
        again |= deployed.runs_go_on;
    }
    if (again)
        runs_due_[of.id] = clock::now() + jittered(interval_);
    else
        runs_due_.erase(of.id);
}

// So that a restart does not repeat the look.
net::task<void> visits::note_end(workbench const& with, repository const& of)
{
    page_meta meta;
    meta.asof = with.recorder.last();
    answer_record record{journal::origin::poll, normalize::looked_key, refs_meta(of, meta), "{}"};
    co_await with.recorder.append(std::move(record));
}

// Older commits that were asked for.
net::task<history_outcome> visits::look_at_history(workbench const& with, repository const& of, std::uint64_t asked,
                                                   look_outcome& outcome)
{
    history_look looking(with, of, asked);
    auto const found = co_await looking.run();
    auto const& older = looking.older();
    if (found.missing_in)
        outcome.missing_in = std::min(outcome.missing_in.value_or(*found.missing_in), *found.missing_in);
    if (found.refused) {
        outcome.refused = found.refused;
        outcome.why = found.why;
    }
    if (!older.why.empty())
        observe::warn("older commits of a repository can't be had", {{"instance", with.instance.name},
                                                                     {"repository", of.full_name},
                                                                     {"why", older.why},
                                                                     {"again", older.left}});
    co_return older;
}

// Most credentials may not read it, and all else goes on without it.
void visits::note_push_log(look_outcome const& found, workbench const& with, repository const& of)
{
    if (!found.refused || !concerns_resource(*found.refused))
        return;
    left_alone_.add(of.id, push_log_resource, clock::now() + left_alone_for(*found.refused));
    observe::debug("the push log of a repository can't be read",
                   {{"instance", with.instance.name}, {"repository", of.full_name}, {"why", found.why}});
}

// Of a part of a look.
void visits::take(look_outcome const& found, workbench const& with, repository const& of, std::string_view resource,
                  look_outcome& into)
{
    into.differed |= found.differed;
    into.requests += found.requests;
    if (!found.refused)
        return;
    // Every repository has pull requests.
    bool const never_absent = found.refused == refusal::absent && resource == pull_requests_resource;
    if (!concerns_resource(*found.refused) || never_absent) {
        into.refused = never_absent ? refusal::later : found.refused;
        into.why = found.why;
        return;
    }
    left_alone_.add(of.id, resource, clock::now() + left_alone_for(*found.refused));
    // Most repositories have some part turned off.
    auto const say = *found.refused == refusal::absent ? observe::debug : observe::warn;
    say("a part of a repository can't be looked at",
        {{"instance", with.instance.name}, {"repository", of.full_name}, {"part", resource}, {"why", found.why}});
}

}  // namespace bbstream::backfill
