// The part of the fold that knows what REST shows of pull requests.
#include "normalize/cloud/entities.hpp"
#include "normalize/cloud/whole_hashes.hpp"
#include "normalize/datacenter/reopened.hpp"
#include "normalize/observed_pull_request.hpp"
#include "normalize/record_fold.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

bool has_waited(state::pull_request_doubt const& doubt, sighting const& how)
{
    return how.at >= doubt.since && how.at - doubt.since >= how.grace;
}

// A doubt remembers it, as the walk that ends moves what is the newest.
bool is_new(std::uint64_t id, state::pull_request_watch const& watch)
{
    auto const doubt = watch.doubts.find(id);
    return watch.baseline && (id > watch.newest || (doubt != watch.doubts.end() && doubt->second.opened));
}

// Data Center's paths hold names, and another repository may have come to have this one's since it was asked whose it
// is.
bool is_of(std::string_view repository, object const& pull_request, arena& memory)
{
    auto const target = object_member(pull_request, "toRef");
    auto const of = target ? object_member(*target, "repository") : std::nullopt;
    auto const id = of ? id_member(*of, "id", memory) : std::nullopt;
    return !id || *id == repository;
}

void note_seen(state::pull_request_watch& watch, event::pull_request const& of)
{
    watch.newest_seen = std::max(watch.newest_seen, of.id);
    watch.watermark_seen = std::max(watch.watermark_seen, of.updated_at.value_or(0));
    if (of.state == "open")
        watch.open_seen.insert(of.id);
}

}  // namespace

// Pages of the open ones, then of those that changed since the last walk.
void record_fold::fold_pull_requests(observation const& about, object const& body)
{
    auto& watch = shard_->make_reconciliation(repository_key_).pull_requests;
    auto const list = array_member(body, "values");
    if (!list || !takes(watch.pages, about))
        return;
    if (about.page == 0) {
        watch.began = now_;
        watch.newest_seen = 0;
        watch.watermark_seen = 0;
        watch.open_seen.clear();
        watch.baseline |= about.fresh;
    }
    sighting const how{about.asof, now_, static_cast<state::seconds>(about.grace)};
    for (element const each : *list)
        if (auto const from = as_object(each))
            if (auto const* of = look_at_pull_request(*from, how, watch)) {
                note_seen(watch, *of);
                note_discussion(*of, is_new(of->id, watch), about.date, watch);
            }
    if (!about.next)
        end_pull_requests(watch);
}

// An open one that was not among the open ones any more has been closed, or deleted: a look at it alone will tell.
void record_fold::end_pull_requests(state::pull_request_watch& watch)
{
    mapping in(*this, *about_);
    for (auto const id : watch.open) {
        if (watch.open_seen.contains(id))
            continue;
        auto const before = known(in, id);
        if (before && is_closed(before->is.state.text().value_or(std::string_view())))
            continue;
        watch.doubts.try_emplace(id, state::pull_request_doubt{{}, now_, false});
        watch.open_seen.insert(id);
    }
    watch.open = std::move(watch.open_seen);
    watch.open_seen = {};
    watch.newest = std::max(watch.newest, watch.newest_seen);
    watch.watermark = std::max(watch.watermark, mark_of_walk(watch.watermark_seen, watch.began));
    watch.baseline = true;
}

void record_fold::fold_pull_request(observation const& about, std::optional<object> const& body)
{
    auto* const of = shard_->find_reconciliation(repository_key_);
    if (!of || about.id == 0)
        return;
    auto& watch = of->pull_requests;
    sighting const how{about.asof, now_, static_cast<state::seconds>(about.grace)};
    if (!about.found)
        return miss_pull_request(about.id, how, watch);
    auto const* seen = body ? look_at_pull_request(*body, how, watch) : nullptr;
    if (!seen)
        return;
    if (seen->state == "open")
        watch.open.insert(seen->id);
    else if (!watch.doubts.contains(seen->id))
        watch.open.erase(seen->id);
}

void record_fold::miss_pull_request(std::uint64_t id, sighting const& how, state::pull_request_watch& watch)
{
    auto const doubt = watch.doubts.find(id);
    if (doubt == watch.doubts.end() || !doubt->second.seen.none() || !has_waited(doubt->second, how)) {
        watch.doubts[id] = {{}, how.at, false};
        return;
    }
    watch.doubts.erase(doubt);
    watch.open.erase(id);
    mapping in(*this, *about_);
    if (record_->product == product::datacenter)  // Cloud keeps them for ever
        datacenter::add_deleted(in, id, known(in, id));
}

// What is seen for the first time was there before; what differs is believed when it is still seen so a while later.
event::pull_request const* record_fold::look_at_pull_request(object const& from, sighting const& how,
                                                             state::pull_request_watch& watch)
{
    bool const foreign = record_->product == product::datacenter && !is_of(*who_.repository_id, from, memory_);
    auto seen = foreign ? observed_pull_request() : read_observed(record_->product, from, memory_);
    if (!seen.of)
        return nullptr;
    auto const id = seen.of->id;
    mapping in(*this, from);
    if (record_->product == product::cloud)
        seen.of = cloud::with_whole_hashes(in, *seen.of);
    auto const before = known(in, id);
    if (before && seen.of->updated_at.value_or(0) < before->at) {
        if (is_new(id, watch) && !in.is_told(in.facts().pull_request_opened(id)))
            watch.doubts.try_emplace(id, state::pull_request_doubt{{}, how.at, true});
        else
            watch.doubts.erase(id);
        return seen.of;  // the answer is old
    }
    bool const is_news = is_new(id, watch);
    bool const opened = is_news && !in.is_told(in.facts().pull_request_opened(id));
    bool const was_open = watch.open.contains(id) && is_closed(seen.of->state);
    if (!is_news && !(before && before->is.observed.text())) {
        take_verdicts(in, *seen.of);
        if (record_->product == product::datacenter && seen.of->state == "declined" && !before)
            datacenter::remember_declined(in, *seen.of);
    }
    pull_request_news const news{seen, before, opened};
    bool const unchanged = (before ? !differs(news, memory_) : !was_open) && changed_verdicts(in, *seen.of).empty();
    bool const same = unchanged && !opened;
    if (!same && !believes(id, digest_of(seen, memory_), how, watch))
        return seen.of;
    watch.doubts.erase(id);
    if (!same)
        record_->product == product::cloud ? cloud::add_news(in, news) : datacenter::add_news(in, news);
    remember(in, *seen.of, settled_target(news));
    return seen.of;
}

bool record_fold::believes(std::uint64_t id, state::head const& seen, sighting const& how,
                           state::pull_request_watch& watch)
{
    bool const opened = is_new(id, watch);
    auto const [doubt, is_first] = watch.doubts.try_emplace(id, state::pull_request_doubt{seen, how.at, opened});
    auto& known = doubt->second;
    if (!is_first && (known.seen == seen || known.seen.none()) && has_waited(known, how))
        return true;
    if (known.seen != seen)
        known = {seen, how.at, opened};
    return false;
}

}  // namespace bbstream::normalize
