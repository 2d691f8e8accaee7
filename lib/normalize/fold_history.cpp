// The part of the fold that knows older commits which somebody has asked for: those behind the branches, from some time
// on, that were never told.
#include "event/facts.hpp"
#include "normalize/commit.hpp"
#include "normalize/record_fold.hpp"

namespace bbstream::normalize {

namespace {

// What is known of what could not be had, or is too much: that it is missing.
constexpr std::uint64_t all_that_is_known = 1;

// A commit without a date counts as one that is wanted.
bool is_older(event::commit const& commit, state::seconds since)
{
    return commit.date && *commit.date < static_cast<micros>(since) * 1'000'000;
}

}  // namespace

// Whoever asks for what is asked for already, or for less, changes nothing.
void record_fold::fold_history(observation const& about)
{
    auto& whole = shard_->make_reconciliation(repository_key_);
    auto& of = whole.history;
    if (about.outcome) {
        if (!of.asked_for())
            return;
        of.tried = now_;
        bool const again = about.outcome == "failed" && ++of.tries < state::request_tries_max;
        if (!again)
            end_history(of, about.outcome == "done");
        return;
    }
    auto const since = static_cast<state::seconds>(about.since);
    if (since == 0 || (of.asked_for() && of.since <= since))
        return;
    auto const former = std::move(of);
    of = {};
    of.since = since;
    of.run = former.asked_for() ? former.run : record_->sequence;
    of.found = former.found;
    whole.instance = record_->instance;
    whole.repository = repository_.id;
    requests_ = true;
    if (!former.asked_for())
        begin_history(of.run);
}

void record_fold::begin_history(std::uint64_t run)
{
    auto const id = event::backfill_started_fact(name_, record_->instance, event::history_scope, repository_.id, run);
    auto& made = add(event::type::system_backfill_started, id, memory_.join({"backfills/", std::to_string(run)}));
    set_time(made, std::nullopt);
    made.data = event::backfill_started{event::history_scope, run, "since"};
}

// Newest first; each is told with the branch that leads to it.
void record_fold::fold_older_commits(observation const& about, object const& body)
{
    auto* const whole = shard_->find_reconciliation(repository_key_);
    auto const list = array_member(body, "values");
    if (!whole || !whole->history.asked_for() || !list || !takes(whole->history.commits, about))
        return;
    auto& of = whole->history;
    if (about.page == 0)
        begin_listing(about, of.wanted, of.trails);
    of.tries = 0;
    auto const commits = read_commits(*list);
    of.shown += static_cast<std::uint32_t>(commits.items.size());
    auto const led_by = memory_.array<state::trail>(commits.items.size());
    for (std::size_t at = 0; at < commits.items.size(); ++at)
        led_by[at] = follow(commits.items[at], {}, of.trails);
    std::uint64_t order = 0;
    for (std::size_t at = commits.items.size(); at-- > 0;) {
        if (is_older(commits.items[at], of.since) || led_by[at].ref >= of.wanted.size())
            continue;
        auto const ref = ref_of_name(memory_.join({of.wanted[led_by[at].ref].name}));
        of.found += fold_commit(commits.items[at], ref, order++);
    }
    if (about.next)
        return;
    for (auto const& each : of.wanted)
        state::set_head(of.done, each.name, each.head);
    of.wanted.clear();
    of.trails.clear();
}

void record_fold::end_history(state::history& of, bool whole)
{
    auto const id =
        event::backfill_finished_fact(name_, record_->instance, event::history_scope, repository_.id, of.run);
    auto& made = add(event::type::system_backfill_finished, id, memory_.join({"backfills/", std::to_string(of.run)}));
    set_time(made, std::nullopt);
    made.data = event::backfill_finished{event::history_scope, of.run, whole ? "filled" : "unfillable", of.found,
                                         whole ? 0 : all_that_is_known};
    of = {};
}

}  // namespace bbstream::normalize
