// The part of a look that lists the commits behind heads which are not all told.
#include "backfill/page.hpp"
#include "backfill/reconciler.hpp"
#include "normalize/observation.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

// More pages are no listing but a loop.
constexpr std::uint64_t pages_max = 10'000;
// Where nothing is left out a listing would be the whole history.
constexpr std::uint32_t unbounded_commits_max = 1'000;
// Heads that are refused one after the other.
constexpr unsigned unknown_heads_max = 500;
constexpr unsigned bad_request = 400;
// Heads that are tried where a listing leaves out one only.
constexpr std::size_t nearer_heads_max = 4;

}  // namespace

net::task<bool> reconciler::list_commits(view const& seen)
{
    bool const at_first_sight = seen.exclude.empty() && !fresh_ && with_.first_commits > 0;
    commits_max_ = at_first_sight ? with_.first_commits : unbounded_commits_max;
    cut_is_loss_ = !at_first_sight;
    origin_ = journal::origin::backfill;
    told_ = seen.exclude;
    for (auto& each : with_.api.commit_listings(known(seen), seen.include, told_))
        if (bool const listed = co_await list(std::move(each)); !listed)
            co_return false;
    co_return true;
}

// Heads that Bitbucket does not know any more, since they were pushed away, are left out. How many heads it takes is
// not documented: those that are refused without a reason may be too many.
net::task<bool> reconciler::list(commit_listing what)
{
    listed_ = false;
    for (unsigned tries = 0; tries < unknown_heads_max && !what.heads.empty(); ++tries) {
        auto first = co_await begin(what);
        if (!first)
            co_return false;
        if (first->answer.ok()) {
            if (bool const asked = co_await leave_out_others(what, *first); !asked)
                co_return false;
            listed_ = true;
            state::listing_end const end{0, what.exclude.empty() ? commits_max_ : 0, cut_is_loss_};
            co_return co_await take_commits(std::move(*first), what.heads, end);
        }
        if (what.forget(with_.api.unknown_commits(first->answer, what)) > 0)
            continue;
        if (first->answer.status != bad_request || what.heads.size() == 1)
            co_return refuse(refusal_of(first->answer), "listing commits: " + status_text(first->answer));
        auto second = what.halve();
        if (bool const first_listed = co_await list(std::move(what)); !first_listed)
            co_return false;
        co_return co_await list(std::move(second));
    }
    co_return true;
}

net::task<std::optional<reconciler::commit_page>> reconciler::begin(commit_listing const& what)
{
    auto request = with_.api.commits(of_, what);
    request.urgency = rest::priority::backfill;
    commit_page first{request.target, begin_page(0), {}};
    auto answer = co_await ask(std::move(request));
    if (!answer)
        co_return std::nullopt;
    first.answer = std::move(*answer);
    co_return first;
}

// Where a listing leaves out one head only, others that hold commits of its first page are left out by further
// listings: what one of these lacks is told. One that does not end with its first page says so of nothing; the listing
// begins with the next one then. False: there was no answer.
net::task<bool> reconciler::leave_out_others(commit_listing what, commit_page& first)
{
    std::vector<std::string> tried(what.exclude.begin(), what.exclude.begin() + !what.exclude.empty());
    while (tried.size() <= nearer_heads_max) {
        auto const target = with_.api.holders_of_oldest(of_, what, first.answer.body, first.meta.told);
        if (!target)
            break;
        auto const holders = co_await ask(get(*target));
        if (!holders)
            co_return false;
        auto const head = holders->ok() ? nearer_head(told_, tried, holders->body) : std::nullopt;
        if (!head)  // then the page stands as it is
            break;
        tried.push_back(*head);
        auto other = what;
        other.exclude.insert(other.exclude.begin(), *head);
        auto next = co_await begin(other);
        if (!next)
            co_return false;
        if (!next->answer.ok())
            continue;
        if (!is_last(first)) {
            first = std::move(*next);
            what = std::move(other);
        } else if (is_last(*next)) {
            leave_out_lacking(first, *next);
        }
    }
    co_return true;
}

bool reconciler::is_last(commit_page const& of) const
{
    auto const next = with_.api.next_page(of.target, of.answer.body);
    return next && !*next;
}

void reconciler::leave_out_lacking(commit_page& first, commit_page const& other)
{
    auto const shown = commit_hashes(other.answer.body);
    for (auto& each : commit_hashes(first.answer.body))
        if (!shown.contains(each))
            first.meta.told.insert(std::move(each));
}

// A listing that was interrupted goes on where it was. Where Bitbucket has forgotten the place it begins anew later.
net::task<bool> reconciler::resume_commits(view const& seen)
{
    auto const meta = begin_page(seen.commits.pages);
    auto const answer = co_await ask(get(seen.commits.next));
    if (!answer)
        co_return false;
    if (has_lost_place(*answer))
        co_return true;
    if (!answer->ok())
        co_return refuse(refusal_of(*answer), "listing commits: " + status_text(*answer));
    origin_ = seen.fills ? origin_of(*seen.fills) : journal::origin::backfill;
    std::vector<normalize::ref_hash> const heads;  // those that it began with are journaled
    co_return co_await take_commits({seen.commits.next, meta, *answer}, heads, seen.commits_end);
}

// This page of a listing, and those behind it.
net::task<bool> reconciler::take_commits(commit_page one, std::vector<normalize::ref_hash> heads,
                                         state::listing_end end)
{
    for (;;) {
        auto& [target, meta, answer] = one;
        auto const next = with_.api.next_page(target, answer.body);
        if (!next)
            co_return refuse(refusal::later, "listing commits: " + next.error().message);
        end.shown += static_cast<std::uint32_t>(page(answer.body).values()->size());
        bool const enough = end.most > 0 && end.shown >= end.most;
        meta.next = enough ? std::nullopt : *next;
        meta.cut = enough && *next && end.is_loss;
        answer_record record{origin_, normalize::commits_key, commits_meta(of_, meta, heads, end),
                             std::move(answer.body)};
        bool const kept = co_await keep(std::move(record));
        if (!kept || !meta.next)
            co_return kept;
        target = *meta.next;
        meta = begin_page(meta.page + 1);
        if (meta.page >= pages_max)
            co_return refuse(refusal::later, "listing commits: there is no end to it");
        auto more = co_await ask(get(target));
        if (!more)
            co_return false;
        if (!more->ok())
            co_return refuse(has_lost_place(*more) ? refusal::later : refusal_of(*more),
                             "listing commits: " + status_text(*more));
        answer = std::move(*more);
    }
}

}  // namespace bbstream::backfill
