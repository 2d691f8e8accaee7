#include "backfill/pipeline_look.hpp"

#include "backfill/pipeline_targets.hpp"
#include "base/time.hpp"
#include "normalize/observation.hpp"

#include <algorithm>
#include <vector>

namespace bbstream::backfill {

namespace {

using state::run_stage;

// More pages are no listing but a loop.
constexpr std::uint64_t pages_max = 1'000;
constexpr std::uint64_t steps_pages_max = 10;
// Of one look, of runs and of steps each: the next one goes on.
constexpr std::size_t look_ups_max = 200;
// Of these, runs that wait for somebody: there may be hundreds, and nearly all of them wait on.
constexpr std::size_t paused_look_ups_max = 10;
// What goes on for longer is looked at with the rest only.
constexpr state::seconds soon_max = 24 * 3600;
constexpr unsigned not_found = 404;

using runs = std::vector<normalize::pipelines_view::run>;

// Those that `wanted` chooses; of many the ones that were shown longest ago.
template <class Wanted>
runs chosen(runs all, Wanted wanted, std::size_t at_most = look_ups_max)
{
    std::erase_if(all, [&](auto const& each) { return !wanted(each.is); });
    std::ranges::sort(all, {}, [](auto const& each) { return each.is.record; });
    all.resize(std::min(all.size(), at_most));
    return all;
}

bool is_ending(state::watched_run const& of)
{
    return of.stage == run_stage::ending;
}

bool has_ended(state::watched_run const& of)
{
    return of.stage == run_stage::ended;
}

}  // namespace

net::task<look_outcome> pipeline_look::run()
{
    auto const seen = co_await look();
    bool goes_on = seen.has_value();
    walked_ = with_.recorder.last();
    if (goes_on && whole_)
        goes_on = co_await walk_through(seen->pipelines);
    if (goes_on)
        goes_on = co_await look_at_open();
    if (goes_on)
        goes_on = co_await settle_ends();
    if (goes_on)
        goes_on = co_await look_at_steps();
    if (goes_on)
        co_await see_what_is_left();
    co_return outcome_;
}

net::task<bool> pipeline_look::walk_through(normalize::pipelines_view known)
{
    page_walk all{"pipelines", pipelines_target(of_, known), pages_max, {}, {}};
    all.key = [](std::string const&) { return normalize::pipelines_key; };
    all.read = [&](std::string const& target, std::string const& body) {
        auto next = next_pipelines_page(target, body);
        if (next && ends_pipelines(body, known))
            next->reset();
        return next;
    };
    co_return co_await walk(std::move(all), known.pages);
}

// What goes on and was on none of the pages.
net::task<bool> pipeline_look::look_at_open()
{
    auto const seen = co_await look();
    if (!seen)
        co_return false;
    auto const goes_on = [this](state::watched_run const& each) {
        return (each.stage == run_stage::queued || each.stage == run_stage::running) && each.record <= walked_;
    };
    auto const rests = [this](state::watched_run const& each) {
        return whole_ && each.stage == run_stage::paused && each.record <= walked_;
    };
    if (bool const looked = co_await look_up_all(chosen(seen->pipelines.runs, goes_on)); !looked)
        co_return false;
    co_return co_await look_up_all(chosen(seen->pipelines.runs, rests, paused_look_ups_max));
}

// Webhooks may be on their way: what is still not told after a while is told then.
net::task<bool> pipeline_look::settle_ends()
{
    auto seen = co_await look();
    if (!seen)
        co_return false;
    auto const ending = chosen(seen->pipelines.runs, is_ending);
    if (ending.empty())
        co_return true;
    outcome_.differed = true;
    if (bool const waits = co_await wait_for_webhooks(); !waits)
        co_return false;
    if (whole_ && ending.size() > 1) {  // one page shows most of them again
        normalize::pipelines_view known = seen->pipelines;
        known.pages = {};
        if (bool const walked = co_await walk_through(std::move(known)); !walked)
            co_return false;
        seen = co_await look();
        if (!seen)
            co_return false;
    }
    auto left = chosen(seen->pipelines.runs, is_ending);
    co_return co_await look_up_all(std::move(left));
}

net::task<bool> pipeline_look::look_up_all(std::vector<watched> which)
{
    for (auto const& each : which) {
        sought one{"a pipeline", pipeline_target(of_, each.id), normalize::pipeline_key, {}};
        one.meta = [this, &each](page_meta const& page, bool found) {
            return pipeline_meta(of_, page, each.id, found);
        };
        if (bool const looked = co_await look_up(std::move(one)); !looked)
            co_return false;
    }
    co_return true;
}

net::task<bool> pipeline_look::look_at_steps()
{
    auto const seen = co_await look();
    if (!seen)
        co_return false;
    auto const ended = chosen(seen->pipelines.runs, has_ended);
    for (auto const& each : ended)
        if (bool const listed = co_await list_steps(each); !listed)
            co_return false;
    co_return true;
}

net::task<bool> pipeline_look::list_steps(watched of)
{
    std::string target = steps_target(of_, of.id);
    for (std::uint64_t page = 0; page < steps_pages_max; ++page) {
        auto const meta = begin_page(page);
        auto const answer = co_await ask(get(target));
        if (!answer)
            co_return false;
        if (answer->status == not_found) {  // the pipeline was deleted
            answer_record record{journal::origin::poll, normalize::pipeline_key, pipeline_meta(of_, meta, of.id, false),
                                 answer->body};
            co_return co_await keep(std::move(record));
        }
        if (!answer->ok())
            co_return refuse(refusal_of(*answer), "listing steps: " + status_text(*answer));
        auto const next = next_pipelines_page(target, answer->body);
        if (!next)
            co_return refuse(refusal::later, "listing steps: " + next.error().message);
        bool const last = !*next || page + 1 == steps_pages_max;
        answer_record record{journal::origin::poll, normalize::steps_key,
                             steps_meta(of_, meta, of.id, of.is.number, last), answer->body};
        bool const kept = co_await keep(std::move(record));
        if (!kept || last)
            co_return kept;
        target = **next;
    }
    co_return true;
}

// What was too much for one look, and what will soon have ended.
net::task<bool> pipeline_look::see_what_is_left()
{
    auto const seen = co_await look();
    if (!seen)
        co_return false;
    auto const now = static_cast<state::seconds>(now_micros() / 1'000'000);
    for (auto const& [id, run] : seen->pipelines.runs) {
        outcome_.differed |= is_ending(run) || has_ended(run);
        bool const goes_on = run.stage == run_stage::queued || run.stage == run_stage::running;
        outcome_.runs_go_on |= goes_on && now < run.since + soon_max;
    }
    co_return true;
}

}  // namespace bbstream::backfill
