// The part of the fold that knows what REST shows: refs as they were seen, and the commits behind them.
#include "normalize/cloud/entities.hpp"
#include "normalize/commit.hpp"
#include "normalize/datacenter/entities.hpp"
#include "normalize/hash.hpp"
#include "normalize/head.hpp"
#include "normalize/record_fold.hpp"
#include "normalize/requests.hpp"
#include "normalize/state_key.hpp"
#include "normalize/told.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

// Of a walk through commits; what is beyond is told with the first of the refs that it began with.
constexpr std::size_t trails_max = 10'000;

void note_doubt(state::reconciliation& of, std::string_view ref, state::head const& seen, state::seconds at)
{
    auto const place = state::place_of(of.doubts, ref);
    if (place == of.doubts.end() || place->name != ref)
        of.doubts.insert(place, {std::string(ref), seen, at, 1});
    else if (place->seen != seen)
        *place = {std::string(ref), seen, at, 1};
    else if (place->looks < UINT8_MAX)
        ++place->looks;
}

// What was observed and is told already needs no listing; when that holds for all, the walk is done with. A walk may
// lack what was moved while it was read, so what lies behind a ref stays told until the ref is known to be gone.
void settle(state::reconciliation& of)
{
    auto const told = told_heads(of);
    bool ahead = false;
    for (auto const& each : of.observed)
        if (std::ranges::binary_search(told, each.head.prefix()))
            state::set_head(of.reconciled, each.name, each.head);
        else
            ahead = true;
    if (ahead)
        return;
    for (auto const& each : of.reconciled)
        if (of.live.contains(each.name) && !state::find_named(of.observed, each.name))
            state::set_head(of.observed, each.name, each.head);
    of.reconciled = std::move(of.observed);
    of.observed = {};
}

// A page may hold more than was asked for. Where the rest is no loss, it is not told either.
void leave_out_unwanted(state::listing_end const& end, event::commit_list& of)
{
    if (end.is_loss || end.shown <= end.most)
        return;
    auto const beyond = std::min<std::size_t>(end.shown - end.most, of.items.size());
    of.items = of.items.first(of.items.size() - beyond);
}

// What is asked for lies behind a head that other refs may have, too: they stand before it until it is told.
state::head head_before_requests(state::reconciliation const& of, state::head const& seen)
{
    auto const asked =
        std::ranges::find_if(of.requests, [&](state::request const& each) { return each.after == seen; });
    return asked == of.requests.end() ? seen : asked->before;
}

}  // namespace

void record_fold::fold_observation(observation const& about, std::optional<object> const& body)
{
    if (delivery_.event_key == inventory_key) {
        auto& whole = shard_->make_reconciliation(repository_key_);
        if (!whole.baseline)
            whole.newest = static_cast<std::int64_t>(about.newest);
        whole.baseline = true;
        return;
    }
    bool const listing = delivery_.event_key != ref_key && delivery_.event_key != repository_key &&
                         delivery_.event_key != request_key && delivery_.event_key != pull_request_key &&
                         delivery_.event_key != pipeline_key && delivery_.event_key != steps_key &&
                         delivery_.event_key != deployment_key && delivery_.event_key != history_key &&
                         (delivery_.event_key != comments_key || about.found);
    if (!who_.repository_id || (listing && !body)) {
        add_unknown_body({event::unknown_reason::missing_fields, "an answer without its repository or its values"},
                         body.has_value());
        return;
    }
    if (delivery_.event_key == refs_key || delivery_.event_key == branches_key || delivery_.event_key == tags_key)
        fold_refs(about, *body);
    else if (delivery_.event_key == commits_key)
        fold_commit_page(about, *body);
    else if (delivery_.event_key == history_key)
        fold_history(about);
    else if (delivery_.event_key == older_commits_key)
        fold_older_commits(about, *body);
    else if (delivery_.event_key == repository_key)
        fold_repository(about, body);
    else if (delivery_.event_key == request_key)
        fold_outcome(about);
    else if (delivery_.event_key == pull_requests_key)
        fold_pull_requests(about, *body);
    else if (delivery_.event_key == pull_request_key)
        fold_pull_request(about, body);
    else if (delivery_.event_key == comments_key)
        fold_comments(about, body);
    else if (delivery_.event_key == statuses_key)
        fold_statuses(about, *body);
    else if (delivery_.event_key == pipelines_key)
        fold_pipelines(about, *body);
    else if (delivery_.event_key == pipeline_key)
        fold_pipeline(about, body);
    else if (delivery_.event_key == steps_key)
        fold_steps(about, body);
    else if (delivery_.event_key == deployments_key)
        fold_deployments(about, *body);
    else if (delivery_.event_key == deployment_key)
        fold_deployment(about, body);
    else if (delivery_.event_key == ref_key)
        fold_look_up(about, body);
    else if (delivery_.event_key == push_log_key)
        fold_push_log(about, *body);
    else if (delivery_.event_key == looked_key)
        shard_->make_reconciliation(repository_key_).looked = now_;
    else
        add_unknown_body({event::unknown_reason::unknown_key, "there is no type for this answer"}, true);
    if (auto* const looked_at = shard_->find_reconciliation(repository_key_))
        shard_->weigh(*looked_at);
}

void record_fold::fold_refs(observation const& about, object const& body)
{
    auto& of = shard_->make_reconciliation(repository_key_);
    if (!takes(of.refs, about))
        return;
    if (about.page == 0) {
        of.asof = about.asof;
        of.observed.clear();
        if (about.fresh) {
            of.baseline = true;
            shard_->know_repository(repository_key_);
        }
    }
    event::text prefix;  // of all that the page shows
    if (delivery_.event_key != refs_key)
        prefix = delivery_.event_key == tags_key ? tag_prefix : branch_prefix;
    sighting const how{about.asof, now_, static_cast<state::seconds>(about.grace)};
    for (auto const& each : read_observed_refs(record_->product, body, prefix, memory_)) {
        state::set_head(of.observed, each.ref.name, head_of(each.hash));
        look_at_ref(each, how, of);
        if (each.is_default)
            of.default_ref = each.ref.name;
    }
    if (!about.next)
        end_walk(about, of);
}

void record_fold::look_at_ref(observed_ref const& ref, sighting const& how, state::reconciliation& of)
{
    auto const key = key_of_ref(ref.ref.name);
    auto const seen = head_of(ref.hash);
    state::ref_state stands;
    sight_knowledge known;
    known.ref = shard_->find_ref(key, stands) ? &stands : nullptr;
    known.baseline = of.baseline;
    known.doubt = state::find_named(of.doubts, ref.ref.name);
    auto const judged = judge(known, seen, how);
    if (judged == sight::doubted) {
        note_doubt(of, ref.ref.name, seen, how.at);
        return;
    }
    state::drop_doubt(of, ref.ref.name);
    if (judged == sight::passed)
        return;
    if (judged == sight::baseline) {
        stands.head = seen;
        stands.previous = seen.prefix();  // a change that led here is late
        stands.record = record_->sequence;
        stands.known.add(seen.prefix());
        shard_->write_ref(key, stands);
    }
    state::set_live(of, ref.ref.name, !seen.none());
    if (judged != sight::believed)
        return;
    of.delivered = 0;
    add_reconstructed(ref.ref, stands.head, seen);
}

// The one change that explains what is seen. If no more than one delivery was lost it is that, under the same id.
void record_fold::add_reconstructed(event::ref const& ref, state::head const& before, state::head const& after)
{
    auto const hashes = [&](state::head const& of) { return forms_of_hash(hash_of(of, memory_), memory_); };
    auto const sha = [](hash_forms const& of) { return is_zero_hash(of.id) ? event::text() : of.sha; };
    auto const old_forms = hashes(before);
    auto const new_forms = hashes(after);
    push_change change;
    change.old_hash = old_forms.id;
    change.new_hash = new_forms.id;
    change.data.ref = ref;
    change.data.old_sha = sha(old_forms);
    change.data.new_sha = sha(new_forms);
    change.data.reconstructed = true;
    push_.changes.resize(1);
    fold_change(change, 0);
    ++counts_.reconstructed_changes;
}

// What is known to exist and was nowhere in the walk may be gone: a look at it alone will tell.
void record_fold::end_walk(observation const& about, state::reconciliation& of)
{
    sighting const how{of.asof, now_, static_cast<state::seconds>(about.grace), false};
    for (auto const& name : of.live) {
        if (state::find_named(of.observed, name))
            continue;
        state::ref_state stands;
        if (!shard_->find_ref(key_of_ref(name), stands))
            continue;
        if (judge({&stands, of.baseline, nullptr}, {}, how) == sight::doubted)
            note_doubt(of, name, {}, now_);
    }
    if (!of.baseline && !about.first_commits)
        begin_reconciled(of);
    of.baseline = true;
    of.unreachable = false;
    shard_->know_repository(repository_key_);
    settle(of);
    end_polled(of);
}

// At first sight all that is there was there before. What webhooks have told of is told up to where they left it.
void record_fold::begin_reconciled(state::reconciliation& of)
{
    for (auto const& each : of.observed) {
        state::ref_state stands;
        bool const told = state::find_named(of.doubts, each.name) && shard_->find_ref(key_of_ref(each.name), stands);
        auto const head = told ? stands.head : head_before_requests(of, each.head);
        if (!head.none())
            state::set_head(of.reconciled, each.name, head);
    }
}

void record_fold::fold_look_up(observation const& about, std::optional<object> const& body)
{
    auto* const of = shard_->find_reconciliation(repository_key_);
    if (!of || !about.ref || (about.found && !body))
        return;
    auto const ref = ref_of_name(*about.ref);
    auto const prefix = ref.type == "tag" ? tag_prefix : branch_prefix;
    std::string_view hash = no_hash;
    if (about.found) {
        auto const seen = read_observed_ref(record_->product, *body, prefix, memory_);
        if (!seen)
            return;
        hash = seen->hash;
    }
    look_at_ref({ref, hash, false}, {about.asof, now_, static_cast<state::seconds>(about.grace)}, *of);
}

// Newest first, as both products list them. Each is told with the ref that leads to it; what lies behind a head whose
// commits are all told is known, though it may never have been told: it was there before anyone looked.
void record_fold::fold_commit_page(observation const& about, object const& body)
{
    auto* const of = shard_->find_reconciliation(repository_key_);
    auto const list = array_member(body, "values");
    if (!of || !list || !takes(of->commits, about))
        return;
    if (about.page == 0)
        begin_commits(about, *of);
    of->commits_end.shown += static_cast<std::uint32_t>(list->size());
    auto commits = read_commits(*list);
    leave_out_unwanted(of->commits_end, commits);
    tell_commits(commits, *of);
    if (!about.next)
        end_commits(about, *of);
}

event::commit_list record_fold::read_commits(array const& list)
{
    auto const url = who_.repository ? link_member(*who_.repository, "self") : std::nullopt;
    return read_commit_list(list, memory_, [&](object const& each) {
        return record_->product == product::cloud ? cloud::read_commit(each, memory_)
                                                  : datacenter::read_commit(each, url, memory_);
    });
}

void record_fold::tell_commits(event::commit_list const& commits, state::reconciliation& of)
{
    auto* const request = state::find_request(of, of.filling);
    auto const told = request ? told_heads(of, *request) : told_heads(of);
    auto const led_by = memory_.array<state::trail>(commits.items.size());
    for (std::size_t at = 0; at < commits.items.size(); ++at)
        led_by[at] = follow(commits.items[at], told, of.trails);
    std::uint64_t order = 0;
    for (std::size_t at = commits.items.size(); at-- > 0;) {
        if (led_by[at].told || led_by[at].ref >= of.wanted.size())
            continue;
        auto const ref = ref_of_name(memory_.join({of.wanted[led_by[at].ref].name}));
        auto* const reason = request ? request : polled_on(of, ref.name);
        if (!fold_commit(commits.items[at], ref, order++, reason ? cause_of(*reason) : state::key()))
            continue;
        ++of.listed;
        if (reason)
            ++reason->found;
    }
}

void record_fold::begin_commits(observation const& about, state::reconciliation& of)
{
    begin_listing(about, of.wanted, of.trails);
    mark_told(about, of.trails);
    of.listed = 0;
    of.commits_end = {0, static_cast<std::uint32_t>(about.most), about.loss};
    of.filling = about.request ? key_of_text(*about.request) : state::key();
    if (auto* const request = state::find_request(of, of.filling)) {
        begin_filling(*request);
        request->withheld = {};  // the first page holds them, and what is known of them
    }
}

void record_fold::begin_listing(observation const& about, std::vector<state::named_head>& wanted, state::trails& trails)
{
    wanted.clear();
    trails.clear();
    if (!about.heads)
        return;
    for (element const each : *about.heads) {
        auto const fields = as_object(each);
        auto const ref = fields ? filled_member(*fields, "ref") : std::nullopt;
        auto const hash = fields ? filled_member(*fields, "hash") : std::nullopt;
        if (!ref || !hash)
            continue;
        auto const head = head_of(*hash);
        trails.try_emplace(head.prefix(), state::trail{static_cast<std::uint32_t>(wanted.size()), false});
        wanted.push_back({std::string(*ref), head});
    }
}

void record_fold::mark_told(observation const& about, state::trails& trails)
{
    if (!about.told)
        return;
    for (element const each : *about.told)
        if (auto const hash = as_text(each); hash && trails.size() < trails_max)
            trails.try_emplace(head_of(*hash).prefix()).first->second.told = true;
}

// Which ref led to the commit, and whether it is known; its parents are led to by the same.
state::trail record_fold::follow(event::commit const& commit, std::span<std::uint64_t const> told,
                                 state::trails& trails)
{
    auto const prefix = head_of(commit.hash).prefix();
    state::trail led;
    if (auto const found = trails.find(prefix); found != trails.end()) {
        led = found->second;
        trails.erase(found);
    }
    led.told |= std::ranges::binary_search(told, prefix);
    for (auto const parent : commit.parents) {
        if (trails.size() >= trails_max)
            break;
        auto& way = trails.try_emplace(head_of(parent).prefix(), led).first->second;
        way.told |= led.told;
    }
    return led;
}

// The heads move at the end of a listing that leaves nothing out but what is told. What fills a request may leave out
// more.
void record_fold::end_commits(observation const& about, state::reconciliation& of)
{
    if (of.filling != state::key())
        end_filling(of, of.filling, about.cut ? untold(of) : 0);
    else {
        if (about.cut)
            end_cut(of);
        for (auto const& each : of.wanted)
            state::set_head(of.reconciled, each.name, each.head);
        settle(of);
        end_polled(of);
    }
    of.filling = {};
    of.wanted = {};
    of.trails.clear();
}

}  // namespace bbstream::normalize
