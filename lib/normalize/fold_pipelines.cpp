// The part of the fold that knows what REST shows of pipelines. (Cloud's only: Data Center has none.)
#include "normalize/cloud/pipeline.hpp"
#include "normalize/cloud/pipeline_end.hpp"
#include "normalize/observed_pipelines.hpp"
#include "normalize/record_fold.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

using cloud::ending;
using cloud::observed_run;
using state::run_stage;
using state::watched_run;

cloud::pipeline_end end_of(observed_run const& seen)
{
    return {ending::run, seen.run.run_id, seen.number, seen.run.finished_at};
}

// That its steps were looked at, or that it ended before anybody looked.
event::uuid done_with(mapping& in, std::string_view pipeline, std::uint64_t number)
{
    return in.facts().pipeline_run(pipeline, number, "looked_at").id(0);
}

// Of one that is not watched. A later run of an old pipeline shows in the number only.
bool is_recent(observed_run const& seen, micros watermark)
{
    return seen.number > 1 || !seen.run.queued_at || *seen.run.queued_at >= watermark - pipelines_overlap;
}

// Whether it is to be watched from now on. What had ended at first sight is no news.
bool is_news(mapping& in, observed_run const& seen, state::pipeline_watch const& watch)
{
    if (seen.stage != run_stage::ended)
        return !is_told(in, end_of(seen));
    auto const done = done_with(in, seen.run.run_id, seen.number);
    if (watch.baseline)
        return is_recent(seen, watch.watermark) && !in.is_told(done);
    if (is_recent(seen, watch.watermark_seen))
        in.note(done);
    return false;
}

// Where it stood at the last look; nothing: it is not watched.
std::optional<run_stage> stage_before(observed_run const& seen, state::pipeline_watch const& watch)
{
    auto const known = watch.runs.find(seen.run.run_id);
    bool const same = known != watch.runs.end() && known->second.number == seen.number;
    return same ? std::optional(known->second.stage) : std::nullopt;
}

// Of too many runs one that waits for somebody, shown longest ago, is given up: most of them nobody ever goes on with.
bool make_room(state::pipeline_watch& watch)
{
    if (watch.runs.size() < state::watched_runs_max)
        return true;
    auto oldest = watch.runs.end();
    for (auto at = watch.runs.begin(); at != watch.runs.end(); ++at)
        if (at->second.stage == run_stage::paused &&
            (oldest == watch.runs.end() || at->second.record < oldest->second.record))
            oldest = at;
    if (oldest == watch.runs.end())
        return false;
    watch.runs.erase(oldest);
    return true;
}

// Nothing where it is no news, an old answer, or one too many.
watched_run* begin_watching(mapping& in, observed_run const& seen, state::pipeline_watch& watch, state::seconds now)
{
    auto const former = watch.runs.find(seen.run.run_id);
    bool const watched = former != watch.runs.end();
    bool const old = watched && seen.number < former->second.number;
    if (old || !is_news(in, seen, watch) || (!watched && !make_room(watch)))
        return nullptr;
    auto& run = watch.runs[std::string(seen.run.run_id)];
    run = {seen.number, run_stage::queued, now, 0};
    return &run;
}

void add_run(mapping& in, observed_run const& seen, event::event& made)
{
    made.data = event::pipeline_run_fact{in.memory().keep(seen.run)};
}

// That it waits, or goes on: no webhook tells.
void add_phase(mapping& in, observed_run const& seen, event::type type, std::string_view phase,
               std::optional<micros> at)
{
    auto const fact = [&] { return in.facts().pipeline_run(seen.run.run_id, seen.number, phase); };
    if (!in.has_happened(fact()))
        add_run(in, seen, in.add_counted(type, fact(), in.memory().join({"pipelineruns/", seen.run.run_id}), at));
}

// What it does now, where that is another thing than before; nothing: it was not watched.
void tell_progress(mapping& in, observed_run const& seen, std::optional<run_stage> before)
{
    if (seen.stage == run_stage::queued && !before)
        add_phase(in, seen, event::type::pipelinerun_queued, "queued", seen.run.queued_at);
    else if (seen.stage == run_stage::running && before.value_or(run_stage::queued) == run_stage::queued)
        add_phase(in, seen, event::type::pipelinerun_started, "started", std::nullopt);
}

}  // namespace

// Newest first, down to a page that is known.
void record_fold::fold_pipelines(observation const& about, object const& body)
{
    auto& of = shard_->make_reconciliation(repository_key_);
    auto& watch = of.pipelines;
    auto const list = array_member(body, "values");
    if (!list || !takes(watch.pages, about))
        return;
    if (about.page == 0) {
        watch.watermark_seen = 0;
        watch.baseline |= about.fresh;
    }
    for (element const each : *list)
        if (auto const from = as_object(each)) {
            watch.watermark_seen = std::max(watch.watermark_seen, time_member(*from, "created_on").value_or(0));
            look_at_run(*from, static_cast<state::seconds>(about.grace), of);
        }
    if (about.next)
        return;
    watch.watermark = std::max(watch.watermark, watch.watermark_seen);
    watch.baseline = true;
    if (watch.watermark == 0)
        of.deployments.baseline = true;  // they come of pipelines only
}

void record_fold::fold_pipeline(observation const& about, std::optional<object> const& body)
{
    auto* const of = shard_->find_reconciliation(repository_key_);
    if (!of || !about.pipeline)
        return;
    auto& watch = of->pipelines;
    if (body && about.found)
        look_at_run(*body, static_cast<state::seconds>(about.grace), *of);
    else if (auto const gone = watch.runs.find(*about.pipeline); !about.found && gone != watch.runs.end())
        watch.runs.erase(gone);
}

// An end whose webhook may be on its way is told when it is still seen a while later; after that come the steps.
void record_fold::look_at_run(object const& from, state::seconds grace, state::reconciliation& of)
{
    auto& watch = of.pipelines;
    auto const seen = cloud::read_observed_run(from, repository_.url, memory_);
    if (!seen)
        return;
    mapping in(*this, from);
    auto const before = stage_before(*seen, watch);
    auto* const run = before ? &watch.runs.find(seen->run.run_id)->second : begin_watching(in, *seen, watch, now_);
    if (!run)
        return;
    run->record = record_->sequence;
    if (seen->stage != run_stage::ended) {
        if (before == run_stage::ended)
            return;  // the answer is old
        if (watch.baseline)
            tell_progress(in, *seen, before);
        run->stage = seen->stage;
    } else if (is_told(in, end_of(*seen))) {
        run->stage = run_stage::ended;
    } else if (before != run_stage::ending) {
        run->stage = run_stage::ending;
        run->since = now_;
    } else if (now_ >= run->since && now_ - run->since >= grace) {
        add_run(in, *seen, add_observed_end(in, end_of(*seen)));
        run->stage = run_stage::ended;
    }
    of.deployments.stale |= run->stage != before && run->stage != run_stage::queued;
}

// Of one run. Steps that are shared with a former run of it were told with that.
void record_fold::fold_steps(observation const& about, std::optional<object> const& body)
{
    auto* const of = shard_->find_reconciliation(repository_key_);
    auto const list = body ? array_member(*body, "values") : std::nullopt;
    if (!of || !about.pipeline)
        return;
    mapping in(*this, *about_);
    if (list)
        for (element const each : *list)
            if (auto const from = as_object(each))
                if (auto const task = cloud::read_observed_step(*from, *about.pipeline, about.run, memory_)) {
                    cloud::pipeline_end const end{ending::step, task->task_id, task->run_number, task->finished_at};
                    if (!is_told(in, end))
                        add_observed_end(in, end).data = event::task_run_finished{memory_.keep(*task)};
                }
    auto const done = of->pipelines.runs.find(*about.pipeline);
    if (!about.last || done == of->pipelines.runs.end() || done->second.number != about.run)
        return;
    of->pipelines.runs.erase(done);
    in.note(done_with(in, *about.pipeline, about.run));
}

// What a webhook has told of need not be asked for any more, but for its steps; and it may have deployed something.
void record_fold::note_ended_runs()
{
    for (auto const& each : events_) {
        auto const* const told = std::get_if<event::pipeline_run_fact>(&each.data);
        bool const is_step = std::holds_alternative<event::task_run_finished>(each.data);
        auto* const of = told || is_step ? shard_->find_reconciliation(repository_key_) : nullptr;
        if (!of)
            continue;
        of->deployments.stale = true;
        if (!told || !told->run->pipeline_id)
            continue;
        auto const run = of->pipelines.runs.find(*told->run->pipeline_id);
        if (run != of->pipelines.runs.end() && run->second.number == told->run->run_number.value_or(1))
            run->second.stage = run_stage::ended;
    }
}

}  // namespace bbstream::normalize
