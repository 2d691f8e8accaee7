// The part of the fold that knows what REST shows of comments on pull requests.
#include "normalize/comment_page.hpp"
#include "normalize/pull_request_snapshot.hpp"
#include "normalize/record_fold.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

// Of one repository; more are found when they change again.
constexpr std::size_t discussions_max = 10'000;
// No list shows that a comment was edited on Data Center: those of open pull requests are listed so often anyway.
constexpr state::seconds listed_at_least_every = 24 * 3600;

// As far as it is known.
event::pull_request const* pull_request_of(mapping& in, std::uint64_t id, std::optional<known_pull_request> const& as)
{
    event::pull_request of;
    of.id = id;
    if (as) {
        of.title = as->is.title.text();
        of.state = as->is.state.text().value_or(of.state);
        of.draft = draft_of(as->is);
    }
    return in.memory().keep(of);
}

}  // namespace

// Whether its comments are to be listed: on Cloud whatever is said updates the pull request, so what it shows at first
// sight is known without that. On Data Center what was said until then is.
void record_fold::note_discussion(event::pull_request const& of, bool news, micros date,
                                  state::pull_request_watch& watch)
{
    bool const cloud = record_->product == product::cloud;
    bool const closed = of.state != "open";
    auto const stamp = stamp_of(of, memory_);
    if (auto const queued = watch.discussions.find(of.id); queued != watch.discussions.end()) {
        queued->second.stamp = stamp;
        return;
    }
    mapping in(*this, *about_);
    auto const before = recall_discussion(in, of.id);
    bool const stale =
        before && !cloud && !closed && now_ > before->listed && now_ - before->listed >= listed_at_least_every;
    if (before && before->stamp == stamp && !stale)
        return;
    // By the clock of whoever answered: one that is ahead of ours is none to go by.
    auto const now = static_cast<micros>(now_) * 1'000'000;
    auto const said_before = !watch.baseline && date > 0 ? std::min(date, now) : known_whatever;
    if (!watch.baseline && (cloud || closed)) {
        auto const until = before ? before->known : said_before;  // the walk may begin anew
        known_discussion const first{cloud ? of.updated_at.value_or(0) : until, stamp};
        remember_discussion(in, of.id, first, closed);
        return;
    }
    if (watch.discussions.size() >= discussions_max)
        return;
    auto const seen_before = cloud ? watch.watermark : said_before;
    auto const known = before ? before->known : news ? 0 : seen_before;
    watch.discussions[of.id] = {known, stamp, 0, 0, {}, {}};
}

void record_fold::fold_comments(observation const& about, std::optional<object> const& body)
{
    auto* const looked_at = shard_->find_reconciliation(repository_key_);
    if (!looked_at)
        return;
    auto& discussions = looked_at->pull_requests.discussions;
    auto const found = discussions.find(about.id);
    if (found == discussions.end())
        return;
    if (!about.found || !body) {
        discussions.erase(found);
        return;
    }
    auto& of = found->second;
    if (about.page == 0) {
        of.began = now_;
        of.seen.clear();
    }
    mapping in(*this, *body);
    auto const before = recall_discussion(in, about.id);
    auto const as = known(in, about.id);
    sighting const how{about.asof, now_, static_cast<state::seconds>(about.grace)};
    comment_page page(in, record_->product, *pull_request_of(in, about.id, as), before, how, of);
    for (auto const& each : read_observed_comments(record_->product, *body, memory_))
        page.look_at(each);
    if (about.next)
        return;
    if (!about.cut && record_->product == product::datacenter) {  // Cloud shows deleted ones
        page.look_for_absent();
        // It may show what was said behind the walk that gave the stamp, which shows no more than a number: if that is
        // deleted before the next walk, the stamp is the same.
        if (differ(of.seen, before.value_or(known_discussion())))
            of.stamp = no_stamp;
    }
    std::erase_if(of.doubts, [&](state::comment_doubt const& each) { return each.seen < of.began; });
    bool const closed = as && is_closed(as->is.state.text().value_or(std::string_view()));
    remember_discussion(in, about.id, end_discussion(of, before), closed);
    if (of.doubts.empty())
        discussions.erase(found);
}

// While some of it is in doubt what is gone may have been there, and the rest is no better known.
known_discussion record_fold::end_discussion(state::discussion const& of, std::optional<known_discussion> const& before)
{
    bool const doubted = !of.doubts.empty();
    auto const former = doubted && before ? before->comments : std::span<std::uint64_t const>();
    auto const comments = memory_.array<std::uint64_t>(of.seen.size() + former.size());
    auto const last = std::ranges::set_union(of.seen, former, comments.begin()).out;
    auto const known = of.known == known_whatever ? of.latest : std::max(of.known, of.latest);
    return {doubted ? of.known : known, of.stamp, now_, {comments.begin(), last}};
}

}  // namespace bbstream::normalize
