// The part of the fold that knows what REST shows of deployments. (Cloud's only: Data Center does not list its own.)
#include "normalize/cloud/deployment.hpp"
#include "normalize/observed_pipelines.hpp"
#include "normalize/record_fold.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

using cloud::deployment_stage;
using cloud::observed_deployment;

// What has no date may be new.
bool is_recent(observed_deployment const& seen, state::deployment_watch const& watch)
{
    auto const mark = watch.baseline ? watch.watermark : mark_of_walk(watch.watermark_seen, watch.began);
    return !seen.changed || *seen.changed >= mark - pipelines_overlap;
}

event::uuid id_of(mapping& in, observed_deployment const& seen, std::string_view phase)
{
    return in.facts().deployment(seen.is.deployment_id, phase);
}

// Once each, for good: one that begins again keeps its id.
void tell(mapping& in, event::type type, event::uuid const& id, event::deployment const& is, std::optional<micros> at)
{
    if (in.is_told(id))
        return;
    auto const subject = in.memory().join({"deployments/", is.deployment_id});
    if (auto* const made = in.add_once(type, id, subject, at))
        made->data = event::deployment_fact{in.memory().keep(is)};
}

void tell_start(mapping& in, observed_deployment const& seen)
{
    tell(in, event::type::deployment_started, id_of(in, seen, "started"), cloud::as_it_began(seen.is),
         seen.is.started_at);
}

void tell_end(mapping& in, observed_deployment const& seen)
{
    tell(in, event::type::deployment_finished, id_of(in, seen, "finished"), seen.is,
         seen.is.finished_at ? seen.is.finished_at : seen.changed);
}

}  // namespace

// All of them, in an order that means nothing.
void record_fold::fold_deployments(observation const& about, object const& body)
{
    auto& watch = shard_->make_reconciliation(repository_key_).deployments;
    auto const list = array_member(body, "values");
    if (!list || !takes(watch.pages, about))
        return;
    if (about.page == 0) {
        watch.stale = false;
        watch.began = now_;
        watch.shown = 0;
        watch.watermark_seen = 0;
        watch.baseline |= about.fresh;
    }
    for (element const each : *list)
        if (auto const from = as_object(each))
            look_at_deployment(*from, watch);
    watch.shown += static_cast<std::uint32_t>(list->size());
    if (about.next)
        return;
    watch.walked = now_;
    watch.length = watch.shown;
    watch.watermark = std::max(watch.watermark, mark_of_walk(watch.watermark_seen, watch.began));
    watch.baseline = true;
}

void record_fold::fold_deployment(observation const& about, std::optional<object> const& body)
{
    auto* const of = shard_->find_reconciliation(repository_key_);
    if (!of || !about.deployment)
        return;
    auto& watch = of->deployments;
    if (body && about.found)
        look_at_deployment(*body, watch);
    else if (auto const gone = watch.open.find(*about.deployment); !about.found && gone != watch.open.end())
        watch.open.erase(gone);
}

// No webhook tells of any, so what is seen is told at once. What had begun, or ended, at first sight is no news.
void record_fold::look_at_deployment(object const& from, state::deployment_watch& watch)
{
    auto const seen = cloud::read_observed_deployment(from, memory_);
    if (!seen)
        return;
    watch.watermark_seen = std::max(watch.watermark_seen, seen->changed.value_or(0));
    mapping in(*this, from);
    auto const done = id_of(in, *seen, "finished");
    auto const open = watch.open.find(seen->is.deployment_id);
    bool const watched = open != watch.open.end();
    if (seen->stage == deployment_stage::waiting || (!watched && in.is_told(done)))
        return;
    bool const news = watch.baseline && !watched && is_recent(*seen, watch);
    if (seen->stage == deployment_stage::running) {
        if (news)
            tell_start(in, *seen);
        if (watched || watch.open.size() < state::open_deployments_max)
            watch_deployment(seen->is.deployment_id, watch);
        return;
    }
    if (news && seen->is.started_at)
        tell_start(in, *seen);
    if (news || (watched && watch.baseline))
        tell_end(in, *seen);
    else if (is_recent(*seen, watch))
        in.note(done);
    if (watched)
        watch.open.erase(open);
}

void record_fold::watch_deployment(std::string_view id, state::deployment_watch& watch)
{
    auto const [one, is_new] = watch.open.try_emplace(std::string(id));
    one->second.record = record_->sequence;
    if (is_new)
        one->second.since = now_;
}

}  // namespace bbstream::normalize
